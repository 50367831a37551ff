import { CodecError } from './codec-error.ts';

const TEXT_BYTES = 10;
const DASH = 0x2d;
const ZERO = 0x30;
/** 0000-03-01 to 1970-01-01. */
const DAYS_TO_EPOCH = 719_468;

/** Days since 1970-01-01 of the text yyyy-mm-dd in a range (negative before); anything else is a CodecError (BAD_VALUE). */
export function dayNumber(buffer: Uint8Array, start: number, end: number): number {
  if (
    end - start !== TEXT_BYTES ||
    end > buffer.length ||
    buffer[start + 4] !== DASH ||
    buffer[start + 7] !== DASH
  )
    throw notADay(start);
  const year = digits(buffer, start, 4);
  const month = digits(buffer, start + 5, 2);
  const day = digits(buffer, start + 8, 2);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) throw notADay(start);
  return daysFromCivil(year, month, day);
}

function digits(buffer: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let p = start; p < start + count; p++) {
    const digit = buffer[p]! - ZERO;
    if (digit < 0 || digit > 9) throw notADay(start);
    value = value * 10 + digit;
  }
  return value;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Howard Hinnant's days_from_civil: years start in March, so the leap day is a year's last. */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - DAYS_TO_EPOCH;
}

function notADay(position: number): CodecError {
  return new CodecError('BAD_VALUE', 'Not a day in the form yyyy-mm-dd', position);
}
