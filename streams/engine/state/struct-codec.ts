import { StateCorruptedError } from '../errors.ts';
import type { SlotTable } from './slot-table.ts';
import type { StructLayout } from './struct-layout.ts';

/**
 * Bytes of a struct store, all numbers 32-bit little endian, an entry being the key followed by the fields (struct-layout.ts).
 *
 * Delta:    version (1) | CRC32 of the format | deletes d | updates u | inserts i | d keys | u entries | i entries
 * Snapshot: version (1) | CRC32 of the format | entries n | n entries in insertion order
 *
 * Applying a delta means: delete the d keys where present, write the u entries in place (appended where absent), then make
 * the i entries, in this order, the last ones. Each step states the outcome and not the change, so a delta, or a run of
 * deltas, may be applied again. Integrity of the bytes is the transport's (delta) or the snapshot file's business.
 */
const VERSION = 1;
const DELTA_HEADER_WORDS = 5;
export const SNAPSHOT_HEADER_BYTES = 12;
const TWO_32 = 4_294_967_296;

/** Positions of the three sections of a delta. */
export interface DeltaSections {
  readonly deletes: number;
  readonly updates: number;
  readonly inserts: number;
  readonly updatesAt: number;
  readonly insertsAt: number;
}

export const DELTA_BODY_AT = DELTA_HEADER_WORDS * 4;

function copyWords(slots: SlotTable, slot: number, count: number, out: Int32Array, at: number): number {
  const slab = slots.slab(slot);
  const first = slots.base(slot) + 1;
  for (let word = 0; word < count; word++) out[at + word] = slab[first + word]!;
  return at + count;
}

function countDeleted(slots: SlotTable): number {
  let deleted = 0;
  for (let entry = 0; entry < slots.undoCount; entry++) if (slots.isDead(slots.undoSlot(entry))) deleted++;
  return deleted;
}

function countInserted(slots: SlotTable): number {
  let inserted = 0;
  for (let slot = slots.committedEnd; slot < slots.end; slot++) if (!slots.isDead(slot)) inserted++;
  return inserted;
}

/** The open transaction as a delta; null when it changes nothing. */
export function encodeDelta(slots: SlotTable, layout: StructLayout): Buffer | null {
  const deletes = countDeleted(slots);
  const updates = slots.undoCount - deletes;
  const inserts = countInserted(slots);
  if (deletes + updates + inserts === 0) return null;
  const { keyWords, entryWords } = layout;
  const out = new Int32Array(DELTA_HEADER_WORDS + deletes * keyWords + (updates + inserts) * entryWords);
  out.set([VERSION, layout.formatCrc, deletes, updates, inserts]);
  let deleteAt = DELTA_HEADER_WORDS;
  let entryAt = DELTA_HEADER_WORDS + deletes * keyWords;
  for (let entry = 0; entry < slots.undoCount; entry++) {
    const slot = slots.undoSlot(entry);
    if (slots.isDead(slot)) deleteAt = copyWords(slots, slot, keyWords, out, deleteAt);
    else entryAt = copyWords(slots, slot, entryWords, out, entryAt);
  }
  for (let slot = slots.committedEnd; slot < slots.end; slot++) {
    if (!slots.isDead(slot)) entryAt = copyWords(slots, slot, entryWords, out, entryAt);
  }
  return Buffer.from(out.buffer);
}

function corrupted(store: string, problem: string): StateCorruptedError {
  return new StateCorruptedError('STATE_BYTES', `store ${store}: ${problem}; restore from another snapshot`);
}

function checkHeader(store: string, layout: StructLayout, header: Buffer): void {
  const version = header.readUInt32LE(0);
  if (version !== VERSION) throw corrupted(store, `version ${version} at byte 0, only ${VERSION} is known`);
  if (header.readUInt32LE(4) !== layout.formatCrc) {
    throw corrupted(store, `the bytes have another layout than ${layout.format} (byte 4)`);
  }
}

/** @throws StateCorruptedError when version, layout or length do not fit. */
export function parseDelta(store: string, layout: StructLayout, delta: Buffer): DeltaSections {
  if (delta.length < DELTA_BODY_AT) throw corrupted(store, `a delta of ${delta.length} bytes has no header`);
  checkHeader(store, layout, delta);
  const [deletes, updates, inserts] = [delta.readUInt32LE(8), delta.readUInt32LE(12), delta.readUInt32LE(16)];
  const updatesAt = DELTA_BODY_AT + deletes * layout.keyWords * 4;
  const insertsAt = updatesAt + updates * layout.entryWords * 4;
  const length = insertsAt + inserts * layout.entryWords * 4;
  if (length !== delta.length)
    throw corrupted(store, `a delta of ${delta.length} bytes should have ${length}`);
  return { deletes, updates, inserts, updatesAt, insertsAt };
}

/** Writes the fields of an entry at `at` of `source` into a slot that `touch` has prepared. */
export function writeEntry(
  store: string,
  layout: StructLayout,
  slots: SlotTable,
  slot: number,
  source: Buffer,
  at: number,
): void {
  const slab = slots.slab(slot);
  const first = slots.base(slot) + 1;
  for (let word = layout.keyWords; word < layout.entryWords; word++) {
    slab[first + word] = source.readInt32LE(at + word * 4);
  }
  for (const word of layout.integers) {
    if (!Number.isSafeInteger(slab[first + word + 1]! * TWO_32 + (slab[first + word]! >>> 0))) {
      throw corrupted(store, `an integer beyond 2^53 near byte ${at + word * 4}`);
    }
  }
}

export function encodeSnapshotHeader(layout: StructLayout, entries: number): Buffer {
  return Buffer.from(new Uint32Array([VERSION, layout.formatCrc, entries]).buffer);
}

/** Number of entries that follow. */
export function parseSnapshotHeader(store: string, layout: StructLayout, header: Buffer): number {
  checkHeader(store, layout, header);
  return header.readUInt32LE(8);
}

/** The live entries of slots [from, to) as one chunk. */
export function encodeEntries(slots: SlotTable, layout: StructLayout, from: number, to: number): Buffer {
  const out = new Int32Array((to - from) * layout.entryWords);
  let at = 0;
  for (let slot = from; slot < to; slot++) {
    if (!slots.isDead(slot)) at = copyWords(slots, slot, layout.entryWords, out, at);
  }
  return Buffer.from(out.buffer, 0, at * 4);
}
