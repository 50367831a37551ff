import type { Column } from '../generated/rows.ts';

/** Reads one RowBinary row by its columns' types, with BigInt and without any code of the writer's; returns the values and the end. */
export function readRow(
  bytes: Buffer,
  start: number,
  columns: readonly Column[],
): { row: Record<string, unknown>; end: number } {
  let position = start;
  const row: Record<string, unknown> = {};
  for (const { name, type } of columns) [row[name], position] = readValue(bytes, position, type);
  return { row, end: position };
}

type Read = [value: unknown, end: number];

type ReadType = (bytes: Buffer, position: number, inner: string) => Read;

const READERS: Readonly<Record<string, ReadType>> = {
  LowCardinality: readValue,
  Array: readArray,
  String: readString,
  FixedString: (bytes, position, size) => [
    bytes.subarray(position, position + Number(size)),
    position + Number(size),
  ],
  Enum8: readEnum,
  Bool: (bytes, position) => [bytes.readUInt8(position) === 1, position + 1],
  Int32: (bytes, position) => [bytes.readInt32LE(position), position + 4],
  UInt32: (bytes, position) => [bytes.readUInt32LE(position), position + 4],
  Date: (bytes, position) => [
    new Date(bytes.readUInt16LE(position) * 86_400_000).toISOString().slice(0, 10),
    position + 2,
  ],
  Int64: readInt64,
  Decimal: readDecimal,
  DateTime64: readInt64,
};

function readValue(bytes: Buffer, position: number, type: string): Read {
  const [, outer = '', inner = ''] = /^(\w+)(?:\((.*)\))?$/.exec(type)!;
  const read = READERS[outer];
  if (read === undefined) throw new Error(`Type ${type}`);
  return read(bytes, position, inner);
}

function readString(bytes: Buffer, position: number): Read {
  const [length, start] = readLength(bytes, position);
  return [bytes.subarray(start, start + length).toString(), start + length];
}

function readEnum(bytes: Buffer, position: number, symbols: string): Read {
  const number = bytes.readInt8(position);
  const symbol = new RegExp(`'(\\w+)'=${number}(?:,|$)`).exec(symbols)?.[1];
  if (symbol === undefined) throw new Error(`${number} is not in ${symbols}`);
  return [symbol, position + 1];
}

/** Decimal(18,s) as its scaled integer, Decimal(38,s) as text. */
function readDecimal(bytes: Buffer, position: number, precision: string): Read {
  const [digits, scale] = precision.split(',').map(Number) as [number, number];
  if (digits <= 18) return readInt64(bytes, position);
  const value = (bytes.readBigInt64LE(position + 8) << 64n) | bytes.readBigUInt64LE(position);
  const padded = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  return [`${value < 0n ? '-' : ''}${padded.slice(0, -scale)}.${padded.slice(-scale)}`, position + 16];
}

function readInt64(bytes: Buffer, position: number): Read {
  return [Number(bytes.readBigInt64LE(position)), position + 8];
}

function readArray(bytes: Buffer, position: number, inner: string): Read {
  const values: unknown[] = [];
  let [count, at] = readLength(bytes, position);
  for (; count > 0; count--) {
    const [value, end] = readValue(bytes, at, inner);
    values.push(value);
    at = end;
  }
  return [values, at];
}

function readLength(bytes: Buffer, position: number): [number, number] {
  let length = 0;
  let at = position;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes.readUInt8(at++);
    length += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [length, at];
  }
}
