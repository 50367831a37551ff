import { EngineError } from '../errors.ts';
import type { StateStore } from '../state-store.ts';
import { ChunkReader } from './chunk-reader.ts';
import * as codec from './fingerprint-codec.ts';
import { FingerprintSet } from './fingerprint-set.ts';

export interface FingerprintWindowOptions {
  readonly name: string;
}

const LAST_DAY = 0x7fff_ffff;
const RESTORE_BLOCK = 4_096;
/** A count in a snapshot is believed up to here; beyond it the set grows as it fills. */
const MAX_EXPECTED = 1 << 22;

/**
 * Which fingerprints (128-bit hashes) were seen on which day. The day is a function of the record (its event day), so a
 * repeated record meets its own bucket; equal fingerprints of different days are different entries.
 */
export class FingerprintWindow implements StateStore {
  readonly name: string;
  readonly format = codec.FINGERPRINT_FORMAT;
  private readonly days = new Map<number, FingerprintSet>();
  private readonly journal = new codec.FingerprintJournal();
  private firstDay = codec.NO_FIRST_DAY;
  private committedFirstDay = codec.NO_FIRST_DAY;
  /** Number of transactions ended; tells a snapshot that it was overtaken. */
  private generation = 0;
  private lastDay = codec.NO_FIRST_DAY;
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
   * Remembers the 16 bytes of `fingerprint` at `offset` under a day (whole days since the epoch, 32 bits). Allocates
   * nothing but the memory of the set.
   * @returns true when it is new, false when it was there already.
   * @throws EngineError STATE_DAY_EXPIRED for a day that the window does not cover; ask `covers` first.
   */
  add(day: number, fingerprint: Uint8Array, offset: number): boolean {
    if (offset < 0 || offset + codec.FINGERPRINT_BYTES > fingerprint.length) {
      throw new EngineError('STATE_RANGE', `store ${this.name}: no 16 bytes of fingerprint from ${offset}`);
    }
    if (day < this.firstDay) {
      throw new EngineError('STATE_DAY_EXPIRED', `store ${this.name}: day ${day} is before ${this.firstDay}`);
    }
    if ((day | 0) !== day) throw new EngineError('STATE_RANGE', `store ${this.name}: ${day} is not a day`);
    return this.addAt(day, fingerprint, offset);
  }

  /** Whether the 16 bytes of `fingerprint` at `offset` are remembered under a day; uncommitted additions count. */
  has(day: number, fingerprint: Uint8Array, offset: number): boolean {
    const set = day === this.lastDay && this.lastSet !== null ? this.lastSet : this.days.get(day);
    if (set === undefined || day < this.firstDay) return false;
    return set.has(
      wordAt(fingerprint, offset),
      wordAt(fingerprint, offset + 4),
      wordAt(fingerprint, offset + 8),
      wordAt(fingerprint, offset + 12),
    );
  }

  /** Forgets all days before `day`; part of the transaction and of its delta. Never moves backwards. */
  expireBefore(day: number): void {
    if (!Number.isInteger(day) || day > LAST_DAY) {
      throw new EngineError('STATE_RANGE', `store ${this.name}: ${day} is not a day`);
    }
    if (day > this.firstDay) this.firstDay = day;
  }

  delta(): Buffer | null {
    return this.changed ? this.journal.encode(this.firstDay) : null;
  }

  commit(): void {
    if (this.firstDay > this.committedFirstDay) {
      for (const day of this.days.keys()) if (day < this.firstDay) this.days.delete(day);
      this.committedFirstDay = this.firstDay;
    }
    this.settle();
  }

  rollback(): void {
    this.journal.forEach((day, w0, w1, w2, w3) => {
      const set = this.days.get(day)!;
      set.remove(w0, w1, w2, w3);
      if (set.count === 0) this.days.delete(day);
    });
    this.firstDay = this.committedFirstDay;
    this.settle();
  }

  applyDelta(delta: Buffer): void {
    this.requireSettled('a delta can be applied');
    const { firstDay, days } = codec.parseDelta(this.name, delta);
    let at = codec.HEADER_BYTES + days.length * 8;
    for (const { day, count } of days) {
      for (let entry = 0; entry < count; entry++, at += codec.FINGERPRINT_BYTES) {
        if (day >= this.firstDay) this.addAt(day, delta, at);
      }
    }
    this.expireBefore(firstDay);
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
    return this.journal.count > 0 || this.firstDay !== this.committedFirstDay;
  }

  private addAt(day: number, source: Uint8Array, at: number): boolean {
    const w0 = wordAt(source, at);
    const w1 = wordAt(source, at + 4);
    const w2 = wordAt(source, at + 8);
    const w3 = wordAt(source, at + 12);
    if (!this.setOf(day).add(w0, w1, w2, w3)) return false;
    this.journal.push(day, w0, w1, w2, w3);
    return true;
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

  private *snapshotChunks(): Generator<Buffer> {
    const generation = this.generation;
    yield codec.encodeSnapshotHeader(this.firstDay, this.days.size);
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
        yield codec.encodeTable(table);
      }
    }
  }

  private load(reader: ChunkReader): void {
    const { firstDay, dayCount } = codec.parseHeader(this.name, reader.read(codec.HEADER_BYTES));
    this.firstDay = firstDay;
    this.committedFirstDay = firstDay;
    for (let days = 0; days < dayCount; days++) {
      const head = reader.read(8);
      this.loadDay(head.readInt32LE(0), head.readUInt32LE(4), reader);
    }
    reader.expectEnd();
  }

  private loadDay(day: number, count: number, reader: ChunkReader): void {
    this.days.set(day, new FingerprintSet(Math.min(count, MAX_EXPECTED)));
    this.lastSet = null;
    for (let loaded = 0; loaded < count; loaded += RESTORE_BLOCK) {
      const block = reader.read(Math.min(RESTORE_BLOCK, count - loaded) * codec.FINGERPRINT_BYTES);
      for (let at = 0; at < block.length; at += codec.FINGERPRINT_BYTES) {
        if (!this.addAt(day, block, at))
          throw codec.bytesRefused(this.name, `day ${day}: a fingerprint comes twice`);
      }
      this.journal.clear();
    }
  }

  private settle(): void {
    this.journal.clear();
    this.generation++;
    this.lastSet = null;
  }

  private clear(): void {
    this.days.clear();
    this.firstDay = codec.NO_FIRST_DAY;
    this.committedFirstDay = codec.NO_FIRST_DAY;
    this.settle();
  }

  private requireSettled(what: string): void {
    if (this.changed) {
      throw new EngineError('STATE_UNCOMMITTED', `store ${this.name}: commit or roll back before ${what}`);
    }
  }
}

function wordAt(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}
