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
