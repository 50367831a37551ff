import { isUtf8 } from 'node:buffer';
import { parseScaled } from '../../schemas/decimal/scaled.ts';
import type { FieldValue, Scratch } from './parsed-record.ts';

const ZERO = 48;
const MINUS = 45;
const PLUS = 43;
const DOT = 46;
const SPACE = 32;
const HYPHEN = 45;
const OPEN = 40;
const CLOSE = 41;
/** Room in front of a number for + and up to three digits, of which the last replaces a zero. */
const COUNTRY_ROOM = 4;

/** What `readNumber` answers instead of a value. */
export const NOT_A_NUMBER = Number.NaN;
export const OUT_OF_RANGE = Number.POSITIVE_INFINITY;

/** Decimal digits that a double adds up exactly. */
const EXACT_DIGITS = 15;
const POWERS = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

/**
 * Reads `-?\d+`, with `decimals` also `-?\d+(\.\d+)?`, as an integer scaled by 10^scale. NOT_A_NUMBER when it is none,
 * OUT_OF_RANGE when it has more decimals than the scale (trailing zeros apart) or leaves ±(2^53 - 1).
 */
export function readNumber(
  bytes: Buffer,
  start: number,
  end: number,
  scale: number,
  decimals: boolean,
): number {
  const negative = bytes[start] === MINUS;
  const first = negative ? start + 1 : start;
  let value = 0;
  let dot = -1;
  for (let p = first; p < end; p++) {
    const digit = bytes[p]! - ZERO;
    if (digit >= 0 && digit <= 9) value = value * 10 + digit;
    else if (digit === DOT - ZERO && decimals && dot < 0 && p > first) dot = p;
    else return NOT_A_NUMBER;
  }
  if (first === end || dot === end - 1) return NOT_A_NUMBER;
  const shift = dot < 0 ? scale : scale - (end - dot - 1);
  if (shift < 0 || end - first + shift > EXACT_DIGITS) return slowNumber(bytes, start, end, scale);
  return signed(value * POWERS[shift]!, negative);
}

/** Never -0. */
function signed(value: number, negative: boolean): number {
  return negative && value !== 0 ? -value : value;
}

function slowNumber(bytes: Buffer, start: number, end: number, scale: number): number {
  return parseScaled(bytes.toString('latin1', start, end), scale) ?? OUT_OF_RANGE;
}

function isNumberFiller(byte: number): boolean {
  return byte === SPACE || byte === DOT || byte === HYPHEN || byte === OPEN || byte === CLOSE;
}

/**
 * Normalises a telephone number into the field's text: blanks, dots, hyphens and brackets go, a leading 00 becomes +, else a
 * leading 0 becomes + and `country` (stays without one), anything else stays. A number that is fine already is not copied.
 */
export function normaliseNumber(field: FieldValue, country: Buffer | null, scratch: Scratch): void {
  const { buffer, start, end } = field;
  field.textAsReceived();
  let plain = start < end && buffer[start] !== ZERO;
  for (let p = start; plain && p < end; p++) plain = !isNumberFiller(buffer[p]!);
  if (plain || start === end) return;
  scratch.reserve(end - start + COUNTRY_ROOM);
  const out = scratch.buffer;
  const first = scratch.used + COUNTRY_ROOM;
  let to = first;
  for (let p = start; p < end; p++) if (!isNumberFiller(buffer[p]!)) out[to++] = buffer[p]!;
  field.textBuffer = out;
  field.textStart = internationalise(out, first, to, country);
  field.textEnd = to;
  scratch.used = to;
}

/** Writes + and the country over the zeros at `first`; returns where the number begins now, up to COUNTRY_ROOM bytes earlier. */
function internationalise(out: Buffer, first: number, end: number, country: Buffer | null): number {
  if (end === first || out[first] !== ZERO) return first;
  if (end - first >= 2 && out[first + 1] === ZERO) {
    out[first + 1] = PLUS;
    return first + 1;
  }
  if (country === null) return first;
  // The country's last digit takes the zero's place.
  const from = first - country.length;
  out[from] = PLUS;
  for (let i = 0; i < country.length; i++) out[from + 1 + i] = country[i]!;
  return from;
}

/** UTF-16 units of valid UTF-8: what maxLength counts. */
export function utf16Length(bytes: Buffer, start: number, end: number): number {
  let units = 0;
  for (let p = start; p < end; p++) {
    const byte = bytes[p]!;
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
  }
  return units;
}

/** True when all bytes are below 0x80. */
export function isAsciiRange(bytes: Buffer, start: number, end: number): boolean {
  let bits = 0;
  for (let p = start; p < end; p++) bits |= bytes[p]!;
  return bits < 0x80;
}

/** True when `bytes[start, end)` is valid UTF-8. */
export function isUtf8Range(bytes: Buffer, start: number, end: number): boolean {
  return isAsciiRange(bytes, start, end) || isUtf8(bytes.subarray(start, end));
}
