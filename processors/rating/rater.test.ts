import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Suspense } from '../suspense/suspense-code.ts';
import { TestRating, tariff } from './testing/tariff.ts';
import type { Price, TariffInput } from './testing/tariff.ts';
import type { UsageAttributes } from './testing/test-usage.ts';

const UNIT = 1_000_000;
const MONEY = 1_000_000_000;
const one: Price = { model: 'unit', price: '1' };

const zones = (...prefixes: string[]): TariffInput => ({
  zoneModels: [{ id: 'z', name: 'Zones', zones: [{ id: 'A', name: 'A', prefixes }] }],
});

interface Failing {
  readonly code: string;
  readonly when: string;
  readonly input: TariffInput;
  readonly usage: Partial<UsageAttributes>;
}

const FAILING: readonly Failing[] = [
  {
    code: 'USAGE_TYPE_UNKNOWN',
    when: 'the catalog has no such usage type',
    input: tariff({ rows: [{ price: one }] }),
    usage: { usageType: 'X' },
  },
  {
    code: 'NO_RATE_UNIT',
    when: 'neither usage type nor service type is mapped',
    input: {
      ...tariff({ rows: [{ price: one }] }),
      usageTypes: [
        { id: 'U', name: 'U', serviceType: 'S' },
        { id: 'V', name: 'V', serviceType: 'S' },
      ],
      rateUnitMap: [{ serviceType: 'S', usageType: 'V', rateUnit: 'units' }],
    },
    usage: { units: UNIT },
  },
  {
    code: 'QTY_INVALID',
    when: 'the quantity is negative',
    input: tariff({ rows: [{ price: one }] }),
    usage: { units: -1 },
  },
  {
    code: 'QTY_INVALID',
    when: 'the expression fails',
    input: {
      ...tariff({ rows: [{ price: one }] }),
      rateUnits: [{ id: 'units', name: 'U', unit: 'UNIT', quantity: 'units / volumeUp' }],
    },
    usage: { units: UNIT, volumeUp: 0 },
  },
  {
    code: 'NO_PRICE_OFFER',
    when: 'the plan prices nothing of the kind',
    input: {
      ...tariff({ rows: [{ price: one }] }),
      usageTypes: [
        { id: 'U', name: 'U', serviceType: 'S' },
        { id: 'V', name: 'V', serviceType: 'S' },
      ],
    },
    usage: { usageType: 'V', units: UNIT },
  },
  {
    code: 'NO_ZONE',
    when: 'no prefix matches',
    input: tariff({ zoneModel: 'z', rows: [{ price: one }] }, {}, zones('+44')),
    usage: { units: UNIT, calledNumber: '+33' },
  },
  {
    code: 'NO_TIME_CLASS',
    when: 'no class holds the start',
    input: tariff(
      { timeModel: 't', rows: [{ price: one }] },
      {},
      { timeModels: [{ id: 't', name: 'T', timeZone: 'UTC', classes: [{ id: 'C', to: '06:00' }] }] },
    ),
    usage: { units: UNIT },
  },
  {
    code: 'NO_ATTRIBUTE_MATCH',
    when: 'no row matches',
    input: tariff({ rows: [{ flex1: ['X'], price: one }] }),
    usage: { units: UNIT, flex1: 'Y' },
  },
  {
    code: 'TIER_GAP',
    when: 'the tiers end before the quantity',
    input: tariff({
      rows: [{ price: { model: 'progressiveTier', reference: 'record', tiers: [{ upTo: 5, price: '1' }] } }],
    }),
    usage: { units: 6 * UNIT },
  },
  {
    code: 'BASIS_MISSING',
    when: 'a percentage is rated without its multi-rate record',
    input: {
      usageTypes: [
        { id: 'M', name: 'M', serviceType: 'S', multiRate: { charges: ['B', 'U'], quantityFrom: 'B' } },
        { id: 'B', name: 'B', serviceType: 'S' },
        { id: 'U', name: 'U', serviceType: 'S' },
      ],
      offers: [
        {
          id: 'o',
          name: 'O',
          usageTypes: ['U'],
          currency: 'EUR',
          rows: [{ price: { model: 'percentage', of: ['B'], percent: 5 } }],
        },
      ],
      plans: [{ id: 'P', name: 'P', offers: ['o'] }],
    },
    usage: { units: UNIT },
  },
  {
    code: 'AMOUNT_OVERFLOW',
    when: 'the amount exceeds 2^53',
    input: tariff({ rows: [{ price: { model: 'unit', price: '9000000' } }] }),
    usage: { units: 2 * UNIT },
  },
  {
    code: 'AMOUNT_OVERFLOW',
    when: 'the stepped quantity exceeds 2^53',
    input: tariff({ increments: { first: '5000000000', following: '5000000000' }, rows: [{ price: one }] }),
    usage: { units: Number.MAX_SAFE_INTEGER },
  },
  {
    code: 'AMOUNT_OVERFLOW',
    when: 'a grant exceeds 2^53',
    input: {
      ...tariff({ allowances: ['A'], rows: [{ price: one }] }, { A: '9000000000' }),
      plans: [
        {
          id: 'P',
          name: 'P',
          offers: ['o'],
          grants: [
            { allowance: 'A', quantity: '9000000000' },
            { allowance: 'A', quantity: '9000000000' },
          ],
        },
      ],
    },
    usage: { units: UNIT },
  },
];

