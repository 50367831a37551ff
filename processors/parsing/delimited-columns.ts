/** What `split` answers when a quoted column is malformed. */
export const BAD_QUOTE = -1;

/**
 * Splits a delimited line into columns (rules section 3): positions go to typed arrays, nothing is copied. A quoted column's
 * range is what stands between its quotes, with doubled quotes still doubled.
 */
export class DelimitedColumns {
  /** First byte of each column's content. */
  readonly starts: Int32Array;
  /** Behind the content. */
  readonly ends: Int32Array;
  /** 1 when the content holds doubled quotes. */
  readonly doubled: Uint8Array;
  /** After BAD_QUOTE: where the fault was seen, and its column from 1. */
  faultAt = 0;
  faultColumn = 0;
  private readonly delimiter: Buffer;
  private readonly quote: Buffer;
  private readonly delimiterByte: number;
  private readonly quoteByte: number;
  private readonly kept: number;

  /** Keeps the positions of the first `kept` columns; more are counted only. */
  constructor(delimiter: string, quote: string, kept: number) {
    this.delimiter = Buffer.from(delimiter);
    this.quote = Buffer.from(quote);
    this.delimiterByte = this.delimiter[0]!;
    this.quoteByte = this.quote[0]!;
    this.kept = kept;
    this.starts = new Int32Array(kept);
    this.ends = new Int32Array(kept);
    this.doubled = new Uint8Array(kept);
  }

  /** Number of columns of the line `bytes[start, end)`, at least 1, or BAD_QUOTE. */
  split(bytes: Buffer, start: number, end: number): number {
    const { delimiterByte, quoteByte, kept, starts, ends, doubled } = this;
    const width = this.delimiter.length;
    const simple = width === 1;
    let column = 0;
    let p = start;
    for (;;) {
      if (p < end && bytes[p] === quoteByte && this.isQuote(bytes, p, end)) {
        p = this.quoted(bytes, p, end, column);
        if (p < 0) return BAD_QUOTE;
      } else {
        const from = p;
        while (p < end && (bytes[p] !== delimiterByte || !(simple || this.isDelimiter(bytes, p, end)))) p++;
        if (column < kept) {
          starts[column] = from;
          ends[column] = p;
          doubled[column] = 0;
        }
      }
      column++;
      if (p >= end) return column;
      p += width;
    }
  }

  /** Resolves doubled quotes of `column` into `out` at `to`, which has room for its range; returns the position behind. */
  unquote(bytes: Buffer, column: number, out: Buffer, to: number): number {
    const end = this.ends[column]!;
    let at = to;
    for (let p = this.starts[column]!; p < end; p++) {
      out[at++] = bytes[p]!;
      // Inside a quoted column a quote is always the first of two.
      if (bytes[p] === this.quoteByte && this.isQuote(bytes, p, end)) {
        for (let i = 1; i < this.quote.length; i++) out[at++] = this.quote[i]!;
        p += 2 * this.quote.length - 1;
      }
    }
    return at;
  }

  /** Reads a quoted column that opens at `open`; returns the position behind its closing quote, or BAD_QUOTE. */
  private quoted(bytes: Buffer, open: number, end: number, column: number): number {
    const width = this.quote.length;
    let pairs = 0;
    let p = open + width;
    for (;;) {
      while (p < end && !(bytes[p] === this.quoteByte && this.isQuote(bytes, p, end))) p++;
      if (p >= end) return this.fault(open, column);
      if (!this.isQuote(bytes, p + width, end)) break;
      pairs = 1;
      p += 2 * width;
    }
    if (column < this.kept) {
      this.starts[column] = open + width;
      this.ends[column] = p;
      this.doubled[column] = pairs;
    }
    p += width;
    return p < end && !this.isDelimiter(bytes, p, end) ? this.fault(p, column) : p;
  }

  private fault(at: number, column: number): typeof BAD_QUOTE {
    this.faultAt = at;
    this.faultColumn = column + 1;
    return BAD_QUOTE;
  }

  private isQuote(bytes: Buffer, at: number, end: number): boolean {
    return matches(bytes, at, end, this.quote);
  }

  private isDelimiter(bytes: Buffer, at: number, end: number): boolean {
    return matches(bytes, at, end, this.delimiter);
  }
}

function matches(bytes: Buffer, at: number, end: number, mark: Buffer): boolean {
  if (at + mark.length > end) return false;
  for (let i = 0; i < mark.length; i++) if (bytes[at + i] !== mark[i]) return false;
  return true;
}
