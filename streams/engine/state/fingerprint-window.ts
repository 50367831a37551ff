import { EngineError, StateCorruptedError } from '../errors.ts';
import type { StateStore } from '../state-store.ts';
import { ChunkReader } from './chunk-reader.ts';
import { FINGERPRINT_WORDS, FingerprintSet } from './fingerprint-set.ts';

/**
 * Bytes, all numbers 32-bit little endian:
 *
 * Delta:    version (1) | first day | days n | n × ( day | count c ) | the days' fingerprints, 16 bytes each, in that order
 * Snapshot: version (1) | first day | days n | n × ( day | count c | c fingerprints )
 *
 * A first day of -2^31 means that nothing has expired yet.
 */
const VERSION = 1;
const FORMAT = 'fingerprint-window/1';
const NO_FIRST_DAY = -0x8000_0000;
const LAST_DAY = 0x7fff_ffff;
const FINGERPRINT_BYTES = 16;
const HEADER_BYTES = 12;
const JOURNAL_WORDS = FINGERPRINT_WORDS + 1;

export interface FingerprintWindowOptions {
  readonly name: string;
}

/**
 * Which fingerprints (128-bit hashes) were seen on which day. The day is a function of the record (its event day), so a
 * repeated record meets its own bucket; equal fingerprints of different days are different entries.
 */
export class FingerprintWindow implements StateStore {
  readonly name: string;
  readonly format = FORMAT;
  private readonly days = new Map<number, FingerprintSet>();
  private firstDay = NO_FIRST_DAY;
  private committedFirstDay = NO_FIRST_DAY;
  /** Additions of the open transaction: day and four words each. */
  private journal = new Int32Array(64 * JOURNAL_WORDS);
  private journalCount = 0;
  private generation = 0;
  private lastDay = NO_FIRST_DAY;
  private lastSet: FingerprintSet | null = null;

  constructor(options: FingerprintWindowOptions) {
    this.name = options.name;
  }

  get size(): number {
    let size = 0;
    for (const [day, set] of this.days) if (day >= this.firstDay) size += set.count;
    return size;
  }

  get byteLength(): number {
    let total = this.journal.byteLength;
    for (const set of this.days.values()) total += set.byteLength;
    return total;
  }

  /** False for a day that has expired: whether a record of it is a duplicate is no longer known. */
  covers(day: number): boolean {
    return day >= this.firstDay;
  }

  /**
   * Remembers the 16 bytes of `fingerprint` at `offset` under a day (whole days since the epoch, 32 bits).
   * @returns true when it is new, false when it was there already.
   * @throws EngineError STATE_DAY_EXPIRED for a day that the window does not cover; ask `covers` first.
   */
  add(day: number, fingerprint: Uint8Array, offset: number): boolean {
    if (offset < 0 || offset + FINGERPRINT_BYTES > fingerprint.length) {
      throw new EngineError('STATE_RANGE', `store ${this.name}: no 16 bytes of fingerprint from ${offset}`);
    }
    this.requireDay(day);
    return this.addWords(
      day,
      wordAt(fingerprint, offset),
      wordAt(fingerprint, offset + 4),
      wordAt(fingerprint, offset + 8),
      wordAt(fingerprint, offset + 12),
    );
  }

  /** Forgets all days before `day`; part of the transaction and of its delta. Never moves backwards. */
  expireBefore(day: number): void {
    if (!Number.isInteger(day) || day > LAST_DAY) throw new EngineError('STATE_RANGE', `${day} is not a day`);
    if (day > this.firstDay) this.firstDay = day;
  }

  delta(): Buffer | null {
    if (!this.changed) return null;
    const counts = new Map<number, number>();
    for (let entry = 0; entry < this.journalCount; entry++) {
      const day = this.journal[entry * JOURNAL_WORDS]!;
      if (day >= this.firstDay) counts.set(day, (counts.get(day) ?? 0) + 1);
    }
    let total = 0;
    for (const count of counts.values()) total += count;
    const out = new Int32Array(HEADER_BYTES / 4 + counts.size * 2 + total * FINGERPRINT_WORDS);
    out.set([VERSION, this.firstDay, counts.size]);
    this.fillDelta(out, counts);
    return Buffer.from(out.buffer);
  }

