import assert from 'node:assert/strict';
import { test } from 'node:test';
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
