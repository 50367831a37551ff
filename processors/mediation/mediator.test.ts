import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { catalog } from '../../schemas/catalog/catalog.ts';
import type { Catalog } from '../../schemas/catalog/catalog.ts';
import { ContainerView } from '../../schemas/codec/generated/views.ts';
import { writeContainer } from '../../schemas/codec/generated/writers.ts';
import { text as rangeText } from '../../schemas/codec/text.ts';
import { fingerprintHex } from '../../schemas/identity/murmur3.ts';
import { ATTRIBUTE_INDEX } from './container-record.ts';
import { createMediator } from './mediator.ts';
import type { Mediator } from './mediator.ts';

const BASE = {
  client: { id: 'c', name: 'c', timeZone: 'UTC', currency: 'GBP' },
  platforms: [{ id: 'p', name: 'p' }],
  serviceTypes: [{ id: 'VOICE', name: 'Voice' }],
  units: [{ id: 'SECOND', name: 's' }],
  currencies: [
    {
      id: 'GBP',
      name: 'Pound',
      rounding: { mode: 'HALF_UP', decimals: 4 },
      billing: { mode: 'HALF_UP', decimals: 2 },
    },
  ],
  usageTypes: [{ id: 'VOICE', name: 'Voice', serviceType: 'VOICE' }],
  rateUnits: [{ id: 'u', name: 'u', unit: 'SECOND', quantity: 'duration' }],
  rateUnitMap: [{ serviceType: 'VOICE', rateUnit: 'u' }],
  offers: [
    {
      id: 'o',
      name: 'o',
      usageTypes: ['VOICE'],
      currency: 'GBP',
      rows: [{ price: { model: 'flat', amount: '1' } }],
    },
  ],
  plans: [{ id: 'p', name: 'p', offers: ['o'] }],
  mappings: [
    {
      id: 'm',
      name: 'm',
      format: { type: 'delimited', columns: 5 },
      timeZone: 'Europe/London',
      endTime: 'duration',
      uniqueKey: ['id', 'number'],
      startTime: { field: 'at' },
      fields: [
        { name: 'id', column: 1, type: 'string', required: true, to: 'sourceRecordId' },
        { name: 'number', column: 2, type: 'e164', country: '44', to: 'serviceId' },
        { name: 'at', column: 3, type: 'datetime', pattern: 'yyyy-MM-dd HH:mm:ss' },
        { name: 'seconds', column: 4, type: 'integer', to: 'duration' },
        { name: 'kind', column: 5, type: 'string', to: 'callType' },
      ],
    },
  ],
  lookupTables: [{ id: 'kinds', entries: { V: 'VOICE' } }],
  rules: [
    { id: 'unanswered', name: 'Unanswered calls', type: 'filter', when: 'duration = 0' },
    {
      id: 'classify',
      name: 'Classify',
      type: 'enrich',
      set: { usageType: "lookup('kinds', callType)", flex1: 'concat(usageType, callType)' },
    },
    {
      id: 'special',
      name: 'Special',
      type: 'enrich',
      when: "callType = 'S'",
      set: { units: 'duration * 2', volumeUp: '0 - 1' },
    },
    { id: 'divide', name: 'Divide', type: 'filter', when: '1 / (duration - 5) > 0' },
  ],
};

function build(rules: readonly string[], changes: object = {}): Mediator {
  const streams = [{ platform: 'p', serviceType: 'VOICE', recordType: 'POSTPAID', mapping: 'm', rules }];
  const whole: Catalog = catalog.parse({ ...BASE, streams, ...changes });
  return createMediator(whole, whole.streams[0]!);
}

const DAY = Date.UTC(2026, 6, 10) / 86_400_000;
const LINE = 'R1,01632,2026-07-10 12:00:00,60,V';

function mediate(mediator: Mediator, line: string, fileDay = DAY): string {
  const bytes = Buffer.from(line);
  return mediator.mediate(bytes, 0, bytes.length, 7, fileDay);
}

test('a record is mapped into the container and written as the schema says', () => {
  const mediator = build(['unanswered', 'classify']);
  assert.equal(mediate(mediator, LINE), 'MEDIATED');
  const out = Buffer.alloc(1000);
  const end = writeContainer(out, 0, mediator.container);
  const view = new ContainerView();
  assert.equal(view.decode(out, 0), end);
  const start = Date.UTC(2026, 6, 10, 11) * 1000;
  assert.equal(view.recordNumber, 7);
  assert.equal(view.startTime, start);
  assert.equal(view.endTime, start + 60_000_000);
  assert.equal(view.duration, 60_000_000);
  assert.equal(rangeText(out, view.serviceIdStart, view.serviceIdEnd), '+441632');
  assert.equal(rangeText(out, view.usageTypeStart, view.usageTypeEnd), 'VOICE');
  assert.equal(rangeText(out, view.flex1Start, view.flex1End), 'VOICEV');
});

test('the unique key is the fingerprint of stream and key fields as received, trimmed', () => {
  const mediator = build([]);
  assert.equal(mediate(mediator, LINE.replace('01632', ' 01632 ')), 'MEDIATED');
  assert.equal(
    mediator.container.uniqueKey.toString('hex'),
    fingerprintHex('p\0VOICE\0POSTPAID\0R1\x0001632'),
  );
  const long = 'x'.repeat(200);
  assert.equal(mediate(mediator, LINE.replace('R1', long).replace('01632', long)), 'MEDIATED');
  assert.equal(
    mediator.container.uniqueKey.toString('hex'),
    fingerprintHex(`p\0VOICE\0POSTPAID\0${long}\0${long}`),
  );
});

