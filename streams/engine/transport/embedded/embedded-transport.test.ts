import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import type { TestContext } from 'node:test';
import fc from 'fast-check';
import { manualClock } from '../../clock.ts';
import type { EngineEvent } from '../../engine-event.ts';
import { StateCorruptedError, TransportFailedError } from '../../errors.ts';
import type { Message, OutgoingMessage } from '../../message.ts';
import type { Transaction } from '../../transport.ts';
import { EmbeddedTransport } from './embedded-transport.ts';
import type { EmbeddedTransportOptions } from './embedded-transport.ts';
import { systemFiles } from './file-system.ts';
import { segmentHeaderBytes } from './segment-files.ts';

function scratch(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'embedded-'));
  t.after(() => rmSync(directory, { recursive: true }));
  return directory;
}

function open(directory: string, options: Partial<EmbeddedTransportOptions> = {}): EmbeddedTransport {
  return new EmbeddedTransport({ directory, clock: manualClock(1000), ...options });
}

function outgoing(value: string | Buffer, partition = 0, topic = 'in'): OutgoingMessage {
  return { topic, partition, key: null, value: Buffer.from(value), chain: null };
}

async function commit(transport: EmbeddedTransport, outputs: readonly OutgoingMessage[]): Promise<void> {
  const member = await transport.join({ group: 'producer', topics: [], instance: 'one' });
  await (
    await member.commit({ outputs, offsets: [] })
  ).durable;
}

/** Everything that a reader can learn from a log. */
async function contents(
  transport: EmbeddedTransport,
  topics: Readonly<Record<string, number>>,
): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const [topic, partitions] of Object.entries(topics)) {
    for (let partition = 0; partition < partitions; partition++) {
      const at = { topic, partition };
      all.push([
        topic,
        partition,
        transport.startOffset(at),
        transport.endOffset(at),
        transport.committedOffset('g', at),
      ]);
      for await (const message of transport.read(at, 0)) all.push(plain(message));
    }
  }
  return all;
}

function plain({ key, value, ...rest }: Message): unknown {
  return {
    ...rest,
    key: key === null ? null : Buffer.from(key).toString('hex'),
    value: value.toString('hex'),
  };
}

/** Larger than what is written after a cut, so that a rest of it would show. */
const third = 'third'.padEnd(200);

const small = { in: 2, out: 1 };

/** A small log with everything in it, closed. @returns the sizes of its only file after each transaction. */
async function writeSmallLog(directory: string): Promise<number[]> {
  const transport = open(directory);
  await transport.createTopic('in', 2);
  await transport.createTopic('out', 1);
  const member = await transport.join({ group: 'g', topics: ['in'], instance: 'one' });
  const chain = { source: 'app:in/0', offset: 0, previous: -1 };
  const transactions: Transaction[] = [
    { outputs: [outgoing('first', 0), outgoing('', 1)], offsets: [] },
    {
      outputs: [{ ...outgoing('second', 0, 'out'), key: Buffer.from('k'), chain }],
      offsets: [{ topic: 'in', partition: 0, offset: 1 }],
    },
    {
      outputs: [{ ...outgoing(third, 0), key: Buffer.alloc(0) }],
      offsets: [{ topic: 'in', partition: 1, offset: 1 }],
    },
  ];
  const sizes: number[] = [];
  for (const transaction of transactions) {
    await member.poll({ maxBytes: 1 << 20, timeoutMs: 0 });
    await (
      await member.commit(transaction)
    ).durable;
    sizes.push(readFileSync(join(directory, '00000001.log')).length);
  }
  await transport.close();
  return sizes;
}

test('a restart finds every message, key, chain, timestamp and group offset again, and goes on', async (t) => {
  const directory = scratch(t);
  await writeSmallLog(directory);
  const transport = open(directory);
  assert.deepEqual(await contents(transport, small), [
    ['in', 0, 0, 2, 1],
    {
      topic: 'in',
      partition: 0,
      offset: 0,
      key: null,
      value: Buffer.from('first').toString('hex'),
      timestamp: 1000,
      chain: null,
    },
    {
      topic: 'in',
      partition: 0,
      offset: 1,
      key: '',
      value: Buffer.from(third).toString('hex'),
      timestamp: 1000,
      chain: null,
    },
    ['in', 1, 0, 1, 1],
    { topic: 'in', partition: 1, offset: 0, key: null, value: '', timestamp: 1000, chain: null },
    ['out', 0, 0, 1, 0],
    {
      topic: 'out',
      partition: 0,
      offset: 0,
      key: '6b',
      value: Buffer.from('second').toString('hex'),
      timestamp: 1000,
      chain: { source: 'app:in/0', offset: 0, previous: -1 },
    },
  ]);
  const member = await transport.join({ group: 'g', topics: ['in'], instance: 'two' });
  const { messages } = await member.poll({ maxBytes: 1000, timeoutMs: 0 });
  assert.deepEqual(
    messages.map(({ offset, value }) => [offset, value.toString()]),
    [[1, third]],
  );
  await transport.close();
});

