import { EngineError, StateCorruptedError } from '../errors.ts';
import type { StateStore } from '../state-store.ts';
import { ChunkReader } from './chunk-reader.ts';
import { KeyIndex, hashWords } from './key-index.ts';
import { SlotTable } from './slot-table.ts';
import * as codec from './struct-codec.ts';
import { BytesField, IntegerField, TextField } from './struct-field.ts';
import { layOut } from './struct-layout.ts';
import type {
  BytesType,
  FieldNames,
  PlacedField,
  StructFields,
  StructLayout,
  TextType,
} from './struct-layout.ts';

export interface StructStoreOptions<Fields extends StructFields> {
  readonly name: string;
  /** Bytes of a key, a multiple of 4. Longer identities are hashed (hash128) or padded by the caller. */
  readonly keyWidth: number;
  readonly fields: Fields;
  /** Raise it when the meaning of the fields changes while their layout does not. Default 1. */
  readonly version?: number;
}

const RESTORE_BLOCK = 4_096;
/** A count in a snapshot is believed up to here; beyond it the index grows as it fills. */
const MAX_EXPECTED = 1 << 22;
const MIN_DEAD_TO_COMPACT = 1_024;

/**
 * Keys and fixed-width structs outside the JavaScript heap. `find`, `upsert` and the accessors of integers and bytes allocate nothing.
 * A slot number is valid until the next commit, rollback, restore or deletion of its key. Iteration is in insertion
 * order, which snapshots and deltas keep.
 */
export class StructStore<Fields extends StructFields = StructFields> implements StateStore {
  readonly name: string;
  readonly keyWidth: number;
  private readonly layout: StructLayout;
  private readonly slots: SlotTable;
  private readonly index: KeyIndex;
  private readonly key: Int32Array;

  constructor(options: StructStoreOptions<Fields>) {
    this.name = options.name;
    this.keyWidth = options.keyWidth;
    this.layout = layOut(options.keyWidth, options.fields, options.version ?? 1);
    this.slots = new SlotTable(this.layout.entryWords);
    this.index = new KeyIndex(this.slots, this.layout.keyWords);
    this.key = new Int32Array(this.layout.keyWords);
  }

  get format(): string {
    return this.layout.format;
  }

  get size(): number {
    return this.index.count;
  }

  get byteLength(): number {
    return this.slots.byteLength + this.index.byteLength;
  }

  /** Slot of the key at `offset`, -1 when there is none. */
  find(key: Uint8Array, offset: number): number {
    return this.index.find(this.loadKey(key, offset), this.key);
  }

  /** Slot of the key; a new one has all fields zero, empty or zero-filled. */
  upsert(key: Uint8Array, offset: number): number {
    const hash = this.loadKey(key, offset);
    const found = this.index.find(hash, this.key);
    return found >= 0 ? found : this.append(hash);
  }

  /** True when the key was there. Its slot number is void from now on. */
  delete(key: Uint8Array, offset: number): boolean {
    const hash = this.loadKey(key, offset);
    const slot = this.index.find(hash, this.key);
    if (slot < 0) return false;
    this.index.remove(hash, slot);
    this.slots.kill(slot);
    return true;
  }

  /** Copies the key of a slot to `out` at `offset`. */
  keyAt(slot: number, out: Uint8Array, offset: number): void {
    if (offset < 0 || offset + this.keyWidth > out.length) throw this.keyRange(offset);
    const bytes = this.slots.bytes[slot >> this.slots.shift]!;
    const from = (this.slots.base(slot) + 1) * 4;
    for (let index = 0; index < this.keyWidth; index++) out[offset + index] = bytes[from + index]!;
  }

  /** Visits the live slots in insertion order; entries may be deleted meanwhile, entries inserted meanwhile are not visited. */
  forEach(visit: (slot: number) => void): void {
    const end = this.slots.end;
    for (let slot = 0; slot < end; slot++) if (!this.slots.isDead(slot)) visit(slot);
  }

  integer(name: FieldNames<Fields, 'integer'>): IntegerField {
    const field = this.field(name);
    if (field.type !== 'integer') throw this.wrongType(name, 'integer');
    return new IntegerField(name, this.slots, field.word);
  }

  text(name: FieldNames<Fields, TextType>): TextField {
    const field = this.field(name);
    if (field.type === 'integer' || field.type.kind !== 'text') throw this.wrongType(name, 'text');
    return new TextField(name, this.slots, field.word, field.type.maxBytes);
  }

  bytes(name: FieldNames<Fields, BytesType>): BytesField {
    const field = this.field(name);
    if (field.type === 'integer' || field.type.kind !== 'bytes') throw this.wrongType(name, 'bytes');
    return new BytesField(name, this.slots, field.word, field.type.width);
  }

  delta(): Buffer | null {
    return codec.encodeDelta(this.slots, this.layout);
  }

  commit(): void {
    this.slots.settle();
    if (this.slots.dead >= MIN_DEAD_TO_COMPACT && this.slots.dead > this.size) this.compact();
  }

