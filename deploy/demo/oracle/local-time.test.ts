import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dateText, dayNumber, LocalTime } from './local-time.ts';

const london = new LocalTime('Europe/London');
const local = (zone: LocalTime, text: string) => new Date(zone.toUtc(Date.parse(`${text}Z`))).toISOString();

test('a local time that comes twice is the earlier instant', () => {
  // London leaves summer time on 2026-10-25 at 02:00 (+01:00) = 01:00Z: 01:30 is 00:30Z and again 01:30Z.
  assert.equal(local(london, '2026-10-25T01:30:00'), '2026-10-25T00:30:00.000Z');
  assert.equal(local(london, '2026-10-25T00:59:59'), '2026-10-24T23:59:59.000Z');
  assert.equal(local(london, '2026-10-25T02:00:00'), '2026-10-25T02:00:00.000Z');
});

test('a local time inside a gap moves forward by the length of the gap', () => {
  // London enters summer time on 2026-03-29 at 01:00 = 01:00Z: 01:30 does not exist and becomes 02:30 (+01:00) = 01:30Z.
  assert.equal(local(london, '2026-03-29T01:30:00'), '2026-03-29T01:30:00.000Z');
  assert.equal(local(london, '2026-03-29T02:30:00'), '2026-03-29T01:30:00.000Z');
  // Lord Howe Island moves by half an hour on 2026-10-04 at 02:00 (+10:30) = 2026-10-03T15:30Z: 02:15 becomes 02:45 (+11:00).
  assert.equal(
    local(new LocalTime('Australia/Lord_Howe'), '2026-10-04T02:15:00'),
    '2026-10-03T15:45:00.000Z',
  );
  // Samoa had no 2011-12-30: noon becomes noon of the 31st at +14:00.
  assert.equal(local(new LocalTime('Pacific/Apia'), '2011-12-30T12:00:00'), '2011-12-30T22:00:00.000Z');
});

test('every instant is found again from its wall clock, or an earlier one that reads the same', () => {
  const zones = [
    'Europe/London',
    'America/New_York',
    'Asia/Kathmandu',
    'Africa/Casablanca',
    'Australia/Lord_Howe',
  ];
  const known = new Map(zones.map((name) => [name, new LocalTime(name)]));
  const seconds = fc.integer({ min: 0, max: 4_000_000_000 });
  fc.assert(
    fc.property(fc.constantFrom(...zones), seconds, (name, second) => {
      const zone = known.get(name)!;
      const wall = zone.wallAt(second * 1000);
      const back = zone.toUtc(wall.day * 86_400_000 + wall.ms);
      assert.ok(back <= second * 1000 && second * 1000 - back <= 2 * 3_600_000);
      assert.deepEqual(zone.wallAt(back), wall);
    }),
    { numRuns: 300 },
  );
});

test('only real dates of the years 1970 to 2199 have a day number', () => {
  assert.equal(dayNumber(1970, 1, 2), 1);
  assert.equal(dayNumber(2026, 2, 29), null);
  assert.equal(dateText(dayNumber(2024, 2, 29)!), '2024-02-29');
  assert.equal(dayNumber(1969, 12, 31), null);
  assert.equal(dayNumber(2200, 1, 1), null);
  assert.equal(dayNumber(2026, 13, 1), null);
  assert.equal(dayNumber(2026, 0, 1), null);
});
