import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planKills, RECOVERY_MS } from './kill-plan.ts';

test('the same seed gives the same plan, another seed another', () => {
  assert.deepEqual(planKills(25, 'a'), planKills(25, 'a'));
  assert.notDeepEqual(planKills(25, 'a'), planKills(25, 'b'));
});

test('every plan has as many kills as asked for, in intake first and then in billing, some of both right after ready', () => {
  for (const count of [8, 9, 25, 100]) {
    const { kills, workMs } = planKills(count, String(count));
    assert.equal(kills.length, count);
    const order = kills.map(({ during }) => during);
    assert.deepEqual(order, [...order].sort().reverse());
    for (const during of ['intake', 'billing'] as const) {
      const own = kills.filter((kill) => kill.during === during);
      assert.ok(
        own.some(({ delayMs }) => delayMs < RECOVERY_MS) && own.some(({ delayMs }) => delayMs > RECOVERY_MS),
      );
      assert.equal(
        workMs[during],
        own.reduce((sum, { delayMs }) => sum + delayMs, 0),
      );
    }
    assert.ok(kills.some(({ startups }) => startups.length > 0));
  }
});

test('too few kills to hit every phase are refused', () => {
  assert.throws(() => planKills(7, ''), RangeError);
});
