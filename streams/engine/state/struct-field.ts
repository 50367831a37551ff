import { EngineError } from '../errors.ts';
import type { SlotTable } from './slot-table.ts';

const TWO_32 = 4_294_967_296;

/** Reads and writes one integer field; allocates nothing. A slot is valid until the next commit, rollback or deletion. */
export class IntegerField {
  private readonly name: string;
  private readonly slots: SlotTable;
  private readonly word: number;

  constructor(name: string, slots: SlotTable, word: number) {
    this.name = name;
    this.slots = slots;
    this.word = word + 1;
  }

  get(slot: number): number {
    const slots = this.slots;
    const slab = slots.slabs[slot >> slots.shift]!;
    const at = (slot & slots.mask) * slots.stride + this.word;
    return slab[at + 1]! * TWO_32 + (slab[at]! >>> 0);
  }

  /** @throws EngineError STATE_UNSAFE_INTEGER when the value is not a safe integer; nothing is written then. */
  set(slot: number, value: number): void {
    if (!Number.isSafeInteger(value)) {
      throw new EngineError('STATE_UNSAFE_INTEGER', `field ${this.name}: ${value} is not a safe integer`);
    }
    const slots = this.slots;
    const slab = slots.slabs[slot >> slots.shift]!;
    const base = (slot & slots.mask) * slots.stride;
    if (slab[base] !== slots.epoch) slots.touch(slot);
    const at = base + this.word;
    slab[at] = value | 0;
    slab[at + 1] = Math.floor(value / TWO_32);
  }
}

/** Reads and writes one text field. */
export class TextField {
  private readonly name: string;
  private readonly slots: SlotTable;
  private readonly word: number;
  private readonly maxBytes: number;

  constructor(name: string, slots: SlotTable, word: number, maxBytes: number) {
    this.name = name;
    this.slots = slots;
    this.word = word + 1;
    this.maxBytes = maxBytes;
  }

  get(slot: number): string {
    const bytes = this.slots.bytes[slot >> this.slots.shift]!;
    const at = (this.slots.base(slot) + this.word) * 4;
    return bytes.toString('utf8', at + 2, at + 2 + bytes.readUInt16LE(at));
  }

  /** @throws EngineError STATE_TEXT_TOO_LONG or STATE_TEXT_MALFORMED (a lone surrogate); nothing is written then. */
  set(slot: number, value: string): void {
    const length = Buffer.byteLength(value, 'utf8');
    if (length > this.maxBytes) {
      throw new EngineError(
        'STATE_TEXT_TOO_LONG',
        `field ${this.name}: ${length} bytes, at most ${this.maxBytes}`,
      );
    }
    if (!value.isWellFormed()) {
      throw new EngineError('STATE_TEXT_MALFORMED', `field ${this.name}: a lone surrogate has no UTF-8 form`);
    }
    this.slots.touch(slot);
    const bytes = this.slots.bytes[slot >> this.slots.shift]!;
    const at = (this.slots.base(slot) + this.word) * 4;
    bytes.fill(0, at, at + 2 + this.maxBytes);
    bytes.writeUInt16LE(length, at);
    bytes.write(value, at + 2, length, 'utf8');
  }
}

/** Reads and writes one field of fixed width; allocates nothing. */
export class BytesField {
  private readonly name: string;
  private readonly slots: SlotTable;
  private readonly word: number;
  readonly width: number;

  constructor(name: string, slots: SlotTable, word: number, width: number) {
    this.name = name;
    this.slots = slots;
    this.word = word + 1;
    this.width = width;
  }

  /** Copies the field to `out` at `offset`, which must have room for `width` bytes. */
  get(slot: number, out: Uint8Array, offset: number): void {
    this.check(out, offset);
    const bytes = this.slots.bytes[slot >> this.slots.shift]!;
    const at = (this.slots.base(slot) + this.word) * 4;
    for (let index = 0; index < this.width; index++) out[offset + index] = bytes[at + index]!;
  }

  /** Takes `width` bytes of `source` from `offset`. */
  set(slot: number, source: Uint8Array, offset: number): void {
    this.check(source, offset);
    this.slots.touch(slot);
    const bytes = this.slots.bytes[slot >> this.slots.shift]!;
    const at = (this.slots.base(slot) + this.word) * 4;
    for (let index = 0; index < this.width; index++) bytes[at + index] = source[offset + index]!;
  }

  private check(memory: Uint8Array, offset: number): void {
    if (offset < 0 || offset + this.width > memory.length) {
      throw new EngineError(
        'STATE_RANGE',
        `field ${this.name}: ${this.width} bytes from ${offset} do not fit`,
      );
    }
  }
}
