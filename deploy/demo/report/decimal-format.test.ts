import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  addDecimals,
  formatBytes,
  formatCount,
  formatDuration,
  formatExact,
  formatRate,
  formatRounded,
  formatShare,
} from './decimal-format.ts';

test('should group digits and keep every decimal', () => {
  assert.equal(formatCount(1_234_567), '1,234,567');
  assert.equal(formatCount(-1000), '-1,000');
  assert.equal(formatExact('1234567.890100'), '1,234,567.8901');
  assert.equal(formatExact('-1234.5', 2), '-1,234.50');
  assert.equal(formatExact('0'), '0');
  assert.equal(formatExact('1234.0001', 2), '1,234.0001');
});

test('should round half away from zero for headlines', () => {
  assert.equal(formatRounded('0.005', 2), '0.01');
  assert.equal(formatRounded('-0.005', 2), '-0.01');
  assert.equal(formatRounded('-0.004', 2), '0.00');
  assert.equal(formatRounded('999.995', 2), '1,000.00');
  assert.equal(formatRounded('12', 2), '12.00');
  assert.equal(formatRounded('1234.5', 0), '1,235');
});

test('should add decimals exactly', () => {
  assert.equal(addDecimals([]), '0');
  assert.equal(addDecimals(['0.1', '0.2']), '0.3');
  assert.equal(addDecimals(['1.5', '-1.50']), '0');
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })), (cents) => {
      const texts = cents.map((value) => {
        const digits = (value < 0n ? -value : value).toString().padStart(3, '0');
        return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
      });
      const sum = cents.reduce((total, value) => total + value, 0n);
      const [whole, fraction = ''] = addDecimals(texts).split('.');
      assert.equal(BigInt(`${whole}${fraction.padEnd(2, '0')}`), sum);
    }),
  );
});

test('should say durations, sizes, rates and shares as people read them', () => {
  assert.deepEqual(
    [formatDuration(950), formatDuration(12_340), formatDuration(245_000)],
    ['950 ms', '12.3 s', '4 min 05 s'],
  );
  assert.deepEqual(
    [formatBytes(999), formatBytes(1_234_000), formatBytes(5e12)],
    ['999 B', '1.2 MB', '5.0 TB'],
  );
  assert.deepEqual(
    [formatRate(1234), formatRate(12_340), formatRate(1_234_000)],
    ['1,234/s', '12.3k/s', '1.23M/s'],
  );
  assert.deepEqual(
    [formatShare(0, 5), formatShare(1, 3), formatShare(1, 40), formatShare(1, 1e6)],
    ['0 %', '33.3 %', '2.50 %', '<0.01 %'],
  );
});
