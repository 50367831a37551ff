import { StateCorruptedError } from '../errors.ts';

/** Reads a sequence of chunks as one stream of bytes; the borders of the chunks do not matter. */
export class ChunkReader {
  private readonly what: string;
  private readonly chunks: Iterator<Buffer>;
  private chunk: Buffer = Buffer.alloc(0);
  private at = 0;
  private position = 0;

  constructor(what: string, chunks: Iterable<Buffer>) {
    this.what = what;
    this.chunks = chunks[Symbol.iterator]();
  }

  /**
   * The next `length` bytes, contiguous; a view when they lie in one chunk.
   * @throws StateCorruptedError STATE_SNAPSHOT_SHORT when the chunks end before.
   */
  read(length: number): Buffer {
    if (this.at === this.chunk.length && length > 0) this.advance(length);
    const end = this.at + length;
    if (end <= this.chunk.length) {
      const view = this.chunk.subarray(this.at, end);
      this.at = end;
      this.position += length;
      return view;
    }
    return this.gather(length);
  }

  /** @throws StateCorruptedError STATE_SNAPSHOT_LONG when bytes are left. */
  expectEnd(): void {
    let next = this.at < this.chunk.length ? 1 : 0;
    while (next === 0) {
      const result = this.chunks.next();
      if (result.done === true) return;
      next = result.value.length;
    }
    throw new StateCorruptedError(
      'STATE_SNAPSHOT_LONG',
      `${this.what}: bytes are left after the last entry, at byte ${this.position}; use an older snapshot`,
    );
  }

  private gather(length: number): Buffer {
    const whole = Buffer.allocUnsafe(length);
    for (let filled = 0; filled < length;) {
      if (this.at === this.chunk.length) this.advance(length - filled);
      const copied = this.chunk.copy(whole, filled, this.at, this.at + length - filled);
      filled += copied;
      this.at += copied;
      this.position += copied;
    }
    return whole;
  }

  private advance(missing: number): void {
    do {
      const result = this.chunks.next();
      if (result.done === true) {
        throw new StateCorruptedError(
          'STATE_SNAPSHOT_SHORT',
          `${this.what}: the snapshot ends at byte ${this.position}, ${missing} bytes early; use an older snapshot`,
        );
      }
      this.chunk = result.value;
    } while (this.chunk.length === 0);
    this.at = 0;
  }
}
