/** UTF-8 byte order mark: at the very start of a file it belongs to no line's content, but byte positions count it. */
const MARK = [0xef, 0xbb, 0xbf] as const;

/** Bytes of the mark at the start of a file: 3 or 0. */
export function markLength(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < MARK.length) return 0;
  return MARK.every((byte, index) => bytes[start + index] === byte) ? MARK.length : 0;
}
