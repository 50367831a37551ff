import { LineEnds } from '../parsing/line-ends.ts';
import { pieceNumber } from './record-number.ts';

const LF = 10;
const CR = 13;
/** Chunks are taken in parts of this size, so that a huge chunk is not copied as a whole. */
const PART_BYTES = 65_536;
const MARK_BYTES = 3;

/** Limits of a slice. */
export interface CutterLimits {
  /** Lines per slice. */
  readonly maxLines: number;
  /** Bytes per slice; a longer line gets a slice of its own. */
  readonly maxBytes: number;
  /** Content of the longest record that the mapping allows: such a line is never cut. */
  readonly maxRecordBytes: number;
}

const DEFAULT_LIMITS: CutterLimits = { maxLines: 1000, maxBytes: 512 * 1024, maxRecordBytes: 65_536 };

/** A part of a file: whole lines with their ends, or a piece of a line that is longer than any slice. */
export interface Slice {
  /** A buffer of its own. */
  readonly payload: Buffer;
  /** Number of the first line; of a piece that goes on with a line see pieceNumber. */
  readonly firstRecordNumber: number;
  /** No slice follows. */
  readonly last: boolean;
}

/**
 * Cuts a file into slices. The same file gives the same slices whatever the sizes of its chunks, and the slices put together are
 * the file. Memory is bounded by the limits, also for a file without line ends: such a line comes in pieces, each without a line
 * end but the last, and its reader reports RECORD_TOO_LONG once (RawBatchReader).
 */
export class BatchCutter {
  private readonly limits: CutterLimits;
  /** Longest line, its end not counted, that stays whole. */
  private readonly longest: number;
  private readonly lineEnds = new LineEnds();
  private buffer: Buffer;
  private filled = 0;
  /** Start of the slice, of the line at hand, and what is already searched for a line end. */
  private sliceStart = 0;
  private lineStart = 0;
  private searched = 0;
  private sliceLines = 0;
  /** The slice is complete; it goes out when it is known whether more follows. */
  private complete = false;
  private firstRecordNumber = 1;
  private pieces = 0;
  private slices: Slice[] = [];

  constructor(limits: Partial<CutterLimits> = {}) {
    this.limits = { ...DEFAULT_LIMITS, ...limits };
    // A byte order mark belongs to the first line's bytes but not to its content.
    this.longest = Math.max(this.limits.maxBytes, this.limits.maxRecordBytes + MARK_BYTES);
    this.buffer = Buffer.allocUnsafe(PART_BYTES);
  }

  /** Takes the next bytes, which are copied; returns the slices that are complete. */
  push(chunk: Buffer): Slice[] {
    for (let from = 0; from < chunk.length; from += PART_BYTES) {
      if (this.complete) this.emit(this.lineStart, false);
      this.take(chunk, from, Math.min(chunk.length, from + PART_BYTES));
      this.cut(false);
    }
    return this.drain();
  }

  /** Closes the file; the last slice returned has `last`. Nothing for a file without bytes. */
  end(): Slice[] {
    this.cut(true);
    if (this.filled > this.sliceStart) this.emit(this.filled, true);
    return this.drain();
  }

  private drain(): Slice[] {
    const { slices } = this;
    this.slices = [];
    return slices;
  }

  private take(chunk: Buffer, from: number, to: number): void {
    const kept = this.filled - this.sliceStart;
    const needed = kept + to - from;
    const target = needed > this.buffer.length ? Buffer.allocUnsafe(2 * needed) : this.buffer;
    if (target !== this.buffer || this.filled + to - from > target.length) {
      this.buffer.copy(target, 0, this.sliceStart, this.filled);
      this.buffer = target;
      this.lineStart -= this.sliceStart;
      this.searched -= this.sliceStart;
      this.sliceStart = 0;
      this.filled = kept;
    }
    this.filled += chunk.copy(this.buffer, this.filled, from, to);
  }

  private cut(final: boolean): void {
    const { buffer, filled, lineEnds } = this;
    lineEnds.reset(buffer, filled);
    for (;;) {
      const at = lineEnds.next(this.searched);
      while (at - this.lineStart > this.longest) this.cutPiece();
      this.searched = at;
      if (at === filled) {
        if (final && at > this.lineStart) this.closeLine(at);
        return;
      }
      if (buffer[at] === CR) {
        if (at + 1 === filled && !final) return;
        this.closeLine(at + (at + 1 < filled && buffer[at + 1] === LF ? 2 : 1));
      } else this.closeLine(at + 1);
    }
  }

  private closeLine(next: number): void {
    const { maxLines, maxBytes } = this.limits;
    if (this.sliceLines > 0 && next - this.sliceStart > maxBytes) this.emit(this.lineStart, false);
    this.sliceLines++;
    this.lineStart = next;
    this.searched = next;
    this.complete = this.pieces > 0 || this.sliceLines === maxLines || next - this.sliceStart >= maxBytes;
    if (this.complete && next < this.filled) this.emit(next, false);
  }

  /** Sends the first bytes of a line that is too long for a slice. */
  private cutPiece(): void {
    if (this.sliceLines > 0) this.emit(this.lineStart, false);
    const end = this.lineStart + this.longest;
    this.send(end, false);
    this.pieces++;
    this.sliceStart = end;
    this.lineStart = end;
  }

  /** Sends the slice up to `end`, a line's end. */
  private emit(end: number, last: boolean): void {
    this.send(end, last);
    this.firstRecordNumber += this.sliceLines;
    this.pieces = 0;
    this.sliceLines = 0;
    this.sliceStart = end;
    this.complete = false;
  }

  private send(end: number, last: boolean): void {
    this.slices.push({
      payload: Buffer.from(this.buffer.subarray(this.sliceStart, end)),
      firstRecordNumber: pieceNumber(this.firstRecordNumber, this.pieces),
      last,
    });
  }
}
