import { dayOf, isDate } from '../calendar/civil-date.ts';

/**
 * Date in a file's name, in days since 1970-01-01: the first run of exactly eight digits that is a date yyyymmdd (years 1970 to
 * 2199). NaN when there is none.
 */
export function fileDayOf(name: string): number {
  for (const [run] of name.matchAll(/\d+/g)) {
    if (run.length !== 8) continue;
    const year = Number(run.slice(0, 4));
    const month = Number(run.slice(4, 6));
    const day = Number(run.slice(6));
    if (isDate(year, month, day)) return dayOf(year, month, day);
  }
  return NaN;
}