test('a log cut at any byte of its last frame opens with everything before that frame, and names the cut', async (t) => {
  const directory = scratch(t);
  const sizes = await writeSmallLog(directory);
  const [, before, whole] = sizes as [number, number, number];
  // The process died before the sync of the last frame was noted down.
  rmSync(join(directory, 'durable'));
  for (let size = before; size < whole; size++) {
    const copy = join(directory, `cut-${size}`);
    cpSync(join(directory, '00000001.log'), join(copy, '00000001.log'));
    truncateSync(join(copy, '00000001.log'), size);
    const events: EngineEvent[] = [];
    const transport = open(copy, { onEvent: (event) => events.push(event) });
    assert.equal(transport.endOffset({ topic: 'in', partition: 0 }), 1);
    assert.equal(transport.committedOffset('g', { topic: 'in', partition: 1 }), 0);
    assert.equal(transport.endOffset({ topic: 'out', partition: 0 }), 1);
    const file = join(copy, '00000001.log');
    assert.deepEqual(
      events,
      size === before ? [] : [{ type: 'torn-tail', file, position: before, bytes: size - before }],
    );
    await commit(transport, [outgoing('again')]);
    await transport.close();
    const reopened = open(copy);
    assert.equal(reopened.endOffset({ topic: 'in', partition: 0 }), 2);
    await reopened.close();
    rmSync(copy, { recursive: true });
  }
});

test('a log that is shorter than what was durable is refused', async (t) => {
  const directory = scratch(t);
  const [, before, whole] = (await writeSmallLog(directory)) as [number, number, number];
  for (const size of [before, before + 5, whole - 1]) {
    truncateSync(join(directory, '00000001.log'), size);
    assert.throws(() => open(directory), isDamage);
    assert.equal(readFileSync(join(directory, '00000001.log')).length, size, 'the evidence stays');
    writeFileSync(
      join(directory, '00000001.log'),
      Buffer.concat([readFileSync(join(directory, '00000001.log')), Buffer.alloc(whole - size)]),
    );
  }
});

test('zeros behind the last frame, as a power failure leaves them, are a cut write; before the durable mark they are damage', async (t) => {
  const directory = scratch(t);
  const [, before, whole] = (await writeSmallLog(directory)) as [number, number, number];
  const file = join(directory, '00000001.log');
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0, before, whole));
  assert.throws(() => open(directory), isDamage);
  rmSync(join(directory, 'durable'));
  const transport = open(directory);
  assert.equal(transport.endOffset({ topic: 'in', partition: 0 }), 1);
  await transport.close();
});

function isDamage(error: unknown): boolean {
  return (
    error instanceof StateCorruptedError && /at byte \d+/.test(error.message) && /restore/.test(error.message)
  );
}

for (const withMark of [true, false]) {
  test(`any flipped bit ${withMark ? '' : 'of a log without a durable mark '}is found, or changes nothing`, async (t) => {
    const directory = scratch(t);
    await writeSmallLog(directory);
    if (!withMark) rmSync(join(directory, 'durable'));
    const reference = open(directory);
    const expected = await contents(reference, small);
    await reference.close();
    if (!withMark) rmSync(join(directory, 'durable'));
    for (const name of withMark ? ['00000001.log', 'durable'] : ['00000001.log']) {
      const bytes = readFileSync(join(directory, name));
      for (let at = 0; at < bytes.length; at++) {
        const damaged = Buffer.from(bytes);
        damaged[at]! ^= 1 << (at % 8);
        writeFileSync(join(directory, name), damaged);
        await assertFoundOrHarmless(directory, expected, `${name} byte ${at}`);
        restoreFiles(directory, name, bytes, withMark);
      }
    }
  });
}

async function assertFoundOrHarmless(directory: string, expected: unknown[], where: string): Promise<void> {
  let transport: EmbeddedTransport;
  try {
    transport = open(directory);
  } catch (error) {
    assert.ok(error instanceof StateCorruptedError, `${where}: ${String(error)}`);
    return;
  }
  assert.deepEqual(await contents(transport, small), expected, where);
  await transport.close();
}

