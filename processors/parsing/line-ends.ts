const LF = 10;
const CR = 13;

/**
 * Finds line ends (LF, CR; CRLF is one, which the caller joins) in one buffer by native search: per kind of end the next
 * position is kept, so a file without CR costs one search per line.
 */
export class LineEnds {
  private bytes: Uint8Array = new Uint8Array(0);
  private end = 0;
  private lf = -1;
  private cr = -1;

  /** Looks at `bytes[0, end)` from now on. */
  reset(bytes: Buffer, end: number): void {
    this.bytes = bytes;
    this.end = end;
    this.lf = -1;
    this.cr = -1;
  }

  /** Position of the first CR or LF at or behind `from`, which must not decrease between calls; `end` when there is none. */
  next(from: number): number {
    if (this.lf < from) this.lf = this.find(LF, from);
    if (this.cr < from) this.cr = this.find(CR, from);
    return this.lf < this.cr ? this.lf : this.cr;
  }

  private find(byte: number, from: number): number {
    if (from >= this.end) return this.end;
    const at = (this.bytes as Buffer).indexOf(byte, from);
    return at < 0 || at > this.end ? this.end : at;
  }
}
