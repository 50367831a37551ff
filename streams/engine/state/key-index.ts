import type { SlotTable } from './slot-table.ts';

const MIN_CAPACITY = 64;
/** Linear probing stays short up to this load: 2.5 probes for a hit, 8.5 for a miss (Knuth 6.4). */
const MAX_LOAD = 0.75;

/**
 * Finds a slot by its key: open addressing over pairs (hash, slot + 1; 0 is empty). Deletion shifts back, so there are no
 * tombstones. The keys themselves are compared in the slots.
 */
export class KeyIndex {
  count = 0;
  private readonly slots: SlotTable;
  private readonly keyWords: number;
  private entries = new Int32Array(MIN_CAPACITY * 2);
  private mask = MIN_CAPACITY - 1;

  constructor(slots: SlotTable, keyWords: number) {
    this.slots = slots;
    this.keyWords = keyWords;
  }

  get byteLength(): number {
    return this.entries.byteLength;
  }

  /** Slot of the key, -1 when it is not there. `hash` must be `hashWords` of the key. */
  find(hash: number, key: Int32Array): number {
    const entries = this.entries;
    const mask = this.mask;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const stored = entries[at * 2 + 1]!;
      if (stored === 0) return -1;
      if (entries[at * 2] === hash && this.holds(stored - 1, key)) return stored - 1;
    }
  }

  /** The key must not be there yet. */
  insert(hash: number, slot: number): void {
    if (this.count >= (this.mask + 1) * MAX_LOAD) this.resize((this.mask + 1) * 2);
    this.place(hash, slot + 1);
    this.count++;
  }

  /** The pair must be there. */
  remove(hash: number, slot: number): void {
    const entries = this.entries;
    const mask = this.mask;
    let hole = hash & mask;
    while (entries[hole * 2 + 1] !== slot + 1) hole = (hole + 1) & mask;
    for (let at = (hole + 1) & mask; entries[at * 2 + 1] !== 0; at = (at + 1) & mask) {
      const home = entries[at * 2]! & mask;
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      entries[hole * 2] = entries[at * 2]!;
      entries[hole * 2 + 1] = entries[at * 2 + 1]!;
      hole = at;
    }
    entries[hole * 2 + 1] = 0;
    this.count--;
  }

  /** Empties the index, with room for `expected` keys. */
  reset(expected: number): void {
    let capacity = MIN_CAPACITY;
    while (expected > capacity * MAX_LOAD) capacity *= 2;
    this.entries = new Int32Array(capacity * 2);
    this.mask = capacity - 1;
    this.count = 0;
  }

  private holds(slot: number, key: Int32Array): boolean {
    const slab = this.slots.slab(slot);
    const first = this.slots.base(slot) + 1;
    for (let word = 0; word < this.keyWords; word++) if (slab[first + word] !== key[word]) return false;
    return true;
  }

  private place(hash: number, stored: number): void {
    const entries = this.entries;
    const mask = this.mask;
    let at = hash & mask;
    while (entries[at * 2 + 1] !== 0) at = (at + 1) & mask;
    entries[at * 2] = hash;
    entries[at * 2 + 1] = stored;
  }

  private resize(capacity: number): void {
    const old = this.entries;
    this.entries = new Int32Array(capacity * 2);
    this.mask = capacity - 1;
    for (let at = 0; at < old.length; at += 2) if (old[at + 1] !== 0) this.place(old[at]!, old[at + 1]!);
  }
}

/** MurmurHash3_x86_32 (public domain) over `count` words from `start`. */
export function hashWords(words: Int32Array, start: number, count: number): number {
  let hash = 0;
  for (let index = start; index < start + count; index++) {
    const mixed = Math.imul(words[index]!, 0xcc9e2d51);
    hash ^= Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
