import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { manualClock, systemClock } from './clock.ts';
import { ChainBrokenError, TransportFailedError } from './errors.ts';
import { SinkWorker } from './sink-worker.ts';
import type { SinkWorkerOptions } from './sink-worker.ts';
import type { Delivery } from './sink/delivery.ts';
import { intentTopic } from './topic-names.ts';
import type { CommitFault } from './transport/memory-log.ts';
import { MemoryTransport } from './transport/memory-transport.ts';

interface World {
  readonly transport: MemoryTransport;
  readonly delivered: Delivery[];
  readonly worker: (options?: Partial<SinkWorkerOptions>) => SinkWorker;
}

async function world(partitions = 1): Promise<World> {
  const transport = new MemoryTransport();
  await transport.createTopic('in', partitions);
  await transport.createTopic('out', 1);
  const delivered: Delivery[] = [];
  const worker = (options: Partial<SinkWorkerOptions> = {}): SinkWorker =>
    new SinkWorker({
      name: 'sink',
      topics: ['in'],
      transport,
      clock: systemClock,
      instance: 'one',
      maxRecords: 3,
      backOff: { initialMs: 1, maxMs: 2 },
      deliver: (delivery) => {
        delivered.push(delivery);
        return Promise.resolve([{ topic: 'out', partition: 0, key: null, value: Buffer.from(delivery.id) }]);
      },
      ...options,
    });
  return { transport, delivered, worker };
}

function send(transport: MemoryTransport, count: number, partition = 0): void {
  transport.send(
    'in',
    Array.from({ length: count }, (_, number) => ({ partition, value: Buffer.from(`m${number}`) })),
  );
}

const ids = (deliveries: readonly Delivery[]): string[] => deliveries.map(({ id }) => id);
const outputs = (transport: MemoryTransport): string[] =>
  transport.messages('out').map(({ value }) => value.toString());

test('cuts contiguous ranges within the limits and commits offset, outputs and state together', async () => {
  const { transport, delivered, worker } = await world();
  send(transport, 7);
  const sink = worker();
  await sink.drain();
  assert.deepEqual(ids(delivered), ['in/0/0-2', 'in/0/3-5', 'in/0/6-6']);
  assert.deepEqual(outputs(transport), ids(delivered));
  assert.equal(transport.committedOffset('sink', { topic: 'in', partition: 0 }), 7);
  assert.ok(delivered.every(({ replay }) => !replay));
  await sink.stop();
});

test('repeats a failing delivery with the same borders, shows it as unhealthy and goes on with other partitions', async () => {
  const { transport, worker } = await world(2);
  send(transport, 2, 0);
  send(transport, 2, 1);
  const calls: string[] = [];
  let broken = true;
  const sink = worker({
    deliver: ({ id, partition, replay }) => {
      calls.push(`${id} ${replay ? 'again' : 'first'}`);
      return partition === 0 && broken ? Promise.reject(new Error('refused')) : Promise.resolve([]);
    },
  });
  while (calls.filter((call) => call === 'in/0/0-1 again').length < 2) await sink.runOnce(1);
  assert.equal(sink.health().healthy, false);
  assert.match(sink.health().failing[0]!.reason, /refused/);
  assert.equal(transport.committedOffset('sink', { topic: 'in', partition: 1 }), 2);
  assert.equal(transport.committedOffset('sink', { topic: 'in', partition: 0 }), 0);
  broken = false;
  await sink.drain();
  assert.equal(sink.health().healthy, true);
  assert.equal(transport.committedOffset('sink', { topic: 'in', partition: 0 }), 2);
});

test('a restart delivers an open intent with the same borders although the limits have changed', async () => {
  const { transport, delivered, worker } = await world();
  send(transport, 3);
  const first = worker({ deliver: () => new Promise(() => undefined) });
  while (first.health().inFlight === 0) await first.runOnce();
  transport.expire('sink', 'one');
  send(transport, 5);
  const second = worker({ maxRecords: 100 });
  await second.drain();
  assert.deepEqual(
    delivered.map(({ id, replay }) => [id, replay]),
    [
      ['in/0/0-2', true],
      ['in/0/3-7', false],
    ],
  );
});

test('waits for a fuller delivery as long as lingerMs allows', async () => {
  const { transport, delivered, worker } = await world();
  const clock = manualClock();
  const sink = worker({ clock, lingerMs: 50 });
  send(transport, 2);
  await sink.runOnce();
  clock.advance(49);
  await sink.runOnce();
  assert.deepEqual(ids(delivered), []);
  clock.advance(1);
  await sink.drain();
  assert.deepEqual(ids(delivered), ['in/0/0-1']);
});

test('holds no more in memory than it was allowed while the other side stands still', async () => {
  const { transport, worker } = await world();
  transport.send(
    'in',
    Array.from({ length: 50 }, () => ({ value: Buffer.alloc(1000) })),
  );
  const sink = worker({
    maxBytes: 2000,
    maxRecords: 1000,
    maxBufferedBytes: 6000,
    deliver: () => new Promise(() => undefined),
  });
  for (let round = 0; round < 60; round++) await sink.runOnce(1);
  assert.ok(sink.health().bufferedBytes <= 7000, `${sink.health().bufferedBytes}`);
  assert.equal(sink.health().inFlight, 1);
});

