import { dayOf, isDate } from '../calendar/civil-date.ts';

const PARTS = ['yyyy', 'MM', 'dd', 'HH', 'mm', 'ss'] as const;
const DAY_SECONDS = 86_400;
const MICROS = 1_000_000;
const ZERO = 48;
const MINUS = 45;
const PLUS = 43;
const DOT = 46;
const COLON = 58;
const UPPER_T = 84;
const UPPER_Z = 90;

/** Reads text by a compiled pattern; NaN when it does not match or is no real date and time. */
export interface DatePattern {
  /** Seconds: of the day for a time, since 1970-01-01 and local for a date (its midnight) or datetime. Microseconds UTC for iso. */
  read(bytes: Uint8Array, start: number, end: number): number;
}

/** Digits `bytes[at, at + count)` as a number; NaN when one is none. */
function digits(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let p = at; p < at + count; p++) {
    const digit = bytes[p]! - ZERO;
    if (digit < 0 || digit > 9) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Second of the day; NaN when not a real time. Leap seconds are none. */
function secondOfDay(hour: number, minute: number, second: number): number {
  return hour < 24 && minute < 60 && second < 60 ? hour * 3600 + minute * 60 + second : NaN;
}

function midnight(year: number, month: number, day: number): number {
  return isDate(year, month, day) ? dayOf(year, month, day) * DAY_SECONDS : NaN;
}

class FixedPattern implements DatePattern {
  private readonly length: number;
  /** Position of each part of PARTS in the text, or -1. */
  private readonly at: readonly number[];
  /** Position and byte of each literal character, one after the other. */
  private readonly literals: Uint16Array;

  constructor(pattern: string) {
    const at = PARTS.map(() => -1);
    const literals: number[] = [];
    let position = 0;
    for (let i = 0; i < pattern.length;) {
      const part = PARTS.findIndex((name, index) => at[index] === -1 && pattern.startsWith(name, i));
      if (part >= 0) {
        at[part] = position;
        position += PARTS[part]!.length;
        i += PARTS[part]!.length;
      } else {
        const character = String.fromCodePoint(pattern.codePointAt(i)!);
        for (const byte of Buffer.from(character)) literals.push(position++, byte);
        i += character.length;
      }
    }
    this.length = position;
    this.at = at;
    this.literals = Uint16Array.from(literals);
  }

  has(part: (typeof PARTS)[number]): boolean {
    return this.at[PARTS.indexOf(part)] !== -1;
  }

  read(bytes: Uint8Array, start: number, end: number): number {
    if (end - start !== this.length) return NaN;
    const { literals } = this;
    for (let i = 0; i < literals.length; i += 2) {
      if (bytes[start + literals[i]!] !== literals[i + 1]) return NaN;
    }
    const at = this.at;
    const time = secondOfDay(
      this.part(bytes, start, at[3]!),
      this.part(bytes, start, at[4]!),
      this.part(bytes, start, at[5]!),
    );
    if (at[0] === -1) return time;
    return (
      midnight(
        digits(bytes, start + at[0]!, 4),
        digits(bytes, start + at[1]!, 2),
        digits(bytes, start + at[2]!, 2),
      ) + time
    );
  }

  private part(bytes: Uint8Array, start: number, at: number): number {
    return at === -1 ? 0 : digits(bytes, start + at, 2);
  }
}

/** yyyy-MM-ddTHH:mm:ss[.1 to 6 digits](Z|±HH:MM), to microseconds UTC. */
const isoPattern: DatePattern = {
  read(bytes, start, end) {
    const p = start;
    if (end - p < 20 || bytes[p + 4] !== MINUS || bytes[p + 7] !== MINUS || bytes[p + 10] !== UPPER_T)
      return NaN;
    if (bytes[p + 13] !== COLON || bytes[p + 16] !== COLON) return NaN;
    const date = midnight(digits(bytes, p, 4), digits(bytes, p + 5, 2), digits(bytes, p + 8, 2));
    const time = secondOfDay(digits(bytes, p + 11, 2), digits(bytes, p + 14, 2), digits(bytes, p + 17, 2));
    let zoneAt = p + 19;
    let micros = 0;
    if (bytes[zoneAt] === DOT) {
      const from = zoneAt + 1;
      zoneAt = from;
      while (zoneAt < end && bytes[zoneAt]! >= ZERO && bytes[zoneAt]! <= ZERO + 9) zoneAt++;
      const count = zoneAt - from;
      if (count < 1 || count > 6) return NaN;
      micros = digits(bytes, from, count) * 10 ** (6 - count);
    }
    return (date + time - isoOffset(bytes, zoneAt, end)) * MICROS + micros;
  },
};

/** Seconds of `Z` or `±HH:MM`, which must end at `end`. */
function isoOffset(bytes: Uint8Array, at: number, end: number): number {
  const sign = bytes[at];
  if (sign === UPPER_Z) return at + 1 === end ? 0 : NaN;
  if ((sign !== PLUS && sign !== MINUS) || at + 6 !== end || bytes[at + 3] !== COLON) return NaN;
  const seconds = secondOfDay(digits(bytes, at + 1, 2), digits(bytes, at + 4, 2), 0);
  return sign === MINUS ? -seconds : seconds;
}

/**
 * Compiles the pattern of a mapping field. Parts: yyyy MM dd HH mm ss, each at most once, everything else literal. Throws an
 * Error when the pattern lacks what the type needs (a date all of yyyy MM dd, a time HH and mm): a fault of the catalog.
 */
export function compileDatePattern(type: 'date' | 'time' | 'datetime', pattern: string): DatePattern {
  if (pattern === 'iso' && type === 'datetime') return isoPattern;
  const compiled = new FixedPattern(pattern);
  const needed = type === 'time' ? (['HH', 'mm'] as const) : (['yyyy', 'MM', 'dd'] as const);
  for (const part of needed) {
    if (!compiled.has(part)) throw new Error(`Pattern '${pattern}' of a ${type} has no ${part}`);
  }
  const foreign = type === 'date' ? 'HH' : type === 'time' ? 'yyyy' : undefined;
  if (foreign !== undefined && compiled.has(foreign))
    throw new Error(`Pattern '${pattern}' of a ${type} has ${foreign}`);
  return compiled;
}
