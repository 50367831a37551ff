/**
 * MurmurHash3_x86_128 by Austin Appleby (public domain, aappleby/smhasher). Chosen for fingerprints: 128 bits, no
 * allocation, 32-bit arithmetic only. It is not a cryptographic hash: whoever picks the input can make two inputs collide.
 */

const C1 = 0x239b961b;
const C2 = 0xab0e9789 | 0;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93 | 0;

/** A 128-bit hash is written as 16 bytes. */
export const HASH128_BYTES = 16;

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function avalanche(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function scramble(word: number, before: number, bits: number, after: number): number {
  return Math.imul(rotate(Math.imul(word, before), bits), after);
}

/** Little-endian word at `at`; bytes from `end` on count as zero. */
function tailWord(bytes: Uint8Array, at: number, end: number): number {
  let word = 0;
  for (let index = Math.min(at + 4, end) - 1; index >= at; index--) word = (word << 8) | bytes[index]!;
  return word;
}

function wordAt(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

function writeWord(out: Uint8Array, at: number, word: number): void {
  out[at] = word;
  out[at + 1] = word >>> 8;
  out[at + 2] = word >>> 16;
  out[at + 3] = word >>> 24;
}

/**
 * Hashes `bytes[start, end)` and writes 16 bytes to `out` at `outOffset` (the four words of the reference, each little
 * endian). Allocates nothing. The caller guarantees 0 ≤ start ≤ end ≤ bytes.length and 16 bytes of room.
 */
export function hash128(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  outOffset: number,
  seed = 0,
): void {
  const length = end - start;
  const blocksEnd = start + (length & ~15);
  let h1 = seed | 0;
  let h2 = h1;
  let h3 = h1;
  let h4 = h1;
  for (let at = start; at < blocksEnd; at += 16) {
    h1 ^= scramble(wordAt(bytes, at), C1, 15, C2);
    h1 = (Math.imul((rotate(h1, 19) + h2) | 0, 5) + 0x561ccd1b) | 0;
    h2 ^= scramble(wordAt(bytes, at + 4), C2, 16, C3);
    h2 = (Math.imul((rotate(h2, 17) + h3) | 0, 5) + 0x0bcaa747) | 0;
    h3 ^= scramble(wordAt(bytes, at + 8), C3, 17, C4);
    h3 = (Math.imul((rotate(h3, 15) + h4) | 0, 5) + 0x96cd1c35) | 0;
    h4 ^= scramble(wordAt(bytes, at + 12), C4, 18, C1);
    h4 = (Math.imul((rotate(h4, 13) + h1) | 0, 5) + 0x32ac3b17) | 0;
  }
  if (blocksEnd < end) {
    // A word of zeroes scrambles to zero, so lanes without bytes stay as they are, like in the reference.
    h1 ^= scramble(tailWord(bytes, blocksEnd, end), C1, 15, C2);
    h2 ^= scramble(tailWord(bytes, blocksEnd + 4, end), C2, 16, C3);
    h3 ^= scramble(tailWord(bytes, blocksEnd + 8, end), C3, 17, C4);
    h4 ^= scramble(tailWord(bytes, blocksEnd + 12, end), C4, 18, C1);
  }
  h1 ^= length;
  h2 ^= length;
  h3 ^= length;
  h4 ^= length;
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = (h2 + h1) | 0;
  h3 = (h3 + h1) | 0;
  h4 = (h4 + h1) | 0;
  h1 = avalanche(h1);
  h2 = avalanche(h2);
  h3 = avalanche(h3);
  h4 = avalanche(h4);
  h1 = (h1 + h2 + h3 + h4) | 0;
  writeWord(out, outOffset, h1);
  writeWord(out, outOffset + 4, (h2 + h1) | 0);
  writeWord(out, outOffset + 8, (h3 + h1) | 0);
  writeWord(out, outOffset + 12, (h4 + h1) | 0);
}

/** Hash of a text's UTF-8 bytes as a new Buffer of 16 bytes; a convenience outside the hot path. */
export function hash128Text(text: string, seed = 0): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const out = Buffer.alloc(HASH128_BYTES);
  hash128(bytes, 0, bytes.length, out, 0, seed);
  return out;
}
