import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import type { TestContext } from 'node:test';
import fc from 'fast-check';
import { manualClock } from './clock.ts';
import { MemberFencedError, TransportFailedError } from './errors.ts';
import { ProgressStore } from './progress-store.ts';
import { SourceWorker } from './source-worker.ts';
import type { SourceWorkerOptions } from './source-worker.ts';
import type { CommitFault } from './transport/memory-log.ts';
import { MemoryTransport } from './transport/memory-transport.ts';

function scratch(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'source-'));
  t.after(() => rmSync(directory, { recursive: true }));
  return directory;
}

/** Sends the numbers 0 … end - 1, two a commit, and remembers how far it came. */
function numbers(
  transport: MemoryTransport,
  stateDirectory: string,
  end: number,
  options: Partial<SourceWorkerOptions> = {},
): SourceWorker {
  return new SourceWorker({
    name: 'numbers',
    transport,
    clock: manualClock(),
    stateDirectory,
    stores: [() => new ProgressStore('done')],
    snapshotEvery: 200,
    next: async (context) => {
      const done = context.store<ProgressStore>('done');
      for (let pair = 0; pair < 2; pair++) {
        const from = done.get('next') ?? 0;
        if (from >= end) return 'idle';
        const until = Math.min(from + 2, end);
        for (let number = from; number < until; number++)
          context.send('out', number % context.partitions('out'), null, Buffer.from(`${number}`));
        done.set('next', until);
        await context.commit();
      }
      return 'busy';
    },
    ...options,
  });
}

async function prepared(): Promise<MemoryTransport> {
  const transport = new MemoryTransport();
  await transport.createTopic('out', 1);
  return transport;
}

const sent = (transport: MemoryTransport): number[] =>
  transport.messages('out').map(({ value }) => Number(value.toString()));

test('sends and progress are one: every number comes once, wherever it fails', async () => {
  const root = mkdtempSync(join(tmpdir(), 'source-model-'));
  const faults = fc.array(
    fc.record({
      at: fc.integer({ min: 1, max: 4 }),
      fault: fc.constantFrom<CommitFault>('abort', 'lost-before', 'lost-after'),
    }),
    { maxLength: 5 },
  );
  await fc.assert(
    fc.asyncProperty(faults, fc.integer({ min: 0, max: 25 }), async (placed, end) => {
      const transport = await prepared();
      const directory = mkdtempSync(join(root, 'state-'));
      for (const { at, fault } of placed) {
        transport.failCommit(at, fault);
        const worker = numbers(transport, directory, end);
        try {
          while (await worker.runOnce());
        } catch (error) {
          assert.ok(error instanceof TransportFailedError);
        }
      }
      const last = numbers(transport, directory, end);
      while (await last.runOnce());
      await last.stop();
      assert.deepEqual(
        sent(transport),
        Array.from({ length: end }, (_, number) => number),
      );
    }),
    { numRuns: 60 },
  );
  rmSync(root, { recursive: true });
});

test('what next leaves uncommitted is committed after it, and undone when it throws', async (t) => {
  const transport = await prepared();
  let fail = true;
  const worker = (): SourceWorker =>
    numbers(transport, scratch(t), 0, {
      next: (context) => {
        context.send('out', 0, null, Buffer.from('7'));
        return fail ? Promise.reject(new Error('unreadable')) : Promise.resolve('idle');
      },
    });
  const first = worker();
  await assert.rejects(first.runOnce(), /unreadable/);
  await assert.rejects(first.runOnce(), /WORKER_STATE/);
  assert.deepEqual(sent(transport), []);
  fail = false;
  const second = worker();
  assert.equal(await second.runOnce(), false);
  assert.deepEqual(sent(transport), [7]);
  assert.deepEqual(second.metrics(), { messages: 1, bytes: 1, commits: 1, aborts: 0 });
});

test('a second worker of the name fences the first', async (t) => {
  const transport = await prepared();
  const directory = scratch(t);
  const first = numbers(transport, directory, 100);
  await first.runOnce();
  const second = numbers(transport, directory, 100);
  await second.runOnce();
  await assert.rejects(first.runOnce(), MemberFencedError);
  while (await second.runOnce());
  assert.equal(new Set(sent(transport)).size, 100);
  assert.equal(sent(transport).length, 100);
});

test('run goes on until the signal', async (t) => {
  const transport = await prepared();
  const stop = new AbortController();
  const worker = numbers(transport, scratch(t), 10, { idleMs: 1 });
  const running = worker.run(stop.signal);
  while (sent(transport).length < 10) await new Promise((resolve) => setTimeout(resolve, 1));
  stop.abort();
  await running;
  assert.equal(sent(transport).length, 10);
});