function restoreFiles(directory: string, name: string, bytes: Buffer, withMark: boolean): void {
  writeFileSync(join(directory, name), bytes);
  if (!withMark) rmSync(join(directory, 'durable'), { force: true });
}

test('a missing, a shortened and a renamed segment are refused', async (t) => {
  const directory = scratch(t);
  const transport = open(directory, { segmentBytes: 300 });
  await transport.createTopic('in', 1);
  for (let number = 0; number < 6; number++) await commit(transport, [outgoing(Buffer.alloc(200))]);
  await transport.close();
  assert.ok(readdirSync(directory).filter((name) => name.endsWith('.log')).length > 4);
  const file = join(directory, '00000003.log');
  const bytes = readFileSync(file);
  rmSync(file);
  assert.throws(() => open(directory), /LOG_SEGMENT_MISSING/);
  writeFileSync(file, bytes.subarray(0, -1));
  assert.throws(() => open(directory), /others follow/);
  writeFileSync(file, readFileSync(join(directory, '00000002.log')));
  assert.throws(() => open(directory), StateCorruptedError);
  writeFileSync(file, bytes);
  await open(directory).close();
});

test('what does not fit the cache is read from the file, unchanged', async (t) => {
  const message = fc.record({
    partition: fc.integer({ min: 0, max: 2 }),
    key: fc.option(fc.uint8Array({ maxLength: 5 })),
    value: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    chain: fc.option(
      fc.record(
        { source: fc.string(), offset: fc.maxSafeNat(), previous: fc.integer({ min: -1 }) },
        { noNullPrototype: true },
      ),
    ),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(message, { maxLength: 4 }), { maxLength: 8 }),
      fc.constantFrom(0, 700),
      async (transactions, cacheBytes) => {
        const directory = mkdtempSync(join(scratchRoot, 'log-'));
        const transport = open(directory, { segmentBytes: 500, cacheBytes });
        await transport.createTopic('in', 3);
        for (const outputs of transactions)
          await commit(
            transport,
            outputs.map((output) => ({ ...output, topic: 'in' })),
          );
        const written = transactions.flat();
        const expected = [0, 1, 2].flatMap((partition) =>
          written
            .filter((each) => each.partition === partition)
            .map((each, offset) => plain({ ...each, topic: 'in', offset, timestamp: 1000 })),
        );
        const found = async (from: EmbeddedTransport): Promise<unknown[]> =>
          (await contents(from, { in: 3 })).filter((entry) => !Array.isArray(entry));
        assert.deepEqual(await found(transport), expected);
        await transport.close();
        const reopened = open(directory, { segmentBytes: 500 });
        assert.deepEqual(await found(reopened), expected);
        await reopened.close();
      },
    ),
    { numRuns: 60 },
  );
  function cleanUp(): void {
    rmSync(scratchRoot, { recursive: true });
  }
  t.after(cleanUp);
});
const scratchRoot = mkdtempSync(join(tmpdir(), 'embedded-property-'));

test('a member reads all its partitions in the order of the log, twice the same', async (t) => {
  const transport = open(scratch(t));
  await transport.createTopic('in', 3);
  await transport.createTopic('also', 3);
  const order = [2, 0, 1, 1, 2, 0];
  for (const [number, partition] of order.entries())
    await commit(transport, [outgoing(`${number}`, partition, number % 2 === 0 ? 'in' : 'also')]);
  const member = await transport.join({ group: 'g', topics: ['also', 'in'], instance: 'one' });
  const read = async (): Promise<string[]> => {
    const values: string[] = [];
    for (;;) {
      const { messages } = await member.poll({ maxBytes: 2, timeoutMs: 0 });
      if (messages.length === 0) return values;
      assert.ok(messages.length <= 2);
      values.push(...messages.map(({ value }) => value.toString()));
    }
  };
  assert.deepEqual(await read(), ['0', '1', '2', '3', '4', '5']);
  member.rewind();
  assert.deepEqual(await read(), ['0', '1', '2', '3', '4', '5']);
  await transport.close();
});

test('a poll waits for a message, and lingers for more', async (t) => {
  const transport = open(scratch(t), { clock: { now: () => performance.now() } });
  await transport.createTopic('in', 1);
  const member = await transport.join({ group: 'g', topics: ['in'], instance: 'one' });
  assert.equal((await member.poll({ maxBytes: 9, timeoutMs: 1000 })).assigned.length, 1);
  const waiting = member.poll({ maxBytes: 2, timeoutMs: 10_000, lingerMs: 10_000 });
  await commit(transport, [outgoing('a')]);
  await commit(transport, [outgoing('b')]);
  assert.equal((await waiting).messages.length, 2);
  assert.equal((await member.poll({ maxBytes: 9, timeoutMs: 1 })).messages.length, 0);
  await transport.close();
});

