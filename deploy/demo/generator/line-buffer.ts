const PLACEHOLDER = 0x01;

/** Collects the lines of one file in memory (files are bounded) and keeps its memory for the next one. */
export interface LineBuffer {
  /** Forgets everything; the coming lines end with `lineEnd`. */
  start(lineEnd: string, byteOrderMark: boolean): void;
  line(text: string): void;
  /** A line whose two U+0001 characters become the invalid UTF-8 sequence C3 28. */
  brokenLine(text: string): void;
  /** The bytes so far, without the last line's end when asked; valid until the next start(). */
  finish(withLastLineEnd: boolean): Buffer;
}

export function createLineBuffer(): LineBuffer {
  let bytes = Buffer.allocUnsafe(1 << 20);
  let position = 0;
  let end = '\n';

  function line(text: string): void {
    const needed = position + text.length * 3 + end.length;
    if (needed > bytes.length) {
      const larger = Buffer.allocUnsafe(needed * 2);
      bytes.copy(larger, 0, 0, position);
      bytes = larger;
    }
    position += bytes.write(text, position);
    position += bytes.write(end, position, 'latin1');
  }

  return {
    start(lineEnd, byteOrderMark) {
      end = lineEnd;
      position = byteOrderMark ? bytes.write('\uFEFF', 0) : 0;
    },
    line,
    brokenLine(text) {
      const from = position;
      line(text);
      const at = bytes.indexOf(PLACEHOLDER, from);
      if (at >= 0 && at < position) bytes.set([0xc3, 0x28], at);
    },
    finish: (withLastLineEnd) => bytes.subarray(0, withLastLineEnd ? position : position - end.length),
  };
}
