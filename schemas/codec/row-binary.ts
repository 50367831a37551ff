/**
 * ClickHouse RowBinary: the columns of a row one after another, no names, no separators; integers little-endian; String = varint length
 * and bytes; Array = varint length and elements; LowCardinality(T) is T; Decimal(18,s) is Int64, Decimal(38,s) Int128;
 * DateTime64 is Int64 ticks; Date is UInt16 days since 1970-01-01.
 */
import { CodecError } from './codec-error.ts';
import { dayNumber } from './day-number.ts';
import { copyBytes } from './text.ts';

const TWO_32 = 0x100000000;
const FIRST_BYTES = 64 * 1024;
const MAX_VARINT_BYTES = 5;
const DECIMAL = /^(-?)(\d{1,38})(?:\.(\d+))?$/;

/** Where a message came from; becomes src_partition and src_offset of its rows. */
export interface RowSource {
  readonly partition: number;
  readonly offset: number;
}

/** Appends values of rows to a growing buffer. A value that its type cannot hold is a CodecError (BAD_VALUE, UNSAFE_INTEGER). */
export class RowBinaryWriter {
  /** Bytes written since the last take. */
  position = 0;
  private buffer: Buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);

  /** String from bytes `start` to `end` of `from`, as they are. */
  range(from: Uint8Array, start: number, end: number): void {
    const length = end - start;
    if (length >= 0x80 || length < 0) this.arrayLength(length);
    else {
      this.reserve(1);
      this.buffer[this.position++] = length;
    }
    this.fixed(from, start, end);
  }

  /** String from a JS string, as UTF-8. */
  string(value: string): void {
    const bytes = Buffer.byteLength(value, 'utf8');
    this.arrayLength(bytes);
    this.reserve(bytes);
    this.position += this.buffer.write(value, this.position, bytes, 'utf8');
  }

  /** Bytes that are RowBinary already. */
  encoded(bytes: Uint8Array): void {
    this.fixed(bytes, 0, bytes.length);
  }

  /** FixedString(end - start). */
  fixed(from: Uint8Array, start: number, end: number): void {
    if (start < 0 || end < start || end > from.length)
      throw new CodecError('BAD_VALUE', `Range ${start} to ${end} of ${from.length} bytes`);
    this.reserve(end - start);
    this.position = copyBytes(this.buffer, this.position, from, start, end);
  }

  bool(value: boolean): void {
    this.uint8(value ? 1 : 0);
  }

  int8(value: number): void {
    checkRange(value, -0x80, 0x7f);
    this.little(value, 1);
  }

  int16(value: number): void {
    checkRange(value, -0x8000, 0x7fff);
    this.little(value, 2);
  }

  int32(value: number): void {
    checkRange(value, -0x80000000, 0x7fffffff);
    this.reserve(4);
    this.position = putInt32(this.buffer, this.position, value);
  }

  /** Int64, Decimal(18,s) (scaled), DateTime64 (ticks) from a safe integer. */
  int64(value: number): void {
    if (!Number.isSafeInteger(value))
      throw new CodecError('UNSAFE_INTEGER', `${value} is not a safe integer`);
    this.reserve(8);
    // ToInt32 is modulo 2^32, so the low half is right for negative values and those beyond 2^32 alike.
    this.position = putInt32(
      this.buffer,
      putInt32(this.buffer, this.position, value | 0),
      Math.floor(value / TWO_32),
    );
  }

  /** Int128, Decimal(38,s) (scaled) from a safe integer or a BigInt. */
  int128(value: number | bigint): void {
    if (typeof value === 'bigint') {
      this.bigInt128(value);
      return;
    }
    this.int64(value);
    this.int64(value < 0 ? -1 : 0);
  }

  uint8(value: number): void {
    checkRange(value, 0, 0xff);
    this.little(value, 1);
  }

  uint16(value: number): void {
    checkRange(value, 0, 0xffff);
    this.little(value, 2);
  }

  uint32(value: number): void {
    checkRange(value, 0, 0xffffffff);
    this.reserve(4);
    this.position = putInt32(this.buffer, this.position, value | 0);
  }

  /** UInt64 from a safe integer. */
  uint64(value: number): void {
    checkRange(value, 0, Number.MAX_SAFE_INTEGER);
    this.int64(value);
  }

  /** Date from text, yyyy-mm-dd, within 1970-01-01 to 2149-06-06; an empty text is 1970-01-01. */
  dateText(from: Uint8Array, start: number, end: number): void {
    this.uint16(start === end ? 0 : dayNumber(from, start, end));
  }

  /** Decimal(38,scale) from plain decimal text with at most that many decimals. */
  decimalText(from: Buffer, start: number, end: number, scale: number): void {
    const value = from.toString('latin1', start, end);
    const match = DECIMAL.exec(value);
    const fraction = match?.[3] ?? '';
    if (match === null || fraction.length > scale) {
      throw new CodecError('BAD_VALUE', `${value} is no decimal with at most ${scale} decimals`);
    }
    const digits = BigInt(match[2]! + fraction.padEnd(scale, '0'));
    this.int128(match[1] === '-' ? -digits : digits);
  }

  /** Length of an Array (its elements follow), or of a String. */
  arrayLength(value: number): void {
    this.reserve(MAX_VARINT_BYTES);
    let rest = value;
    for (; rest >= 0x80; rest >>>= 7) this.buffer[this.position++] = (rest & 0x7f) | 0x80;
    this.buffer[this.position++] = rest;
  }

  /** Forgets what was written from `position` on, so that a failed message leaves no half row. */
  truncate(position: number): void {
    this.position = position;
  }

  /** The bytes in a buffer of their own; the writer is empty afterwards. */
  take(): Buffer {
    const taken = Buffer.allocUnsafeSlow(this.position);
    copyBytes(taken, 0, this.buffer, 0, this.position);
    this.position = 0;
    return taken;
  }

  private bigInt128(value: bigint): void {
    if (BigInt.asIntN(128, value) !== value)
      throw new CodecError('BAD_VALUE', `${value.toString()} is beyond 128 bits`);
    this.reserve(16);
    this.buffer.writeBigUInt64LE(BigInt.asUintN(64, value), this.position);
    this.buffer.writeBigInt64LE(value >> 64n, this.position + 8);
    this.position += 16;
  }

  /** An integer of one or two bytes, little-endian. */
  private little(value: number, bytes: number): void {
    this.reserve(bytes);
    this.buffer[this.position++] = value & 0xff;
    if (bytes === 2) this.buffer[this.position++] = (value >> 8) & 0xff;
  }

  private reserve(bytes: number): void {
    if (this.position + bytes > this.buffer.length) this.grow(bytes);
  }

  private grow(bytes: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, this.position + bytes));
    copyBytes(larger, 0, this.buffer, 0, this.position);
    this.buffer = larger;
  }
}

/** Runs `write`, which returns a number of rows; when it throws, the writer is as before. */
export function writeAtomically(writer: RowBinaryWriter, write: () => number): number {
  const start = writer.position;
  try {
    return write();
  } catch (error) {
    writer.truncate(start);
    throw error;
  }
}

/** RowBinary Strings of an enum's symbols, by index. */
export function encodeSymbols(symbols: readonly string[]): readonly Buffer[] {
  return symbols.map((symbol) => {
    const writer = new RowBinaryWriter();
    writer.string(symbol);
    return writer.take();
  });
}

function putInt32(out: Uint8Array, position: number, value: number): number {
  out[position] = value & 0xff;
  out[position + 1] = (value >> 8) & 0xff;
  out[position + 2] = (value >> 16) & 0xff;
  out[position + 3] = (value >> 24) & 0xff;
  return position + 4;
}

function checkRange(value: number, from: number, to: number): void {
  if (!Number.isInteger(value) || value < from || value > to) {
    throw new CodecError('BAD_VALUE', `${value} is no integer from ${from} to ${to}`);
  }
}
