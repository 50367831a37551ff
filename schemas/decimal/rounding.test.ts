import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { multiplyDivide, ROUNDING_MODES, roundQuotient, roundToDecimals } from './rounding.ts';
import type { RoundingMode } from './rounding.ts';

const Exact = Decimal.clone({ precision: 80 });
const DECIMAL_MODE: Record<RoundingMode, Decimal.Rounding> = {
  UP: Decimal.ROUND_UP,
  DOWN: Decimal.ROUND_DOWN,
  CEILING: Decimal.ROUND_CEIL,
  FLOOR: Decimal.ROUND_FLOOR,
  HALF_UP: Decimal.ROUND_HALF_UP,
  HALF_DOWN: Decimal.ROUND_HALF_DOWN,
  HALF_EVEN: Decimal.ROUND_HALF_EVEN,
};

const safe = fc.maxSafeInteger();
const factor = fc.oneof(safe, fc.integer({ min: -1000, max: 1000 }), fc.integer());
const nonZero = fc
  .oneof(fc.constantFrom(1, 2, 4, 60, 1_000_000, 60_000_000), factor)
  .filter((value) => value !== 0);
const mode = fc.constantFrom(...ROUNDING_MODES);

/** Rounded a*b/divisor by decimal.js with 80 digits: more than the 48 that decide a tie of safe integers. */
function expected(a: number, b: number, divisor: number, rounding: RoundingMode): number {
  const result = new Exact(a).mul(b).div(divisor).toDecimalPlaces(0, DECIMAL_MODE[rounding]).toNumber();
  return Number.isSafeInteger(result) ? result + 0 : Number.NaN;
}

test('a quotient rounds as decimal.js rounds it, in all modes', () => {
  fc.assert(
    fc.property(factor, nonZero, mode, (numerator, denominator, rounding) => {
      assert.equal(
        roundQuotient(numerator, denominator, rounding),
        expected(numerator, 1, denominator, rounding),
      );
    }),
    { numRuns: 2000 },
  );
});

test('a product over a divisor rounds as decimal.js rounds it, in all modes and sizes', () => {
  fc.assert(
    fc.property(factor, factor, nonZero, mode, (a, b, divisor, rounding) => {
      assert.equal(multiplyDivide(a, b, divisor, rounding), expected(a, b, divisor, rounding));
    }),
    { numRuns: 5000 },
  );
});

test('a product beyond 2^53 whose quotient fits rounds exactly, ties included', () => {
  const large = fc.integer({ min: 2 ** 31, max: 2 ** 45 });
  const sign = fc.constantFrom(1, -1);
  fc.assert(
    fc.property(large, large, sign, mode, fc.boolean(), (a, b, signOfA, rounding, tie) => {
      const left = signOfA * (2 * a + 1);
      const divisor = tie ? 2 * b : b + 1;
      assert.equal(multiplyDivide(left, b, divisor, rounding), expected(left, b, divisor, rounding));
    }),
    { numRuns: 3000 },
  );
});

test('ties go where the mode says, on both sides of zero', () => {
  const table: Record<RoundingMode, readonly number[]> = {
    UP: [3, 2, -2, -3],
    DOWN: [2, 1, -1, -2],
    CEILING: [3, 2, -1, -2],
    FLOOR: [2, 1, -2, -3],
    HALF_UP: [3, 2, -2, -3],
    HALF_DOWN: [2, 1, -1, -2],
    HALF_EVEN: [2, 2, -2, -2],
  };
  for (const rounding of ROUNDING_MODES) {
    assert.deepEqual(
      [5, 3, -3, -5].map((numerator) => roundQuotient(numerator, 2, rounding)),
      table[rounding],
      rounding,
    );
  }
});

test('no result is negative zero', () => {
  for (const rounding of ROUNDING_MODES) {
    assert.ok(!Object.is(roundQuotient(-0, 3, rounding), -0));
    assert.ok(!Object.is(roundQuotient(-1, 1000, 'DOWN'), -0));
    assert.ok(!Object.is(multiplyDivide(-1, 1, 1000, 'CEILING'), -0));
  }
});

test('a result beyond 2^53, a division by zero and NaN give NaN', () => {
  assert.equal(multiplyDivide(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 3, 'DOWN'), Number.NaN);
  assert.equal(multiplyDivide(Number.MAX_SAFE_INTEGER, 2, 1, 'DOWN'), Number.NaN);
  assert.equal(multiplyDivide(Number.MAX_SAFE_INTEGER, 3, 3, 'UP'), Number.MAX_SAFE_INTEGER);
  assert.equal(multiplyDivide(Number.MAX_SAFE_INTEGER, 10 ** 9, 0, 'UP'), Number.NaN);
  assert.equal(multiplyDivide(Number.NaN, 1, 1, 'UP'), Number.NaN);
  assert.equal(roundQuotient(1, 0, 'UP'), Number.NaN);
  assert.equal(roundQuotient(Number.NaN, 1, 'HALF_UP'), Number.NaN);
});

test('rounding to decimals keeps the scale and agrees with decimal.js', () => {
  const decimals = fc.integer({ min: 0, max: 9 });
  fc.assert(
    fc.property(factor, decimals, mode, (value, places, rounding) => {
      const exact = new Exact(value)
        .div(1e9)
        .toDecimalPlaces(places, DECIMAL_MODE[rounding])
        .mul(1e9)
        .toNumber();
      const wanted = Number.isSafeInteger(exact) ? exact + 0 : Number.NaN;
      assert.equal(roundToDecimals(value, 9, places, rounding) + 0, wanted);
    }),
    { numRuns: 2000 },
  );
});