  rollback(): void {
    const slots = this.slots;
    for (let slot = slots.committedEnd; slot < slots.end; slot++) {
      if (!slots.isDead(slot)) this.index.remove(this.hashOf(slot), slot);
    }
    slots.dropNew();
    for (let entry = 0; entry < slots.undoCount; entry++) {
      const slot = slots.undoSlot(entry);
      if (slots.isDead(slot)) this.index.insert(this.hashOf(slot), slot);
      slots.putBack(entry);
    }
    slots.settle();
  }

  applyDelta(delta: Buffer): void {
    this.requireSettled('a delta can be applied');
    const sections = codec.parseDelta(this.name, this.layout, delta);
    try {
      this.applySections(delta, sections);
    } catch (error) {
      this.rollback();
      throw error;
    }
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
    this.slots.settle();
  }

  private load(reader: ChunkReader): void {
    const entryBytes = this.layout.entryWords * 4;
    const entries = codec.parseSnapshotHeader(
      this.name,
      this.layout,
      reader.read(codec.SNAPSHOT_HEADER_BYTES),
    );
    this.index.reset(Math.min(entries, MAX_EXPECTED));
    for (let loaded = 0; loaded < entries; loaded += RESTORE_BLOCK) {
      const block = reader.read(Math.min(RESTORE_BLOCK, entries - loaded) * entryBytes);
      for (let at = 0; at < block.length; at += entryBytes) {
        const hash = this.loadKey(block, at);
        if (this.index.find(hash, this.key) >= 0) {
          throw new StateCorruptedError(
            'STATE_BYTES',
            `store ${this.name}: a key comes twice; use an older snapshot`,
          );
        }
        codec.writeEntry(this.name, this.layout, this.slots, this.append(hash), block, at);
      }
    }
    reader.expectEnd();
  }

  private applySections(delta: Buffer, sections: codec.DeltaSections): void {
    const entryBytes = this.layout.entryWords * 4;
    for (let at = codec.DELTA_BODY_AT; at < sections.updatesAt; at += this.keyWidth) this.delete(delta, at);
    for (let at = sections.updatesAt; at < sections.insertsAt; at += entryBytes) {
      this.writeDeltaEntry(this.upsert(delta, at), delta, at);
    }
    for (let at = sections.insertsAt; at < delta.length; at += entryBytes) {
      this.delete(delta, at);
      this.writeDeltaEntry(this.upsert(delta, at), delta, at);
    }
  }

  private writeDeltaEntry(slot: number, delta: Buffer, at: number): void {
    this.slots.touch(slot);
    codec.writeEntry(this.name, this.layout, this.slots, slot, delta, at);
  }

  private *snapshotChunks(): Generator<Buffer> {
    const { slots } = this;
    const epoch = slots.epoch;
    yield codec.encodeSnapshotHeader(this.layout, this.size);
    const perSlab = slots.mask + 1;
    for (let from = 0; from < slots.end; from += perSlab) {
      if (slots.epoch !== epoch || slots.changed) {
        throw new EngineError(
          'STATE_SNAPSHOT_OVERTAKEN',
          `store ${this.name} was written while its snapshot was read`,
        );
      }
      yield codec.encodeEntries(slots, this.layout, from, Math.min(from + perSlab, slots.end));
    }
  }

  private append(hash: number): number {
    const slot = this.slots.append();
    this.slots.slab(slot).set(this.key, this.slots.base(slot) + 1);
    this.index.insert(hash, slot);
    return slot;
  }

  private compact(): void {
    this.slots.compact();
    this.index.reset(this.slots.end);
    for (let slot = 0; slot < this.slots.end; slot++) this.index.insert(this.hashOf(slot), slot);
  }

  private clear(): void {
    this.slots.clear();
    this.index.reset(0);
  }

  private hashOf(slot: number): number {
    return hashWords(this.slots.slab(slot), this.slots.base(slot) + 1, this.layout.keyWords);
  }

  private loadKey(key: Uint8Array, offset: number): number {
    if (offset < 0 || offset + this.keyWidth > key.length) throw this.keyRange(offset);
    const words = this.key;
    for (let word = 0, at = offset; word < words.length; word++, at += 4) {
      words[word] = key[at]! | (key[at + 1]! << 8) | (key[at + 2]! << 16) | (key[at + 3]! << 24);
    }
    return hashWords(words, 0, words.length);
  }

  private requireSettled(what: string): void {
    if (this.slots.changed) {
      throw new EngineError('STATE_UNCOMMITTED', `store ${this.name}: commit or roll back before ${what}`);
    }
  }

  private field(name: string): PlacedField {
    const field = this.layout.fields.get(name);
    if (field === undefined) throw new EngineError('STATE_LAYOUT', `store ${this.name} has no field ${name}`);
    return field;
  }

  private wrongType(name: string, type: string): EngineError {
    return new EngineError('STATE_LAYOUT', `store ${this.name}: field ${name} is not of type ${type}`);
  }

  private keyRange(offset: number): EngineError {
    return new EngineError(
      'STATE_RANGE',
      `store ${this.name}: a key of ${this.keyWidth} bytes from ${offset} does not fit`,
    );
  }
}
