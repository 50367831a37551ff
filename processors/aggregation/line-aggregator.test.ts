import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { instantMicros } from '../../schemas/catalog/instant.ts';
import { RatingResult } from '../rating/rating-result.ts';
import { ratedRecord } from '../rating/testing/rated-record.ts';
import { TestRating } from '../rating/testing/tariff.ts';
import type { Price } from '../rating/testing/tariff.ts';
import { encodeText } from '../../schemas/codec/avro-writer.ts';
import { batchesOf, cutRun } from './cut-run.ts';
import type { BillingLine, CutRun } from './cut-run.ts';
import { LineAggregator } from './line-aggregator.ts';
import { MapGroups } from './testing/map-groups.ts';

const UNIT = 1_000_000;
const MONEY = 1_000_000_000;
const RUN = { runId: 'R7', partition: 3 };
const BILLING = () => ({ mode: 'HALF_UP', decimals: 2 }) as const;
const AT = instantMicros('2026-03-10T12:00:00Z');

function multiRateCall(invoice: 'parent' | 'child', surcharge: Price): TestRating {
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
        multiRate: { charges: ['C', 'T', 'X'], invoice, quantityFrom: 'T' },
      },
      { id: 'C', name: 'Connection', serviceType: 'S' },
      { id: 'T', name: 'Time', serviceType: 'S' },
      { id: 'X', name: 'Surcharge', serviceType: 'S' },
    ],
    rateUnitMap: [
      { serviceType: 'S', rateUnit: 'event' },
      { serviceType: 'S', usageType: 'T', rateUnit: 'units' },
    ],
    offers: [
      offer('C', { model: 'flat', amount: '0.03' }),
      offer('T', { model: 'unit', price: '0.12' }),
      offer('X', surcharge),
    ],
    plans: [{ id: 'P', name: 'Plan', offers: ['C', 'T', 'X'] }],
  });
}

function linesOf(rating: TestRating, quantities: readonly number[]): CutRun {
  const groups = new MapGroups();
  const aggregator = new LineAggregator(rating.catalog, groups);
  for (const [index, units] of quantities.entries()) {
    rating.amount({ units });
    aggregator.add(ratedRecord({ usageType: 'U', startTime: AT + index }, rating.result));
  }
  return cutRun(groups, RUN, BILLING);
}

test('B2, B3: a call invoiced at its parent is one line of 10 units and 1.25, or 1.29, three charges, one record', () => {
  const surcharges: readonly (readonly [Price, number])[] = [
    [{ model: 'flat', amount: '0.02' }, 1.25],
    [{ model: 'percentage', of: ['T'], percent: 5 }, 1.29],
  ];
  for (const [surcharge, amount] of surcharges) {
    const { lines, totals } = linesOf(multiRateCall('parent', surcharge), [10 * UNIT]);
    assert.deepEqual(lines, [
      {
        ...{ lineId: 'R7P3L1', runId: 'R7', accountId: 'A1', subscriptionId: 'S1', usageType: 'U' },
        ...{
          billUnit: '2026-03-01',
          currency: 'EUR',
          unit: 'UNIT',
          charges: 3,
          records: 1,
          quantity: 10 * UNIT,
        },
        ...{ amount: amount * MONEY, billedAmount: amount * MONEY, firstUsage: AT, lastUsage: AT },
      },
    ]);
    assert.equal(totals.charges, 3);
  }
});

test('invoiced at its children the same call is three lines, each with its own unit', () => {
  const { lines } = linesOf(multiRateCall('child', { model: 'flat', amount: '0.02' }), [10 * UNIT, 5 * UNIT]);
  assert.deepEqual(
    lines.map(({ lineId, usageType, unit, quantity, amount, charges, records }) => [
      ...[lineId, usageType, unit, quantity / UNIT, amount / MONEY, charges, records],
    ]),
    [
      ['R7P3L1', 'C', 'EVENT', 2, 0.06, 2, 2],
      ['R7P3L2', 'T', 'UNIT', 15, 1.8, 2, 2],
      ['R7P3L3', 'X', 'EVENT', 2, 0.04, 2, 2],
    ],
  );
});

/** A rated record made by hand: one charge. */
function record(
  identity: { account: string; subscription: string; startTime: number },
  amount: number,
  quantity = UNIT,
) {
  const result = new RatingResult();
  const charge = result.addCharge();
  Object.assign(charge, {
    ...{ usageType: encodeText('V'), billUnit: encodeText('2026-03-01'), currency: encodeText('EUR') },
    ...{ unit: encodeText('UNIT'), quantity, amount, gross: amount },
  });
  return ratedRecord({ usageType: 'V', ...identity }, result);
}

const noMultiRate = multiRateCall('child', { model: 'flat', amount: '1' }).catalog;

