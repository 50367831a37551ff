import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Exact } from './numbers.ts';
import { ratedQuantity } from './rate.ts';
import { BASE, impactsOf, outcomeOf, runWorld, S1, subscription, type World } from './test-world.ts';

/** Offer `o` for calls with the given body; plan PLAN with the grants. */
function pricing(body: string, more = '', grants = '[]'): string {
  return `
${more}
offers:
  - id: o
    name: O
    usageTypes: [CALL]
    currency: GBP
${body.replace(/^/gm, '    ')}
plans: [{ id: PLAN, name: Plan, offers: [o], grants: ${grants} }]
`;
}

function runLines(prices: string, lines: string[], subscriptions = [S1], more: Partial<World> = {}) {
  return runWorld({ catalog: [BASE, prices], subscriptions, files: { 'a.csv': lines.join('\n') }, ...more });
}

const amountOf = (prices: string, line: string) => {
  const outcome = outcomeOf(runLines(prices, [line]), 1);
  return outcome.outcome === 'rated' ? outcome.charges![0]!.amount : outcome.code;
};

const TIERED = `accumulators: [A]
allowances: [F]
rows:
  - price:
      model: progressiveTier
      reference: { accumulator: A }
      tiers: [{ upTo: 40, price: '1.00' }, { price: '0.50' }]`;

test('the worked example of two tiers and an allowance of 90 gives eight impacts and 5.00', () => {
  // 100 units: tier 1 = 40 at 1.00 = 40.00, tier 2 = 60 at 0.50 = 30.00. Of 90 allowance units 40 cover tier 1 (-40.00),
  // 50 cover part of tier 2 (-25.00). Net 0 + 5.00. The group's currency total runs 0, 40, 0, 30, 5.
  const result = runLines(pricing(TIERED, '', '[{ allowance: F, quantity: 90 }]'), [
    '1,100,,2026-07-01 12:00:00,100',
  ]);
  const outcome = outcomeOf(result, 1);
  assert.deepEqual(impactsOf(outcome), [
    'CURRENCY/PRICE GBP 1 40 40 0>40',
    'ALLOWANCE/ALLOWANCE F 1 40 0 90>50',
    'CURRENCY/ALLOWANCE GBP 1 40 -40 40>0',
    'ACCUMULATOR/PRICE A 1 40 0 0>40',
    'CURRENCY/PRICE GBP 2 60 30 0>30',
    'ALLOWANCE/ALLOWANCE F 2 50 0 50>0',
    'CURRENCY/ALLOWANCE GBP 2 50 -25 30>5',
    'ACCUMULATOR/PRICE A 2 60 0 40>100',
  ]);
  const charge = outcome.charges![0]!;
  assert.equal(charge.gross, '70');
  assert.equal(charge.amount, '5');
  const balances = result.balances.map((one) => `${one.resource} ${one.billUnit} ${one.balance}`);
  assert.deepEqual(balances.sort(), ['A 2026-07-01 100', 'F 2026-07-01 0', 'GBP  5']);
});

test('a tier is crossed where the accumulator of earlier records passes the bound, which is inclusive', () => {
  const lines = [
    '1,100,,2026-07-01 12:00:00,30',
    '2,100,,2026-07-01 13:00:00,10',
    '3,100,,2026-07-01 14:00:00,1',
  ];
  const result = runLines(pricing(TIERED), [...lines, '4,100,,2026-08-01 00:00:00,50']);
  // 30 + 10 = 40 are all in tier 1; the 41st unit is in tier 2. August counts anew: 40 at 1.00 and 10 at 0.50 = 45.
  const amounts = [1, 2, 3, 4].map((number) => outcomeOf(result, number).charges![0]!.amount);
  assert.deepEqual(amounts, ['30', '10', '0.5', '45']);
  assert.deepEqual(impactsOf(outcomeOf(result, 3)), [
    'CURRENCY/PRICE GBP 2 1 0.5 40>40.5',
    'ACCUMULATOR/PRICE A 2 1 0 40>41',
  ]);
});