test('a full disk is a plain error, nothing of the frame stays, and writing goes on once there is room', async (t) => {
  const directory = scratch(t);
  let room = Infinity;
  const files = {
    ...systemFiles,
    writev: (fd: number, buffers: readonly NodeJS.ArrayBufferView[], position: number): number => {
      const all = Buffer.concat(buffers as Buffer[]);
      if (room <= 0) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      const part = all.subarray(0, Math.min(all.length, room));
      room -= part.length;
      return systemFiles.writev(fd, [part], position);
    },
  };
  const transport = open(directory, { files });
  await transport.createTopic('in', 1);
  await commit(transport, [outgoing('kept')]);
  const file = join(directory, '00000001.log');
  const size = readFileSync(file).length;
  room = 40;
  await assert.rejects(
    commit(transport, [outgoing('lost')]),
    (error) => error instanceof TransportFailedError && error.code === 'DISK_FULL',
  );
  assert.equal(readFileSync(file).length, size);
  assert.equal(transport.endOffset({ topic: 'in', partition: 0 }), 1);
  room = Infinity;
  await commit(transport, [outgoing('more')]);
  await transport.close();
  const reopened = open(directory);
  assert.deepEqual((await contents(reopened, { in: 1 })).length, 3);
  await reopened.close();
});

test('writes that the system takes in pieces arrive whole', async (t) => {
  const directory = scratch(t);
  const files = {
    ...systemFiles,
    writev: (fd: number, buffers: readonly NodeJS.ArrayBufferView[], position: number): number =>
      systemFiles.writev(fd, [Buffer.concat(buffers as Buffer[]).subarray(0, 7)], position),
  };
  const transport = open(directory, { files });
  await transport.createTopic('in', 1);
  await commit(transport, [outgoing('a longer value'), outgoing('another')]);
  await transport.close();
  const reopened = open(directory);
  assert.equal(reopened.endOffset({ topic: 'in', partition: 0 }), 2);
  await reopened.close();
});

test('after a failed sync nothing is called durable and nothing more is written', async (t) => {
  const files = {
    ...systemFiles,
    datasync: () => Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' })),
  };
  const transport = open(scratch(t), { files });
  await assert.rejects(
    async () => {
      await transport.createTopic('in', 1);
      await commit(transport, [outgoing('x')]);
    },
    (error) => error instanceof TransportFailedError && error.code === 'DISK_FAILED',
  );
  await assert.rejects(commit(transport, [outgoing('y')]), TransportFailedError);
  await transport.close();
});

test('a transaction to an unknown topic or partition is refused as a whole', async (t) => {
  const transport = open(scratch(t));
  await transport.createTopic('in', 1);
  await assert.rejects(commit(transport, [outgoing('a'), outgoing('b', 1)]), /PARTITION_UNKNOWN/);
  await assert.rejects(commit(transport, [outgoing('a'), outgoing('b', 0, 'none')]), /TOPIC_UNKNOWN/);
  assert.equal(transport.endOffset({ topic: 'in', partition: 0 }), 0);
  await assert.rejects(transport.createTopic('in', 2), /PARTITIONS_DIFFER/);
  await transport.close();
});

test('one process works on a directory; the lock of a dead one is taken over', async (t) => {
  const directory = scratch(t);
  const transport = open(directory);
  assert.throws(() => open(directory), /LOG_LOCKED/);
  await transport.close();
  assert.equal(existsSync(join(directory, 'lock')), false);
  for (const stale of ['999999999 1', `${process.pid} 1`, '']) {
    writeFileSync(join(directory, 'lock'), stale);
    const events: EngineEvent[] = [];
    await open(directory, { onEvent: (event) => events.push(event) }).close();
    assert.equal(events[0]?.type, 'lock-taken-over');
  }
});

