import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDay } from './civil-date.ts';
import { instantMicros } from '../../schemas/catalog/instant.ts';
import { ZoneOffsets } from './zone-offsets.ts';

const second = (text: string): number => instantMicros(text) / 1_000_000;

test('the offset of London changes at the second of the change of the clock, both ways', () => {
  const london = new ZoneOffsets('Europe/London');
  assert.equal(london.offsetAt(second('2026-03-29T00:59:59Z')), 0);
  assert.equal(london.offsetAt(second('2026-03-29T01:00:00Z')), 3600);
  assert.equal(london.offsetAt(second('2026-10-25T00:59:59Z')), 3600);
  assert.equal(london.offsetAt(second('2026-10-25T01:00:00Z')), 0);
});

test('zones with odd offsets are right', () => {
  assert.equal(new ZoneOffsets('Asia/Kathmandu').offsetAt(second('2026-01-01T00:00:00Z')), 20_700);
  assert.equal(new ZoneOffsets('America/St_Johns').offsetAt(second('2026-01-01T00:00:00Z')), -12_600);
});

test('the local date and time agree with Intl at any instant from 1970 to 2199', () => {
  for (const timeZone of ['Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'UTC']) {
    const offsets = new ZoneOffsets(timeZone);
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7_258_118_399 }), (at) => {
        assert.equal(offsets.localText(at * 1_000_000), format.format(at * 1000));
      }),
      { numRuns: 100 },
    );
  }
});

test('a local day begins at its midnight; when the clock skips midnight, at the end of the gap', () => {
  assert.equal(
    new ZoneOffsets('Europe/London').startOfDay(parseDay('2026-08-01')),
    instantMicros('2026-07-31T23:00:00Z'),
  );
  // Cairo skipped 2026-04-24T00:00 to 01:00.
  const cairo = new ZoneOffsets('Africa/Cairo');
  const day = Date.parse('2026-04-24T00:00:00Z') / 86_400_000;
  assert.equal(cairo.startOfDay(day), instantMicros('2026-04-23T22:00:00Z'));
  assert.equal(cairo.localText(cairo.startOfDay(day)), '2026-04-24 01:00:00');
});

test('of two local midnights a day begins at the earlier', () => {
  // Cairo went from 2026-10-30T00:00 back to 23:00 of the day before, so midnight came twice.
  const cairo = new ZoneOffsets('Africa/Cairo');
  const day = Date.parse('2026-10-30T00:00:00Z') / 86_400_000;
  const start = cairo.startOfDay(day) / 1_000_000;
  assert.equal((start + cairo.offsetAt(start)) % 86_400, 0);
  assert.equal(cairo.startOfDay(day), instantMicros('2026-10-29T22:00:00Z'));
});
