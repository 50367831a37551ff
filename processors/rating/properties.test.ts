import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { formatScaled } from '../../schemas/decimal/scaled.ts';
import { currency, tariff, TestRating } from './testing/tariff.ts';
import type { ImpactRow, Price } from './testing/tariff.ts';

/** The same rules a second time, in decimals, slowly; shares no code with the rater. */
const Exact = Decimal.clone({ precision: 60 });
type Exact = Decimal;

const MODES = { UP: 0, DOWN: 1, CEILING: 2, FLOOR: 3, HALF_UP: 4, HALF_DOWN: 5, HALF_EVEN: 6 } as const;
type Mode = keyof typeof MODES;

interface Tariff {
  readonly mode: Mode;
  readonly decimals: number;
  readonly tiers: readonly { readonly size: number; readonly price: number; readonly per: number }[];
  readonly byAccumulator: boolean;
  readonly grants: readonly number[];
  readonly increments: { readonly first: number; readonly following: number } | null;
  readonly connectFee: number;
}

const quantities = fc.integer({ min: 0, max: 500_000_000 });
const prices = fc.integer({ min: 0, max: 5_000_000_000 });
const tariffs: fc.Arbitrary<Tariff> = fc.record({
  mode: fc.constantFrom(...(Object.keys(MODES) as Mode[])),
  decimals: fc.integer({ min: 0, max: 9 }),
  tiers: fc.array(
    fc.record({
      size: fc.integer({ min: 1, max: 300_000_000 }),
      price: prices,
      per: fc.constantFrom(1_000_000, 60_000_000, 7_000_000),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  byAccumulator: fc.boolean(),
  grants: fc.array(fc.integer({ min: 1, max: 200_000_000 }), { maxLength: 2 }),
  increments: fc.option(
    fc.record({
      first: fc.integer({ min: 1, max: 60_000_000 }),
      following: fc.integer({ min: 1, max: 30_000_000 }),
    }),
    { nil: null },
  ),
  connectFee: fc.integer({ min: 0, max: 100_000_000 }),
});

const quantityText = (value: number): string => formatScaled(value, 6);
const moneyText = (value: number): string => formatScaled(value, 9);

function ratingOf(given: Tariff): TestRating {
  let bound = 0;
  const tiers = given.tiers.map(({ size, price, per }, index) => {
    bound += size;
    const isLast = index === given.tiers.length - 1;
    return {
      ...(isLast ? {} : { upTo: quantityText(bound) }),
      price: moneyText(price),
      per: quantityText(per),
    };
  });
  const price: Price = {
    model: 'progressiveTier',
    reference: given.byAccumulator ? { accumulator: 'T' } : 'record',
    tiers,
    connectFee: moneyText(given.connectFee),
  };
  const grants = Object.fromEntries(
    given.grants.map((quantity, index) => [`A${index}`, quantityText(quantity)]),
  );
  const { increments } = given;
  const offer = {
    allowances: Object.keys(grants),
    accumulators: ['T'],
    rows: [{ price }],
    ...(increments === null
      ? {}
      : {
          increments: {
            first: quantityText(increments.first),
            following: quantityText(increments.following),
          },
        }),
  };
  return new TestRating(tariff(offer, grants, { currencies: [currency('EUR', given.mode, given.decimals)] }));
}

/** Expected net amounts of records in order, as text with 9 decimals. */
function expectedAmounts(given: Tariff, records: readonly number[]): string[] {
  const left = given.grants.map((quantity) => new Exact(quantity).div(1e6));
  let total = new Exact(0);
  return records.map((record) => {
    const quantity = steppedOf(new Exact(record).div(1e6), given);
    if (quantity.isZero()) return '0.000000000';
    let net = new Exact(given.connectFee).div(1e9);
    for (const { part, price } of partsOf(quantity, given.byAccumulator ? total : new Exact(0), given)) {
      net = net.plus(netOf(part, price, left));
    }
    total = total.plus(quantity);
    return net.toFixed(9);
  });
}

function steppedOf(quantity: Exact, { increments }: Tariff): Exact {
  if (increments === null || quantity.isZero()) return quantity;
  let stepped = new Exact(increments.first).div(1e6);
  const following = new Exact(increments.following).div(1e6);
  if (stepped.lt(quantity))
    stepped = stepped.plus(following.times(quantity.minus(stepped).div(following).ceil()));
  return stepped;
}

function partsOf(quantity: Exact, from: Exact, given: Tariff) {
  const parts: { part: Exact; price: (part: Exact) => Exact }[] = [];
  let start = new Exact(0);
  for (const [index, { size, price, per }] of given.tiers.entries()) {
    const isLast = index === given.tiers.length - 1;
    const end = isLast ? new Exact(Infinity) : start.plus(new Exact(size).div(1e6));
    const low = Exact.max(start, from);
    const high = Exact.min(end, from.plus(quantity));
    if (high.gt(low))
      parts.push({ part: high.minus(low), price: (part) => priceOf(part, price, per, given) });
    start = end;
  }
  return parts;
}

function priceOf(part: Exact, price: number, per: number, { mode, decimals }: Tariff): Exact {
  return part
    .times(new Exact(price).div(1e9))
    .div(new Exact(per).div(1e6))
    .toDecimalPlaces(decimals, MODES[mode]);
}

function netOf(part: Exact, price: (part: Exact) => Exact, left: Exact[]): Exact {
  let uncovered = part;
  let net = price(part);
  for (const [index, available] of left.entries()) {
    const consumed = Exact.min(available, uncovered);
    if (consumed.isZero()) continue;
    left[index] = available.minus(consumed);
    uncovered = uncovered.minus(consumed);
    net = uncovered.isZero() ? new Exact(0) : net.minus(Exact.min(price(consumed), net));
  }
  return net;
}

test('tiers, allowances, increments and rounding give what the decimal oracle gives', () => {
  fc.assert(
    fc.property(tariffs, fc.array(quantities, { minLength: 1, maxLength: 6 }), (given, records) => {
      const rating = ratingOf(given);
      const amounts = records.map((units) => formatScaled(rating.amount({ units }), 9, 9));
      assert.deepEqual(amounts, expectedAmounts(given, records));
    }),
    { numRuns: 300 },
  );
});

const sumOf = (rows: readonly ImpactRow[], of: (row: ImpactRow) => number): number =>
  rows.reduce((sum, row) => sum + of(row), 0);

test('gross less offsets is net, every impact continues the balance of the one before, and what was granted is consumed or left', () => {
  fc.assert(
    fc.property(tariffs, fc.array(quantities, { minLength: 1, maxLength: 6 }), (given, records) => {
      const rating = ratingOf(given);
      const consumed = new Map<string, number>();
      const last = new Map<string, number>();
      for (const units of records) {
        const amount = rating.amount({ units });
        const impacts = rating.impacts();
        const money = impacts.filter(({ resource }) => resource === 'EUR');
        const gross = sumOf(money, (row) => (row.offerType === 'PRICE' ? row.amount : 0));
        assert.equal(rating.result.charges[0]!.gross, gross);
        assert.equal(amount, gross + sumOf(money, (row) => (row.offerType === 'ALLOWANCE' ? row.amount : 0)));
        assert.ok(amount >= 0, 'allowances never make a charge negative');
        for (const { resource, before, after, quantity } of impacts) {
          if (last.has(resource)) assert.equal(before, last.get(resource));
          last.set(resource, after);
          if (resource.startsWith('A')) consumed.set(resource, (consumed.get(resource) ?? 0) + quantity);
        }
      }
      for (const [resource, quantity] of consumed) {
        assert.equal(quantity + last.get(resource)!, given.grants[Number(resource.slice(1))]);
      }
    }),
    { numRuns: 200 },
  );
});

test('more usage never costs less', () => {
  fc.assert(
    fc.property(tariffs, quantities, quantities, (given, a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)];
      assert.ok(
        ratingOf({ ...given, grants: [] }).amount({ units: less }) <=
          ratingOf({ ...given, grants: [] }).amount({ units: more }),
      );
    }),
    { numRuns: 200 },
  );
});

test('splitting a record changes nothing where the price is linear and exact', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), quantities, quantities, (price, a, b) => {
      const linear = () =>
        new TestRating(
          tariff({ rows: [{ price: { model: 'unit', price: moneyText(price * 1000), per: '0.001' } }] }),
        );
      const whole = linear().amount({ units: a + b });
      const parts = linear();
      assert.equal(parts.amount({ units: a }) + parts.amount({ units: b }), whole);
    }),
    { numRuns: 200 },
  );
});

test('a suspended record changes no balance, wherever it comes in a sequence', () => {
  fc.assert(
    fc.property(
      tariffs,
      fc.array(quantities, { minLength: 1, maxLength: 6 }),
      fc.nat(),
      (given, records, at) => {
        const bad = at % records.length;
        const clean = ratingOf(given);
        const disturbed = ratingOf(given);
        records.forEach((units, index) => {
          clean.amount({ units });
          if (index === bad) assert.equal(disturbed.rate({ units: -1 }), 'QTY_INVALID');
          disturbed.amount({ units });
          assert.deepEqual(disturbed.impacts(), clean.impacts());
        });
        assert.deepEqual(disturbed.balances.entries(), clean.balances.entries());
      },
    ),
    { numRuns: 100 },
  );
});
