import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from './codec-error.ts';
import { dayNumber } from './day-number.ts';
import { RowBinaryWriter } from './row-binary.ts';
import { anySafeLong } from './testing/reference.ts';

const bytesOf = (write: (writer: RowBinaryWriter) => void): Buffer => {
  const writer = new RowBinaryWriter();
  write(writer);
  return writer.take();
};

/** Two's complement, little-endian. */
const reference = (value: bigint, bytes: number): Buffer =>
  Buffer.from(
    Array.from({ length: bytes }, (_, i) =>
      Number((BigInt.asUintN(bytes * 8, value) >> BigInt(8 * i)) & 255n),
    ),
  );

test('Int64 and Int128 should hold every safe integer', () => {
  for (const edge of [
    2 ** 31,
    -(2 ** 31),
    2 ** 32,
    -(2 ** 32),
    2 ** 32 - 1,
    Number.MAX_SAFE_INTEGER,
    Number.MIN_SAFE_INTEGER,
    -1,
    0,
  ]) {
    assert.deepEqual(
      bytesOf((w) => w.int64(edge)),
      reference(BigInt(edge), 8),
      String(edge),
    );
  }
  fc.assert(
    fc.property(anySafeLong, (value) => {
      assert.deepEqual(
        bytesOf((w) => w.int64(value)),
        reference(BigInt(value), 8),
      );
      assert.deepEqual(
        bytesOf((w) => w.int128(value)),
        reference(BigInt(value), 16),
      );
    }),
    { numRuns: 1000 },
  );
});

test('Int128 should hold every 128-bit integer and refuse a larger one', () => {
  const limit = 2n ** 127n;
  fc.assert(
    fc.property(fc.bigInt({ min: -limit, max: limit - 1n }), (value) => {
      assert.deepEqual(
        bytesOf((w) => w.int128(value)),
        reference(value, 16),
      );
    }),
  );
  assert.deepEqual(
    bytesOf((w) => w.int128(-limit)),
    reference(-limit, 16),
  );
  assert.throws(() => bytesOf((w) => w.int128(limit)), CodecError);
});

const widths = [
  ['int8', -0x80, 0x7f, 1],
  ['int16', -0x8000, 0x7fff, 2],
  ['int32', -0x80000000, 0x7fffffff, 4],
  ['uint8', 0, 0xff, 1],
  ['uint16', 0, 0xffff, 2],
  ['uint32', 0, 0xffffffff, 4],
  ['uint64', 0, Number.MAX_SAFE_INTEGER, 8],
] as const;

for (const [method, from, to, bytes] of widths) {
  test(`${method} should write ${from} to ${to} and refuse what is outside`, () => {
    for (const value of [from, from + 1, to - 1, to, 1]) {
      assert.deepEqual(
        bytesOf((w) => w[method](value)),
        reference(BigInt(value), bytes),
        String(value),
      );
    }
    for (const value of [from - 1, to + 1, 0.5, NaN])
      assert.throws(() => bytesOf((w) => w[method](value)), CodecError);
  });
}

test('a String should be its varint length and its bytes, from a range and from a JS string alike', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (value) => {
      const bytes = Buffer.from(value);
      const length = bytes.length < 128 ? [bytes.length] : [(bytes.length & 127) | 128, bytes.length >> 7];
      const expected = Buffer.concat([Buffer.from(length), bytes]);
      assert.deepEqual(
        bytesOf((w) => w.string(value)),
        expected,
      );
      const within = Buffer.concat([Buffer.from('x'), bytes, Buffer.from('y')]);
      assert.deepEqual(
        bytesOf((w) => w.range(within, 1, 1 + bytes.length)),
        expected,
      );
    }),
  );
});

test('a day should be counted as the calendar counts it', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
      (date) => {
        const text = Buffer.from(date.toISOString().slice(0, 10));
        assert.equal(dayNumber(text, 0, 10), Math.floor(date.getTime() / 86_400_000));
      },
    ),
  );
});

test('text that is no day should be refused, and an empty date text should be day 0', () => {
  for (const text of [
    '2023-02-29',
    '2024-13-01',
    '2024-00-01',
    '2024-01-00',
    '2024-04-31',
    '2024-1-01x',
    '24-01-01',
    '2024/01/01',
    '1900-02-29',
  ]) {
    assert.throws(() => dayNumber(Buffer.from(text), 0, text.length), CodecError, text);
  }
  assert.deepEqual(
    bytesOf((w) => w.dateText(Buffer.alloc(0), 0, 0)),
    Buffer.from([0, 0]),
  );
  assert.throws(() => bytesOf((w) => w.dateText(Buffer.from('1969-12-31'), 0, 10)), CodecError);
});

test('a writer should keep its rows while it grows, and be empty after take', () => {
  const writer = new RowBinaryWriter();
  for (let i = 0; i < 50_000; i++) writer.uint32(i);
  writer.encoded(Buffer.alloc(300_000, 7));
  const bytes = writer.take();
  assert.equal(bytes.readUInt32LE(49_999 * 4), 49_999);
  assert.equal(bytes.length, 200_000 + 300_000);
  assert.equal(writer.take().length, 0);
});

test('decimal text should become an exact Int128, and anything else be refused', () => {
  const written = (text: string): bigint => {
    const writer = new RowBinaryWriter();
    const bytes = Buffer.from(text);
    writer.decimalText(bytes, 0, bytes.length, 9);
    const taken = writer.take();
    return (taken.readBigInt64LE(8) << 64n) | taken.readBigUInt64LE(0);
  };
  assert.equal(written('12345678901234567890.5'), 12_345_678_901_234_567_890_500_000_000n);
  assert.equal(written('-0.000000001'), -1n);
  assert.equal(written('0'), 0n);
  for (const text of ['', '1.0000000001', '1e3', ' 1', '1.', 'NaN']) {
    assert.throws(() => written(text), CodecError, text);
  }
});
