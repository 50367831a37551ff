/**
 * A set of 128-bit fingerprints, four 32-bit words each, in open-addressed segments. A segment grows by a fifth when 85 % full, and splits
 * in two (extendible hashing on the low bits of word 0) instead of growing beyond MAX_CAPACITY, so at any time one
 * segment of at most 64 KiB is copied and the table stays between 71 and 85 % full: 19 to 23 bytes per fingerprint.
 *
 * Four zero words mark an empty place; a fingerprint of zeroes is kept as (0, 0, 0, 1), which two records share with the
 * same odds as any other collision of 128-bit hashes.
 */

export const FINGERPRINT_WORDS = 4;
const MIN_CAPACITY = 8;
const MAX_CAPACITY = 4_096;
/** Beyond 65,536 segments, or when fingerprints share these bits on purpose, segments grow instead of splitting. */
const MAX_DEPTH = 16;
const MAX_LOAD = 0.85;
const GROWTH = 1.2;
const INVERSE_TWO_32 = 2 ** -32;

interface Segment {
  readonly depth: number;
  table: Int32Array;
  capacity: number;
  count: number;
}

function createSegment(depth: number, capacity: number): Segment {
  return { depth, table: new Int32Array(capacity * FINGERPRINT_WORDS), capacity, count: 0 };
}

/** Word 1 scaled to a place; the product is below 2^53, so the arithmetic is exact. */
function home(word1: number, capacity: number): number {
  return ((word1 >>> 0) * capacity * INVERSE_TWO_32) | 0;
}

/** First word of the fingerprint's place, or of the empty place where it belongs (complemented). */
function locate(segment: Segment, w0: number, w1: number, w2: number, w3: number): number {
  const { table } = segment;
  const end = table.length;
  for (let at = home(w1, segment.capacity) * FINGERPRINT_WORDS; ;) {
    const first = table[at]!;
    if (first === w0 && table[at + 1] === w1 && table[at + 2] === w2 && table[at + 3] === w3) return at;
    if ((first | table[at + 1]! | table[at + 2]! | table[at + 3]!) === 0) return ~at;
    at += FINGERPRINT_WORDS;
    if (at === end) at = 0;
  }
}

function put(segment: Segment, at: number, w0: number, w1: number, w2: number, w3: number): void {
  const { table } = segment;
  table[at] = w0;
  table[at + 1] = w1;
  table[at + 2] = w2;
  table[at + 3] = w3;
  segment.count++;
}

function isEmpty(table: Int32Array, at: number): boolean {
  return (table[at]! | table[at + 1]! | table[at + 2]! | table[at + 3]!) === 0;
}

/** Copies the fingerprints of `source` whose word 0 has `value` under `mask`. */
function copyInto(target: Segment, source: Int32Array, mask: number, value: number): void {
  for (let at = 0; at < source.length; at += FINGERPRINT_WORDS) {
    const w0 = source[at]!;
    if ((w0 & mask) !== value || isEmpty(source, at)) continue;
    const [w1, w2, w3] = [source[at + 1]!, source[at + 2]!, source[at + 3]!];
    put(target, ~locate(target, w0, w1, w2, w3), w0, w1, w2, w3);
  }
}

function countMatching(table: Int32Array, bit: number): number {
  let count = 0;
  for (let at = 0; at < table.length; at += FINGERPRINT_WORDS) if ((table[at]! & bit) !== 0) count++;
  return count;
}

function roomFor(count: number): number {
  return Math.max(MIN_CAPACITY, Math.ceil((count * GROWTH) / MAX_LOAD));
}

export class FingerprintSet {
  count = 0;
  /** Places allocated, in all segments. */
  capacity: number;
  private directory: Segment[];

  /**
   * With room for `expected` fingerprints. Needed before taking over a snapshot: that lists fingerprints by their places, and
   * in this order they would pile up at the beginning of a table that is too small for them.
   */
  constructor(expected = 0) {
    let depth = 0;
    while (depth < MAX_DEPTH && roomFor(expected / 2 ** depth) > MAX_CAPACITY) depth++;
    const segments = 2 ** depth;
    const each = roomFor(expected / segments);
    this.directory = Array.from({ length: segments }, () => createSegment(depth, each));
    this.capacity = segments * each;
  }