for (const { code, when, input, usage } of FAILING) {
  test(`a record is suspended with ${code} when ${when}, and nothing of it takes effect`, () => {
    const rating = new TestRating(input);
    assert.equal(rating.rate(usage), code);
    assert.equal(rating.result.chargeCount, 0);
    assert.equal(rating.result.impactCount, 0);
    assert.deepEqual(rating.balances.entries(), {});
  });
}

test('every code that rating can give is tested', () => {
  const ofOthers: readonly string[] = [
    ...['USAGE_TOO_OLD', 'USAGE_IN_FUTURE', 'SVC_NOT_FOUND', 'SVC_NOT_EFFECTIVE', 'SVC_NOT_ACTIVE'],
    'DUPLICATE_WINDOW_PASSED',
  ];
  const codes = Object.keys(Suspense).filter((code) => code !== '' && !ofOthers.includes(code));
  assert.deepEqual(
    codes.filter((code) => !FAILING.some((failing) => failing.code === code)),
    [],
  );
});

test('a multi-rate record whose last charge fails leaves the balances of its first charges alone', () => {
  const child = (id: string, price: Price) => ({
    id,
    name: id,
    usageTypes: [id],
    currency: 'EUR',
    allowances: ['A'],
    accumulators: ['T'],
    rows: [{ price }],
  });
  const rating = new TestRating({
    allowances: [{ id: 'A', name: 'A', unit: 'UNIT' }],
    accumulators: [{ id: 'T', name: 'T', unit: 'UNIT' }],
    usageTypes: [
      { id: 'U', name: 'U', serviceType: 'S', multiRate: { charges: ['B', 'C'], quantityFrom: 'B' } },
      { id: 'B', name: 'B', serviceType: 'S' },
      { id: 'C', name: 'C', serviceType: 'S' },
    ],
    offers: [
      child('B', one),
      child('C', { model: 'progressiveTier', reference: 'record', tiers: [{ upTo: 5, price: '1' }] }),
    ],
    plans: [{ id: 'P', name: 'P', offers: ['B', 'C'], grants: [{ allowance: 'A', quantity: 7 }] }],
  });
  assert.equal(
    rating.amount({ units: 4 * UNIT }),
    MONEY,
    'the second charge sees what the first left of the allowance',
  );
  const before = rating.balances.entries();
  assert.equal(rating.rate({ units: 6 * UNIT }), 'TIER_GAP');
  assert.deepEqual(rating.balances.entries(), before);
});

test('tiers of a multi-rate record refer to the accumulator before the record, not before the charge', () => {
  const price: Price = {
    model: 'progressiveTier',
    reference: { accumulator: 'T' },
    tiers: [{ upTo: 10, price: '1' }, { price: '5' }],
  };
  const child = (id: string) => ({
    ...{ id, name: id, usageTypes: [id], currency: 'EUR', accumulators: ['T'], rows: [{ price }] },
  });
  const rating = new TestRating({
    accumulators: [{ id: 'T', name: 'T', unit: 'UNIT' }],
    usageTypes: [
      { id: 'U', name: 'U', serviceType: 'S', multiRate: { charges: ['B', 'C'], quantityFrom: 'B' } },
      { id: 'B', name: 'B', serviceType: 'S' },
      { id: 'C', name: 'C', serviceType: 'S' },
    ],
    offers: [child('B'), child('C')],
    plans: [{ id: 'P', name: 'P', offers: ['B', 'C'] }],
  });
  assert.equal(rating.amount({ units: 8 * UNIT }), 16 * MONEY);
  assert.equal(rating.balance(1, '2026-03-01'), 16 * UNIT);
});

test('balances of quantities begin anew with the billing cycle, the currency total runs on', () => {
  const rating = new TestRating(
    tariff({ allowances: ['A'], accumulators: ['T'], rows: [{ price: one }] }, { A: 3 }),
  );
  assert.equal(rating.amount({ units: 5 * UNIT, startTime: '2026-03-31T23:59:59Z' }), 2 * MONEY);
  assert.equal(rating.amount({ units: 5 * UNIT, startTime: '2026-04-01T00:00:00Z' }), 2 * MONEY);
  assert.equal(rating.balance(2, '2026-03-01'), 5 * UNIT);
  assert.equal(rating.balance(2, '2026-04-01'), 5 * UNIT);
  assert.equal(rating.balance(0, null), 4 * MONEY);
});