test('drops what a chain shows to be repeated and stops at a hole', async () => {
  const { transport, delivered, worker } = await world();
  const chain = (
    offset: number,
    previous: number,
  ): { value: Buffer; chain: { source: string; offset: number; previous: number } } => ({
    value: Buffer.from(`c${offset}`),
    chain: { source: 'app:up/0', offset, previous },
  });
  transport.send('in', [chain(0, -1), chain(4, 0), chain(4, 0), chain(5, 4)]);
  const sink = worker();
  await sink.drain();
  assert.deepEqual(
    delivered.flatMap(({ messages }) => messages.map(({ value }) => value.toString())),
    ['c0', 'c4', 'c5'],
  );
  transport.send('in', [chain(9, 7)]);
  await assert.rejects(sink.drain(), ChainBrokenError);
});

test('delivers every range at least once with identical borders and commits it once, wherever it crashes', async () => {
  const fault = fc.constantFrom<CommitFault>('abort', 'lost-before', 'lost-after');
  const schedule = fc.array(fc.record({ at: fc.integer({ min: 1, max: 6 }), fault }), { maxLength: 6 });
  let struck = 0;
  await fc.assert(
    fc.asyncProperty(
      schedule,
      fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 25 }),
      async (faults, targets) => {
        const { transport, delivered, worker } = await world(3);
        const last = new Map<number, number>();
        const share = Math.ceil(targets.length / (faults.length + 1));
        const sendFrom = (begin: number): void => {
          for (const [index, partition] of targets.slice(begin, begin + share).entries()) {
            const offset = begin + index;
            const chain = { source: 'app:up/0', offset, previous: last.get(partition) ?? -1 };
            last.set(partition, offset);
            // Every fourth comes twice, as from a transport that broke its promise.
            const message = { partition, value: Buffer.from(`${offset}`), chain };
            transport.send('in', offset % 4 === 3 ? [message, message] : [message]);
          }
        };
        for (const [number, placed] of faults.entries()) {
          sendFrom(number * share);
          transport.failCommit(placed.at, placed.fault);
          const sink = worker();
          if (!(await drained(sink))) struck++;
          struck += sink.metrics().aborts;
        }
        sendFrom(faults.length * share);
        // A placed fault may not have struck yet.
        while (!(await drained(worker())));
        judge(transport, delivered, targets);
      },
    ),
    { numRuns: 150, includeErrorInReport: true },
  );
  assert.ok(struck > 100, `${struck} faults struck`);
});

async function drained(sink: SinkWorker): Promise<boolean> {
  try {
    await sink.drain();
    return true;
  } catch (error) {
    assert.ok(error instanceof TransportFailedError);
    return false;
  }
}

/** Ranges of a partition must tile its offsets; a range that was delivered again must be the same. */
function judge(transport: MemoryTransport, delivered: readonly Delivery[], targets: readonly number[]): void {
  for (const partition of [0, 1, 2]) {
    const own = delivered.filter((delivery) => delivery.partition === partition);
    const unique = new Map(own.map((delivery) => [delivery.id, delivery]));
    const ranges = [...unique.values()].sort((a, b) => a.first - b.first);
    const end = transport.endOffset({ topic: 'in', partition });
    assert.equal(transport.committedOffset('sink', { topic: 'in', partition }), end);
    ranges.slice(1).forEach(({ first }, index) => assert.ok(first > ranges[index]!.last));
    const values = ranges.flatMap(({ messages }) => messages.map(({ value }) => Number(value.toString())));
    assert.deepEqual(
      values,
      [...targets.keys()].filter((offset) => targets[offset] === partition),
      'each message once, in order',
    );
    for (const again of own) {
      assert.ok(again.replay || own.find(({ id }) => id === again.id) === again, 'a repetition says so');
      assert.deepEqual(again.messages, unique.get(again.id)!.messages, 'and has the same messages');
    }
  }
  assert.deepEqual(outputs(transport).sort(), [...new Set(ids(delivered))].sort());
}

test('gives up old states of the intent topic, those of an idle partition too, and still restarts exactly', async () => {
  const { transport, worker } = await world(2);
  const clock = manualClock();
  const released: [number, number][] = [];
  transport.release = (at, before) => {
    assert.equal(at.topic, intentTopic('sink', 'in'));
    released.push([at.partition, before]);
    return Promise.resolve();
  };
  const sink = worker({ clock, refreshMs: 100 });
  send(transport, 3, 0);
  send(transport, 3, 1);
  await sink.drain();
  assert.deepEqual(released, []);
  clock.advance(100);
  send(transport, 3, 1);
  await sink.drain();
  // An intent and an end each before it.
  assert.deepEqual(released, [
    [1, 2],
    [0, 2],
  ]);
  assert.equal(transport.endOffset({ topic: intentTopic('sink', 'in'), partition: 0 }), 3);
  await sink.stop();
  const second = worker();
  send(transport, 3, 0);
  await second.drain();
  assert.deepEqual(outputs(transport).slice(-1), ['in/0/3-5']);
});

test('a partition that has gone quiet is delivered before its linger time is over', async () => {
  const transport = new MemoryTransport();
  await transport.createTopic('in', 1);
  const clock = manualClock();
  const delivered: string[] = [];
  const sink = new SinkWorker({
    ...{ name: 'quiet', topics: ['in'], transport, clock, instance: 'one', lingerMs: 1_000, quietMs: 100 },
    deliver: ({ id }) => {
      delivered.push(id);
      return Promise.resolve([]);
    },
  });
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 5; round++) {
      await sink.runOnce();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  for (let message = 0; message < 3; message++) {
    transport.send('in', [{ value: Buffer.from('x') }]);
    await settle();
    clock.advance(60);
  }
  assert.deepEqual(delivered, [], 'messages keep coming');
  clock.advance(60);
  await settle();
  assert.deepEqual(delivered, ['in/0/0-2']);
  await sink.stop();
});
