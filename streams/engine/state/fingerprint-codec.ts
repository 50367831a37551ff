import { StateCorruptedError } from '../errors.ts';
import { FINGERPRINT_WORDS } from './fingerprint-set.ts';

/**
 * Bytes, all numbers 32-bit little endian:
 *
 * Delta:    version (1) | first day | days n | n × ( day | count c ) | the days' fingerprints, 16 bytes each, in that order
 * Snapshot: version (1) | first day | days n | n × ( day | count c | c fingerprints )
 *
 * A first day of -2^31 means that nothing has expired yet.
 */
const VERSION = 1;
export const FINGERPRINT_FORMAT = 'fingerprint-window/1';
export const NO_FIRST_DAY = -0x8000_0000;
export const FINGERPRINT_BYTES = 16;
export const HEADER_BYTES = 12;
const JOURNAL_WORDS = FINGERPRINT_WORDS + 1;
const INITIAL_ENTRIES = 64;
/** A journal that one large transaction made longer than this (4 MiB) is given back. */
const KEPT_WORDS = 1 << 20;

/** Additions of the open transaction, in order: what a rollback takes back and what a delta carries. */
export class FingerprintJournal {
  count = 0;
  /** Day and four words of each addition. */
  private entries = new Int32Array(INITIAL_ENTRIES * JOURNAL_WORDS);

  get byteLength(): number {
    return this.entries.byteLength;
  }

  push(day: number, w0: number, w1: number, w2: number, w3: number): void {
    let at = this.count++ * JOURNAL_WORDS;
    if (at + JOURNAL_WORDS > this.entries.length) this.grow();
    const entries = this.entries;
    entries[at++] = day;
    entries[at++] = w0;
    entries[at++] = w1;
    entries[at++] = w2;
    entries[at] = w3;
  }

  clear(): void {
    this.count = 0;
    if (this.entries.length > KEPT_WORDS) this.entries = new Int32Array(INITIAL_ENTRIES * JOURNAL_WORDS);
  }

  forEach(visit: (day: number, w0: number, w1: number, w2: number, w3: number) => void): void {
    const { entries } = this;
    for (let at = 0; at < this.count * JOURNAL_WORDS; at += JOURNAL_WORDS) {
      visit(entries[at]!, entries[at + 1]!, entries[at + 2]!, entries[at + 3]!, entries[at + 4]!);
    }
  }

  /** The additions of days from `firstDay` on as a delta. */
  encode(firstDay: number): Buffer {
    const counts = new Map<number, number>();
    let total = 0;
    for (let at = 0; at < this.count * JOURNAL_WORDS; at += JOURNAL_WORDS) {
      const day = this.entries[at]!;
      if (day < firstDay) continue;
      counts.set(day, (counts.get(day) ?? 0) + 1);
      total++;
    }
    const out = new Int32Array(HEADER_BYTES / 4 + counts.size * 2 + total * FINGERPRINT_WORDS);
    out.set([VERSION, firstDay, counts.size]);
    this.fill(out, counts);
    return Buffer.from(out.buffer);
  }

  /** Groups the additions by day; `counts` says how many each day has. */
  private fill(out: Int32Array, counts: ReadonlyMap<number, number>): void {
    const next = new Map<number, number>();
    let header = HEADER_BYTES / 4;
    let body = header + counts.size * 2;
    for (const [day, count] of counts) {
      out[header++] = day;
      out[header++] = count;
      next.set(day, body);
      body += count * FINGERPRINT_WORDS;
    }
    for (let from = 0; from < this.count * JOURNAL_WORDS; from += JOURNAL_WORDS) {
      const day = this.entries[from]!;
      const at = next.get(day);
      if (at === undefined) continue;
      for (let word = 0; word < FINGERPRINT_WORDS; word++) out[at + word] = this.entries[from + 1 + word]!;
      next.set(day, at + FINGERPRINT_WORDS);
    }
  }

  private grow(): void {
    const grown = new Int32Array(this.entries.length * 2);
    grown.set(this.entries);
    this.entries = grown;
  }
}

export interface DayCount {
  readonly day: number;
  readonly count: number;
}

export function bytesRefused(store: string, problem: string): StateCorruptedError {
  return new StateCorruptedError('STATE_BYTES', `store ${store}: ${problem}; restore from another snapshot`);
}

/** @throws StateCorruptedError when the version or the length does not fit. */
export function parseDelta(store: string, delta: Buffer): { firstDay: number; days: DayCount[] } {
  if (delta.length < HEADER_BYTES)
    throw bytesRefused(store, `a delta of ${delta.length} bytes has no header`);
  const { firstDay, dayCount } = parseHeader(store, delta);
  const bodyAt = HEADER_BYTES + dayCount * 8;
  if (bodyAt > delta.length)
    throw bytesRefused(store, `a delta of ${delta.length} bytes names ${dayCount} days`);
  const days: DayCount[] = [];
  let length = bodyAt;
  for (let at = HEADER_BYTES; at < bodyAt; at += 8) {
    const count = delta.readUInt32LE(at + 4);
    days.push({ day: delta.readInt32LE(at), count });
    length += count * FINGERPRINT_BYTES;
  }
  if (length !== delta.length)
    throw bytesRefused(store, `a delta of ${delta.length} bytes should have ${length}`);
  return { firstDay, days };
}

export function encodeSnapshotHeader(firstDay: number, dayCount: number): Buffer {
  return Buffer.from(new Int32Array([VERSION, firstDay, dayCount]).buffer);
}

/** The header that deltas and snapshots share. */
export function parseHeader(store: string, header: Buffer): { firstDay: number; dayCount: number } {
  const version = header.readUInt32LE(0);
  if (version !== VERSION)
    throw bytesRefused(store, `version ${version} at byte 0, only ${VERSION} is known`);
  return { firstDay: header.readInt32LE(4), dayCount: header.readUInt32LE(8) };
}

/** The fingerprints of a table without its empty places. */
export function encodeTable(table: Int32Array): Buffer {
  const out = new Int32Array(table.length);
  let filled = 0;
  for (let at = 0; at < table.length; at += FINGERPRINT_WORDS) {
    if ((table[at]! | table[at + 1]! | table[at + 2]! | table[at + 3]!) === 0) continue;
    for (let word = 0; word < FINGERPRINT_WORDS; word++) out[filled + word] = table[at + word]!;
    filled += FINGERPRINT_WORDS;
  }
  return Buffer.from(out.buffer, 0, filled * 4);
}
