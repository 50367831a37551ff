import { endianness } from 'node:os';
import { EngineError } from '../errors.ts';

const SLAB_BYTES = 1 << 18;
/** Stamp of a deleted slot. Stamps of live slots are the number of the transaction that wrote them last, from 1. */
const DEAD = -1;
const LAST_EPOCH = 0x7fff_ffff;
const UNDO_ENTRIES = 64;
/** An undo log that one large transaction made longer than this (4 MiB) is given back. */
const KEPT_UNDO_WORDS = 1 << 20;

/**
 * Fixed-width slots in slabs of typed arrays, appended only, with an undo log of the open transaction. Slots below
 * `committedEnd` are committed, those from there to `end` are new in this transaction. Word 0 of a slot is its stamp:
 * when it is the current epoch, the old bytes are safe already (or there are none) and writing needs no further care.
 */
export class SlotTable {
  readonly stride: number;
  readonly shift: number;
  readonly mask: number;
  readonly slabs: Int32Array[] = [];
  /** The same memory as bytes, for text and byte fields. */
  readonly bytes: Buffer[] = [];
  epoch = 1;
  end = 0;
  committedEnd = 0;
  /** Deleted slots below `end`. */
  dead = 0;
  undoCount = 0;
  private undo: Int32Array;

  constructor(entryWords: number) {
    if (endianness() !== 'LE') {
      throw new EngineError(
        'STATE_PLATFORM',
        'memory and files share one layout, which needs a little-endian machine',
      );
    }
    this.stride = entryWords + 1;
    const fitting = Math.max(16, Math.floor(SLAB_BYTES / (this.stride * 4)));
    this.shift = 31 - Math.clz32(fitting);
    this.mask = (1 << this.shift) - 1;
    this.undo = this.freshUndo();
  }

  get byteLength(): number {
    return (this.slabs.length << this.shift) * this.stride * 4 + this.undo.byteLength;
  }

  get changed(): boolean {
    return this.undoCount > 0 || this.end > this.committedEnd;
  }

  slab(slot: number): Int32Array {
    return this.slabs[slot >> this.shift]!;
  }

  /** Position of the slot's stamp in its slab; the entry's words follow. */
  base(slot: number): number {
    return (slot & this.mask) * this.stride;
  }

  isDead(slot: number): boolean {
    return this.slab(slot)[this.base(slot)] === DEAD;
  }

  /** A new slot of zeroes, written in this transaction. */
  append(): number {
    const slot = this.end++;
    if (slot >> this.shift === this.slabs.length) this.addSlab();
    const slab = this.slab(slot);
    const base = this.base(slot);
    slab.fill(0, base + 1, base + this.stride);
    slab[base] = this.epoch;
    return slot;
  }

  /** Must precede the first write to a slot in a transaction. */
  touch(slot: number): void {
    const slab = this.slab(slot);
    const base = this.base(slot);
    const stamp = slab[base]!;
    if (stamp === this.epoch) return;
    if (stamp === DEAD)
      throw new EngineError('STATE_SLOT_DELETED', `slot ${slot} was deleted and cannot be written`);
    const width = this.stride + 1;
    let at = this.undoCount++ * width;
    if (at + width > this.undo.length) this.growUndo();
    const undo = this.undo;
    undo[at++] = slot;
    for (let word = 0; word < this.stride; word++) undo[at + word] = slab[base + word]!;
    slab[base] = this.epoch;
  }

  /** Marks a slot as deleted; its key stays readable until the slot is reclaimed. */
  kill(slot: number): void {
    this.touch(slot);
    this.slab(slot)[this.base(slot)] = DEAD;
    this.dead++;
  }

  undoSlot(entry: number): number {
    return this.undo[entry * (this.stride + 1)]!;
  }

  /** Puts back the bytes that an undo entry holds. */
  putBack(entry: number): void {
    const slot = this.undoSlot(entry);
    if (this.isDead(slot)) this.dead--;
    const at = entry * (this.stride + 1) + 1;
    this.slab(slot).set(this.undo.subarray(at, at + this.stride), this.base(slot));
  }

  /** Forgets the slots that are new in this transaction. */
  dropNew(): void {
    for (let slot = this.committedEnd; slot < this.end; slot++) if (this.isDead(slot)) this.dead--;
    this.end = this.committedEnd;
  }

  /** Ends the transaction: what the slots hold now is what holds. */
  settle(): void {
    this.committedEnd = this.end;
    this.undoCount = 0;
    if (this.undo.length > KEPT_UNDO_WORDS) this.undo = this.freshUndo();
    this.epoch++;
    if (this.epoch === LAST_EPOCH) this.restartEpochs();
  }

  /** Closes the gaps of deleted slots, keeping the order; slot numbers change. No transaction may be open. */
  compact(): void {
    let target = 0;
    for (let slot = 0; slot < this.end; slot++) {
      if (this.isDead(slot)) continue;
      if (slot !== target) this.move(slot, target);
      target++;
    }
    this.end = target;
    this.committedEnd = target;
    this.dead = 0;
    this.releaseSlabs();
  }

  /** Forgets every slot and gives the memory back. */
  clear(): void {
    this.end = 0;
    this.dead = 0;
    this.settle();
    this.releaseSlabs();
  }

  private move(from: number, to: number): void {
    const source = this.slab(from);
    const sourceBase = this.base(from);
    const target = this.slab(to);
    const targetBase = this.base(to);
    for (let word = 0; word < this.stride; word++) target[targetBase + word] = source[sourceBase + word]!;
  }

  private releaseSlabs(): void {
    const needed = (this.end + this.mask) >> this.shift;
    this.slabs.length = needed;
    this.bytes.length = needed;
  }

  private addSlab(): void {
    const slab = new Int32Array(this.stride << this.shift);
    this.slabs.push(slab);
    this.bytes.push(Buffer.from(slab.buffer));
  }

  private freshUndo(): Int32Array {
    return new Int32Array(UNDO_ENTRIES * (this.stride + 1));
  }

  private growUndo(): void {
    const grown = new Int32Array(this.undo.length * 2);
    grown.set(this.undo);
    this.undo = grown;
  }

  /** The counter is about to leave the 32 bits of a stamp: old stamps must not meet equal new ones. */
  private restartEpochs(): void {
    for (let slot = 0; slot < this.end; slot++) {
      if (!this.isDead(slot)) this.slab(slot)[this.base(slot)] = 0;
    }
    this.epoch = 1;
  }
}