test('a filter that holds ends the record as ignored and names the rule', () => {
  const mediator = build(['unanswered', 'classify']);
  assert.equal(mediate(mediator, LINE.replace(',60,', ',0,')), 'IGNORED');
  const { code, phase, reason, startTime } = mediator.fault;
  assert.deepEqual([code, phase], ['FILTERED', 'MEDIATION']);
  assert.match(reason, /unanswered.*Unanswered calls/);
  assert.equal(startTime, Date.UTC(2026, 6, 10, 11) * 1000);
});

test('an expression that fails ends the record as RULE_FAILED and names rule and attribute', () => {
  const missing = build(['classify']);
  assert.equal(mediate(missing, LINE.replace(',V', ',X')), 'ERROR');
  assert.deepEqual([missing.fault.code, missing.fault.field], ['RULE_FAILED', 'usageType']);
  assert.match(missing.fault.reason, /classify/);
  const division = build(['divide']);
  assert.equal(mediate(division, LINE.replace(',60,', ',5,')), 'ERROR');
  assert.deepEqual([division.fault.code, division.fault.field], ['RULE_FAILED', '']);
  assert.equal(mediate(division, LINE.replace(',60,', ',4,')), 'MEDIATED');
  const negative = build(['special']);
  assert.equal(mediate(negative, LINE.replace(',V', ',S')), 'ERROR');
  assert.equal(negative.fault.field, 'volumeUp');
  assert.equal(negative.container.number(ATTRIBUTE_INDEX.units), 120_000_000);
  assert.equal(mediate(negative, LINE), 'MEDIATED');
});

test('a parse fault is an error of the phase PARSE with its field and position', () => {
  const mediator = build([]);
  assert.equal(mediate(mediator, LINE.replace('60', '6x')), 'ERROR');
  const { code, phase, field, fieldPosition, startTime } = mediator.fault;
  assert.deepEqual([code, phase, field, fieldPosition, startTime], ['FIELD_TYPE', 'PARSE', 'seconds', 29, 0]);
});

test('an end time beyond 2^53 microseconds is FIELD_RANGE of the duration', () => {
  const mediator = build([]);
  assert.equal(mediate(mediator, LINE.replace('60', '9007199254')), 'ERROR');
  assert.deepEqual([mediator.fault.code, mediator.fault.field], ['FIELD_RANGE', 'seconds']);
});

test('late is set when the local date is more than lateAfterDays before the date of the file', () => {
  const mediator = build([]);
  const lateAt = (line: string, day: number): boolean => {
    assert.equal(mediate(mediator, line, day), 'MEDIATED');
    return mediator.container.late;
  };
  assert.equal(lateAt(LINE, DAY + 2), false);
  assert.equal(lateAt(LINE, DAY + 3), true);
  assert.equal(lateAt(LINE, NaN), false);
  assert.equal(lateAt(LINE, DAY - 30), false);
  // 00:30 in London is still the day before in UTC; the local date counts.
  assert.equal(lateAt(LINE.replace('12:00', '00:30'), DAY + 2), false);
});

test('nothing of a record is left in the container of the next', () => {
  const mediator = build(['unanswered']);
  mediate(mediator, LINE);
  mediator.container.setText(ATTRIBUTE_INDEX.flex4, 'left');
  mediator.container.accountId = 'A1';
  assert.equal(mediate(mediator, 'R2,,2026-07-10 12:00:00,5,'), 'MEDIATED');
  const { container } = mediator;
  assert.equal(container.text(ATTRIBUTE_INDEX.serviceId), '');
  assert.equal(container.text(ATTRIBUTE_INDEX.flex4), '');
  assert.equal(container.accountId, '');
  assert.equal(container.text(ATTRIBUTE_INDEX.sourceRecordId), 'R2');
});

test('a text attribute gives its bytes also when a rule has set it', () => {
  const mediator = build(['classify']);
  mediate(mediator, LINE);
  const range = mediator.container.range(ATTRIBUTE_INDEX.usageType);
  assert.equal(Buffer.from(range.buffer).toString('utf8', range.start, range.end), 'VOICE');
  const number = mediator.container.range(ATTRIBUTE_INDEX.serviceId);
  assert.equal(Buffer.from(number.buffer).toString('utf8', number.start, number.end), '+441632');
});

test('a catalog that contradicts itself is refused by name', () => {
  assert.throws(() => build(['nothing']), /nothing/);
  assert.throws(
    () => build(['bad'], { rules: [{ id: 'bad', name: 'Bad', type: 'filter', when: 'duration +' }] }),
    /bad/,
  );
  assert.throws(
    () => build(['bad'], { rules: [{ id: 'bad', name: 'Bad', type: 'enrich', set: { flex1: 'duration' } }] }),
    /bad, flex1/,
  );
  const whole = catalog.parse({
    ...BASE,
    streams: [{ platform: 'p', serviceType: 'VOICE', recordType: 'X', mapping: 'none' }],
  });
  assert.throws(() => createMediator(whole, whole.streams[0]!), /none/);
});

test('any line gives an outcome, and the same outcome again', () => {
  const mediator = build(['unanswered', 'classify', 'special', 'divide']);
  const damaged = fc
    .tuple(fc.nat(40), fc.string({ maxLength: 4 }))
    .map(([at, part]) => LINE.slice(0, at) + part + LINE.slice(at));
  fc.assert(
    fc.property(fc.oneof(damaged, fc.string()), (line) => {
      const outcome = mediate(mediator, line);
      const fault = { ...mediator.fault };
      assert.ok(['MEDIATED', 'ERROR', 'IGNORED'].includes(outcome));
      mediate(mediator, LINE);
      assert.equal(mediate(mediator, line), outcome);
      if (outcome !== 'MEDIATED') assert.deepEqual(mediator.fault, fault);
    }),
  );
});
