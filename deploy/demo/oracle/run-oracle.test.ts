import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BASE, outcomeOf, outcomesOf, PENNY, runWorld, S1, subscription } from './test-world.ts';
import type { RecordOutcome } from './results.ts';

const run = (files: Record<string, string>, catalog = [BASE, PENNY], subscriptions = [S1]) =>
  runWorld({ catalog, subscriptions, files });

const call = (id: string, service: string, start = '2026-07-01 12:00:00', duration = '5') =>
  `${id},${service},,${start},${duration}`;

test('a copy of a rated record is a duplicate in its file and in later files, on the same UTC day only', () => {
  const result = run({
    'a.csv': [call('1', '100'), call('1', '100', '2026-07-01 13:00:00', '9')].join('\n'),
    // London is at +01:00: 00:30 on the 2nd is still the UTC day of the 1st, 01:00 is not.
    'b.csv': [call('1', '100', '2026-07-02 00:30:00'), call('1', '100', '2026-07-02 01:00:00')].join('\n'),
  });
  assert.deepEqual(outcomesOf(result, 0), ['rated', 'duplicate DUPLICATE_RECORD']);
  assert.deepEqual(outcomesOf(result, 1), ['duplicate DUPLICATE_RECORD', 'rated']);
  // Two rated calls of 5 seconds at a penny.
  assert.equal(result.totals.amount, '0.1');
});

test('a suspended record does not make a later copy a duplicate', () => {
  const unguided = run({ 'a.csv': [call('1', '999'), call('1', '100'), call('1', '100')].join('\n') });
  assert.deepEqual(outcomesOf(unguided), ['suspended SVC_NOT_FOUND', 'rated', 'duplicate DUPLICATE_RECORD']);
  const prices = PENNY.replace("{ model: unit, price: '0.01' }", "{ model: unit, price: '9007199' }");
  const overflow = run({ 'a.csv': [call('1', '100'), call('1', '100', undefined, '1')].join('\n') }, [
    BASE,
    prices,
  ]);
  assert.deepEqual(outcomesOf(overflow), ['suspended AMOUNT_OVERFLOW', 'rated']);
});

test('duplicates are sought in the partition of the balance group', () => {
  const files = { 'a.csv': [call('1', '100'), call('1', '200')].join('\n') };
  const world = { catalog: [BASE, PENNY], subscriptions: [S1, subscription('S2', '200')], files };
  assert.deepEqual(outcomesOf(runWorld(world)), ['rated', 'rated']);
  const onePartition = runWorld({ ...world, options: { partitions: 1 } });
  assert.deepEqual(outcomesOf(onePartition), ['rated', 'duplicate DUPLICATE_RECORD']);
});

test('filters end a record, enrichments see earlier results, and a failing rule is an error', () => {
  const catalog = BASE.replace(
    '  - { id: type,',
    `  - { id: zero, name: Zero, type: filter, when: duration = 0 }
  - { id: fail, name: Fail, type: enrich, when: "calledNumber = '+441'", set: { units: 1 / (duration - 5) } }
  - { id: chain, name: Chain, type: enrich, set: { flex1: "'x'", flex2: "concat(flex1, 'y')" } }
  - { id: xy, name: XY, type: filter, when: "flex2 != 'xy'" }
  - { id: type,`,
  ).replace('rules: [type]', 'rules: [zero, fail, chain, xy, type]');
  const lines = [
    '1,100,,2026-07-01 12:00:00,0',
    '2,100,01,2026-07-01 12:00:00,5',
    '3,100,01,2026-07-01 12:00:00,6',
  ];
  const result = run({ 'a.csv': lines.join('\n') }, [catalog, PENNY]);
  assert.deepEqual(outcomesOf(result), ['ignored FILTERED', 'error RULE_FAILED', 'rated']);
});