  get byteLength(): number {
    return this.capacity * FINGERPRINT_WORDS * 4 + this.directory.length * 8;
  }

  has(w0: number, w1: number, w2: number, w3: number): boolean {
    const last = (w0 | w1 | w2 | w3) === 0 ? 1 : w3;
    return locate(this.segmentOf(w0), w0, w1, w2, last) >= 0;
  }

  /** True when the fingerprint is new. */
  add(w0: number, w1: number, w2: number, w3: number): boolean {
    const last = (w0 | w1 | w2 | w3) === 0 ? 1 : w3;
    let segment = this.segmentOf(w0);
    let at = locate(segment, w0, w1, w2, last);
    if (at >= 0) return false;
    if (segment.count + 1 > segment.capacity * MAX_LOAD) {
      this.makeRoom(segment, w0);
      segment = this.segmentOf(w0);
      at = locate(segment, w0, w1, w2, last);
    }
    put(segment, ~at, w0, w1, w2, last);
    this.count++;
    return true;
  }

  /** Takes back an addition; later entries of the probe sequence move up, so no tombstone stays. */
  remove(w0: number, w1: number, w2: number, w3: number): void {
    const last = (w0 | w1 | w2 | w3) === 0 ? 1 : w3;
    const segment = this.segmentOf(w0);
    const found = locate(segment, w0, w1, w2, last);
    if (found < 0) return;
    closeGap(segment, found / FINGERPRINT_WORDS);
    segment.count--;
    this.count--;
  }

  /** The tables of the segments, empty places included. */
  *tables(): Generator<Int32Array> {
    for (const segment of new Set(this.directory)) yield segment.table;
  }

  private segmentOf(w0: number): Segment {
    return this.directory[w0 & (this.directory.length - 1)]!;
  }

  private makeRoom(segment: Segment, w0: number): void {
    const grown = roomFor(segment.count + 1);
    if (grown <= MAX_CAPACITY || segment.depth === MAX_DEPTH) this.grow(segment, grown);
    else this.split(segment, w0);
  }

  private grow(segment: Segment, capacity: number): void {
    const old = segment.table;
    this.capacity += capacity - segment.capacity;
    segment.table = new Int32Array(capacity * FINGERPRINT_WORDS);
    segment.capacity = capacity;
    segment.count = 0;
    copyInto(segment, old, 0, 0);
  }

  private split(segment: Segment, w0: number): void {
    const bit = 1 << segment.depth;
    if (bit === this.directory.length) this.directory = this.directory.concat(this.directory);
    const ones = countMatching(segment.table, bit);
    const low = createSegment(segment.depth + 1, roomFor(segment.count - ones + 1));
    const high = createSegment(segment.depth + 1, roomFor(ones + 1));
    copyInto(low, segment.table, bit, 0);
    copyInto(high, segment.table, bit, bit);
    this.capacity += low.capacity + high.capacity - segment.capacity;
    for (let at = w0 & (bit - 1); at < this.directory.length; at += bit) {
      this.directory[at] = (at & bit) === 0 ? low : high;
    }
  }
}

function closeGap(segment: Segment, from: number): void {
  const { table, capacity } = segment;
  let gap = from;
  for (let at = (from + 1) % capacity; ; at = (at + 1) % capacity) {
    const first = at * FINGERPRINT_WORDS;
    if (isEmpty(table, first)) break;
    const distance = (at - home(table[first + 1]!, capacity) + capacity) % capacity;
    if (distance < (at - gap + capacity) % capacity) continue;
    table.copyWithin(gap * FINGERPRINT_WORDS, first, first + FINGERPRINT_WORDS);
    gap = at;
  }
  table.fill(0, gap * FINGERPRINT_WORDS, (gap + 1) * FINGERPRINT_WORDS);
}
