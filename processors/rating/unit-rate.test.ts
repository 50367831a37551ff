import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { ROUNDING_MODES } from '../../schemas/decimal/rounding.ts';
import { UnitRate } from './unit-rate.ts';

const Exact = Decimal.clone({ precision: 80 });

test('an amount is price times quantity by per, rounded once, for every mode, sign and number of digits', () => {
  const anyPrice = fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
  const anyPer = fc.oneof(
    fc.constantFrom(1_000_000, 60_000_000),
    fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  );
  const anyValue = fc.oneof(
    fc.integer({ min: 0, max: 1_000_000 }),
    fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  );
  fc.assert(
    fc.property(
      anyPrice,
      anyPer,
      anyValue,
      fc.constantFrom(...ROUNDING_MODES),
      fc.integer({ min: 0, max: 9 }),
      (price, per, value, mode, decimals) => {
        const exact = new Exact(price)
          .times(value)
          .div(per)
          .div(1e9)
          .toDecimalPlaces(decimals, Decimal[`ROUND_${mode === 'CEILING' ? 'CEIL' : mode}`])
          .times(1e9);
        const expected = exact.abs().gt(Number.MAX_SAFE_INTEGER) ? Number.NaN : exact.toNumber() + 0;
        assert.equal(new UnitRate(price, per, { mode, decimals }).amountOf(value) + 0, expected);
      },
    ),
    { numRuns: 2000 },
  );
});

test('a half is a half also when the divisor is beyond 2^53', () => {
  const rate = (mode: (typeof ROUNDING_MODES)[number]) => new UnitRate(1, 9_000_000, { mode, decimals: 0 });
  const half = 4_500_000 * 1_000_000_000;
  assert.equal(rate('HALF_UP').amountOf(half), 1_000_000_000);
  assert.equal(rate('HALF_DOWN').amountOf(half), 0);
  assert.equal(rate('HALF_EVEN').amountOf(half), 0);
  assert.equal(rate('HALF_DOWN').amountOf(half + 1), 1_000_000_000);
});
