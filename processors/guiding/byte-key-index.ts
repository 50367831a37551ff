import { IntColumn, NumberColumn } from './columns.ts';

/**
 * Dense numbers (0, 1, 2, …) for distinct byte keys, each under a small integer `tag` that separates name spaces.
 * Keys lie in one buffer, slots in one typed array (open addressing, at most half full): millions of keys cost no object each,
 * and `find` allocates nothing.
 */
export class ByteKeyIndex {
  private bytes = Buffer.allocUnsafeSlow(1024);
  private used = 0;
  private readonly starts = new NumberColumn();
  private readonly lengths = new IntColumn();
  private readonly tags = new IntColumn();
  /** Number of the key + 1; 0 = free. */
  private slots = new Int32Array(1024);

  get count(): number {
    return this.lengths.length;
  }

  /** Buffer that holds the keys; replaced when the index grows. */
  get buffer(): Buffer {
    return this.bytes;
  }

  start(key: number): number {
    return this.starts.values[key]!;
  }

  end(key: number): number {
    return this.starts.values[key]! + this.lengths.values[key]!;
  }

  text(key: number): string {
    return this.bytes.toString('utf8', this.start(key), this.end(key));
  }

  /** Number of the key, -1 when it is not there. */
  find(tag: number, bytes: Uint8Array, start: number, end: number): number {
    const mask = this.slots.length - 1;
    let slot = hash(tag, bytes, start, end) & mask;
    for (;;) {
      const key = this.slots[slot]! - 1;
      if (key < 0 || this.equals(key, tag, bytes, start, end)) return key;
      slot = (slot + 1) & mask;
    }
  }

  /** Number of the key, which is added when it is not there. */
  add(tag: number, bytes: Uint8Array, start = 0, end = bytes.length): number {
    const found = this.find(tag, bytes, start, end);
    if (found >= 0) return found;
    if (this.count * 2 >= this.slots.length) this.grow();
    const key = this.count;
    this.starts.push(this.used);
    this.lengths.push(end - start);
    this.tags.push(tag);
    this.keep(bytes, start, end);
    this.insert(key);
    return key;
  }

  addText(tag: number, text: string): number {
    return this.add(tag, Buffer.from(text));
  }

  private equals(key: number, tag: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (this.lengths.values[key] !== end - start || this.tags.values[key] !== tag) return false;
    const own = this.bytes;
    let at = this.starts.values[key]!;
    for (let index = start; index < end; index++) if (own[at++] !== bytes[index]) return false;
    return true;
  }

  private keep(bytes: Uint8Array, start: number, end: number): void {
    const after = this.used + end - start;
    if (after > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(after, this.bytes.length * 2));
      this.bytes.copy(larger, 0, 0, this.used);
      this.bytes = larger;
    }
    this.bytes.set(bytes.subarray(start, end), this.used);
    this.used = after;
  }

  private insert(key: number): void {
    const mask = this.slots.length - 1;
    let slot = hash(this.tags.values[key]!, this.bytes, this.start(key), this.end(key)) & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = key + 1;
  }

  private grow(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    for (let key = 0; key < this.count; key++) this.insert(key);
  }
}

/** FNV-1a with a final mix; in memory only. */
function hash(tag: number, bytes: Uint8Array, start: number, end: number): number {
  let value = 0x811c9dc5 ^ tag;
  for (let index = start; index < end; index++) value = Math.imul(value ^ bytes[index]!, 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return value ^ (value >>> 13);
}