  commit(): void {
    if (this.firstDay > this.committedFirstDay) {
      for (const day of this.days.keys()) if (day < this.firstDay) this.days.delete(day);
      this.committedFirstDay = this.firstDay;
    }
    this.settle();
  }

  rollback(): void {
    for (let entry = 0; entry < this.journalCount; entry++) {
      const at = entry * JOURNAL_WORDS;
      const day = this.journal[at]!;
      const set = this.days.get(day)!;
      set.remove(this.journal[at + 1]!, this.journal[at + 2]!, this.journal[at + 3]!, this.journal[at + 4]!);
      if (set.count === 0) this.days.delete(day);
    }
    this.firstDay = this.committedFirstDay;
    this.settle();
  }

  applyDelta(delta: Buffer): void {
    this.requireSettled('a delta can be applied');
    const header = this.parseDelta(delta);
    let at = HEADER_BYTES + header.days.length * 8;
    for (const { day, count } of header.days) {
      for (let entry = 0; entry < count; entry++, at += FINGERPRINT_BYTES) {
        if (day >= this.firstDay) this.addFrom(day, delta, at);
      }
    }
    this.expireBefore(header.firstDay);
    this.commit();
  }

  snapshot(): Iterable<Buffer> {
    this.requireSettled('a snapshot can be taken');
    return this.snapshotChunks();
  }

  /** When the chunks are refused, the store is left empty. */
  restore(chunks: Iterable<Buffer>): void {
    this.clear();
    try {
      this.load(new ChunkReader(`store ${this.name}`, chunks));
    } catch (error) {
      this.clear();
      throw error;
    }
    this.settle();
  }

  private get changed(): boolean {
    return this.journalCount > 0 || this.firstDay !== this.committedFirstDay;
  }

  private addWords(day: number, w0: number, w1: number, w2: number, w3: number): boolean {
    if (!this.setOf(day).add(w0, w1, w2, w3)) return false;
    let at = this.journalCount++ * JOURNAL_WORDS;
    if (at + JOURNAL_WORDS > this.journal.length) this.growJournal();
    const journal = this.journal;
    journal[at++] = day;
    journal[at++] = w0;
    journal[at++] = w1;
    journal[at++] = w2;
    journal[at] = w3;
    return true;
  }

  private addFrom(day: number, source: Buffer, at: number): boolean {
    return this.addWords(
      day,
      source.readInt32LE(at),
      source.readInt32LE(at + 4),
      source.readInt32LE(at + 8),
      source.readInt32LE(at + 12),
    );
  }

  private setOf(day: number): FingerprintSet {
    if (day === this.lastDay && this.lastSet !== null) return this.lastSet;
    let set = this.days.get(day);
    if (set === undefined) {
      set = new FingerprintSet();
      this.days.set(day, set);
    }
    this.lastDay = day;
    this.lastSet = set;
    return set;
  }

  /** Groups the journal by day; `counts` says how many additions each day has. */
  private fillDelta(out: Int32Array, counts: ReadonlyMap<number, number>): void {
    const next = new Map<number, number>();
    let header = HEADER_BYTES / 4;
    let body = header + counts.size * 2;
    for (const [day, count] of counts) {
      out[header++] = day;
      out[header++] = count;
      next.set(day, body);
      body += count * FINGERPRINT_WORDS;
    }
    for (let entry = 0; entry < this.journalCount; entry++) {
      const from = entry * JOURNAL_WORDS;
      const day = this.journal[from]!;
      const at = next.get(day);
      if (at === undefined) continue;
      for (let word = 0; word < FINGERPRINT_WORDS; word++) out[at + word] = this.journal[from + 1 + word]!;
      next.set(day, at + FINGERPRINT_WORDS);
    }
  }