test('usage beyond the last bounded tier is suspended and moves nothing', () => {
  const rows = `accumulators: [A]
rows: [{ price: { model: progressiveTier, reference: record, tiers: [{ upTo: 40, price: 1 }] } }]`;
  const result = runLines(pricing(rows), ['1,100,,2026-07-01 12:00:00,41', '2,100,,2026-07-01 12:00:00,40']);
  assert.equal(outcomeOf(result, 1).code, 'TIER_GAP');
  assert.deepEqual(impactsOf(outcomeOf(result, 2)), [
    'CURRENCY/PRICE GBP 1 40 40 0>40',
    'ACCUMULATOR/PRICE A 1 40 0 0>40',
  ]);
});

const MULTI = (invoice: string, surcharge: string) => `
usageTypes:
  - { id: LONG, name: L, serviceType: VOICE, multiRate: { charges: [CONN, TIME, EXTRA], invoice: ${invoice}, quantityFrom: TIME } }
  - { id: CONN, name: C, serviceType: VOICE }
  - { id: TIME, name: T, serviceType: VOICE }
  - { id: EXTRA, name: E, serviceType: VOICE }
rateUnitMap:
  - { serviceType: VOICE, usageType: CONN, rateUnit: event }
  - { serviceType: VOICE, usageType: EXTRA, rateUnit: event }
offers:
  - { id: c, name: C, usageTypes: [CONN], currency: GBP, rows: [{ price: { model: flat, amount: '0.03' } }] }
  - { id: t, name: T, usageTypes: [TIME], currency: GBP, rows: [{ price: { model: unit, price: '0.12', per: 60 } }] }
  - { id: e, name: E, usageTypes: [EXTRA], currency: GBP, rows: [{ price: ${surcharge} }] }
plans: [{ id: PLAN, name: Plan, offers: [c, t, e] }]
`;
const LONG = BASE.replace(`"'CALL'"`, `"'LONG'"`);

test('a multi-rate call of ten minutes with a dependent surcharge costs 0.03 + 1.20 + 0.06 = 1.29 on one line', () => {
  const prices = MULTI('parent', '{ model: percentage, of: [TIME], percent: 5 }');
  const files = { 'a.csv': '1,100,,2026-07-01 12:00:00,600' };
  const result = runWorld({ catalog: [LONG, prices], subscriptions: [S1], files });
  const outcome = outcomeOf(result, 1);
  assert.deepEqual(
    outcome.charges!.map((one) =>
      [one.chargeNumber, one.usageType, one.quantity, one.unit, one.amount].join(' '),
    ),
    ['1 CONN 1 EVENT 0.03', '2 TIME 600 SECOND 1.2', '3 EXTRA 1 EVENT 0.06'],
  );
  const [line, ...others] = result.lines;
  assert.deepEqual(others, []);
  assert.deepEqual(line, {
    ...{ account: 'A1', subscription: 'S1', usageType: 'LONG', billUnit: '2026-07-01', currency: 'GBP' },
    ...{ unit: 'SECOND', charges: 3, records: 1, quantity: '600', amount: '1.29', billedAmount: '1.29' },
  });
});

test('a multi-rate call without dependency costs 0.03 + 1.20 + 0.02 = 1.25, invoiced by child on three lines', () => {
  const prices = MULTI('child', "{ model: flat, amount: '0.02' }");
  const files = { 'a.csv': '1,100,,2026-07-01 12:00:00,600' };
  const result = runWorld({ catalog: [LONG, prices], subscriptions: [S1], files });
  assert.deepEqual(
    result.lines.map((one) => [one.usageType, one.quantity, one.unit, one.amount].join(' ')),
    ['CONN 1 EVENT 0.03', 'TIME 600 SECOND 1.2', 'EXTRA 1 EVENT 0.02'],
  );
  assert.equal(result.totals.amount, '1.25');
});

