import assert from 'node:assert/strict';
import { test } from 'node:test';
import { murmur2, partitionOf } from './murmur2.ts';

// Vectors of org.apache.kafka.common.utils.UtilsTest.testMurmur2.
const VECTORS: readonly (readonly [string, number])[] = [
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
];

test("murmur2 gives the values of Kafka's own test", () => {
  for (const [text, hash] of VECTORS) assert.equal(murmur2(Buffer.from(text)), hash, text);
});

test('murmur2 of a range equals murmur2 of the bytes in it', () => {
  const bytes = Buffer.from('xxfoobaryy');
  assert.equal(murmur2(bytes, 2, 8), -790332482);
});

test('the partition is the non-negative hash modulo the partitions', () => {
  assert.equal(partitionOf('21', 7), (-973932308 & 0x7fffffff) % 7);
  assert.equal(partitionOf('anything', 1), 0);
});
