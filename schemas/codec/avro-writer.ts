/**
 * Writers of Avro primitives into a caller's buffer: each returns the position behind what it wrote, and throws NO_ROOM, before
 * anything is lost, when the buffer cannot hold it. Wrong values (NaN, unsafe integers) are UNSAFE_INTEGER or BAD_VALUE.
 */
import { CodecError } from './codec-error.ts';
import { copyBytes, EncodedText } from './text.ts';
import type { ByteRange, Text } from './text.ts';

const TWO_27 = 0x8000000;
const MAX_VARINT_BYTES = 10;
/** Strings up to this many UTF-16 units are written by a loop while they are ASCII; their length takes one byte. */
const SHORT_TEXT = 63;

/** What writers accept for an Avro fixed: the bytes, or where they start in a larger buffer (a ByteRange is one). */
export type FixedValue = Uint8Array | { readonly buffer: Uint8Array; readonly start: number };
/** What writers accept for Avro bytes. */
export type BytesValue = Uint8Array | ByteRange;

/** Writes a zigzag varint; `value` must be a safe integer. */
export function writeLong(out: Uint8Array, position: number, value: number): number {
  checkRoom(out, position, MAX_VARINT_BYTES);
  // The zigzag form of 32 bits has 32 bits again; writeVarint takes them as unsigned.
  if ((value | 0) === value) return writeVarint(out, position, (value << 1) ^ (value >> 31));
  if (!Number.isSafeInteger(value)) throw new CodecError('UNSAFE_INTEGER', `${value} is not a safe integer`);
  const half = value < 0 ? -(value + 1) : value;
  let low = (half % TWO_27) * 2 + (value < 0 ? 1 : 0);
  let p = position;
  for (let i = 0; i < 4; i++) {
    out[p++] = (low & 0x7f) | 0x80;
    low >>>= 7;
  }
  // Seven bits cannot be left over: |value| >= 2^31 needs more than 28 bits in zigzag form.
  return writeVarint(out, p, Math.floor(half / TWO_27));
}

function writeVarint(out: Uint8Array, position: number, value: number): number {
  let rest = value >>> 0;
  let p = position;
  while (rest >= 0x80) {
    out[p++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  out[p++] = rest;
  return p;
}

/** Writes an Avro int; `value` must fit 32 bits. */
export function writeInt(out: Uint8Array, position: number, value: number): number {
  if ((value | 0) !== value) throw new CodecError('UNSAFE_INTEGER', `${value} is not a 32-bit integer`);
  return writeLong(out, position, value);
}

/** Writes an enum's index, which must be below `symbols`. */
export function writeEnum(out: Uint8Array, position: number, index: number, symbols: number): number {
  if ((index | 0) !== index || index < 0 || index >= symbols) {
    throw new CodecError('BAD_VALUE', `Enum index ${index} of ${symbols} symbols`);
  }
  return writeLong(out, position, index);
}

export function writeBoolean(out: Uint8Array, position: number, value: boolean): number {
  checkRoom(out, position, 1);
  out[position] = value ? 1 : 0;
  return position + 1;
}

/** Writes a string: short ASCII by a loop, other as UTF-8; a lone surrogate becomes U+FFFD. */
export function writeText(out: Buffer, position: number, value: Text): number {
  if (typeof value !== 'string') {
    return value instanceof EncodedText
      ? writeEncoded(out, position, value.bytes)
      : writeRange(out, position, value);
  }
  const length = value.length;
  if (length > SHORT_TEXT) return writeLongText(out, position, value);
  checkRoom(out, position, 1 + length);
  for (let i = 0; i < length; i++) {
    const unit = value.charCodeAt(i);
    if (unit >= 0x80) return writeLongText(out, position, value);
    out[position + 1 + i] = unit;
  }
  out[position] = length << 1;
  return position + 1 + length;
}

function writeEncoded(out: Uint8Array, position: number, bytes: Uint8Array): number {
  checkRoom(out, position, bytes.length);
  return copyBytes(out, position, bytes, 0, bytes.length);
}

function writeLongText(out: Buffer, position: number, value: string): number {
  const bytes = Buffer.byteLength(value, 'utf8');
  const start = writeLong(out, position, bytes);
  checkRoom(out, start, bytes);
  out.write(value, start, bytes, 'utf8');
  return start + bytes;
}

/** Writes Avro bytes. */
export function writeBytes(out: Buffer, position: number, value: BytesValue): number {
  if (!(value instanceof Uint8Array)) return writeRange(out, position, value);
  return writeRaw(out, writeLong(out, position, value.length), value, 0, value.length);
}

function writeRange(out: Buffer, position: number, range: ByteRange): number {
  return writeRaw(
    out,
    writeLong(out, position, range.end - range.start),
    range.buffer,
    range.start,
    range.end,
  );
}

/** Writes a fixed of `size` bytes. */
export function writeFixed(out: Buffer, position: number, value: FixedValue, size: number): number {
  if (!(value instanceof Uint8Array))
    return writeRaw(out, position, value.buffer, value.start, value.start + size);
  if (value.length !== size)
    throw new CodecError('BAD_VALUE', `Fixed of ${value.length} bytes, should be ${size}`);
  return writeRaw(out, position, value, 0, size);
}

/** Copies bytes as they are: an encoded record (or the prefix of one) into another batch. */
export function writeRaw(
  out: Uint8Array,
  position: number,
  from: Uint8Array,
  start: number,
  end: number,
): number {
  if (start < 0 || end < start || end > from.length)
    throw new CodecError('BAD_VALUE', `Range ${start} to ${end} of ${from.length} bytes`);
  checkRoom(out, position, end - start);
  return copyBytes(out, position, from, start, end);
}

/** Opens an array of `count` items, which the caller writes next, followed by writeArrayEnd. */
export function writeArrayStart(out: Uint8Array, position: number, count: number): number {
  return count === 0 ? position : writeLong(out, position, count);
}

/** Closes an array. */
export function writeArrayEnd(out: Uint8Array, position: number): number {
  checkRoom(out, position, 1);
  out[position] = 0;
  return position + 1;
}

/** Prepares a string that will be written often. */
export function encodeText(value: string): EncodedText {
  const out = Buffer.allocUnsafe(MAX_VARINT_BYTES + 3 * value.length);
  return new EncodedText(value, Uint8Array.from(out.subarray(0, writeText(out, 0, value))));
}

function checkRoom(out: Uint8Array, position: number, bytes: number): void {
  if (position + bytes > out.length)
    throw new CodecError('NO_ROOM', `Output of ${out.length} bytes is full`, position);
}
