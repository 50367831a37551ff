import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  decodedInt,
  decodedLong,
  readBoolean,
  readEnum,
  readFixed,
  readInt,
  readLong,
  readSpan,
  skipLong,
} from './avro-reader.ts';
import { writeLong } from './avro-writer.ts';
import { CodecError } from './codec-error.ts';
import type { CodecErrorCode } from './codec-error.ts';
import { anySafeLong, referenceVarint } from './testing/reference.ts';

const fails = (code: CodecErrorCode, run: () => unknown) =>
  assert.throws(run, (error) => error instanceof CodecError && error.code === code);

test('every safe integer should be written as its zigzag varint and read back', () => {
  const out = Buffer.alloc(12);
  fc.assert(
    fc.property(anySafeLong, (value) => {
      const expected = referenceVarint(BigInt(value));
      assert.deepEqual(out.subarray(1, writeLong(out, 1, value)), expected);
      assert.equal(readLong(expected, 0), expected.length);
      assert.equal(decodedLong[0], value + 0);
    }),
    { numRuns: 2000 },
  );
});

test('a long that is no safe integer should be refused by readLong and passed over by skipLong', () => {
  const limit = 2n ** 53n;
  const unsafe = fc.oneof(
    fc.bigInt({ min: limit, max: 2n ** 63n - 1n }),
    fc.bigInt({ min: -(2n ** 63n), max: -limit }),
  );
  for (const edge of [limit, -limit, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 54n, 2n ** 56n, -(2n ** 55n)]) {
    fails('UNSAFE_INTEGER', () => readLong(referenceVarint(edge), 0));
  }
  fc.assert(
    fc.property(unsafe, (value) => {
      const bytes = referenceVarint(value);
      fails('UNSAFE_INTEGER', () => readLong(bytes, 0));
      assert.equal(skipLong(bytes, 0), bytes.length);
    }),
  );
});

test('a varint that pads its value with zero groups should be read up to ten bytes and refused beyond', () => {
  assert.equal(readLong(Buffer.from([0x86, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00]), 0), 10);
  assert.equal(decodedLong[0], 3);
  const eleven = Buffer.from([0x86, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00]);
  fails('MALFORMED', () => readLong(eleven, 0));
  fails('MALFORMED', () => skipLong(eleven, 0));
  fails('MALFORMED', () => readLong(Buffer.alloc(11, 0x80), 0));
  fails('MALFORMED', () => skipLong(Buffer.alloc(11, 0x80), 0));
  fails('TRUNCATED', () => readLong(Buffer.alloc(9, 0x80), 0));
});

test('an int beyond 32 bits should be refused', () => {
  readInt(referenceVarint(-(2n ** 31n)), 0);
  assert.equal(decodedInt[0], -(2 ** 31));
  fails('UNSAFE_INTEGER', () => readInt(referenceVarint(2n ** 31n), 0));
});

test('booleans other than 0 and 1 and enum indexes without a symbol should be refused', () => {
  fails('MALFORMED', () => readBoolean(Buffer.from([2]), 0));
  fails('MALFORMED', () => readEnum(Buffer.from([6]), 0, 3));
  fails('MALFORMED', () => readEnum(Buffer.from([1]), 0, 3));
});

test('a string that is longer than the buffer, or of negative length, should be refused', () => {
  fails('TRUNCATED', () => readSpan(Buffer.from([6, 65, 65]), 0));
  fails('TRUNCATED', () => readSpan(referenceVarint(2n ** 52n), 0));
  fails('MALFORMED', () => readSpan(Buffer.from([1, 65]), 0));
});

test('a fixed that is longer than the buffer should be refused', () => {
  assert.equal(readFixed(Buffer.alloc(17), 1, 16), 17);
  assert.equal(decodedInt[0], 1);
  fails('TRUNCATED', () => readFixed(Buffer.alloc(16), 1, 16));
});