test('one child without a price suspends the whole record', () => {
  const prices = MULTI('parent', '{ model: flat, amount: 1 }').replace('[c, t, e]', '[c, t]');
  const files = { 'a.csv': '1,100,,2026-07-01 12:00:00,600' };
  const result = runWorld({ catalog: [LONG, prices], subscriptions: [S1], files });
  assert.equal(outcomeOf(result, 1).code, 'NO_PRICE_OFFER');
  assert.deepEqual(
    result.balances.filter((one) => one.touched),
    [],
  );
});

const POOLED = pricing(
  `allowances: [F]
rows: [{ price: { model: unit, price: '0.10' } }]`,
  '',
  '[{ allowance: F, quantity: 100 }]',
);

test('two subscriptions of one balance group share one bucket that holds both grants', () => {
  const both = [
    subscription('S1', '100', { balanceGroup: 'G' }),
    subscription('S2', '200', { balanceGroup: 'G' }),
  ];
  const lines = ['1,100,,2026-07-02 12:00:00,150', '2,200,,2026-07-03 12:00:00,60'];
  const result = runLines(POOLED, lines, both);
  // Bucket 200: the first call takes 150, the second the last 50 of its 60: 10 units at 0.10 remain to pay.
  assert.deepEqual(impactsOf(outcomeOf(result, 2)), [
    'CURRENCY/PRICE GBP 0 60 6 0>6',
    'ALLOWANCE/ALLOWANCE F 0 50 0 50>0',
    'CURRENCY/ALLOWANCE GBP 0 50 -5 6>1',
  ]);
  assert.deepEqual(
    result.lines.map((one) => `${one.account} ${one.amount}`),
    ['A1 0', 'A2 1'],
  );
});

test('a subscription grants in every cycle that its period overlaps, and in no other', () => {
  // S2 ends at the first instant of July (London is at +01:00), so it grants in June only; S3 begins within July.
  const group = { balanceGroup: 'G' };
  const all = [
    subscription('S1', '100', group),
    subscription('S2', '200', { ...group, to: '2026-07-01T00:00:00+01:00' }),
    subscription('S3', '300', { ...group, from: '2026-07-31T23:00:00+01:00' }),
  ];
  const lines = [
    '1,100,,2026-06-30 12:00:00,1',
    '2,100,,2026-07-02 12:00:00,1',
    '3,100,,2026-08-01 12:00:00,1',
  ];
  const result = runLines(POOLED, lines, all);
  const before = [1, 2, 3].map((number) => impactsOf(outcomeOf(result, number))[1]!.split(' ').at(-1));
  assert.deepEqual(before, ['200>199', '200>199', '200>199']);
  const onlyTwo = runLines(POOLED, [lines[1]!], all.slice(0, 2));
  assert.equal(impactsOf(outcomeOf(onlyTwo, 1))[1]!.split(' ').at(-1), '100>99');
});

test('the offset that covers the rest of a portion is what remains of its gross, whatever the rounding', () => {
  // 3 units at 0.00005 = 0.00015 -> 0.0002 (HALF_UP, 4 decimals). F covers 1: 0.00005 -> 0.0001. G covers the last 2
  // fully: the offset is 0.0002 - 0.0001 = 0.0001, and the net is 0.
  const prices = pricing(
    `allowances: [F, G]
rows: [{ price: { model: unit, price: '0.00005' } }]`,
    '',
    '[{ allowance: F, quantity: 1 }, { allowance: G, quantity: 9 }]',
  );
  const outcome = outcomeOf(runLines(prices, ['1,100,,2026-07-01 12:00:00,3']), 1);
  assert.deepEqual(
    impactsOf(outcome).map((text) => text.split(' ').slice(0, 5).join(' ')),
    [
      'CURRENCY/PRICE GBP 0 3 0.0002',
      'ALLOWANCE/ALLOWANCE F 0 1 0',
      'CURRENCY/ALLOWANCE GBP 0 1 -0.0001',
      'ALLOWANCE/ALLOWANCE G 0 2 0',
      'CURRENCY/ALLOWANCE GBP 0 2 -0.0001',
    ],
  );
  assert.equal(outcome.charges![0]!.amount, '0');
});

