/**
 * Text in buffers. A range is (buffer, start, end) with `end` behind its last byte; a string is made of it only when somebody asks.
 */

/** Bytes `start` to `end` of a buffer, e.g. a field of a payload line; must be UTF-8 where a string is written from it. */
export interface ByteRange {
  readonly buffer: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** A string that is written again and again (an offer, a unit, a zone): its Avro form, made once by `encodeText`. */
export class EncodedText {
  /** Avro length and UTF-8 bytes. */
  readonly bytes: Uint8Array;
  readonly text: string;

  constructor(text: string, bytes: Uint8Array) {
    this.text = text;
    this.bytes = bytes;
  }
}

/** What writers accept for an Avro string. */
export type Text = string | EncodedText | ByteRange;

/** The string in a range: Latin-1 when all bytes are ASCII (twice as fast), else UTF-8 with U+FFFD for what is not valid. */
export function text(buffer: Buffer, start: number, end: number): string {
  for (let p = start; p < end; p++) if (buffer[p]! >= 0x80) return buffer.toString('utf8', start, end);
  return start === end ? '' : buffer.toString('latin1', start, end);
}

/** Ranges up to this length are copied in a loop; beyond it the native copy, which costs a fixed ~100 ns, wins. */
const LOOP_COPY_BYTES = 96;

/** Copies bytes `start` to `end` of `from` to `position` of `to`, which must have room; returns the position behind them. */
export function copyBytes(
  to: Uint8Array,
  position: number,
  from: Uint8Array,
  start: number,
  end: number,
): number {
  const length = end - start;
  if (length > LOOP_COPY_BYTES) to.set(from.subarray(start, end), position);
  else for (let i = 0; i < length; i++) to[position + i] = from[start + i]!;
  return position + length;
}
