import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LocalTime } from './local-time.ts';

const ZONES = [
  'UTC',
  'Europe/London',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'Pacific/Apia',
  'America/Sao_Paulo',
];

/** Local seconds of y, m, d, h, min, s, as if they were UTC. */
function local(...parts: [number, number, number, number, number, number]): number {
  const [year, month, day, hour, minute, second] = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}

/** What Intl shows for a UTC second, as local seconds. */
function shown(zone: string, utcSeconds: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(utcSeconds * 1000);
  const at = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  return local(at('year'), at('month'), at('day'), at('hour'), at('minute'), at('second'));
}

test('an ambiguous local time is the earlier instant', () => {
  const london = new LocalTime('Europe/London');
  // Clocks went back from 02:00 BST to 01:00 GMT on 25 October 2026.
  assert.equal(london.toUtc(local(2026, 10, 25, 1, 30, 0)), local(2026, 10, 25, 0, 30, 0));
  assert.equal(london.toUtc(local(2026, 10, 25, 0, 59, 59)), local(2026, 10, 24, 23, 59, 59));
  assert.equal(london.toUtc(local(2026, 10, 25, 1, 59, 59)), local(2026, 10, 25, 0, 59, 59));
  assert.equal(london.toUtc(local(2026, 10, 25, 2, 0, 0)), local(2026, 10, 25, 2, 0, 0));
});

test('a local time inside a gap moves forward by the length of the gap', () => {
  const london = new LocalTime('Europe/London');
  // Clocks go forward from 01:00 GMT to 02:00 BST on 29 March 2026: 01:30 becomes 02:30 BST.
  assert.equal(london.toUtc(local(2026, 3, 29, 1, 30, 0)), local(2026, 3, 29, 1, 30, 0));
  assert.equal(london.toUtc(local(2026, 3, 29, 1, 0, 0)), local(2026, 3, 29, 1, 0, 0));
  assert.equal(london.toUtc(local(2026, 3, 29, 2, 0, 0)), local(2026, 3, 29, 1, 0, 0));
  assert.equal(london.toUtc(local(2026, 3, 29, 0, 59, 59)), local(2026, 3, 29, 0, 59, 59));
  // Lord Howe moves by half an hour.
  const lordHowe = new LocalTime('Australia/Lord_Howe');
  const moved = lordHowe.toUtc(local(2026, 10, 4, 2, 10, 0));
  assert.equal(shown('Australia/Lord_Howe', moved), local(2026, 10, 4, 2, 40, 0));
});

test('local to UTC and back agrees with Intl in every zone, before and after every kind of transition', () => {
  const zones = new Map(ZONES.map((zone) => [zone, new LocalTime(zone)]));
  const seconds = fc.integer({ min: local(1970, 1, 2, 0, 0, 0), max: local(2060, 12, 31, 0, 0, 0) });
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), seconds, (zone, utc) => {
      const time = zones.get(zone)!;
      const at = shown(zone, utc);
      // The same instant, or the earlier one of an overlap, which shows the same local time.
      const back = time.toUtc(at);
      assert.ok(back <= utc);
      assert.equal(shown(zone, back), at);
      assert.equal(time.dayOf(utc * 1_000_000), Math.floor(at / 86_400));
    }),
    { numRuns: 300 },
  );
});

test('the local date of an instant changes at local midnight, to the microsecond', () => {
  const newYork = new LocalTime('America/New_York');
  const midnight = local(2026, 7, 1, 4, 0, 0) * 1_000_000;
  assert.equal(newYork.dayOf(midnight), local(2026, 7, 1, 0, 0, 0) / 86_400);
  assert.equal(newYork.dayOf(midnight - 1), local(2026, 6, 30, 0, 0, 0) / 86_400);
  assert.equal(new LocalTime('UTC').dayOf(-1), -1);
});
