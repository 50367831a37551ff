/**
 * Readers of Avro primitives that allocate nothing: each takes a position and returns the position behind the value; the value itself
 * is left in `decodedLong[0]` or `decodedInt[0]`, from where the caller takes it before the next read. (A returned double would be boxed.)
 * No reader looks beyond the buffer's end, and each throws nothing but CodecError.
 */
import { CodecError } from './codec-error.ts';

/** Value of the last readLong. */
export const decodedLong = new Float64Array(1);
/** Value of the last readInt, readEnum or readBoolean (0, 1); first byte of the last readSpan or readFixed. */
export const decodedInt = new Int32Array(1);

const TWO_27 = 0x8000000;
const TWO_26 = 0x4000000;
/** Bytes of the longest varint of an int64. */
const MAX_VARINT_BYTES = 10;

/** Reads a zigzag varint of up to 64 bits into `decodedLong`. Values that are not safe integers are refused (UNSAFE_INTEGER). */
export function readLong(buffer: Uint8Array, position: number): number {
  if (position < buffer.length) {
    const byte = buffer[position]!;
    if (byte < 0x80) {
      decodedLong[0] = (byte >>> 1) ^ -(byte & 1);
      return position + 1;
    }
  }
  return readLongerLong(buffer, position);
}

function readLongerLong(buffer: Uint8Array, position: number): number {
  // 28 bits fit the 32-bit operators; the next 28 are kept apart and joined by multiplication.
  let low = 0;
  let high = 0;
  let p = position;
  let byte = 0x80;
  for (let shift = 0; byte >= 0x80 && shift < 28; shift += 7) {
    byte = byteAt(buffer, p++);
    low |= (byte & 0x7f) << shift;
  }
  for (let shift = 0; byte >= 0x80 && shift < 28; shift += 7) {
    byte = byteAt(buffer, p++);
    high |= (byte & 0x7f) << shift;
  }
  if (byte >= 0x80) p = skipZeroTail(buffer, position, p);
  const half = (low >>> 1) + high * TWO_27;
  const odd = low & 1;
  if (high >= TWO_26 || (odd === 1 && half === Number.MAX_SAFE_INTEGER)) throw unsafe(position);
  decodedLong[0] = odd === 1 ? -half - 1 : half;
  return p;
}

/** Bytes 9 and 10 of a varint hold bits from 2^56 on: all zero in a safe integer. */
function skipZeroTail(buffer: Uint8Array, start: number, position: number): number {
  const end = skipLong(buffer, start);
  for (let p = position; p < end; p++) if ((buffer[p]! & 0x7f) !== 0) throw unsafe(start);
  return end;
}

/** Skips a varint of up to 64 bits, whatever its value. */
export function skipLong(buffer: Uint8Array, position: number): number {
  let p = position;
  while (byteAt(buffer, p) >= 0x80) {
    p += 1;
    if (p - position >= MAX_VARINT_BYTES)
      throw new CodecError('MALFORMED', 'Varint longer than 10 bytes', position);
  }
  return p + 1;
}

/** Reads an Avro int into `decodedInt`. */
export function readInt(buffer: Uint8Array, position: number): number {
  const end = readLong(buffer, position);
  const value = decodedLong[0]!;
  if (value < -0x80000000 || value > 0x7fffffff)
    throw new CodecError('UNSAFE_INTEGER', 'Int beyond 32 bits', position);
  decodedInt[0] = value;
  return end;
}

/** Reads an enum's index, which must be below `symbols`, into `decodedInt`. */
export function readEnum(buffer: Uint8Array, position: number, symbols: number): number {
  const end = readLong(buffer, position);
  const value = decodedLong[0]!;
  if (value < 0 || value >= symbols)
    throw new CodecError('MALFORMED', `Enum index ${value} of ${symbols} symbols`, position);
  decodedInt[0] = value;
  return end;
}

/** Reads a boolean, 0 or 1, into `decodedInt`. */
export function readBoolean(buffer: Uint8Array, position: number): number {
  const byte = byteAt(buffer, position);
  if (byte > 1) throw new CodecError('MALFORMED', `Boolean of value ${byte}`, position);
  decodedInt[0] = byte;
  return position + 1;
}

/** Reads a string or bytes: leaves its first byte's position in `decodedInt` and returns the position behind its last byte. */
export function readSpan(buffer: Uint8Array, position: number): number {
  if (position < buffer.length) {
    const byte = buffer[position]!;
    const end = position + 1 + (byte >>> 1);
    if (byte < 0x80 && (byte & 1) === 0 && end <= buffer.length) {
      decodedInt[0] = position + 1;
      return end;
    }
  }
  return readLongSpan(buffer, position);
}

function readLongSpan(buffer: Uint8Array, position: number): number {
  const start = readLong(buffer, position);
  const length = decodedLong[0]!;
  if (length < 0) throw new CodecError('MALFORMED', `Length ${length}`, position);
  if (length > buffer.length - start) throw truncated(position);
  decodedInt[0] = start;
  return start + length;
}

/** Reads a fixed of `size` bytes like readSpan. */
export function readFixed(buffer: Uint8Array, position: number, size: number): number {
  if (position + size > buffer.length) throw truncated(position);
  decodedInt[0] = position;
  return position + size;
}

function byteAt(buffer: Uint8Array, position: number): number {
  if (position >= buffer.length) throw truncated(position);
  return buffer[position]!;
}

function truncated(position: number): CodecError {
  return new CodecError('TRUNCATED', 'Bytes end inside a value', position);
}

function unsafe(position: number): CodecError {
  return new CodecError('UNSAFE_INTEGER', 'Long is not a safe integer', position);
}
