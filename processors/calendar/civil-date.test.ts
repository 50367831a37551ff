import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dayOfMonth, dayText, firstOfNextMonth, parseDay, weekday } from './civil-date.ts';
import { instantMicros } from '../../schemas/catalog/instant.ts';

test('day of the month, weekday and next month agree with Date for every day from 1900 to 2200', () => {
  for (let day = -25_567; day < 84_006; day++) {
    const date = new Date(day * 86_400_000);
    assert.equal(dayOfMonth(day), date.getUTCDate());
    assert.equal(weekday(day), (date.getUTCDay() + 6) % 7);
    const next = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / 86_400_000;
    if (day % 7 === 0) assert.equal(firstOfNextMonth(day), next);
  }
});

test('a day and its text are each other', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 84_000 }), (day) => {
      assert.equal(parseDay(dayText(day)), day);
    }),
  );
});

test('what is no date is NaN', () => {
  for (const text of ['2026-02-30', '2026-13-01', '', '2026-2-3'])
    assert.ok(Number.isNaN(parseDay(text)), text);
});

test('instants are read to the microsecond, with any offset', () => {
  assert.equal(instantMicros('1970-01-01T00:00:01.000002Z'), 1_000_002);
  assert.equal(instantMicros('1970-01-01T02:00:00+02:00'), 0);
  assert.equal(instantMicros('1970-01-01T00:00Z'), 0);
  assert.equal(instantMicros('1970-01-01T00:00:00.1234567Z'), 123_456);
  assert.ok(Number.isNaN(instantMicros('1970-01-01T00:00:00')));
  assert.ok(Number.isNaN(instantMicros('yesterday')));
});
