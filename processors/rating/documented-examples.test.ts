import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Price } from './testing/tariff.ts';
import { TestRating, tariff } from './testing/tariff.ts';

const UNIT = 1_000_000;
const MONEY = 1_000_000_000;

/** Usage operations 5.4: 100 units, tier 1 = 40 at 1.00, tier 2 = the rest at 0.50, 90 units of allowance. */
function tieredWithAllowance(): TestRating {
  return new TestRating(
    tariff(
      {
        allowances: ['INCLUDED'],
        accumulators: ['TOTAL'],
        rows: [
          {
            price: {
              model: 'progressiveTier',
              reference: { accumulator: 'TOTAL' },
              tiers: [{ upTo: 40, price: '1.00' }, { price: '0.50' }],
            },
          },
        ],
      },
      { INCLUDED: 90 },
    ),
  );
}

test('B1: the worked example of usage operations 5.4 gives its eight impacts in its order', () => {
  const rating = tieredWithAllowance();
  assert.equal(rating.amount({ units: 100 * UNIT }), 5 * MONEY);
  const row = (
    resource: string,
    offerType: string,
    tier: number,
    quantity: number,
    amount: number,
    before: number,
    after: number,
  ) => ({ resource, offerType, tier, quantity: quantity * UNIT, amount: amount * MONEY, before, after });
  assert.deepEqual(rating.impacts(), [
    row('EUR', 'PRICE', 1, 40, 40, 0, 40 * MONEY),
    row('INCLUDED', 'ALLOWANCE', 1, 40, 0, 90 * UNIT, 50 * UNIT),
    row('EUR', 'ALLOWANCE', 1, 40, -40, 40 * MONEY, 0),
    row('TOTAL', 'PRICE', 1, 40, 0, 0, 40 * UNIT),
    row('EUR', 'PRICE', 2, 60, 30, 0, 30 * MONEY),
    row('INCLUDED', 'ALLOWANCE', 2, 50, 0, 50 * UNIT, 0),
    row('EUR', 'ALLOWANCE', 2, 50, -25, 30 * MONEY, 5 * MONEY),
    row('TOTAL', 'PRICE', 2, 60, 0, 40 * UNIT, 100 * UNIT),
  ]);
  assert.equal(rating.result.charges[0]!.gross, 70 * MONEY);
});

/** UC-150: a call of ten minutes with a connection charge, time at 0.12 a minute, and a surcharge. */
function multiRateCall(surcharge: Price): TestRating {
  const offer = (id: string, price: Price) => ({
    id,
    name: id,
    usageTypes: [id],
    currency: 'EUR',
    rows: [{ price }],
  });
  return new TestRating({
    usageTypes: [
      {
        id: 'U',
        name: 'Call',
        serviceType: 'S',
        multiRate: { charges: ['CONNECTION', 'TIME', 'SURCHARGE'], invoice: 'parent', quantityFrom: 'TIME' },
      },
      { id: 'CONNECTION', name: 'Connection', serviceType: 'S' },
      { id: 'TIME', name: 'Time', serviceType: 'S' },
      { id: 'SURCHARGE', name: 'Surcharge', serviceType: 'S' },
    ],
    rateUnitMap: [
      { serviceType: 'S', rateUnit: 'event' },
      { serviceType: 'S', usageType: 'TIME', rateUnit: 'units' },
    ],
    offers: [
      offer('CONNECTION', { model: 'flat', amount: '0.03' }),
      offer('TIME', { model: 'unit', price: '0.12' }),
      offer('SURCHARGE', surcharge),
    ],
    plans: [{ id: 'P', name: 'Plan', offers: ['CONNECTION', 'TIME', 'SURCHARGE'] }],
  });
}

test('B2: a multi-rate call without dependency yields three charges, 1.25 in all', () => {
  const rating = multiRateCall({ model: 'flat', amount: '0.02' });
  assert.equal(rating.amount({ units: 10 * UNIT }), 1.25 * MONEY);
  const charges = rating.result.charges.slice(0, rating.result.chargeCount);
  assert.deepEqual(
    charges.map(({ chargeNumber, usageType, quantity, unit, amount }) => [
      chargeNumber,
      usageType.text,
      quantity / UNIT,
      unit.text,
      amount / MONEY,
    ]),
    [
      [1, 'CONNECTION', 1, 'EVENT', 0.03],
      [2, 'TIME', 10, 'UNIT', 1.2],
      [3, 'SURCHARGE', 1, 'EVENT', 0.02],
    ],
  );
});

test('B3: a surcharge of 5 % of the time charge makes it 1.29', () => {
  const rating = multiRateCall({ model: 'percentage', of: ['TIME'], percent: 5 });
  assert.equal(rating.amount({ units: 10 * UNIT }), 1.29 * MONEY);
});

test('B3: a percentage may be of several earlier charges together', () => {
  const rating = multiRateCall({ model: 'percentage', of: ['CONNECTION', 'TIME'], percent: 10 });
  assert.equal(rating.amount({ units: 10 * UNIT }), 1.353 * MONEY);
});

test('B4: the zone of the longer prefix 44123 beats that of 44', () => {
  const rating = new TestRating(
    tariff(
      {
        zoneModel: 'z',
        rows: [
          { zone: ['COUNTRY'], price: { model: 'flat', amount: 1 } },
          { zone: ['TOWN'], price: { model: 'flat', amount: 2 } },
        ],
      },
      {},
      {
        zoneModels: [
          {
            id: 'z',
            name: 'Zones',
            zones: [
              { id: 'COUNTRY', name: 'Country', prefixes: ['44'] },
              { id: 'TOWN', name: 'Town', prefixes: ['44123'] },
            ],
          },
        ],
      },
    ),
  );
  assert.equal(rating.amount({ units: UNIT, calledNumber: '44123999' }), 2 * MONEY);
  assert.equal(rating.amount({ units: UNIT, calledNumber: '44124999' }), 1 * MONEY);
});

const ATTRIBUTE_ROWS: readonly (readonly [qos: string, usageClass: string, flex: string, row: number])[] = [
  ['High', 'UC1', 'ABC', 1],
  ['High', 'UC5', 'ABC', 4],
  ['High', 'UC2', 'ABC', 3],
  ['Low', 'UC3', 'ABC', 4],
  ['Medium', 'UC1', 'XYZ', 2],
];

for (const [callType, network, flex1, row] of ATTRIBUTE_ROWS) {
  test(`B5: ${callType}, ${network}, ${flex1} is priced by row ${row} of the attribute table`, () => {
    const rating = new TestRating(
      tariff({
        rows: [
          { callType: ['High'], network: ['UC1'], flex1: ['ABC'], price: { model: 'flat', amount: 1 } },
          { callType: ['Medium'], network: ['UC1'], price: { model: 'flat', amount: 2 } },
          { callType: ['High'], network: ['UC2'], price: { model: 'flat', amount: 3 } },
          { price: { model: 'flat', amount: 4 } },
        ],
      }),
    );
    assert.equal(rating.amount({ units: UNIT, callType, network, flex1 }), row * MONEY);
  });
}
