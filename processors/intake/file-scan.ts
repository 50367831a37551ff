import { LineEnds } from '../parsing/line-ends.ts';
import { markLength } from './byte-order-mark.ts';
import type { FileFrame } from './file-frame.ts';
import { LinePrefix } from './line-prefix.ts';

const LF = 10;
const CR = 13;
const MARK_BYTES = 3;

/** What a file holds (rules section 2). lines = details + emptyLines + header + trailer. */
export interface FileScanResult {
  /** Uncompressed bytes. */
  readonly bytes: number;
  readonly lines: number;
  readonly emptyLines: number;
  /** Lines that are not empty and neither header nor trailer. */
  readonly details: number;
  readonly headerPresent: boolean;
  readonly trailerPresent: boolean;
  /** Number stated by the trailer; null without trailer, without a place for it, or when it cannot be read. */
  readonly trailerCount: number | null;
  /** Number of the first line that is not empty; 0 when there is none. */
  readonly firstLine: number;
  /** Number of the last line that is not empty; 0 when there is none. */
  readonly lastLine: number;
  /** The first bytes of these lines. */
  readonly firstBytes: Buffer;
  readonly lastBytes: Buffer;
}

/**
 * Counts the lines of a file that comes in chunks and finds its header and trailer. Of the content only the first bytes of the
 * first and the last line are kept, so memory does not depend on the file.
 */
export class FileScan {
  private readonly frame: FileFrame | null;
  private readonly lineEnds = new LineEnds();
  /** The file's first bytes, until it is known whether they are a byte order mark; null from then on. */
  private head: Buffer | null = Buffer.alloc(0);
  private bytes = 0;
  private lines = 0;
  private emptyLines = 0;
  /** The last byte was a CR: a LF now belongs to it. */
  private afterCr = false;
  /** Something, if only a byte order mark, was seen of the line at hand. */
  private open = false;
  private openContent = false;
  private firstLine = 0;
  private lastLine = 0;
  private readonly first = new LinePrefix();
  private last = new LinePrefix();
  private current = new LinePrefix();

  /** `frame` of the file's mapping; null when no stream is known for it: then every line that is not empty is a detail. */
  constructor(frame: FileFrame | null) {
    this.frame = frame;
  }

  /** Takes the next bytes of the uncompressed file; they are not kept. */
  push(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.head === null) {
      this.scan(chunk, 0);
      return;
    }
    const head = this.head.length === 0 ? chunk : Buffer.concat([this.head, chunk]);
    if (head.length < MARK_BYTES) this.head = Buffer.from(head);
    else this.start(head);
  }

  /** Closes the file. */
  end(): FileScanResult {
    if (this.head !== null) this.start(this.head);
    if (this.open) this.closeOpenLine();
    const { frame, lines, emptyLines, firstLine, lastLine } = this;
    const firstBytes = this.first.bytes();
    const lastBytes = this.last.bytes();
    const headerPresent = firstLine > 0 && frame !== null && frame.isHeader(firstBytes, 0, firstBytes.length);
    // A single line cannot be both.
    const trailerPossible = frame !== null && lastLine > (headerPresent ? firstLine : 0);
    const trailerPresent = trailerPossible && frame.isTrailer(lastBytes, 0, lastBytes.length);
    return {
      bytes: this.bytes,
      lines,
      emptyLines,
      details: lines - emptyLines - (headerPresent ? 1 : 0) - (trailerPresent ? 1 : 0),
      headerPresent,
      trailerPresent,
      trailerCount: trailerPresent ? frame.trailerCount(lastBytes) : null,
      firstLine,
      lastLine,
      firstBytes,
      lastBytes,
    };
  }

  private start(head: Buffer): void {
    this.head = null;
    const mark = markLength(head, 0, head.length);
    this.open = mark > 0;
    this.scan(head, mark);
  }

  private scan(chunk: Buffer, from: number): void {
    const end = chunk.length;
    let p = from;
    if (this.afterCr && p < end) {
      if (chunk[p] === LF) p++;
      this.afterCr = false;
    }
    const { lineEnds } = this;
    lineEnds.reset(chunk, end);
    let lastStart = -1;
    let lastEnd = -1;
    while (p < end) {
      const at = lineEnds.next(p);
      if (at === end) {
        this.keep(chunk, p, end);
        break;
      }
      if (this.open) {
        if (at > p) this.keep(chunk, p, at);
        this.closeOpenLine();
        lastStart = -1;
      } else {
        this.lines++;
        if (at === p) this.emptyLines++;
        else {
          if (this.firstLine === 0) this.noteFirst(chunk, p, at);
          this.lastLine = this.lines;
          lastStart = p;
          lastEnd = at;
        }
      }
      p = this.behind(chunk, at);
    }
    if (lastStart >= 0) this.last.set(chunk, lastStart, lastEnd);
  }

  /** Position behind the line end at `at`. */
  private behind(chunk: Buffer, at: number): number {
    if (chunk[at] !== CR) return at + 1;
    if (at + 1 === chunk.length) {
      this.afterCr = true;
      return at + 1;
    }
    return at + (chunk[at + 1] === LF ? 2 : 1);
  }

  private noteFirst(chunk: Buffer, start: number, end: number): void {
    this.firstLine = this.lines;
    this.first.set(chunk, start, end);
  }

  /** Keeps a piece of a line that began in an earlier chunk or goes on in the next. */
  private keep(chunk: Buffer, start: number, end: number): void {
    if (!this.openContent) this.current.clear();
    this.current.append(chunk, start, end);
    this.open = true;
    this.openContent = true;
  }

  private closeOpenLine(): void {
    this.lines++;
    if (this.openContent) {
      this.lastLine = this.lines;
      const { current } = this;
      this.current = this.last;
      this.last = current;
      if (this.firstLine === 0) this.noteFirst(current.bytes(), 0, current.bytes().length);
    } else this.emptyLines++;
    this.open = false;
    this.openContent = false;
  }
}
