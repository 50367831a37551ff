import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLOCK, CLOCK_COMPACT, createCalendar } from './calendar.ts';
import { createRandom } from './random.ts';
import { secondAt } from './time-of-day.ts';

test('should know the length of the month and the day on which its clocks go back', () => {
  const october = createCalendar('2026-10');
  assert.equal(october.days, 31);
  assert.equal(october.clocksGoBack, 24);
  assert.deepEqual(october.day(24), {
    slashed: '25/10/2026',
    compact: '20261025',
    iso: '2026-10-25',
    weekday: 0,
  });
  assert.equal(createCalendar('2028-02').days, 29);
  assert.equal(createCalendar('2026-11').clocksGoBack, -1);
});

test('should reach days before and after the month', () => {
  const calendar = createCalendar('2026-10');
  assert.equal(calendar.day(-95).iso, '2026-06-28');
  assert.equal(calendar.day(40).iso, '2026-11-10');
});

test('should give instants the offset that London has on that day', () => {
  const calendar = createCalendar('2026-10');
  assert.equal(calendar.instant(0, 9 * 3600), '2026-10-01T09:00:00+01:00');
  assert.equal(calendar.instant(25, 0), '2026-10-26T00:00:00Z');
  assert.equal(calendar.instant(-200, 0), '2026-03-15T00:00:00Z');
});

test('should refuse a month that is none', () => {
  for (const month of ['2026-13', '2026-1', 'October', ''])
    assert.throws(() => createCalendar(month), RangeError);
});

test('should print every second of the day once', () => {
  assert.equal(new Set(CLOCK).size, 86_400);
  assert.equal(CLOCK[86_399], '23:59:59');
  assert.equal(CLOCK_COMPACT[3661], '010101');
});

test('should walk through the day in order and within it', () => {
  for (const profile of ['voice', 'sms', 'data'] as const) {
    let before = 0;
    for (let i = 0; i < 10_000; i++) {
      const second = secondAt(profile, i / 10_000);
      assert.ok(second >= before && second < 86_400);
      before = second;
    }
    assert.ok(before > 86_000);
  }
});

test('should draw the same numbers on every machine', () => {
  const random = createRandom('northwind');
  assert.deepEqual(
    [random.next(), random.next(), random.below(1000), random.powerOfTwo(3, 10)],
    [376_103_242, 3_899_201_992, 165, 414],
  );
  assert.notEqual(createRandom('a').next(), createRandom('b').next());
});

test('should draw within bounds and reach all of them', () => {
  const random = createRandom('bounds');
  const seen = new Set(Array.from({ length: 2000 }, () => random.below(7)));
  assert.deepEqual([...seen].sort(), [0, 1, 2, 3, 4, 5, 6]);
});