test('guiding tells unknown types, unknown services, other periods and other states apart', () => {
  const july = { from: '2026-07-01T00:00:00+01:00', to: '2026-08-01T00:00:00+01:00' };
  const subscriptions = [
    subscription('S1', '100', july),
    subscription('S2', '200', {
      statuses: [
        { from: '2026-07-10T00:00:00Z', status: 'INACTIVE' },
        { from: '2026-07-20T00:00:00Z', status: 'ACTIVE' },
      ],
    }),
    subscription('S3', '100', { from: '2026-07-15T00:00:00+01:00' }),
  ];
  const of = (line: string) => {
    const outcome = outcomeOf(run({ 'a.csv': line }, undefined, subscriptions), 1);
    return outcome.code === '' ? outcome.subscription : outcome.code;
  };
  assert.equal(of(call('1', '999')), 'SVC_NOT_FOUND');
  assert.equal(of(call('1', '100', '2026-06-30 23:59:59')), 'SVC_NOT_EFFECTIVE');
  assert.equal(of(call('1', '100', '2026-07-01 00:00:00')), 'S1');
  // From the 15th on both match: the later beginning wins.
  assert.equal(of(call('1', '100', '2026-07-15 00:00:00')), 'S3');
  assert.equal(of(call('1', '200', '2026-07-10 00:59:59')), 'S2');
  assert.equal(of(call('1', '200', '2026-07-10 01:00:00')), 'SVC_NOT_ACTIVE');
  assert.equal(of(call('1', '200', '2026-07-20 01:00:00')), 'S2');
});

test('a call must end within the period, its last instant included', () => {
  const until = [subscription('S1', '100', { to: '2026-07-01T12:00:00Z' })];
  const of = (start: string) => outcomesOf(run({ 'a.csv': call('1', '100', start) }, undefined, until))[0];
  assert.equal(of('2026-07-01 12:59:55'), 'rated');
  assert.equal(of('2026-07-01 12:59:56'), 'suspended SVC_NOT_EFFECTIVE');
});

test('usage too old or too far ahead of the file date is suspended', () => {
  const dated = BASE.replace('    uniqueKey:', '    fileDate: fileName\n    uniqueKey:').replace(
    'rules: [type]',
    'rules: [type], maxAgeDays: 2, futureDays: 1',
  );
  const starts = ['2026-07-07 23:59:59', '2026-07-08 00:00:00', '2026-07-11 23:59:59', '2026-07-12 00:00:00'];
  const lines = starts.map((start, index) => call(String(index), '100', start));
  const result = run({ 'c_20260710.csv': lines.join('\n') }, [dated, PENNY]);
  assert.deepEqual(outcomesOf(result), [
    'suspended USAGE_TOO_OLD',
    'rated',
    'rated',
    'suspended USAGE_IN_FUTURE',
  ]);
});

test('a usage type that the catalog does not know is suspended', () => {
  const catalog = BASE.replace(`"'CALL'"`, `"'NONE'"`);
  assert.deepEqual(outcomesOf(run({ 'a.csv': call('1', '100') }, [catalog, PENNY])), [
    'suspended USAGE_TYPE_UNKNOWN',
  ]);
});

test('quantities that fail or are negative, and usage without a rate unit, are suspended', () => {
  const of = (from: string, to: string) =>
    outcomesOf(run({ 'a.csv': call('1', '100') }, [BASE.replace(from, to), PENNY]))[0];
  assert.equal(of('quantity: duration', 'quantity: duration - 6'), 'suspended QTY_INVALID');
  assert.equal(of('quantity: duration', 'quantity: duration / (duration - 5)'), 'suspended QTY_INVALID');
  // 5 / 3 has more decimals than a quantity: rounded HALF_UP to 1.666667.
  assert.equal(of('quantity: duration', 'quantity: duration / 3'), 'rated');
  assert.equal(of('serviceType: VOICE, rateUnit', 'serviceType: SMS, rateUnit'), 'suspended NO_RATE_UNIT');
});

test('a call that starts in the repeated hour is placed at the earlier instant', () => {
  // 2026-10-25 01:30 is 00:30Z; S1 begins at 01:00Z, so the call is before it.
  const late = [subscription('S1', '100', { from: '2026-10-25T01:00:00Z' })];
  const result = run({ 'a.csv': call('1', '100', '2026-10-25 01:30:00') }, undefined, late);
  assert.deepEqual(outcomesOf(result), ['suspended SVC_NOT_EFFECTIVE']);
});

test('lines group by account, subscription, type, cycle, currency and unit and are rounded once', () => {
  // Prices 0.0125 per unit: 1 unit = 0.0125; three of them 0.0375 -> 0.04 on the line (rounded one by one it were 0.03).
  const prices = PENNY.replace("'0.01'", "'0.0125'");
  const cycle = [subscription('S1', '100', { billCycleDay: 15 }), subscription('S2', '200')];
  const lines = [
    call('1', '100', '2026-07-14 23:59:59', '1'),
    call('2', '200', '2026-07-14 12:00:00', '1'),
    call('3', '100', '2026-06-15 00:00:00', '1'),
    call('4', '100', '2026-07-15 00:00:00', '1'),
    call('5', '100', '2026-07-01 00:00:00', '1'),
  ];
  const result = run({ 'a.csv': lines.join('\n') }, [BASE, prices], cycle);
  const texts = result.lines.map((line) =>
    [line.subscription, line.billUnit, line.records, line.quantity, line.amount, line.billedAmount].join(' '),
  );
  assert.deepEqual(texts, [
    'S1 2026-06-15 3 3 0.0375 0.04',
    'S2 2026-07-01 1 1 0.0125 0.01',
    'S1 2026-07-15 1 1 0.0125 0.01',
  ]);
  assert.equal(result.totals.amount, '0.0625');
  assert.equal(result.totals.billedAmount, '0.06');
});

