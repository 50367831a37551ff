type Numbers = Float64Array | Uint32Array;

/** A column of numbers off the heap that grows at the end and is cut at the front. Positions never change by a cut. */
export class GrowableColumn {
  #values: Numbers;
  /** Position of the first kept value, and where it lies in the array. */
  #first: number;
  #head = 0;
  #length = 0;
  readonly #create: (capacity: number) => Numbers;

  constructor(kind: 'f64' | 'u32', first = 0) {
    this.#create =
      kind === 'f64' ? (capacity) => new Float64Array(capacity) : (capacity) => new Uint32Array(capacity);
    this.#first = first;
    this.#values = this.#create(16);
  }

  get first(): number {
    return this.#first;
  }

  get end(): number {
    return this.#first + this.#length;
  }

  push(value: number): void {
    if (this.#head + this.#length === this.#values.length) this.#move();
    this.#values[this.#head + this.#length++] = value;
  }

  at(position: number): number {
    return this.#values[this.#head + position - this.#first]!;
  }

  /** Forgets everything before the position. */
  cut(position: number): void {
    const count = Math.min(Math.max(position - this.#first, 0), this.#length);
    this.#head += count;
    this.#length -= count;
    this.#first += count;
    if (this.#length === 0) this.#first = Math.max(this.#first, position);
  }

  #move(): void {
    const capacity = this.#length * 2 > this.#values.length ? this.#values.length * 2 : this.#values.length;
    const target = this.#create(capacity);
    target.set(this.#values.subarray(this.#head, this.#head + this.#length));
    this.#values = target;
    this.#head = 0;
  }
}
