import { LineEnds } from './line-ends.ts';

const LF = 10;
const CR = 13;

/**
 * Cuts a payload into lines without allocating: positions go to typed arrays that grow to the largest payload seen.
 * Lines end at LF, CRLF or a lone CR (rules section 2); the last line needs no end.
 */
export class LineCutter {
  /** First byte of each line. */
  starts = new Uint32Array(2048);
  /** Behind the last content byte of each line. */
  ends = new Uint32Array(2048);
  /** Lines found by the last `cut`. */
  count = 0;
  /** False when the payload does not end with a line end. */
  closed = true;
  private readonly lineEnds = new LineEnds();

  /** Cuts `bytes[start, end)`; results are valid until the next call. Returns the number of lines. */
  cut(bytes: Buffer, start: number, end: number): number {
    const { lineEnds } = this;
    lineEnds.reset(bytes, end);
    let count = 0;
    let p = start;
    this.closed = true;
    while (p < end) {
      if (count === this.starts.length) this.grow();
      const at = lineEnds.next(p);
      this.starts[count] = p;
      this.ends[count] = at;
      count++;
      if (at === end) this.closed = false;
      p = at + (at + 1 < end && bytes[at] === CR && bytes[at + 1] === LF ? 2 : 1);
    }
    this.count = count;
    return count;
  }

  private grow(): void {
    const starts = new Uint32Array(this.starts.length * 2);
    const ends = new Uint32Array(this.ends.length * 2);
    starts.set(this.starts);
    ends.set(this.ends);
    this.starts = starts;
    this.ends = ends;
  }
}