const TIERS = PENNY.replace(
  "rows: [{ price: { model: unit, price: '0.01' } }]",
  'accumulators: [A], rows: [{ price: { model: progressiveTier, reference: { accumulator: A }, tiers: [{ upTo: 5, price: 2 }, { price: 1 }] } }]',
);

test('a given order of rating replaces the order of intake; what it does not name follows', () => {
  const world = {
    catalog: [BASE, TIERS],
    subscriptions: [S1],
    files: { 'a.csv': [call('1', '100'), call('2', '100'), call('2', '100', undefined, '7')].join('\n') },
  };
  const amounts = (result: ReturnType<typeof runWorld>) =>
    [1, 2, 3].map(
      (number) => outcomeOf(result, number).charges?.[0]!.amount ?? outcomeOf(result, number).code,
    );
  const byIntake = runWorld(world);
  assert.deepEqual(amounts(byIntake), ['10', '5', 'DUPLICATE_RECORD']);
  const { fileId } = byIntake.files[0]!;
  const order = [[3, 1].map((recordNumber) => ({ fileId, recordNumber }))];
  // Record 3 first: 5 at 2 and 2 at 1 = 12; then record 1: 5 at 1; record 2 is now the copy.
  assert.deepEqual(amounts(runWorld({ ...world, options: { order } })), ['5', 'DUPLICATE_RECORD', '12']);
});

test('with onRecord every outcome is handed over once and none is kept', () => {
  const seen: [number, RecordOutcome][] = [];
  const files = { 'a.csv': [call('1', '100'), 'bad', call('1', '100')].join('\n') };
  const onRecord = (_: string, number: number, outcome: RecordOutcome) => seen.push([number, outcome]);
  const result = runWorld({ catalog: [BASE, PENNY], subscriptions: [S1], files, options: { onRecord } });
  assert.deepEqual(
    seen.map(([number, { outcome }]) => `${number} ${outcome}`),
    ['1 rated', '2 error', '3 duplicate'],
  );
  assert.equal(result.records.size, 0);
});

test('whatever the files hold, lines and records and amounts are conserved', () => {
  const line = fc.oneof(
    fc.constantFrom('', 'H,', 'T,2', 'rubbish', call('1', '999'), call('1', '100', undefined, '0')),
    fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 99 }))
      .map(([id, duration]) => call(String(id), id % 2 === 0 ? '100' : '200', undefined, String(duration))),
  );
  const framed = BASE.replace(
    '    uniqueKey:',
    "    header: { startsWith: 'H,', required: false }\n    trailer: { startsWith: 'T,', count: { column: 2 }, required: false }\n    uniqueKey:",
  );
  const file = fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(fc.array(file, { minLength: 1, maxLength: 3 }), (files) => {
      const named = Object.fromEntries(files.map((text, index) => [`${index}.csv`, text]));
      const { totals, lines, balances } = run(named, [framed, TIERS], [S1, subscription('S2', '200')]);
      const { outcomes } = totals;
      const details = totals.details + totals.detailsNotLoaded;
      assert.equal(totals.lines, totals.headers + totals.trailers + totals.empty + details);
      const ended =
        outcomes.error + outcomes.ignored + outcomes.suspended + outcomes.duplicate + outcomes.rated;
      assert.equal(totals.details, ended);
      assert.equal(
        lines.reduce((sum, one) => sum + one.charges, 0),
        totals.charges,
      );
      // Amounts are whole here, so numbers add up exactly.
      const sum = (texts: string[]) => texts.reduce((all, text) => all + Number(text), 0);
      assert.equal(sum(lines.map((one) => one.amount)), Number(totals.amount));
      const currency = balances.filter((one) => one.kind === 'CURRENCY');
      assert.equal(sum(currency.map((one) => one.balance)), Number(totals.amount));
    }),
    { numRuns: 60 },
  );
});
