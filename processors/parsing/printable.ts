import { isUtf8 } from 'node:buffer';

const SHOWN_BYTES = 40;

/** Bytes as text for a reason: at most 40 bytes, quoted, everything but printable ASCII and valid UTF-8 letters as \xNN. */
export function printable(bytes: Buffer, start: number, end: number): string {
  const shownEnd = Math.min(end, start + SHOWN_BYTES);
  const more = shownEnd < end ? ` … (${end - start} bytes)` : '';
  const shown = bytes.subarray(start, shownEnd);
  // A cut through a character would show as bytes, so only whole valid text is shown as text.
  const asText = isUtf8(shown);
  let out = '';
  for (const unit of shown.toString(asText ? 'utf8' : 'latin1')) {
    const code = unit.codePointAt(0)!;
    const plain =
      code >= 0x20 && code !== 0x7f && (code < 0x7f || (asText && /[\p{L}\p{N}\p{P}\p{S}]/u.test(unit)));
    out += plain
      ? unit
      : code < 0x100
        ? `\\x${code.toString(16).padStart(2, '0')}`
        : `\\u{${code.toString(16)}}`;
  }
  return `'${out}'${more}`;
}

/** Position of the first byte in `bytes[start, end)` that is not part of valid UTF-8; `end` when all are. */
export function firstInvalidUtf8(bytes: Buffer, start: number, end: number): number {
  for (let p = start; p < end;) {
    const lead = bytes[p]!;
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (p + length > end || !isUtf8(bytes.subarray(p, p + length))) return p;
    p += length;
  }
  return end;
}
