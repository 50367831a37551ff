import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileDatePattern } from './date-pattern.ts';
import { dayOf, isDate } from '../calendar/civil-date.ts';

function read(type: 'date' | 'time' | 'datetime', pattern: string, text: string): number {
  const bytes = Buffer.from(`..${text}..`);
  return compileDatePattern(type, pattern).read(bytes, 2, bytes.length - 2);
}

test('days count as in the calendar of JavaScript, from 1970 to 2199', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Date.UTC(2199, 11, 31) / 86_400_000 }), (day) => {
      const date = new Date(day * 86_400_000);
      assert.equal(dayOf(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()), day);
      assert.ok(isDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()));
    }),
  );
});

test('a date, a time and a datetime are read by their pattern', () => {
  assert.equal(read('date', 'dd/MM/yyyy', '24/11/2026'), Date.UTC(2026, 10, 24) / 1000);
  assert.equal(read('time', 'HH:mm:ss', '23:59:58'), 86_398);
  assert.equal(read('time', 'HHmm', '0102'), 3720);
  assert.equal(read('datetime', 'yyyyMMddHHmmss', '20261124010203'), Date.UTC(2026, 10, 24, 1, 2, 3) / 1000);
  assert.equal(read('datetime', 'yyyy-MM-dd’HH', '2026-11-24’05'), Date.UTC(2026, 10, 24, 5) / 1000);
});

test('what does not match every character or is no real date and time is refused', () => {
  const refused: [Parameters<typeof read>[0], string, string][] = [
    ['date', 'dd/MM/yyyy', '24-11-2026'],
    ['date', 'dd/MM/yyyy', '4/11/2026'],
    ['date', 'dd/MM/yyyy', '24/11/2026 '],
    ['date', 'dd/MM/yyyy', '31/04/2026'],
    ['date', 'dd/MM/yyyy', '29/02/2100'],
    ['date', 'dd/MM/yyyy', '00/01/2026'],
    ['date', 'dd/MM/yyyy', '01/00/2026'],
    ['date', 'dd/MM/yyyy', '01/13/2026'],
    ['date', 'dd/MM/yyyy', '31/12/1969'],
    ['date', 'dd/MM/yyyy', '01/01/2200'],
    ['date', 'dd/MM/yyyy', '+1/01/2026'],
    ['time', 'HH:mm:ss', '24:00:00'],
    ['time', 'HH:mm:ss', '00:60:00'],
    ['time', 'HH:mm:ss', '00:00:60'],
    ['time', 'HH:mm:ss', '1 :00:00'],
    ['datetime', 'yyyyMMddHHmmss', '2026112401020x'],
  ];
  for (const [type, pattern, text] of refused) assert.ok(Number.isNaN(read(type, pattern, text)), text);
});

test('iso reads offset and up to six decimals to UTC microseconds', () => {
  const base = Date.UTC(2026, 10, 24, 12, 0, 0) * 1000;
  assert.equal(read('datetime', 'iso', '2026-11-24T12:00:00Z'), base);
  assert.equal(read('datetime', 'iso', '2026-11-24T12:00:00.5Z'), base + 500_000);
  assert.equal(read('datetime', 'iso', '2026-11-24T12:00:00.000001-00:00'), base + 1);
  assert.equal(read('datetime', 'iso', '2026-11-24T14:30:00+02:30'), base);
  assert.equal(read('datetime', 'iso', '2026-11-23T23:00:00.25-13:00'), base + 250_000);
  for (const text of [
    '2026-11-24T12:00:00',
    '2026-11-24 12:00:00Z',
    '2026-11-24t12:00:00Z',
    '2026-11-24T12:00:00z',
    '2026-11-24T12:00:00.Z',
    '2026-11-24T12:00:00.1234567Z',
    '2026-11-24T12:00:00+0100',
    '2026-11-24T12:00:00+01:00x',
    '2026-11-24T12:00:00+24:00',
    '2026-11-24T12:00:00+01:60',
    '2026-11-24T12:00Z',
    '2026-02-30T12:00:00Z',
    '2026-11-24T12:00:00ZZ',
  ]) {
    assert.ok(Number.isNaN(read('datetime', 'iso', text)), text);
  }
});

test('a pattern that lacks what its type needs is a fault of the catalog', () => {
  assert.throws(() => compileDatePattern('date', 'dd/MM'), /yyyy/);
  assert.throws(() => compileDatePattern('time', 'mm:ss'), /HH/);
  assert.throws(() => compileDatePattern('date', 'yyyyMMddHHmm'), /HH/);
});
