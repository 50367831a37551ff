import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { formatScaled, parseScaled } from './scaled.ts';

const scale = fc.integer({ min: 0, max: 9 });

test('what is formatted parses back to the same value', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), scale, fc.integer({ min: 0, max: 9 }), (value, decimals, minimum) => {
      assert.equal(parseScaled(formatScaled(value, decimals, Math.min(minimum, decimals)), decimals), value);
    }),
  );
});

test('text of a scaled integer is the decimal that decimal.js prints', () => {
  const Exact = Decimal.clone({ precision: 40, toExpNeg: -20, toExpPos: 40 });
  fc.assert(
    fc.property(fc.maxSafeInteger(), scale, (value, decimals) => {
      const text = new Exact(value).div(new Exact(10).pow(decimals)).toString();
      assert.equal(formatScaled(value, decimals), text);
      assert.equal(formatScaled(BigInt(value), decimals), text);
    }),
  );
});

test('a value between two scaled integers, or too large, is refused and never rounded', () => {
  assert.equal(parseScaled('0.0000001', 6), null);
  assert.equal(parseScaled('9007199.254740992', 9), null);
  assert.equal(parseScaled('9007199.254740991', 9), Number.MAX_SAFE_INTEGER);
  assert.equal(parseScaled('-9007199.254740991', 9), -Number.MAX_SAFE_INTEGER);
});

test('trailing zeros and leading zeros do not change a value', () => {
  assert.equal(parseScaled('1.500000000000', 6), 1_500_000);
  assert.equal(parseScaled('007', 0), 7);
  assert.ok(Object.is(parseScaled('-0.0', 3), 0));
});

test('anything but a plain decimal is refused', () => {
  for (const text of ['', '-', '.5', '5.', '+1', '1e3', '1,5', ' 1', '1 ', '0x10', 'NaN', '١'])
    assert.equal(parseScaled(text, 6), null, text);
});

test('decimals are kept up to the minimum asked for', () => {
  assert.equal(formatScaled(1_500_000_000, 9, 2), '1.50');
  assert.equal(formatScaled(0, 9, 2), '0.00');
  assert.equal(formatScaled(-5, 9), '-0.000000005');
  assert.equal(formatScaled(12, 0), '12');
});
