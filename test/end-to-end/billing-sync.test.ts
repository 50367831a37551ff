import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { newSite, rows, settle } from './testing/site.ts';
import { startSimulator } from './testing/tally.ts';

const CALLERS = ['+441000000001', '+441000000002', '+441000000003'];

/** Calls of many months: every caller, month and kind of call is a line of its own. */
function calls(year: number): string {
  const lines: string[] = [];
  for (let month = 1; month <= 12; month++)
    for (const caller of CALLERS)
      for (const called of ['+441999', '+4490'])
        lines.push(
          `${year}-${lines.length},${caller},${called},${year}-${String(month).padStart(2, '0')}-05T10:00:00Z,90`,
        );
  return `${lines.join('\n')}\n`;
}

interface Line {
  line_id: string;
  status: string;
}

test('every line is charged once, although answers are lost, calls refused and the service restarted', async (t) => {
  const site = newSite();
  t.after(() => site.remove());
  const faults = ['lost:6', 'error:11', 'unavailable:13'].flatMap((fault) => ['--fault', fault]);
  const simulator = await startSimulator(join(site.root, 'journal'), ...faults);
  t.after(() => simulator.stop());
  const billing = { url: simulator.url, clientNo: '5025550', authKey: 'demo-auth-key' };
  site.put('OPEN', '1', calls(2026));

  let service = await site.open({ billing });
  await settle(service);
  await service.bill();
  const stopping = new AbortController();
  // Stopped as soon as billing has begun to take lines: the rest is under way.
  const watch = setInterval(() => {
    void simulator.accepted().then((lines) => {
      if (lines.length > 0) stopping.abort();
    });
  }, 5);
  await service.run(stopping.signal, true);
  clearInterval(watch);
  await service.stop();

  service = await site.open({ billing });
  t.after(() => service.stop());
  await settle(service);
  const lines = await rows<Line>(
    service.warehouse.url,
    'SELECT line_id, status FROM line_state ORDER BY line_id',
  );
  const accepted = (await simulator.accepted()).map(({ client_record_id: id }) => id).sort();
  assert.equal(lines.length, 72);
  assert.deepEqual(accepted, lines.map((line) => line.line_id).sort());
  assert.deepEqual(new Set(lines.map(({ status }) => status)), new Set(['COMPLETE']));
  const [results] = await rows<{ n: number }>(
    service.warehouse.url,
    'SELECT toUInt32(count()) AS n FROM billing_results',
  );
  assert.equal(results!.n, 72, 'and its answer is kept once');
});