test('truncation drops what all groups have read, and nothing that anybody needs', async () => {
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('send' as const),
        topic: fc.constantFrom('in', 'in', 'in', 'log'),
        partition: fc.integer({ min: 0, max: 1 }),
      }),
    },
    {
      weight: 8,
      arbitrary: fc.record({ do: fc.constant('read' as const), group: fc.constantFrom('g', 'h') }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constantFrom('truncate' as const, 'truncate' as const, 'reopen' as const, 'release' as const),
      }),
    },
  );
  const root = mkdtempSync(join(tmpdir(), 'embedded-truncate-'));
  let dropped = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 120 }), async (steps) => {
      const directory = mkdtempSync(join(root, 'log-'));
      let transport = open(directory, { segmentBytes: 400, cacheBytes: 0 });
      await transport.createTopic('in', 2);
      await transport.createTopic('log', 2);
      const sent = new Map<string, string[]>();
      const members = async (): Promise<Map<string, Awaited<ReturnType<EmbeddedTransport['join']>>>> =>
        new Map([
          ['g', await transport.join({ group: 'g', topics: ['in'], instance: 'x' })],
          ['h', await transport.join({ group: 'h', topics: ['in'], instance: 'x' })],
        ]);
      let joined = await members();
      const read = new Map<string, number>();
      let released = [0, 0];
      for (const [number, action] of steps.entries()) {
        if (action.do === 'send') {
          const at = `${action.topic}/${action.partition}`;
          const value = `${number}`.padEnd(60);
          sent.set(at, [...(sent.get(at) ?? []), value]);
          await commit(transport, [outgoing(value, action.partition, action.topic)]);
        } else if (action.do === 'read') {
          const member = joined.get(action.group)!;
          const { messages } = await member.poll({ maxBytes: 100, timeoutMs: 0 });
          for (const { topic, partition, offset, value } of messages) {
            assert.equal(value.toString(), sent.get(`${topic}/${partition}`)![offset]);
            assert.equal(offset, read.get(`${action.group}/${partition}`) ?? 0);
            read.set(`${action.group}/${partition}`, offset + 1);
          }
          const offsets = messages.map(({ topic, partition, offset }) => ({
            topic,
            partition,
            offset: offset + 1,
          }));
          await member.commit({ outputs: [], offsets });
        } else if (action.do === 'truncate') dropped += await transport.truncate();
        else if (action.do === 'release') {
          released = [0, 1].map((partition) => transport.endOffset({ topic: 'log', partition }));
          for (const partition of [0, 1])
            await transport.release({ topic: 'log', partition }, released[partition]!);
        } else {
          await transport.close();
          transport = open(directory, { segmentBytes: 400, cacheBytes: 0 });
          joined = await members();
        }
        for (const partition of [0, 1]) {
          const needed = Math.min(read.get(`g/${partition}`) ?? 0, read.get(`h/${partition}`) ?? 0);
          assert.ok(transport.startOffset({ topic: 'in', partition }) <= needed);
          assert.ok(transport.startOffset({ topic: 'log', partition }) <= released[partition]!);
          const start = transport.startOffset({ topic: 'log', partition });
          const kept: string[] = [];
          for await (const { value } of transport.read({ topic: 'log', partition }, 0))
            kept.push(value.toString());
          assert.deepEqual(kept, (sent.get(`log/${partition}`) ?? []).slice(start));
        }
      }
      await transport.close();
    }),
    { numRuns: 60 },
  );
  rmSync(root, { recursive: true });
  assert.ok(dropped > 20, `the runs dropped ${dropped} segments`);
});

test('a topic that nobody reads is kept unless it is disposable', async (t) => {
  const directory = scratch(t);
  const transport = open(directory, { segmentBytes: 300 });
  await transport.createTopic('in', 1);
  for (let number = 0; number < 6; number++) await commit(transport, [outgoing(Buffer.alloc(200))]);
  assert.equal(await transport.truncate(), 0);
  assert.ok((await transport.truncate({ disposable: ['in'] })) > 3);
  const files = readdirSync(directory).filter((name) => name.endsWith('.log'));
  assert.ok(readFileSync(join(directory, files[0]!)).length > segmentHeaderBytes);
  await transport.close();
  const reopened = open(directory, { segmentBytes: 300 });
  assert.equal(reopened.endOffset({ topic: 'in', partition: 0 }), 6);
  assert.ok(reopened.startOffset({ topic: 'in', partition: 0 }) > 3);
  await reopened.close();
});

test('what a group will read that has not joined yet is kept, although others are through with it', async (t) => {
  const transport = open(scratch(t), { segmentBytes: 300 });
  await transport.createTopic('in', 1);
  const reader = await transport.join({ group: 'early', topics: ['in'], instance: 'one' });
  for (let number = 0; number < 6; number++) await commit(transport, [outgoing(Buffer.alloc(200))]);
  await reader.poll({ maxBytes: 10_000, timeoutMs: 0 });
  await reader.commit({ outputs: [], offsets: [{ topic: 'in', partition: 0, offset: 6 }] });
  assert.equal(await transport.truncate({ expected: [{ group: 'late', topics: ['in'] }] }), 0);
  assert.equal(transport.startOffset({ topic: 'in', partition: 0 }), 0);
  assert.ok((await transport.truncate()) > 3);
  await transport.close();
});
