import { decodedLong, readLong } from './avro-reader.ts';
import { CodecError } from './codec-error.ts';

/**
 * Walks the blocks of an Avro array: counts, negative counts with a byte size, any number of blocks, closed by a count of 0.
 * Use: `open`; while `hasNext()`, decode one item at `position` and set `position` behind it. Items take at least one byte each
 * (the generator sees to it), so hostile counts end at the buffer's end.
 */
export class BlockReader {
  /** Of the next item; behind the array when hasNext has returned false. */
  position = 0;
  private buffer: Uint8Array = new Uint8Array(0);
  private remaining = 0;
  private blockEnd = -1;
  private finished = true;

  open(buffer: Uint8Array, position: number): void {
    this.buffer = buffer;
    this.position = position;
    this.remaining = 0;
    this.blockEnd = -1;
    this.finished = false;
  }

  /** True, once per item, while an item starts at `position`. */
  hasNext(): boolean {
    if (this.remaining === 0 && !this.openBlock()) return false;
    this.remaining -= 1;
    return true;
  }

  private openBlock(): boolean {
    if (this.finished) return false;
    if (this.blockEnd >= 0 && this.position !== this.blockEnd) {
      throw new CodecError('MALFORMED', 'Array block is not as long as it says', this.position);
    }
    const start = this.position;
    this.position = readLong(this.buffer, start);
    const count = decodedLong[0]!;
    this.finished = count === 0;
    this.remaining = Math.abs(count);
    this.blockEnd = count < 0 ? this.readBlockEnd(start) : -1;
    return !this.finished;
  }

  private readBlockEnd(start: number): number {
    this.position = readLong(this.buffer, this.position);
    const size = decodedLong[0]!;
    if (size < 0) throw new CodecError('MALFORMED', `Array block of ${size} bytes`, start);
    if (size > this.buffer.length - this.position)
      throw new CodecError('TRUNCATED', 'Array block beyond the end', start);
    return this.position + size;
  }
}

/** Position behind the array at `position`; each item is walked with `skipItem`, so the whole array is checked. */
export function skipArray(
  buffer: Buffer,
  position: number,
  skipItem: (buffer: Buffer, position: number) => number,
): number {
  let p = position;
  for (;;) {
    const start = p;
    p = readLong(buffer, p);
    const count = decodedLong[0]!;
    if (count === 0) return p;
    if (count < 0) p = readLong(buffer, p);
    const blockEnd = p + decodedLong[0]!;
    for (let left = Math.abs(count); left > 0; left--) p = skipItem(buffer, p);
    if (count < 0 && p !== blockEnd)
      throw new CodecError('MALFORMED', 'Array block is not as long as it says', start);
  }
}

/** A view as arrays hold it. */
interface ItemView {
  decode(buffer: Buffer, position: number): number;
}

/** The items of one array at a time, each in a view of its own; views are made when an array is longer than all before it. */
export class ItemList<T extends ItemView> {
  /** Views of the items; only the first `count` are of the array that was loaded last. */
  readonly items: T[] = [];
  count = 0;
  private readonly make: () => T;
  private readonly decodeNext = (buffer: Buffer, position: number): number => {
    if (this.count === this.items.length) this.items.push(this.make());
    const end = this.items[this.count]!.decode(buffer, position);
    this.count += 1;
    return end;
  };

  constructor(make: () => T) {
    this.make = make;
  }

  /** Decodes the array at `position` and returns the position behind it. */
  load(buffer: Buffer, position: number): number {
    this.count = 0;
    return skipArray(buffer, position, this.decodeNext);
  }
}
