import { IntColumn } from './columns.ts';

/** Bits of a key's length in its second word; the tag has those above. */
const LENGTH_BITS = 16;
const LENGTH_MASK = (1 << LENGTH_BITS) - 1;

/**
 * Dense numbers (0, 1, 2, …) for distinct byte keys of up to 65 535 bytes, each under a small integer `tag` (0 to 32 767) that separates
 * name spaces. Keys lie in one buffer, slots in one typed array (open addressing, at most half full): millions of keys cost no object
 * each, `find` allocates nothing, and what it reads of a key lies together, because at that size memory is what it waits for.
 */
export class ByteKeyIndex {
  private bytes = Buffer.allocUnsafeSlow(1024);
  private used = 0;
  /** Two words per key: first byte in `bytes`; length and tag. */
  private readonly keys = new IntColumn();
  /** Two words per slot: number of the key + 1 (0 = free); its hash. */
  private slots = new Int32Array(2048);

  get count(): number {
    return this.keys.length >> 1;
  }

  /** Buffer that holds the keys; replaced when the index grows. */
  get buffer(): Buffer {
    return this.bytes;
  }

  start(key: number): number {
    return this.keys.values[key * 2]!;
  }

  end(key: number): number {
    return this.keys.values[key * 2]! + (this.keys.values[key * 2 + 1]! & LENGTH_MASK);
  }

  text(key: number): string {
    return this.bytes.toString('utf8', this.start(key), this.end(key));
  }

  /** Number of the key, -1 when it is not there. */
  find(tag: number, bytes: Uint8Array, start: number, end: number): number {
    const { slots } = this;
    const mask = slots.length - 1;
    const code = hash(tag, bytes, start, end);
    for (let at = (code << 1) & mask; ; at = (at + 2) & mask) {
      const key = slots[at]! - 1;
      if (key < 0) return -1;
      if (slots[at + 1] === code && this.equals(key, tag, bytes, start, end)) return key;
    }
  }

  /** Number of the key, which is added when it is not there. Throws RangeError for what the limits above do not allow. */
  add(tag: number, bytes: Uint8Array, start = 0, end = bytes.length): number {
    const found = this.find(tag, bytes, start, end);
    if (found >= 0) return found;
    if (end - start > LENGTH_MASK || tag >= 1 << (31 - LENGTH_BITS))
      throw new RangeError(`Key of ${end - start} bytes, tag ${tag}`);
    if (this.count * 4 >= this.slots.length) this.grow();
    const key = this.count;
    const at = this.keep(bytes, start, end);
    this.keys.push(at);
    this.keys.push((tag << LENGTH_BITS) | (end - start));
    this.insert(key + 1, hash(tag, bytes, start, end));
    return key;
  }

  addText(tag: number, text: string): number {
    return this.add(tag, Buffer.from(text));
  }

  private equals(key: number, tag: number, bytes: Uint8Array, start: number, end: number): boolean {
    const words = this.keys.values;
    if (words[key * 2 + 1] !== ((tag << LENGTH_BITS) | (end - start))) return false;
    const own = this.bytes;
    let at = words[key * 2]!;
    for (let index = start; index < end; index++) if (own[at++] !== bytes[index]) return false;
    return true;
  }

  /** Copies a key's bytes; returns where they are. Positions are 31 bits. */
  private keep(bytes: Uint8Array, start: number, end: number): number {
    const at = this.used;
    const after = at + end - start;
    if (after > 0x7fffffff) throw new RangeError('Keys of more than 2 GiB');
    if (after > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(after, this.bytes.length * 2));
      this.bytes.copy(larger, 0, 0, at);
      this.bytes = larger;
    }
    this.bytes.set(bytes.subarray(start, end), at);
    this.used = after;
    return at;
  }

  private insert(entry: number, code: number): void {
    const mask = this.slots.length - 1;
    let at = (code << 1) & mask;
    while (this.slots[at] !== 0) at = (at + 2) & mask;
    this.slots[at] = entry;
    this.slots[at + 1] = code;
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Int32Array(old.length * 2);
    for (let at = 0; at < old.length; at += 2) if (old[at] !== 0) this.insert(old[at]!, old[at + 1]!);
  }
}

/** FNV-1a with a final mix; in memory only. */
function hash(tag: number, bytes: Uint8Array, start: number, end: number): number {
  let value = 0x811c9dc5 ^ tag;
  for (let index = start; index < end; index++) value = Math.imul(value ^ bytes[index]!, 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return value ^ (value >>> 13);
}
