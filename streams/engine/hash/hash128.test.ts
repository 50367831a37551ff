import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { HASH128_BYTES, hash128, hash128Text } from './hash128.ts';

/** The reference prints its four 32-bit words as numbers; here they are stored little endian. */
function words(hash: Buffer): string {
  return [0, 4, 8, 12].map((at) => hash.readUInt32LE(at).toString(16).padStart(8, '0')).join('');
}

test('published vectors of MurmurHash3_x86_128 are reproduced', () => {
  assert.equal(words(hash128Text('')), '00000000000000000000000000000000');
  assert.equal(
    words(hash128Text('The quick brown fox jumps over the lazy dog')),
    '2f1583c3ecee2c675d7bf66ce5e91d2c',
  );
});

test('the verification value of SMHasher for MurmurHash3_x86_128 is reproduced over all lengths below 256', () => {
  const key = new Uint8Array(256);
  const hashes = new Uint8Array(256 * HASH128_BYTES);
  for (let length = 0; length < 256; length++) {
    key[length] = length;
    hash128(key, 0, length, hashes, length * HASH128_BYTES, 256 - length);
  }
  const final = Buffer.alloc(HASH128_BYTES);
  hash128(hashes, 0, hashes.length, final, 0);
  assert.equal(final.readUInt32LE(0), 0xb3ece62a);
});

test('the hash depends on the bytes in the range only, and writes its 16 bytes only', () => {
  const input = fc.uint8Array({ maxLength: 70 });
  fc.assert(
    fc.property(input, fc.nat(20), fc.nat(20), fc.nat(9), (bytes, before, after, outOffset) => {
      const padded = new Uint8Array(before + bytes.length + after).fill(0xa5);
      padded.set(bytes, before);
      const plain = Buffer.alloc(HASH128_BYTES);
      hash128(bytes, 0, bytes.length, plain, 0);
      const out = Buffer.alloc(outOffset + HASH128_BYTES + 3, 0x77);
      hash128(padded, before, before + bytes.length, out, outOffset);
      assert.deepEqual(out.subarray(outOffset, outOffset + HASH128_BYTES), plain);
      assert.ok(out.subarray(0, outOffset).every((byte) => byte === 0x77));
      assert.ok(out.subarray(outOffset + HASH128_BYTES).every((byte) => byte === 0x77));
    }),
  );
});
