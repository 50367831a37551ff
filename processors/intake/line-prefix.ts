/** Bytes kept of the first and of the last line: a trailer's count must stand within them. */
const PREFIX_BYTES = 4096;

/** The first bytes of a line, collected piece by piece. */
export class LinePrefix {
  private readonly buffer = Buffer.allocUnsafe(PREFIX_BYTES);
  private used = 0;

  clear(): void {
    this.used = 0;
  }

  append(bytes: Buffer, start: number, end: number): void {
    if (this.used === PREFIX_BYTES) return;
    this.used += bytes.copy(this.buffer, this.used, start, Math.min(end, start + PREFIX_BYTES - this.used));
  }

  set(bytes: Buffer, start: number, end: number): void {
    this.used = 0;
    this.append(bytes, start, end);
  }

  /** The kept bytes; valid until the next change. */
  bytes(): Buffer {
    return this.buffer.subarray(0, this.used);
  }
}
