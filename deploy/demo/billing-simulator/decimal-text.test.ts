import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimalsOf, decimalText, scaled, unscaled } from './decimal-text.ts';

test('should keep decimal text as it was received', () => {
  for (const text of ['0', '12.30', '-0.05', '123456789012345.678']) assert.equal(decimalText(text), text);
  assert.equal(decimalText(12.3), '12.3');
  assert.equal(decimalText(-7), '-7');
});

test('should refuse what is no plain decimal or was more than a double keeps', () => {
  for (const value of [
    '',
    '1e3',
    '.5',
    '5.',
    '+1',
    ' 1',
    '1,5',
    1e21,
    1e-9,
    Number.NaN,
    null,
    true,
    {},
    [],
  ]) {
    assert.equal(decimalText(value), null, JSON.stringify(value));
  }
  assert.equal(decimalText(0.1 + 0.2), null);
});

test('should scale and unscale without losing a digit', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }),
      fc.integer({ min: 0, max: 9 }),
      (value, decimals) => {
        const text = unscaled(value, decimals);
        assert.equal(decimalsOf(text), decimals);
        assert.equal(scaled(text, decimals), value);
      },
    ),
  );
});
