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

function readValue(bytes: Buffer, position: number, type: string): Read {
  const [, outer = '', inner] = /^(\w+)(?:\((.*)\))?$/.exec(type)!;
  switch (outer) {
    case 'LowCardinality':
      return readValue(bytes, position, inner!);
    case 'Array':
      return readArray(bytes, position, inner!);
    case 'String': {
      const [length, start] = readLength(bytes, position);
      return [bytes.subarray(start, start + length).toString(), start + length];
    }
    case 'FixedString':
      return [bytes.subarray(position, position + Number(inner)), position + Number(inner)];
    case 'Enum8': {
      const symbol = new RegExp(`'(\\w+)'=${bytes.readInt8(position)}(?:,|$)`).exec(inner!)?.[1];
      if (symbol === undefined) throw new Error(`${bytes.readInt8(position)} is not in ${type}`);
      return [symbol, position + 1];
    }
    case 'Bool':
      return [bytes.readUInt8(position) === 1, position + 1];
    case 'Int32':
      return [bytes.readInt32LE(position), position + 4];
    case 'UInt32':
      return [bytes.readUInt32LE(position), position + 4];
    case 'Date':
      return [new Date(bytes.readUInt16LE(position) * 86_400_000).toISOString().slice(0, 10), position + 2];
    case 'Int64':
    case 'Decimal':
    case 'DateTime64':
      return [Number(bytes.readBigInt64LE(position)), position + 8];
    default:
      throw new Error(`Type ${type}`);
  }
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
