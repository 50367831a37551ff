import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import type { TestContext } from 'node:test';
import { manualClock } from './clock.ts';
import type { EngineEvent } from './engine-event.ts';
import { ChainBrokenError, MemberFencedError, TaskFailedError, TransportFailedError } from './errors.ts';
import type { ProgressStore } from './progress-store.ts';
import type { StateStore } from './state-store.ts';
import { StreamWorker } from './stream-worker.ts';
import type { StreamWorkerOptions } from './stream-worker.ts';
import { countingTopology } from './testing/counting-topology.ts';
import type { Transport } from './transport.ts';
import { EmbeddedTransport } from './transport/embedded/embedded-transport.ts';
import { TopologyBuilder } from './topology.ts';
import { MemoryTransport } from './transport/memory-transport.ts';

function scratch(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'stream-worker-'));
  t.after(() => rmSync(directory, { recursive: true }));
  return directory;
}

async function prepare<Kind extends Transport>(transport: Kind, partitions = 1): Promise<Kind> {
  await transport.createTopic('in', partitions);
  await transport.createTopic('out', partitions);
  return transport;
}

function newWorker(
  transport: Transport,
  stateDirectory: string,
  options: Partial<StreamWorkerOptions> = {},
): StreamWorker {
  return new StreamWorker({
    topology: countingTopology(),
    transport,
    clock: manualClock(),
    instance: 'one',
    stateDirectory,
    commit: { maxBytes: 8 },
    ...options,
  });
}

async function drain(worker: StreamWorker): Promise<StreamWorker> {
  while (await worker.runOnce());
  return worker;
}

const send = (transport: MemoryTransport, ...values: string[]): void =>
  transport.send(
    'in',
    values.map((value) => ({ value: Buffer.from(value) })),
  );
const outputs = (transport: MemoryTransport): string[] =>
  transport.messages('out').map(({ value }) => value.toString());
const count = (worker: StreamWorker, key: string, partition = 0): number | undefined =>
  worker.tasks.stores(partition)?.store<ProgressStore>('counts').get(key);

test('an aborted transaction is undone and done again', async (t) => {
  const transport = await prepare(new MemoryTransport());
  send(transport, 'a:0', 'a:0', 'a:0');
  transport.failCommit(2, 'abort');
  const events: EngineEvent[] = [];
  const worker = await drain(newWorker(transport, scratch(t), { onEvent: (event) => events.push(event) }));
  assert.deepEqual(outputs(transport), ['a=1', 'a=2', 'a=3']);
  assert.equal(worker.metrics().aborts, 1);
  assert.ok(events.some(({ type }) => type === 'transaction-aborted'));
});

for (const [fault, committed] of [
  ['lost-before', 0],
  ['lost-after', 1],
] as const) {
  test(`after a commit whose answer was ${fault.replace('-', ' ')} the effect, a restart goes on exactly`, async (t) => {
    const transport = await prepare(new MemoryTransport());
    send(transport, 'a:0');
    transport.failCommit(1, fault);
    const directory = scratch(t);
    const first = newWorker(transport, directory);
    await assert.rejects(drain(first), TransportFailedError);
    await assert.rejects(first.runOnce(), /WORKER_STATE/);
    assert.equal(outputs(transport).length, committed);
    send(transport, 'a:0');
    await drain(newWorker(transport, directory));
    assert.deepEqual(outputs(transport), ['a=1', 'a=2']);
  });
}

test('offsets are committed for messages without outputs', async (t) => {
  const transport = await prepare(new MemoryTransport());
  send(transport, 'a', 'a');
  await drain(newWorker(transport, scratch(t)));
  assert.equal(transport.committedOffset('count', { topic: 'in', partition: 0 }), 2);
  assert.deepEqual(outputs(transport), []);
});

