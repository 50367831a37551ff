import type { Mapping } from '../../schemas/catalog/mapping.ts';
import { BAD_QUOTE, DelimitedColumns } from '../parsing/delimited-columns.ts';

/** A header or trailer of a mapping. */
interface FrameLine {
  readonly startsWith: Buffer;
  readonly required: boolean;
}

/** Reads the count out of a trailer's bytes; null when it is unreadable. */
type CountReader = (line: Buffer) => number | null;

function readDigits(bytes: Buffer): number | null {
  const text = bytes.toString('latin1').replace(/^ +| +$/g, '');
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(value) ? value : null;
}

function countByColumn(mapping: Mapping, column: number): CountReader {
  const { format } = mapping;
  // Frames of fixed-width and JSON files are comma-separated when they have columns.
  const delimited = format.type === 'delimited' ? format : { delimiter: ',', quote: '"' };
  const columns = new DelimitedColumns(delimited.delimiter, delimited.quote, column);
  return (line) => {
    const count = columns.split(line, 0, line.length);
    if (count === BAD_QUOTE || count < column) return null;
    return readDigits(line.subarray(columns.starts[column - 1], columns.ends[column - 1]));
  };
}

function countReader(mapping: Mapping): CountReader | null {
  const count = mapping.trailer?.count;
  if (count?.column !== undefined) return countByColumn(mapping, count.column);
  if (count?.position === undefined || count.length === undefined) return null;
  const start = count.position - 1;
  const end = start + count.length;
  return (line) => (line.length < end ? null : readDigits(line.subarray(start, end)));
}

function startsLike(frame: FrameLine | null, bytes: Buffer, start: number, end: number): boolean {
  if (frame === null) return false;
  const { startsWith } = frame;
  if (end - start < startsWith.length) return false;
  for (let i = 0; i < startsWith.length; i++) if (bytes[start + i] !== startsWith[i]) return false;
  return true;
}

/** Header and trailer of a mapping's files (rules section 2). */
export class FileFrame {
  readonly header: FrameLine | null;
  readonly trailer: FrameLine | null;
  private readonly count: CountReader | null;

  constructor(mapping: Mapping) {
    const line = (frame: { startsWith: string; required: boolean } | undefined): FrameLine | null =>
      frame === undefined
        ? null
        : { startsWith: Buffer.from(frame.startsWith, 'utf8'), required: frame.required };
    this.header = line(mapping.header);
    this.trailer = line(mapping.trailer);
    this.count = countReader(mapping);
  }

  /** True when the mapping says where the trailer's count stands. */
  get counts(): boolean {
    return this.count !== null;
  }

  isHeader(bytes: Buffer, start: number, end: number): boolean {
    return startsLike(this.header, bytes, start, end);
  }

  isTrailer(bytes: Buffer, start: number, end: number): boolean {
    return startsLike(this.trailer, bytes, start, end);
  }

  /** Number of detail records that the trailer states; null when it states none or cannot be read. */
  trailerCount(line: Buffer): number | null {
    return this.count === null ? null : this.count(line);
  }
}