  private parseDelta(delta: Buffer): { firstDay: number; days: { day: number; count: number }[] } {
    if (delta.length < HEADER_BYTES) throw this.corrupted(`a delta of ${delta.length} bytes has no header`);
    this.checkVersion(delta.readUInt32LE(0));
    const dayCount = delta.readUInt32LE(8);
    let length = HEADER_BYTES + dayCount * 8;
    if (length > delta.length)
      throw this.corrupted(`a delta of ${delta.length} bytes names ${dayCount} days`);
    const days: { day: number; count: number }[] = [];
    for (let at = HEADER_BYTES; at < HEADER_BYTES + dayCount * 8; at += 8) {
      const count = delta.readUInt32LE(at + 4);
      days.push({ day: delta.readInt32LE(at), count });
      length += count * FINGERPRINT_BYTES;
    }
    if (length !== delta.length)
      throw this.corrupted(`a delta of ${delta.length} bytes should have ${length}`);
    return { firstDay: delta.readInt32LE(4), days };
  }

  private *snapshotChunks(): Generator<Buffer> {
    const generation = this.generation;
    yield Buffer.from(new Int32Array([VERSION, this.firstDay, this.days.size]).buffer);
    for (const day of [...this.days.keys()].sort((left, right) => left - right)) {
      const set = this.days.get(day)!;
      yield Buffer.from(new Int32Array([day, set.count]).buffer);
      for (const table of set.tables()) {
        if (this.generation !== generation || this.changed) {
          throw new EngineError(
            'STATE_SNAPSHOT_OVERTAKEN',
            `store ${this.name} was written while its snapshot was read`,
          );
        }
        yield occupied(table);
      }
    }
  }

  private load(reader: ChunkReader): void {
    const header = reader.read(HEADER_BYTES);
    this.checkVersion(header.readUInt32LE(0));
    this.firstDay = header.readInt32LE(4);
    this.committedFirstDay = this.firstDay;
    for (let days = header.readUInt32LE(8); days > 0; days--) {
      const head = reader.read(8);
      const [day, count] = [head.readInt32LE(0), head.readUInt32LE(4)];
      for (let entry = 0; entry < count; entry++) {
        if (!this.addFrom(day, reader.read(FINGERPRINT_BYTES), 0)) {
          throw this.corrupted(`day ${day}: a fingerprint comes twice`);
        }
        this.journalCount = 0;
      }
    }
    reader.expectEnd();
  }

  private settle(): void {
    this.journalCount = 0;
    this.generation++;
    this.lastSet = null;
  }

  private clear(): void {
    this.days.clear();
    this.firstDay = NO_FIRST_DAY;
    this.committedFirstDay = NO_FIRST_DAY;
    this.settle();
  }

  private growJournal(): void {
    const grown = new Int32Array(this.journal.length * 2);
    grown.set(this.journal);
    this.journal = grown;
  }

  private requireDay(day: number): void {
    if (day < this.firstDay) {
      throw new EngineError('STATE_DAY_EXPIRED', `store ${this.name}: day ${day} is before ${this.firstDay}`);
    }
    if ((day | 0) !== day) throw new EngineError('STATE_RANGE', `store ${this.name}: ${day} is not a day`);
  }

  private requireSettled(what: string): void {
    if (this.changed) {
      throw new EngineError('STATE_UNCOMMITTED', `store ${this.name}: commit or roll back before ${what}`);
    }
  }

  private checkVersion(version: number): void {
    if (version !== VERSION) throw this.corrupted(`version ${version} at byte 0, only ${VERSION} is known`);
  }

  private corrupted(problem: string): StateCorruptedError {
    return new StateCorruptedError(
      'STATE_BYTES',
      `store ${this.name}: ${problem}; restore from another snapshot`,
    );
  }
}

function wordAt(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

/** The fingerprints of a table without its empty places. */
function occupied(table: Int32Array): Buffer {
  const out = new Int32Array(table.length);
  let filled = 0;
  for (let at = 0; at < table.length; at += FINGERPRINT_WORDS) {
    if ((table[at]! | table[at + 1]! | table[at + 2]! | table[at + 3]!) === 0) continue;
    for (let word = 0; word < FINGERPRINT_WORDS; word++) out[filled + word] = table[at + word]!;
    filled += FINGERPRINT_WORDS;
  }
  return Buffer.from(out.buffer, 0, filled * 4);
}
