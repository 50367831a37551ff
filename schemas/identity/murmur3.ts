/**
 * MurmurHash3_x86_128 by Austin Appleby (public domain, aappleby/smhasher): the fingerprint of business unique keys.
 * Not a cryptographic hash: whoever picks the input can make two inputs collide.
 */

const C1 = 0x239b961b;
const C2 = 0xab0e9789 | 0;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93 | 0;

/** Bytes of a fingerprint. */
export const FINGERPRINT_BYTES = 16;

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function finish(value: number): number {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function lane(word: number, first: number, bits: number, second: number): number {
  return Math.imul(rotate(Math.imul(word, first), bits), second);
}

function word(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

/** Word of the last, incomplete block; bytes from `end` on are zero. */
function lastWord(bytes: Uint8Array, at: number, end: number): number {
  let value = 0;
  for (let i = Math.min(at + 4, end) - 1; i >= at; i--) value = (value << 8) | bytes[i]!;
  return value;
}

function put(out: Uint8Array, at: number, value: number): void {
  out[at] = value;
  out[at + 1] = value >>> 8;
  out[at + 2] = value >>> 16;
  out[at + 3] = value >>> 24;
}

/**
 * Hashes `bytes[start, end)` (business keys: seed 0) into `out[at, at + 16)`: the reference's four words, each little endian.
 * Allocates nothing. The caller guarantees 0 <= start <= end <= bytes.length and 16 bytes of room.
 */
export function fingerprint(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  at = 0,
  seed = 0,
): void {
  const length = end - start;
  const tail = start + (length & ~15);
  let h1 = seed | 0;
  let h2 = h1;
  let h3 = h1;
  let h4 = h1;
  for (let p = start; p < tail; p += 16) {
    h1 ^= lane(word(bytes, p), C1, 15, C2);
    h1 = (Math.imul((rotate(h1, 19) + h2) | 0, 5) + 0x561ccd1b) | 0;
    h2 ^= lane(word(bytes, p + 4), C2, 16, C3);
    h2 = (Math.imul((rotate(h2, 17) + h3) | 0, 5) + 0x0bcaa747) | 0;
    h3 ^= lane(word(bytes, p + 8), C3, 17, C4);
    h3 = (Math.imul((rotate(h3, 15) + h4) | 0, 5) + 0x96cd1c35) | 0;
    h4 ^= lane(word(bytes, p + 12), C4, 18, C1);
    h4 = (Math.imul((rotate(h4, 13) + h1) | 0, 5) + 0x32ac3b17) | 0;
  }
  // A word of zeroes stays zero in its lane, so a short tail needs no cases.
  h1 ^= lane(lastWord(bytes, tail, end), C1, 15, C2) ^ length;
  h2 ^= lane(lastWord(bytes, tail + 4, end), C2, 16, C3) ^ length;
  h3 ^= lane(lastWord(bytes, tail + 8, end), C3, 17, C4) ^ length;
  h4 ^= lane(lastWord(bytes, tail + 12, end), C4, 18, C1) ^ length;
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = finish((h2 + h1) | 0);
  h3 = finish((h3 + h1) | 0);
  h4 = finish((h4 + h1) | 0);
  h1 = (finish(h1) + h2 + h3 + h4) | 0;
  put(out, at, h1);
  put(out, at + 4, (h2 + h1) | 0);
  put(out, at + 8, (h3 + h1) | 0);
  put(out, at + 12, (h4 + h1) | 0);
}

/** Fingerprint of a text's UTF-8 bytes as lower-case hex; for tests and tools. */
export function fingerprintHex(text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  const out = Buffer.alloc(FINGERPRINT_BYTES);
  fingerprint(bytes, 0, bytes.length, out);
  return out.toString('hex');
}