test('a balance group has one pool, filled by each of its subscriptions that is effective in the cycle', () => {
  const rating = new TestRating(tariff({ allowances: ['A'], rows: [{ price: one }] }, { A: 10 }), [
    { balanceGroup: 'G' },
    { balanceGroup: 'G' },
    { balanceGroup: 'G', from: '2026-04-01T00:00:00Z' },
    { balanceGroup: 'G', to: '2026-03-01T00:00:00Z' },
    { balanceGroup: 'G', from: '2026-03-31T23:59:59Z' },
  ]);
  assert.equal(rating.amount({ units: 25 * UNIT }, 0), 0);
  assert.equal(rating.amount({ units: 10 * UNIT }, 1), 5 * MONEY);
});

test('two allowances cover in their order, and their offsets are no more than the gross', () => {
  const input = tariff(
    { allowances: ['A', 'B'], rows: [{ price: { model: 'unit', price: '0.1' } }] },
    { A: 1, B: 1 },
  );
  const rating = new TestRating({
    ...input,
    currencies: [
      {
        id: 'EUR',
        name: 'Euro',
        rounding: { mode: 'UP', decimals: 0 },
        billing: { mode: 'HALF_UP', decimals: 2 },
      },
    ],
  });
  assert.equal(rating.amount({ units: 3 * UNIT }), 0);
  assert.deepEqual(
    rating.impacts().map(({ resource, amount }) => [resource, amount / MONEY]),
    [
      ['EUR', 1],
      ['A', 0],
      ['EUR', -1],
      ['B', 0],
      ['EUR', 0],
    ],
  );
});

test('connect fee, flat prices and percentages are not covered by allowances', () => {
  const price: Price = { model: 'unit', price: '1', connectFee: '0.25' };
  const fee = new TestRating(tariff({ allowances: ['A'], rows: [{ price }] }, { A: 100 }));
  assert.equal(fee.amount({ units: 5 * UNIT }), MONEY / 4);
  const flat = new TestRating(
    tariff(
      { allowances: ['A'], accumulators: ['T'], rows: [{ price: { model: 'flat', amount: '2' } }] },
      { A: 100 },
    ),
  );
  assert.equal(flat.amount({ units: 5 * UNIT }), 2 * MONEY);
  assert.deepEqual(
    flat.impacts().map(({ resource, quantity }) => [resource, quantity]),
    [
      ['EUR', 5 * UNIT],
      ['T', 5 * UNIT],
    ],
  );
});

test('a row without allowances does not use those of its offer', () => {
  const rating = new TestRating(
    tariff(
      { allowances: ['A'], rows: [{ flex1: ['X'], allowances: [], price: one }, { price: one }] },
      { A: 5 },
    ),
  );
  assert.equal(rating.amount({ units: UNIT, flex1: 'X' }), MONEY);
  assert.equal(rating.amount({ units: UNIT }), 0);
});

test('quantity 0 that is free is one impact of 0 and moves nothing else', () => {
  const rating = new TestRating(
    tariff({
      accumulators: ['T'],
      increments: { minimum: 5, first: 1, following: 1 },
      rows: [{ price: { model: 'flat', amount: '3' } }],
    }),
  );
  assert.equal(rating.amount({ units: 0 }), 0);
  assert.deepEqual(rating.impacts(), [
    { resource: 'EUR', offerType: 'PRICE', tier: 0, quantity: 0, amount: 0, before: 0, after: 0 },
  ]);
  assert.equal(rating.amount({ units: UNIT }), 3 * MONEY);
  assert.equal(rating.result.charges[0]!.rawQuantity, UNIT);
  assert.equal(rating.result.charges[0]!.quantity, 5 * UNIT);
});

test('the row of a usage type in the rate unit map wins over that of its service type', () => {
  const rating = new TestRating({
    ...tariff({ rows: [{ price: one }] }),
    rateUnitMap: [
      { serviceType: 'S', rateUnit: 'units' },
      { serviceType: 'S', usageType: 'U', rateUnit: 'event' },
    ],
  });
  assert.equal(rating.amount({ units: 7 * UNIT }), MONEY);
});

test('a zone that is given beats none, two given attributes beat one, and equals go by their order', () => {
  const row = (amount: number, given: object) => ({ ...given, price: { model: 'flat' as const, amount } });
  const rating = new TestRating(
    tariff(
      {
        zoneModel: 'z',
        rows: [
          row(1, {}),
          row(2, { zone: ['A'] }),
          row(3, { flex1: ['X'] }),
          row(4, { flex1: ['X'], flex2: ['Y', 'Z'] }),
        ],
      },
      {},
      zones('+44', ''),
    ),
  );
  const price = (usage: Partial<UsageAttributes>) => rating.amount({ units: UNIT, ...usage }) / MONEY;
  assert.equal(price({ calledNumber: '+44' }), 2);
  assert.equal(price({ calledNumber: '+44', flex1: 'X' }), 2);
  assert.equal(price({ calledNumber: '+44', flex1: 'X', flex2: 'Z' }), 4);
});