test('lines come in the order of the first records of their groups, with first and last usage', () => {
  const groups = new MapGroups();
  const aggregator = new LineAggregator(noMultiRate, groups);
  aggregator.add(record({ account: 'B', subscription: 'S', startTime: 5 }, 1));
  aggregator.add(record({ account: 'A', subscription: 'S', startTime: 9 }, 2));
  aggregator.add(record({ account: 'B', subscription: 'S', startTime: 3 }, 4));
  const { lines } = cutRun(groups, RUN, BILLING);
  assert.deepEqual(
    lines.map(({ accountId, records, amount, firstUsage, lastUsage }) => [
      accountId,
      records,
      amount,
      firstUsage,
      lastUsage,
    ]),
    [
      ['B', 2, 5, 3, 5],
      ['A', 1, 2, 9, 9],
    ],
  );
});

test('identities that read alike when joined stay apart', () => {
  const groups = new MapGroups();
  const aggregator = new LineAggregator(noMultiRate, groups);
  aggregator.add(record({ account: 'AB', subscription: 'C', startTime: 1 }, 1));
  aggregator.add(record({ account: 'A', subscription: 'BC', startTime: 1 }, 1));
  assert.equal(cutRun(groups, RUN, BILLING).lines.length, 2);
});

test('a run that is cut leaves nothing: what comes later is in later lines only', () => {
  const groups = new MapGroups();
  const aggregator = new LineAggregator(noMultiRate, groups);
  aggregator.add(record({ account: 'A', subscription: 'S', startTime: 1 }, 1));
  cutRun(groups, RUN, BILLING);
  assert.deepEqual(cutRun(groups, RUN, BILLING).lines, []);
  aggregator.add(record({ account: 'A', subscription: 'S', startTime: 2 }, 7));
  assert.equal(cutRun(groups, { runId: 'R8', partition: 3 }, BILLING).lines[0]!.amount, 7);
});

test('a group whose sum would pass 2^53 goes on in a further line; nothing is lost and every line can be rounded', () => {
  const groups = new MapGroups();
  const aggregator = new LineAggregator(noMultiRate, groups);
  const amount = 4_000_000 * MONEY + 5_000_000;
  for (let index = 0; index < 5; index++)
    aggregator.add(record({ account: 'A', subscription: 'S', startTime: index }, amount));
  const { lines, totals } = cutRun(groups, RUN, BILLING);
  assert.deepEqual(
    lines.map(({ records, amount: sum }) => [records, sum]),
    [
      [2, 2 * amount],
      [2, 2 * amount],
      [1, amount],
    ],
  );
  assert.equal(totals.amount, 5n * BigInt(amount));
  assert.ok(lines.every(({ billedAmount }) => Number.isSafeInteger(billedAmount)));
});

test('whatever the records, lines hold the sums of their charges, and each is rounded once', () => {
  const some = fc.record({
    account: fc.constantFrom('A', 'B'),
    subscription: fc.constantFrom('S', 'T'),
    startTime: fc.integer({ min: 1, max: 1000 }),
    amount: fc.integer({ min: -Number.MAX_SAFE_INTEGER + MONEY, max: Number.MAX_SAFE_INTEGER - MONEY }),
    quantity: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER - MONEY }),
  });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 20 }), (records) => {
      const groups = new MapGroups();
      const aggregator = new LineAggregator(noMultiRate, groups);
      for (const { amount, quantity, ...identity } of records)
        aggregator.add(record(identity, amount, quantity));
      const { lines, totals } = cutRun(groups, RUN, BILLING);
      const sum = (of: readonly number[]) => of.reduce((total, value) => total + BigInt(value), 0n);
      for (const account of ['A', 'B']) {
        const own = lines.filter(({ accountId }) => accountId === account);
        const given = records.filter((one) => one.account === account);
        assert.equal(sum(own.map(({ amount }) => amount)), sum(given.map(({ amount }) => amount)));
        assert.equal(sum(own.map(({ quantity }) => quantity)), sum(given.map(({ quantity }) => quantity)));
        assert.equal(sum(own.map(({ records: count }) => count)), BigInt(given.length));
      }
      assert.equal(totals.billedAmount, sum(lines.map(({ billedAmount }) => billedAmount)));
      for (const { amount, billedAmount } of lines) {
        assert.equal(Math.abs(billedAmount % 10_000_000), 0);
        assert.ok(Math.abs(amount - billedAmount) <= 5_000_000);
      }
    }),
  );
});

test('a run is sent in calls of at most the given number of lines', () => {
  const lines = Array.from({ length: 5 }, (_, index) => ({ lineId: `L${index}` }) as BillingLine);
  assert.deepEqual(
    batchesOf(lines, RUN, 2).map((batch) => [batch.batchId, batch.lines.length]),
    [
      ['R7P3B1', 2],
      ['R7P3B2', 2],
      ['R7P3B3', 1],
    ],
  );
  assert.deepEqual(batchesOf([], RUN, 2), []);
});
