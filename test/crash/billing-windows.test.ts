import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { startBillingSimulator } from '../../deploy/demo/billing-simulator/billing-simulator.ts';
import { parseFault } from '../../deploy/demo/billing-simulator/fault-plan.ts';
import { ZoneOffsets } from '../../processors/calendar/zone-offsets.ts';
import { writeMessage } from '../../schemas/codec/batch-writer.ts';
import { BillingResultBatchView } from '../../schemas/codec/generated/views.ts';
import { billingLineBatchFormat } from '../../schemas/codec/generated/writers.ts';
import { MemoryTransport, systemClock, TransportFailedError } from '../../streams/engine/index.ts';
import { createBillingSync } from '../../streams/workers/billing-sync/billing-sync-worker.ts';
import type { BillingSync } from '../../streams/workers/billing-sync/billing-sync-worker.ts';
import { createTopics, TOPICS } from '../../streams/workers/topics.ts';

const CREDENTIALS = { clientNo: '5025550', authKey: 'demo-auth-key' };
/** Of ten thousand ids: half of the accounts are refused. */
const UNKNOWN = { accounts: 5000, planInstances: 0 };

interface Site {
  readonly url: string;
  readonly transport: MemoryTransport;
  readonly start: (linesPerCall: number) => BillingSync;
  readonly summary: () => Promise<{
    lines: number;
    repeatedLines: number;
    calls: number;
    refusedLines: object;
  }>;
  /** `line id status code` of every result in the log. */
  readonly results: () => string[];
}

function batchOf(lines: number): Buffer {
  return writeMessage(billingLineBatchFormat, {
    ...{ runId: 'R1', batchId: 'R1P0' },
    lines: Array.from({ length: lines }, (_, index) => ({
      ...{ lineId: `R1P0L${index + 1}`, runId: 'R1', accountId: `A${index}`, subscriptionId: `S${index}` },
      ...{
        usageType: 'VOICE',
        billUnit: '2026-10-01',
        currency: 'GBP',
        unit: 'SECOND',
        charges: 1,
        records: 1,
      },
      ...{ quantity: 1_000_000, amount: 10_000_000, billedAmount: 10_000_000 },
      ...{ firstUsage: 1_790_000_000_000_000, lastUsage: 1_790_000_000_000_000 },
    })),
  });
}

/** A log with one batch of lines and a billing system; workers can be started over them again and again, as after kills. */
async function siteOf(t: TestContext, options: { lines: number; faults: readonly string[] }): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'tally-billing-'));
  const simulator = await startBillingSimulator({
    ...{ port: 0, journal: join(folder, 'journal'), credentials: CREDENTIALS, unknown: UNKNOWN },
    ...{ faults: options.faults.map(parseFault), clock: systemClock },
  });
  t.after(async () => {
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const url = `http://127.0.0.1:${simulator.port}`;
  const transport = new MemoryTransport();
  await createTopics(transport, 1);
  const member = await transport.join({ group: 'test', topics: [], instance: 'test' });
  const line = {
    topic: TOPICS.billingLines,
    partition: 0,
    key: null,
    value: batchOf(options.lines),
    chain: null,
  };
  await member.commit({ outputs: [line], offsets: [] });
  return {
    ...{ url, transport },
    start: (linesPerCall) =>
      createBillingSync({
        ...{ transport, clock: systemClock, instance: 'one', linesPerCall },
        ...{ billing: { url, timeoutMs: 5_000, ...CREDENTIALS }, zone: new ZoneOffsets('Europe/London') },
      }),
    summary: async () =>
      (await (await fetch(`${url}/summary`)).json()) as Awaited<ReturnType<Site['summary']>>,
    results: () => {
      const view = new BillingResultBatchView();
      return transport.messages(TOPICS.billingResults, 0).flatMap(({ value }) => {
        view.open(value);
        const found: string[] = [];
        while (view.next())
          found.push(`${view.record.lineId} ${view.record.status} ${view.record.errorCode}`);
        return found;
      });
    },
  };
}

/** What becomes of the lines when nothing goes wrong. */
async function peacefulResults(
  t: TestContext,
  lines: number,
): Promise<{ results: string[]; accepted: number }> {
  const site = await siteOf(t, { lines, faults: [] });
  await site.start(lines).worker.drain();
  const results = site.results();
  return { results, accepted: results.filter((text) => text.endsWith(' 0')).length };
}

test('a call that billing is still at work on when its sender dies is not done twice', async (t) => {
  const peaceful = await peacefulResults(t, 20);
  const site = await siteOf(t, { lines: 20, faults: ['slow:1:400'] });
  const dying = site.start(20).worker;
  while ((await site.summary()).calls === 0) {
    await dying.runOnce();
    await delay(1);
  }
  // The next process asks billing, which has nothing yet, and sends the lines while the first call still runs.
  const next = site.start(20);
  await next.worker.drain();
  const summary = await site.summary();
  assert.equal(next.metrics.questions > 0 && summary.calls >= 2, true);
  assert.equal(summary.repeatedLines, 0);
  assert.equal(summary.lines, peaceful.accepted);
  assert.deepEqual(site.results(), peaceful.results);
});

for (const fault of ['lost-before', 'lost-after', 'abort'] as const) {
  test(`a transaction of the sender that ends in ${fault} charges nothing twice and keeps the reasons of refusals`, async (t) => {
    const peaceful = await peacefulResults(t, 30);
    assert.ok(peaceful.accepted > 0 && peaceful.accepted < 30);
    // The first transaction notes the intent, the second the answers.
    for (const nth of [1, 2]) {
      const site = await siteOf(t, { lines: 30, faults: [] });
      const { worker } = site.start(10);
      await worker.start();
      site.transport.failCommit(nth, fault);
      await worker.drain().catch((error: unknown) => assert.ok(error instanceof TransportFailedError));
      await site.start(10).worker.drain();
      const { repeatedLines, lines } = await site.summary();
      assert.deepEqual({ repeatedLines, lines }, { repeatedLines: 0, lines: peaceful.accepted });
      assert.deepEqual(site.results(), peaceful.results);
    }
  });
}

test('lost answers and failing calls between kills charge nothing twice', async (t) => {
  const peaceful = await peacefulResults(t, 60);
  const site = await siteOf(t, { lines: 60, faults: ['lost:5', 'error:7'] });
  for (let life = 0; life < 6; life++) {
    const { worker } = site.start(7);
    const until = performance.now() + 40 * life;
    while (performance.now() < until) {
      await worker.runOnce();
      await delay(1);
    }
    // It cannot commit any more; the call that is under way goes on, as that of a process which is being killed may.
    site.transport.expire('billing-sync', 'one');
    void worker.stop().catch(() => undefined);
  }
  await site.start(7).worker.drain();
  const { repeatedLines, lines } = await site.summary();
  assert.deepEqual({ repeatedLines, lines }, { repeatedLines: 0, lines: peaceful.accepted });
  assert.deepEqual(site.results(), peaceful.results);
});