test('a member that was taken for dead cannot commit', async (t) => {
  const transport = await prepare(new MemoryTransport());
  const directory = scratch(t);
  const zombie = await drain(newWorker(transport, directory));
  send(transport, 'a:0');
  transport.expire('count', 'one');
  await drain(newWorker(transport, directory, { instance: 'two' }));
  await assert.rejects(zombie.runOnce(), MemberFencedError);
  assert.deepEqual(outputs(transport), ['a=1']);
});

test('members share the partitions, and state follows when one joins or leaves', async (t) => {
  const transport = await prepare(new MemoryTransport(), 4);
  const directory = scratch(t);
  const sendAll = (): void =>
    transport.send(
      'in',
      [0, 1, 2, 3].map((partition) => ({ partition, value: Buffer.from('a') })),
    );
  const first = newWorker(transport, directory);
  sendAll();
  await drain(first);
  assert.equal(first.metrics().tasks, 4);
  const second = newWorker(transport, directory, { instance: 'two' });
  for (let round = 0; round < 3; round++) for (const worker of [first, second]) await worker.runOnce();
  sendAll();
  for (let round = 0; round < 3; round++) for (const worker of [first, second]) await worker.runOnce();
  assert.deepEqual([first.metrics().tasks, second.metrics().tasks], [2, 2]);
  assert.deepEqual(
    [0, 1, 2, 3].map((partition) => count(first, 'a', partition) ?? count(second, 'a', partition)),
    [2, 2, 2, 2],
  );
  await second.stop();
  await drain(first);
  assert.deepEqual(
    [0, 1, 2, 3].map((partition) => count(first, 'a', partition)),
    [2, 2, 2, 2],
  );
});

test('an unknown error stops the worker and nothing of its transaction is visible', async (t) => {
  const transport = await prepare(new MemoryTransport());
  send(transport, 'a:0', 'bug');
  const worker = newWorker(transport, scratch(t), { commit: { maxBytes: 100 } });
  await assert.rejects(drain(worker), TaskFailedError);
  assert.deepEqual(outputs(transport), []);
  await worker.stop();
});

test('a hole in an input chain stops the worker', async (t) => {
  const transport = await prepare(new MemoryTransport());
  transport.send('in', [{ value: Buffer.from('a'), chain: { source: 'up:x/0', offset: 4, previous: 2 } }]);
  await assert.rejects(drain(newWorker(transport, scratch(t))), ChainBrokenError);
});

test('restores from the newest valid snapshot and the changelog behind it', async (t) => {
  const transport = await prepare(new MemoryTransport());
  const directory = scratch(t);
  const worker = newWorker(transport, directory, { snapshotEvery: 1 });
  for (let number = 0; number < 5; number++) {
    send(transport, 'a:0');
    await drain(worker);
  }
  const folder = join(directory, 'count', '0');
  const files = readdirSync(folder).sort();
  assert.equal(files.length, 2, 'the newest two are kept');
  flip(join(folder, files[1]!));
  const events: EngineEvent[] = [];
  const second = await drain(newWorker(transport, directory, { onEvent: (event) => events.push(event) }));
  assert.equal(count(second, 'a'), 5);
  const invalid = events.find((event) => event.type === 'snapshot-invalid');
  assert.equal(invalid?.file, join(folder, files[1]!));
  const restored = events.find((event) => event.type === 'restored');
  assert.deepEqual(
    [restored?.snapshot, restored?.changelogMessages],
    [join(folder, files[0]!), 5 - Number(files[0]!.slice(0, 16))],
  );
});

function flip(file: string): void {
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(file, bytes);
}

