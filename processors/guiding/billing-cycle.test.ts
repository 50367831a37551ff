import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BillingCycles } from './billing-cycle.ts';
import { instantMicros } from '../../schemas/catalog/instant.ts';
import { ZoneOffsets } from '../calendar/zone-offsets.ts';

const CASES: readonly (readonly [instant: string, billCycleDay: number, billUnit: string, zone?: string])[] =
  [
    ['2026-09-01T00:00:00Z', 1, '2026-09-01', 'UTC'],
    ['2026-08-31T23:59:59Z', 1, '2026-08-01', 'UTC'],
    ['2026-08-31T22:59:59Z', 1, '2026-08-01'],
    ['2026-08-31T23:00:00Z', 1, '2026-09-01'],
    ['2026-03-05T12:00:00Z', 28, '2026-02-28'],
    ['2026-03-28T00:00:00Z', 28, '2026-03-28'],
    ['2026-01-14T23:59:59Z', 15, '2025-12-15'],
    ['2024-02-29T10:00:00Z', 15, '2024-02-15'],
  ];

for (const [instant, billCycleDay, billUnit, zone = 'Europe/London'] of CASES) {
  test(`with cycle day ${billCycleDay}, ${instant} in ${zone} falls in bill unit ${billUnit}`, () => {
    const cycles = new BillingCycles(new ZoneOffsets(zone));
    assert.equal(cycles.billUnit(cycles.cycleOf(instantMicros(instant), billCycleDay)).text, billUnit);
  });
}

test('every instant lies in its cycle, and cycles follow each other without gap', () => {
  const cycles = new BillingCycles(new ZoneOffsets('Europe/London'));
  const instants = fc.integer({ min: 0, max: 7_000_000_000 }).map((second) => second * 1_000_000);
  fc.assert(
    fc.property(instants, fc.integer({ min: 1, max: 28 }), (instant, billCycleDay) => {
      const cycle = cycles.cycleOf(instant, billCycleDay);
      const next = cycles.next(cycle);
      assert.ok(cycles.startOf(cycle) <= instant && instant < cycles.startOf(next));
      assert.equal(cycles.cycleOf(cycles.startOf(next), billCycleDay), next);
      assert.equal(cycles.cycleOf(cycles.startOf(next) - 1, billCycleDay), cycle);
      assert.equal(Number(cycles.billUnit(cycle).text.slice(8)), billCycleDay);
    }),
  );
});
