const LF = 0x0a;
const CR = 0x0d;

/** One line: its number from 1 and its bytes without the line end. */
export interface Line {
  number: number;
  bytes: Buffer;
}

/** Cuts bytes into lines at LF, CRLF or a lone CR; a byte order mark at the start belongs to no line (docs/rules.md section 2). */
export function* linesOf(file: Buffer): Generator<Line> {
  const marked = file[0] === 0xef && file[1] === 0xbb && file[2] === 0xbf;
  let start = marked ? 3 : 0;
  let number = 0;
  while (start < file.length) {
    let end = start;
    while (end < file.length && file[end] !== LF && file[end] !== CR) end++;
    number++;
    yield { number, bytes: file.subarray(start, end) };
    start = file[end] === CR && file[end + 1] === LF ? end + 2 : end + 1;
  }
}
