/** Builds small binary values: little endian, strings as u16 length + UTF-8, counts as u32. */
export class ByteWriter {
  #bytes: Buffer;
  #length = 0;

  constructor(initialBytes = 256) {
    this.#bytes = Buffer.allocUnsafe(initialBytes);
  }

  get length(): number {
    return this.#length;
  }

  u8(value: number): this {
    this.#length = this.#reserve(1).writeUInt8(value, this.#length);
    return this;
  }

  u16(value: number): this {
    this.#length = this.#reserve(2).writeUInt16LE(value, this.#length);
    return this;
  }

  u32(value: number): this {
    this.#length = this.#reserve(4).writeUInt32LE(value, this.#length);
    return this;
  }

  /** An integer up to 2^53, as IEEE 754. */
  f64(value: number): this {
    this.#length = this.#reserve(8).writeDoubleLE(value, this.#length);
    return this;
  }

  text(value: string): this {
    const size = Buffer.byteLength(value);
    if (size > 0xffff) throw new RangeError(`text of ${size} bytes is too long`);
    this.u16(size);
    this.#reserve(size).write(value, this.#length);
    this.#length += size;
    return this;
  }

  /** u32 length and the bytes. */
  blob(value: Uint8Array): this {
    this.u32(value.length);
    this.#reserve(value.length).set(value, this.#length);
    this.#length += value.length;
    return this;
  }

  /** The bytes written so far; the writer must not be used afterwards. */
  finish(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(size: number): Buffer {
    if (this.#length + size > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + size));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    return this.#bytes;
  }
}
