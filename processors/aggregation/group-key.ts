import { copyBytes, text } from '../../schemas/codec/text.ts';

/** What separates billing lines (docs/rules.md 8), in the order of the key. */
export const GROUP_PARTS = [
  'accountId',
  'subscriptionId',
  'usageType',
  'billUnit',
  'currency',
  'unit',
] as const;
export type GroupPart = (typeof GROUP_PARTS)[number];

const PARTS = GROUP_PARTS.length;
/** Bytes of a part's length, and of the split number at the end. */
const LENGTH_BYTES = 2;
const FIRST_BYTES = 1024;

/**
 * Identity of a group as bytes: for each part its length (16 bits, big-endian) and its UTF-8, then the split number (16 bits), which is
 * 0 unless a group's sums would have passed 2^53 and it goes on in a further line. Reused: `begin`, six times `add`, `split`.
 */
export class GroupKey {
  /** The key is bytes[0, length). */
  bytes = Buffer.alloc(FIRST_BYTES);
  length = 0;

  begin(): void {
    this.length = 0;
  }

  /** Adds the next part: bytes `start` to `end` of a buffer. */
  add(buffer: Buffer, start: number, end: number): void {
    const size = end - start;
    this.makeRoom(size + 2 * LENGTH_BYTES);
    this.bytes.writeUInt16BE(size, this.length);
    this.length = copyBytes(this.bytes, this.length + LENGTH_BYTES, buffer, start, end);
  }

  /** Ends the key with its split number; may be called again to change it. */
  split(number: number): void {
    const end = this.partsEnd();
    this.bytes.writeUInt16BE(number, end);
    this.length = end + LENGTH_BYTES;
  }

  private partsEnd(): number {
    let at = 0;
    for (let part = 0; part < PARTS; part++) at += LENGTH_BYTES + this.bytes.readUInt16BE(at);
    return at;
  }

  private makeRoom(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = Buffer.alloc((this.length + more) * 2);
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}

/** The parts of a key as strings. */
export function readGroupKey(bytes: Buffer): Record<GroupPart, string> {
  let at = 0;
  const parts = GROUP_PARTS.map((name) => {
    const start = at + LENGTH_BYTES;
    at = start + bytes.readUInt16BE(at);
    return [name, text(bytes, start, at)];
  });
  return Object.fromEntries(parts) as Record<GroupPart, string>;
}