test('connect fees come first, are never offset, and flat prices consume no allowance', () => {
  const fee = pricing(
    `allowances: [F]
accumulators: [A]
rows: [{ price: { model: unit, price: '0.60', per: 60, connectFee: '0.05' } }]`,
    '',
    '[{ allowance: F, quantity: 100 }]',
  );
  assert.deepEqual(impactsOf(outcomeOf(runLines(fee, ['1,100,,2026-07-01 12:00:00,10']), 1)), [
    'CURRENCY/PRICE GBP 0 0 0.05 0>0.05',
    'CURRENCY/PRICE GBP 0 10 0.1 0.05>0.15',
    'ALLOWANCE/ALLOWANCE F 0 10 0 100>90',
    'CURRENCY/ALLOWANCE GBP 0 10 -0.1 0.15>0.05',
    'ACCUMULATOR/PRICE A 0 10 0 0>10',
  ]);
  const flat = fee.replace(/\{ model: unit.*?\}/, "{ model: flat, amount: '0.20' }");
  assert.deepEqual(impactsOf(outcomeOf(runLines(flat, ['1,100,,2026-07-01 12:00:00,10']), 1)), [
    'CURRENCY/PRICE GBP 0 10 0.2 0>0.2',
    'ACCUMULATOR/PRICE A 0 10 0 0>10',
  ]);
});

test('quantity 0 is one currency impact of 0 when free, and pays connect fee and flat price when charged', () => {
  const fee = pricing(`accumulators: [A]
rows: [{ price: { model: unit, price: 1, connectFee: '0.05' } }]`);
  const free = outcomeOf(runLines(fee, ['1,100,,2026-07-01 12:00:00,0']), 1);
  assert.deepEqual(impactsOf(free), ['CURRENCY/PRICE GBP 0 0 0 0>0']);
  const line = '1,100,,2026-07-01 12:00:00,0';
  assert.equal(amountOf(fee.replace('accumulators', 'zeroUsage: charge\n    accumulators'), line), '0.05');
});

test('increments raise the quantity to first, then by following, and to the minimum', () => {
  const rated = (quantity: string, minimum: number, first: number, following: number) =>
    ratedQuantity(
      {
        increments: { minimum: new Exact(minimum), first: new Exact(first), following: new Exact(following) },
      },
      new Exact(quantity),
    ).toFixed();
  assert.equal(rated('0', 120, 60, 60), '0');
  assert.equal(rated('1', 0, 60, 60), '60');
  assert.equal(rated('60', 0, 60, 60), '60');
  assert.equal(rated('60.000001', 0, 60, 60), '120');
  assert.equal(rated('61', 0, 60, 1), '61');
  // 30 + 4 x 6 = 54 < 55, so 30 + 5 x 6 = 60.
  assert.equal(rated('55', 0, 30, 6), '60');
  assert.equal(rated('1', 90, 60, 60), '90');
});

test('the longest prefix gives the zone, and no prefix suspends', () => {
  const prices = pricing(
    `zoneModel: z
rows:
  - { zone: [UK], price: { model: flat, amount: 1 } }
  - { zone: [FREE], price: { model: flat, amount: 0 } }`,
    `zoneModels:
  - { id: z, name: Z, zones: [{ id: UK, name: UK, prefixes: ['+44'] }, { id: FREE, name: F, prefixes: ['+44800'] }, { id: US, name: US, prefixes: ['+1'] }] }`,
  );
  const of = (number: string) => amountOf(prices, `1,100,${number},2026-07-01 12:00:00,5`);
  assert.equal(of('020 7946 0000'), '1');
  assert.equal(of('0800 1234'), '0');
  assert.equal(of('0049 30'), 'NO_ZONE');
  assert.equal(of('+1 212'), 'NO_ATTRIBUTE_MATCH');
});

