/** A growing list of doubles in one typed array: eight bytes an item, nothing for the garbage collector to visit. */
export class NumberList {
  private items = new Float64Array(1024);
  private size = 0;

  get length(): number {
    return this.size;
  }

  /** The item at an index below `length`. */
  at(index: number): number {
    return this.items[index]!;
  }

  set(index: number, item: number): void {
    this.items[index] = item;
  }

  push(item: number): void {
    if (this.size === this.items.length) {
      const larger = new Float64Array(2 * this.size);
      larger.set(this.items);
      this.items = larger;
    }
    this.items[this.size++] = item;
  }
}
