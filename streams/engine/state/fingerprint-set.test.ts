import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hash128 } from '../hash/hash128.ts';
import { FINGERPRINT_WORDS, FingerprintSet } from './fingerprint-set.ts';

type Words = [number, number, number, number];

/** Word 0 picks the segment and word 1 the place in it, so few values of them mean many collisions. */
const words: fc.Arbitrary<Words> = fc.tuple(
  fc.oneof(fc.constantFrom(0, 1, -1), fc.integer()),
  fc.constantFrom(0, 1, -1, 0x7fff_ffff, -0x8000_0000, -2),
  fc.constantFrom(0, 5),
  fc.nat(3),
);

/** The documented exception: zeroes are kept as (0, 0, 0, 1). */
function identity(fingerprint: Words): string {
  return fingerprint.every((word) => word === 0) ? '0,0,0,1' : fingerprint.join();
}

function listed(set: FingerprintSet): string[] {
  const found: string[] = [];
  for (const table of set.tables()) {
    for (let at = 0; at < table.length; at += FINGERPRINT_WORDS) {
      const fingerprint = [...table.subarray(at, at + FINGERPRINT_WORDS)];
      if (fingerprint.some((word) => word !== 0)) found.push(fingerprint.join());
    }
  }
  return found.sort();
}

test('adding, taking back and looking up agree with a plain Set under heavy collisions', () => {
  const step = fc.record({ fingerprint: words, remove: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
      const set = new FingerprintSet();
      const model = new Set<string>();
      for (const { fingerprint, remove } of steps) {
        const name = identity(fingerprint);
        assert.equal(set.has(...fingerprint), model.has(name));
        if (remove) {
          set.remove(...fingerprint);
          model.delete(name);
        } else {
          assert.equal(set.add(...fingerprint), !model.has(name));
          model.add(name);
        }
        assert.equal(set.count, model.size);
      }
      assert.deepEqual(listed(set), [...model].sort());
    }),
    { numRuns: 300 },
  );
});

/** Spreads a number over all four words. */
function fingerprintOf(number: number, input: Buffer, out: Buffer): Words {
  input.writeInt32LE(number, 0);
  hash128(input, 0, 4, out, 0);
  return [out.readInt32LE(0), out.readInt32LE(4), out.readInt32LE(8), out.readInt32LE(12)];
}

test('a fingerprint takes at most 24 bytes at every size, and none is lost when segments grow and split', () => {
  const set = new FingerprintSet();
  const [input, out] = [Buffer.alloc(4), Buffer.alloc(16)];
  const total = 60_000;
  for (let number = 0; number < total; number++) {
    assert.ok(set.add(...fingerprintOf(number, input, out)));
    if (number >= 1_000 && number % 100 === 0) {
      assert.ok(set.byteLength <= 24 * set.count, `${set.byteLength} bytes for ${set.count}`);
    }
  }
  assert.equal(set.count, total);
  for (let number = 0; number < total; number++) assert.ok(!set.add(...fingerprintOf(number, input, out)));
  for (let number = 0; number < total; number += 2) set.remove(...fingerprintOf(number, input, out));
  for (let number = 0; number < total; number++) {
    assert.equal(set.has(...fingerprintOf(number, input, out)), number % 2 === 1);
  }
});

test('fingerprints that agree in the bits that choose the segment still find room', () => {
  const set = new FingerprintSet();
  for (let number = 0; number < 9_000; number++)
    assert.ok(set.add(42, Math.imul(number, 0x9e37_79b1), number, 1));
  for (let number = 0; number < 9_000; number++)
    assert.ok(set.has(42, Math.imul(number, 0x9e37_79b1), number, 1));
  assert.ok(set.byteLength < 24 * 9_000 + 8 * 2 ** 16 + 2 ** 14);
});

test('a set that knows what to expect stays within 24 bytes each when it takes over another in its order', () => {
  const [input, out] = [Buffer.alloc(4), Buffer.alloc(16)];
  for (const total of [1, 50, 3_000, 60_000]) {
    const source = new FingerprintSet();
    for (let number = 0; number < total; number++) source.add(...fingerprintOf(number, input, out));
    const target = new FingerprintSet(total);
    for (const table of source.tables()) {
      for (let at = 0; at < table.length; at += FINGERPRINT_WORDS) {
        const [w0, w1, w2, w3] = table.subarray(at, at + FINGERPRINT_WORDS);
        if ((w0! | w1! | w2! | w3!) !== 0) assert.ok(target.add(w0!, w1!, w2!, w3!));
      }
    }
    assert.deepEqual(listed(target), listed(source));
    if (total >= 3_000) assert.ok(target.byteLength <= 24 * total, `${target.byteLength} bytes for ${total}`);
  }
});
