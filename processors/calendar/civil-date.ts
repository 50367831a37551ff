/** Proleptic Gregorian dates as day numbers: 0 is 1970-01-01. */

/** Day of the month, 1 to 31. Method: Howard Hinnant, "chrono-compatible low-level date algorithms". */
export function dayOfMonth(day: number): number {
  const shifted = day + 719_468;
  const dayOfEra = shifted - Math.floor(shifted / 146_097) * 146_097;
  const leapFree =
    dayOfEra - ((dayOfEra / 1460) | 0) + ((dayOfEra / 36_524) | 0) - ((dayOfEra / 146_096) | 0);
  const yearOfEra = (leapFree / 365) | 0;
  const dayOfYear = dayOfEra - (365 * yearOfEra + ((yearOfEra / 4) | 0) - ((yearOfEra / 100) | 0));
  const month = ((5 * dayOfYear + 2) / 153) | 0;
  return dayOfYear - (((153 * month + 2) / 5) | 0) + 1;
}

/** First day of the month after the one that holds `day`. */
export function firstOfNextMonth(day: number): number {
  const inNextMonth = day - dayOfMonth(day) + 32;
  return inNextMonth - dayOfMonth(inNextMonth) + 1;
}

/** Weekday, 0 = Monday. */
export function weekday(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** yyyy-mm-dd. */
export function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** Day number of yyyy-mm-dd; NaN when it is no date. */
export function parseDay(text: string): number {
  const day = Date.parse(`${text}T00:00:00Z`) / 86_400_000;
  return dayTextOrEmpty(day) === text ? day : Number.NaN;
}

function dayTextOrEmpty(day: number): string {
  return Number.isNaN(day) ? '' : dayText(day);
}

/** Years that a usage record or a file name may carry (rules section 3). */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** True when the three make a real date of the years 1970 to 2199. */
export function isDate(year: number, month: number, day: number): boolean {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return false;
  return day <= (month === 2 && isLeap(year) ? 29 : MONTH_DAYS[month - 1]!);
}

/** Days since 1970-01-01 of a date of the proleptic Gregorian calendar (Howard Hinnant's days_from_civil). */
export function dayOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719_468
  );
}