test('time classes are tried in order in the zone of their model', () => {
  const prices = pricing(
    `timeModel: t
rows:
  - { timeClass: [NIGHT], price: { model: flat, amount: 1 } }
  - { timeClass: [PEAK], price: { model: flat, amount: 2 } }
  - { timeClass: [FEAST], price: { model: flat, amount: 3 } }`,
    `timeModels:
  - id: t
    name: T
    timeZone: Europe/London
    holidays: ['2026-12-25']
    classes:
      - { id: FEAST, holiday: true }
      - { id: NIGHT, from: '22:00', to: '06:00' }
      - { id: PEAK, days: [WED], from: '06:00', to: '22:00' }`,
  );
  const of = (start: string) => amountOf(prices, `1,100,,${start},5`);
  // 2026-07-01 is a Wednesday, 2026-12-25 a Friday.
  assert.equal(of('2026-07-01 05:59:59'), '1');
  assert.equal(of('2026-07-01 06:00:00'), '2');
  assert.equal(of('2026-07-01 21:59:59'), '2');
  assert.equal(of('2026-07-01 22:00:00'), '1');
  assert.equal(of('2026-07-02 12:00:00'), 'NO_TIME_CLASS');
  assert.equal(of('2026-12-25 23:00:00'), '3');
});

test('the row with most matching attributes wins, among equals the first listed', () => {
  const prices = pricing(`rows:
  - { price: { model: flat, amount: 1 } }
  - { network: [N], price: { model: flat, amount: 2 } }
  - { flex1: [X], price: { model: flat, amount: 3 } }
  - { flex1: [X, Y], network: [N], price: { model: flat, amount: 4 } }`);
  const withSet = (set: string) => {
    const catalog = [BASE.replace(`usageType: "'CALL'"`, `usageType: "'CALL'"${set}`), prices];
    const files = { 'a.csv': '1,100,,2026-07-01 12:00:00,5' };
    return outcomeOf(runWorld({ catalog, subscriptions: [S1], files }), 1).charges![0]!.amount;
  };
  assert.equal(withSet(''), '1');
  assert.equal(withSet(`, network: "'N'"`), '2');
  assert.equal(withSet(`, network: "'M'", flex1: "'X'"`), '3');
  assert.equal(withSet(`, network: "'N'", flex1: "'Y'"`), '4');
  // Without the last row two rows match one attribute each: the first of them.
  const tie = prices.replace(/ *- \{ flex1: \[X, Y\].*/, '');
  const catalog = [
    BASE.replace(`usageType: "'CALL'"`, `usageType: "'CALL'", network: "'N'", flex1: "'X'"`),
    tie,
  ];
  const files = { 'a.csv': '1,100,,2026-07-01 12:00:00,5' };
  assert.equal(outcomeOf(runWorld({ catalog, subscriptions: [S1], files }), 1).charges![0]!.amount, '2');
});

test('an amount beyond 2^53 of its scale suspends instead of being wrong', () => {
  // 2^53 / 10^9 = 9007199.25...; one unit at 9007199 fits, two do not; nor does the group's total after the first.
  const prices = pricing("rows: [{ price: { model: unit, price: '9007199' } }]");
  assert.equal(amountOf(prices, '1,100,,2026-07-01 12:00:00,1'), '9007199');
  assert.equal(amountOf(prices, '1,100,,2026-07-01 12:00:00,2'), 'AMOUNT_OVERFLOW');
  const result = runLines(prices, ['1,100,,2026-07-01 12:00:00,1', '2,100,,2026-07-01 12:00:00,1']);
  assert.equal(outcomeOf(result, 2).code, 'AMOUNT_OVERFLOW');
});