test('refuses to start when the changelog was cut beyond every usable snapshot', async (t) => {
  const directory = scratch(t);
  const log = join(directory, 'log');
  const transport = await prepare(
    new EmbeddedTransport({ directory: log, clock: manualClock(), segmentBytes: 600 }),
  );
  const worker = newWorker(transport, directory, { snapshotEvery: 600 });
  const producer = await transport.join({ group: 'p', topics: [], instance: 'p' });
  for (let number = 0; number < 30; number++) {
    await producer.commit({
      outputs: [{ topic: 'in', partition: 0, key: null, value: Buffer.from('a'), chain: null }],
      offsets: [],
    });
    await drain(worker);
  }
  await worker.stop();
  assert.ok((await transport.truncate()) > 0, 'snapshots let the log be cut');
  assert.equal(count(await drain(newWorker(transport, directory)), 'a'), 30);
  const newest = readdirSync(join(directory, 'count', '0'))
    .sort()
    .at(-1)!;
  flip(join(directory, 'count', '0', newest));
  transport.expire('count', 'one');
  assert.equal(
    count(await drain(newWorker(transport, directory)), 'a'),
    30,
    'the second snapshot still reaches the log',
  );
  const left = readdirSync(join(directory, 'count', '0')).filter((file) => file.endsWith('.snapshot'));
  for (const file of left) flip(join(directory, 'count', '0', file));
  transport.expire('count', 'one');
  await assert.rejects(drain(newWorker(transport, directory, { instance: 'three' })), /CHANGELOG_CUT/);
  await transport.close();
});

test('refuses to start when offsets are ahead of the state', async (t) => {
  const transport = await prepare(new MemoryTransport());
  send(transport, 'a', 'a');
  const member = await transport.join({ group: 'count', topics: ['in'], instance: 'x' });
  await member.poll({ maxBytes: 10, timeoutMs: 0 });
  await member.commit({ outputs: [], offsets: [{ topic: 'in', partition: 0, offset: 2 }] });
  await member.close();
  await assert.rejects(drain(newWorker(transport, scratch(t))), /STATE_BEHIND_OFFSETS/);
});

test('refuses to start when the log ends before a snapshot, and leaves the snapshot where it is', async (t) => {
  const directory = scratch(t);
  const transport = await prepare(new MemoryTransport());
  send(transport, 'a', 'a');
  await (await drain(newWorker(transport, directory))).stop();
  const files = readdirSync(join(directory, 'count', '0'));
  await assert.rejects(
    drain(newWorker(await prepare(new MemoryTransport()), directory)),
    /LOG_BEHIND_SNAPSHOT/,
  );
  assert.deepEqual(readdirSync(join(directory, 'count', '0')), files);
});

test('refuses to start when a store reads another format than the snapshot has, and leaves the snapshot where it is', async (t) => {
  const directory = scratch(t);
  const transport = await prepare(new MemoryTransport());
  send(transport, 'a');
  await (await drain(newWorker(transport, directory))).stop();
  const files = readdirSync(join(directory, 'count', '0'));
  const topology = countingTopology();
  const stores = topology.stores.map((node) => ({
    name: node.name,
    create: (partition: number): StateStore =>
      Object.assign(node.create(partition), { format: 'progress/2' }),
  }));
  await assert.rejects(
    drain(newWorker(transport, directory, { topology: { ...topology, stores } })),
    /STORE_FORMAT/,
  );
  assert.deepEqual(readdirSync(join(directory, 'count', '0')), files);
});

test('a process killed at any commit goes on exactly from its log and its snapshots', async (t) => {
  const root = scratch(t);
  const live = join(root, 'live');
  const openLog = (directory: string): EmbeddedTransport =>
    new EmbeddedTransport({ directory: join(directory, 'log'), clock: manualClock(), segmentBytes: 2000 });
  const transport = await prepare(openLog(live));
  const producer = await transport.join({ group: 'p', topics: [], instance: 'p' });
  const inputs = Array.from({ length: 20 }, (_, number) =>
    number % 7 === 3 ? 'poison:0' : `k${number % 3}:0`,
  );
  for (const value of inputs) {
    await producer.commit({
      outputs: [{ topic: 'in', partition: 0, key: null, value: Buffer.from(value), chain: null }],
      offsets: [],
    });
  }
  const worker = newWorker(transport, join(live, 'state'), { snapshotEvery: 500 });
  for (let kill = 0; kill < 20; kill++) {
    if (!(await worker.runOnce())) break;
    const copy = join(root, `kill-${kill}`);
    cpSync(live, copy, { recursive: true });
    // The copy was made while the process lived; its lock is that of a dead one.
    writeFileSync(join(copy, 'log', 'lock'), '999999999 1');
    const revived = openLog(copy);
    const second = await drain(newWorker(revived, join(copy, 'state')));
    const values: string[] = [];
    for await (const { value } of revived.read({ topic: 'out', partition: 0 }, 0))
      values.push(value.toString());
    assert.deepEqual(values, expectedOutputs(inputs));
    assert.equal(count(second, 'k0'), inputs.filter((value) => value === 'k0:0').length);
    await revived.close();
    rmSync(copy, { recursive: true });
  }
  await transport.close();
});

