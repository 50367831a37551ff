import assert from 'node:assert/strict';
import { test } from 'node:test';
import { murmur2, partitionOf } from './partitions.ts';

test("the vectors of Kafka's own tests of murmur2 are reproduced", () => {
  assert.equal(murmur2('21'), -973932308);
  assert.equal(murmur2('foobar'), -790332482);
  assert.equal(murmur2('a-little-bit-long-string'), -985981536);
  assert.equal(murmur2('a-little-bit-longer-string'), -1486304829);
  assert.equal(murmur2('lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8'), -58897971);
  assert.equal(murmur2('abc'), 479470107);
});

test('a partition is the hash without its sign, modulo the number of partitions', () => {
  // -973932308 + 2^31 = 1173551340, whose last digit is 0.
  assert.equal(partitionOf('21', 10), 0);
  assert.equal(partitionOf('abc', 10), 7);
});
