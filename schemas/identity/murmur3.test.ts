import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fingerprint, fingerprintHex, FINGERPRINT_BYTES } from './murmur3.ts';

test('no bytes with seed 0 hash to zero', () => {
  assert.equal(fingerprintHex(''), '0'.repeat(32));
});

test('the published vector of a sentence is reproduced', () => {
  const hash = Buffer.from(fingerprintHex('The quick brown fox jumps over the lazy dog'), 'hex');
  const words = [0, 4, 8, 12].map((at) => hash.readUInt32LE(at).toString(16)).join('');
  assert.equal(words, '2f1583c3ecee2c675d7bf66ce5e91d2c');
});

test('the verification value of SMHasher is reproduced over all lengths below 256', () => {
  const key = new Uint8Array(256);
  const hashes = new Uint8Array(256 * FINGERPRINT_BYTES);
  for (let length = 0; length < 256; length++) {
    key[length] = length;
    fingerprint(key, 0, length, hashes, length * FINGERPRINT_BYTES, 256 - length);
  }
  const final = Buffer.alloc(FINGERPRINT_BYTES);
  fingerprint(hashes, 0, hashes.length, final);
  assert.equal(final.readUInt32LE(0), 0xb3ece62a);
});

test('words are written little endian and ranges are honoured', () => {
  const bytes = Buffer.from('..abc..');
  const out = Buffer.alloc(FINGERPRINT_BYTES + 2);
  fingerprint(bytes, 2, 5, out, 1);
  assert.equal(out.subarray(1, 17).toString('hex'), fingerprintHex('abc'));
  assert.equal(out[0], 0);
  assert.equal(out[17], 0);
});

test('every length from 0 to 64 gives another hash', () => {
  const seen = new Set<string>();
  for (let length = 0; length <= 64; length++) seen.add(fingerprintHex('a'.repeat(length)));
  assert.equal(seen.size, 65);
});
