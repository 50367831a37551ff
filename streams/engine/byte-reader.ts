/** Reads what ByteWriter wrote. Every method throws RangeError beyond the end. */
export class ByteReader {
  readonly #bytes: Buffer;
  #position: number;

  constructor(bytes: Buffer, position = 0) {
    this.#bytes = bytes;
    this.#position = position;
  }

  get position(): number {
    return this.#position;
  }

  get remaining(): number {
    return this.#bytes.length - this.#position;
  }

  u8(): number {
    return this.#bytes.readUInt8(this.#advance(1));
  }

  u16(): number {
    return this.#bytes.readUInt16LE(this.#advance(2));
  }

  u32(): number {
    return this.#bytes.readUInt32LE(this.#advance(4));
  }

  f64(): number {
    return this.#bytes.readDoubleLE(this.#advance(8));
  }

  text(): string {
    const size = this.u16();
    const start = this.#advance(size);
    return this.#bytes.toString('utf8', start, start + size);
  }

  /** A view, not a copy. */
  blob(): Buffer {
    return this.bytes(this.u32());
  }

  /** The next `size` bytes as a view. */
  bytes(size: number): Buffer {
    const start = this.#advance(size);
    return this.#bytes.subarray(start, start + size);
  }

  #advance(size: number): number {
    const start = this.#position;
    if (start + size > this.#bytes.length)
      throw new RangeError(`${size} bytes expected at ${start}, the end is at ${this.#bytes.length}`);
    this.#position = start + size;
    return start;
  }
}