function expectedOutputs(inputs: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return inputs
    .filter((value) => !value.startsWith('poison'))
    .map((value) => {
      const key = value.split(':')[0]!;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return `${key}=${counts.get(key)!}`;
    });
}

test('run stops at the signal, snapshots and leaves', async (t) => {
  const transport = await prepare(new MemoryTransport());
  const directory = scratch(t);
  const stop = new AbortController();
  const worker = newWorker(transport, directory, { clock: { now: () => performance.now() } });
  const running = worker.run(stop.signal);
  send(transport, 'a:0', 'a:0');
  while (outputs(transport).length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
  stop.abort();
  await running;
  assert.equal(readdirSync(join(directory, 'count', '0')).length, 1);
  assert.deepEqual(
    { ...worker.metrics(), outputBytes: 0 },
    {
      messages: 2,
      inputBytes: 6,
      outputs: 3,
      outputBytes: 0,
      commits: 1,
      aborts: 0,
      deadLetters: 0,
      repeated: 0,
      tasks: 0,
    },
  );
});

test('a task in which nothing happens any more does not hold back an old log', async (t) => {
  const transport = await prepare(new MemoryTransport());
  const clock = manualClock();
  const released: number[] = [];
  transport.release = (at, before) => {
    assert.deepEqual(at, { topic: 'count-state-changelog', partition: 0 });
    released.push(before);
    return Promise.resolve();
  };
  const worker = newWorker(transport, scratch(t), { clock, snapshotAfterMs: 100 });
  for (const value of ['a', 'b']) {
    send(transport, value);
    await drain(worker);
    assert.deepEqual(released, value === 'a' ? [] : [1]);
    clock.advance(100);
    await worker.runOnce();
  }
  clock.advance(99);
  await worker.runOnce();
  assert.deepEqual(released, [1]);
  clock.advance(1);
  await worker.runOnce();
  assert.deepEqual(released, [1, 2]);
});

test('outputs stand in the order of their inputs wherever transactions are cut', async (t) => {
  const outputsFor = async (maxBytes: number): Promise<string[]> => {
    const transport = new MemoryTransport();
    await transport.createTopic('in', 3);
    await transport.createTopic('out', 1);
    for (let round = 0; round < 4; round++) {
      for (const partition of [2, 0, 1]) {
        transport.send('in', [{ partition, value: Buffer.from(`${round}/${partition}`) }]);
      }
    }
    const topology = new TopologyBuilder('order')
      .source('in', 'in')
      .processor('copy', {
        inputs: ['in'],
        outputs: ['out'],
        create: (context) => ({
          process: ({ value }) => context.emit('out', { partition: 0, key: null, value }),
        }),
      })
      .sink('out', 'out')
      .build();
    const stateDirectory = scratch(t);
    const worker = new StreamWorker({
      topology,
      transport,
      clock: manualClock(),
      instance: 'a',
      stateDirectory,
      commit: { maxBytes },
    });
    while (await worker.runOnce()) await Promise.resolve();
    await worker.stop();
    return transport.messages('out', 0).map(({ value }) => value.toString());
  };
  const oneByOne = await outputsFor(1);
  assert.equal(oneByOne.length, 12);
  assert.deepEqual(await outputsFor(1 << 20), oneByOne);
  assert.deepEqual(await outputsFor(8), oneByOne);
});
