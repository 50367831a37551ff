import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TimeModel } from '../../schemas/catalog/models.ts';
import { instantMicros } from '../../schemas/catalog/instant.ts';
import { ZoneOffsets } from '../calendar/zone-offsets.ts';
import { TimeClasses } from './time-classes.ts';

function classOf(model: Partial<TimeModel>, instant: string): string | undefined {
  const full: TimeModel = {
    id: 't',
    name: 'T',
    timeZone: 'Europe/London',
    holidays: [],
    classes: [],
    ...model,
  };
  const place = new TimeClasses(full, new ZoneOffsets(full.timeZone)).find(instantMicros(instant));
  return full.classes[place]?.id;
}

const RETAIL: Partial<TimeModel> = {
  holidays: ['2026-08-31'],
  classes: [
    { id: 'HOLIDAY', holiday: true },
    { id: 'PEAK', days: ['MON', 'TUE', 'WED', 'THU', 'FRI'], from: '07:00', to: '19:00' },
    { id: 'OFFPEAK' },
  ],
};

const RETAIL_CASES: readonly (readonly [instant: string, expected: string, why: string])[] = [
  ['2026-08-28T06:00:00Z', 'PEAK', 'a Friday at 07:00 in summer time'],
  ['2026-08-28T05:59:59Z', 'OFFPEAK', 'the second before'],
  ['2026-08-28T17:59:59Z', 'PEAK', 'the last second of the peak'],
  ['2026-08-28T18:00:00Z', 'OFFPEAK', 'the window does not contain its end'],
  ['2026-08-29T10:00:00Z', 'OFFPEAK', 'a Saturday'],
  ['2026-08-31T10:00:00Z', 'HOLIDAY', 'a bank holiday'],
  ['2026-08-30T23:00:00Z', 'HOLIDAY', 'its local midnight, still the day before in UTC'],
  ['2026-08-31T23:00:00Z', 'OFFPEAK', 'the local day after'],
  ['2026-01-05T07:00:00Z', 'PEAK', 'a Monday at 07:00 in winter time'],
];

for (const [instant, expected, why] of RETAIL_CASES) {
  test(`${instant} is ${expected}: ${why}`, () => {
    assert.equal(classOf(RETAIL, instant), expected);
  });
}

test('on the day of a change of the clock, classes follow what the wall shows', () => {
  const model: Partial<TimeModel> = { classes: [{ id: 'A', from: '01:00', to: '02:00' }, { id: 'B' }] };
  assert.equal(classOf(model, '2026-03-29T00:59:59Z'), 'B');
  assert.equal(classOf(model, '2026-03-29T01:00:00Z'), 'B', '01:00 does not exist, the wall shows 02:00');
  assert.equal(classOf(model, '2026-10-25T00:30:00Z'), 'A');
  assert.equal(classOf(model, '2026-10-25T01:30:00Z'), 'A', 'the hour comes twice');
});

test('a window that passes midnight belongs to the local day on which the instant falls', () => {
  const model: Partial<TimeModel> = {
    timeZone: 'UTC',
    classes: [{ id: 'NIGHT', days: ['MON'], from: '22:00', to: '06:00' }],
  };
  assert.equal(classOf(model, '2026-03-09T05:59:00Z'), 'NIGHT', 'Monday morning');
  assert.equal(classOf(model, '2026-03-09T22:00:00Z'), 'NIGHT', 'Monday night');
  assert.equal(classOf(model, '2026-03-10T01:00:00Z'), undefined, 'Tuesday');
  assert.equal(classOf(model, '2026-03-09T12:00:00Z'), undefined);
});

test('a class never on holidays leaves them to the next class, and 24:00 is the end of the day', () => {
  const model: Partial<TimeModel> = {
    timeZone: 'UTC',
    holidays: ['2026-03-10'],
    classes: [{ id: 'LATE', holiday: false, from: '20:00', to: '24:00' }, { id: 'REST' }],
  };
  assert.equal(classOf(model, '2026-03-09T23:59:59Z'), 'LATE');
  assert.equal(classOf(model, '2026-03-10T23:59:59Z'), 'REST');
});
