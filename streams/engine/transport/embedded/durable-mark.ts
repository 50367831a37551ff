import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/**
 * How far the log is known to be durable: `<directory>/durable`, two slots of 20 bytes that are written in turn, so
 * that a write that is cut off leaves the other one. Little endian.
 *
 *   0  u32 segment | 4  f64 position | 12  u32 counter | 16  u32 CRC-32 of bytes 0 … 15
 *
 * Written after a sync and not synced itself: it may lag, and then a cut tail is noticed less strictly, never wrongly.
 */
const slotBytes = 20;

export interface LogPosition {
  readonly segment: number;
  readonly position: number;
}

export class DurableMark {
  readonly #fd: number;
  readonly #slot = Buffer.alloc(slotBytes);
  #counter: number;

  private constructor(fd: number, counter: number) {
    this.#fd = fd;
    this.#counter = counter;
  }

  /** @returns the newest valid mark, null when there is none. */
  static open(directory: string): { mark: DurableMark; last: LogPosition | null } {
    const file = join(directory, 'durable');
    const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
    const slots = [readSlot(bytes, 0), readSlot(bytes, slotBytes)].filter((slot) => slot !== null);
    slots.sort((a, b) => b.counter - a.counter);
    const fd = openSync(file, existsSync(file) ? 'r+' : 'w+');
    return { mark: new DurableMark(fd, slots[0]?.counter ?? 0), last: slots[0] ?? null };
  }

  write({ segment, position }: LogPosition): void {
    this.#counter = (this.#counter + 1) >>> 0;
    const slot = this.#slot;
    slot.writeUInt32LE(segment, 0);
    slot.writeDoubleLE(position, 4);
    slot.writeUInt32LE(this.#counter, 12);
    slot.writeUInt32LE(crc32(slot.subarray(0, 16)), 16);
    writeSync(this.#fd, slot, 0, slotBytes, (this.#counter % 2) * slotBytes);
  }

  close(): void {
    closeSync(this.#fd);
  }
}

function readSlot(bytes: Buffer, at: number): (LogPosition & { counter: number }) | null {
  if (bytes.length < at + slotBytes) return null;
  if (crc32(bytes.subarray(at, at + 16)) !== bytes.readUInt32LE(at + 16)) return null;
  const position = bytes.readDoubleLE(at + 4);
  // A file that was lengthened but never written reads as zeros, whose checksum is not zero; a mark is never at 0 either.
  return position > 0
    ? { segment: bytes.readUInt32LE(at), position, counter: bytes.readUInt32LE(at + 12) }
    : null;
}
