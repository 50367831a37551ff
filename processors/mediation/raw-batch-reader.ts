import { markLength } from '../intake/byte-order-mark.ts';
import type { FileFrame } from '../intake/file-frame.ts';
import { lineOf, pieceOf } from '../intake/record-number.ts';
import { LineCutter } from '../parsing/line-cutter.ts';
import { newLineCounts, releaseHeld } from './file-progress.ts';
import type { FileProgress, LineCounts } from './file-progress.ts';

/** Bytes kept of a line that no batch holds as a whole. */
export const KEPT_OF_LONG_LINE = 65_536;

/** What the reader needs of a RawBatch. */
export interface RawBatchPart {
  readonly firstRecordNumber: number;
  readonly lastBatch: boolean;
  /** Holds the payload as `[payloadStart, payloadEnd)`. */
  readonly buffer: Buffer;
  readonly payloadStart: number;
  readonly payloadEnd: number;
}

/** Takes the detail records of a batch in file order. */
export interface DetailSink {
  /**
   * One detail record `bytes[start, end)`, line end and byte order mark not included.
   * @param bytePosition of its first byte in the uncompressed file.
   * @param tooLong 0, or what was seen of a line that no batch holds as a whole: it ends as RECORD_TOO_LONG and the range is its beginning.
   */
  detail(
    bytes: Buffer,
    start: number,
    end: number,
    recordNumber: number,
    bytePosition: number,
    tooLong: number,
  ): void;
}

/** READ; REPEATED: read before, drop it; GAP: a batch before it is missing, which the worker must not skip over. */
export type ReadResult = 'READ' | 'REPEATED' | 'GAP';

/**
 * Decides which lines of a file's batches are detail records (rules section 2). The gateway has verified the frame; here the
 * header is the first line that is not empty, the trailer the last one, when they start as the mapping says. Batches may be cut
 * anywhere between lines, so a line that may be the trailer is held in the progress until its successor, or the end, is seen.
 * A line in pieces (BatchCutter) counts and is reported once, with its first piece.
 */
export class RawBatchReader {
  /** Lines of the batch read last, a line held from an earlier batch counted when it is decided (with `lines` in its own batch). */
  readonly counts: LineCounts = newLineCounts();
  private readonly frame: FileFrame;
  private readonly cutter = new LineCutter();
  /** The line at hand. */
  private readonly line = {
    bytes: Buffer.alloc(0) as Buffer,
    start: 0,
    end: 0,
    number: 0,
    position: 0,
    tooLong: 0,
  };

  constructor(frame: FileFrame) {
    this.frame = frame;
  }

  /** Reads a batch, moves `progress` behind it and hands its detail records to `sink`. Unless READ nothing changes. */
  read(batch: RawBatchPart, progress: FileProgress, sink: DetailSink): ReadResult {
    const order = compareToProgress(batch.firstRecordNumber, progress);
    if (order !== 'READ') return order;
    Object.assign(this.counts, newLineCounts());
    if (progress.pieces > 0) this.readPiece(batch, progress);
    else this.readLines(batch, progress, sink);
    if (batch.lastBatch) {
      progress.finished = true;
      if (progress.held.length > 0) this.counts.trailer++;
      releaseHeld(progress);
    }
    return 'READ';
  }

  /** A batch that goes on with a line: only its length matters. */
  private readPiece(batch: RawBatchPart, progress: FileProgress): void {
    const { buffer, payloadStart, payloadEnd } = batch;
    const lines = this.cutter.cut(buffer, payloadStart, payloadEnd);
    if (lines > 1)
      throw new Error(`A batch that goes on with line ${progress.nextRecordNumber} holds ${lines} lines`);
    progress.bytePosition += payloadEnd - payloadStart;
    if (this.cutter.closed || batch.lastBatch) {
      progress.pieces = 0;
      progress.nextRecordNumber++;
    } else progress.pieces++;
  }

  private readLines(batch: RawBatchPart, progress: FileProgress, sink: DetailSink): void {
    const { buffer, payloadStart, payloadEnd, lastBatch } = batch;
    const { cutter, counts } = this;
    const lines = cutter.cut(buffer, payloadStart, payloadEnd);
    const { starts, ends } = cutter;
    const toPosition = progress.bytePosition - payloadStart;
    const first = progress.nextRecordNumber;
    const mark = progress.bytePosition === 0 ? markLength(buffer, payloadStart, payloadEnd) : 0;
    const cutOff = !cutter.closed && !lastBatch;
    const lastContent = this.lastContent(lines, mark);
    const { line } = this;
    line.bytes = buffer;
    for (let i = 0; i < lines; i++) {
      line.start = i === 0 ? starts[0]! + mark : starts[i]!;
      line.end = ends[i]!;
      if (line.start >= line.end) {
        counts.empty++;
        continue;
      }
      line.number = first + i;
      line.position = line.start + toPosition;
      line.tooLong = cutOff && i === lines - 1 ? line.end - line.start : 0;
      this.readLine(progress, sink, i === lastContent);
    }
    counts.lines = lines;
    progress.bytePosition += payloadEnd - payloadStart;
    progress.nextRecordNumber += cutOff && lines > 0 ? lines - 1 : lines;
    progress.pieces = cutOff && lines > 0 ? 1 : 0;
  }

  /** Takes `this.line`, which is not empty: header, possible trailer or detail. */
  private readLine(progress: FileProgress, sink: DetailSink, mayBeTrailer: boolean): void {
    const { counts, frame } = this;
    const { bytes, start, end, number, position, tooLong } = this.line;
    if (progress.held.length > 0) this.releaseAsDetail(progress, sink);
    const isFirst = !progress.contentSeen;
    progress.contentSeen = true;
    if (isFirst && frame.isHeader(bytes, start, end)) {
      counts.header++;
      return;
    }
    const kept = tooLong > 0 ? Math.min(end, start + KEPT_OF_LONG_LINE) : end;
    if (mayBeTrailer && frame.isTrailer(bytes, start, end)) {
      hold(progress, bytes.subarray(start, kept), number, position, tooLong);
    } else {
      counts.details++;
      sink.detail(bytes, start, kept, number, position, tooLong);
    }
  }

  /** Index of the last line that is not empty; -1 when all are. */
  private lastContent(lines: number, mark: number): number {
    const { starts, ends } = this.cutter;
    for (let i = lines - 1; i >= 0; i--) {
      if (ends[i]! > starts[i]! + (i === 0 ? mark : 0)) return i;
    }
    return -1;
  }

  private releaseAsDetail(progress: FileProgress, sink: DetailSink): void {
    const { held, heldRecordNumber, heldBytePosition, heldTooLong } = progress;
    releaseHeld(progress);
    this.counts.details++;
    sink.detail(held, 0, held.length, heldRecordNumber, heldBytePosition, heldTooLong);
  }
}

function hold(
  progress: FileProgress,
  bytes: Buffer,
  number: number,
  position: number,
  tooLong: number,
): void {
  // A copy, because the payload's buffer is reused.
  progress.held = Buffer.from(bytes);
  progress.heldRecordNumber = number;
  progress.heldBytePosition = position;
  progress.heldTooLong = tooLong;
}

function compareToProgress(firstRecordNumber: number, progress: FileProgress): ReadResult {
  if (progress.finished) return 'REPEATED';
  const line = lineOf(firstRecordNumber);
  const difference = line - progress.nextRecordNumber || pieceOf(firstRecordNumber) - progress.pieces;
  return difference === 0 ? 'READ' : difference < 0 ? 'REPEATED' : 'GAP';
}
