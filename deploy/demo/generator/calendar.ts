const DAY_MS = 86_400_000;
const DAYS_BEFORE = 120;
const DAYS_AFTER = 40;

/** One local day of the month's neighbourhood, printed in every form that the formats need. */
interface CalendarDay {
  /** dd/MM/yyyy */
  readonly slashed: string;
  /** yyyyMMdd */
  readonly compact: string;
  /** yyyy-MM-dd */
  readonly iso: string;
  /** 0 = Sunday */
  readonly weekday: number;
}

/** The generated month. Day numbers count from 0 = its first day and may run from -120 to 70. */
export interface Calendar {
  readonly month: string;
  readonly days: number;
  /** Day number on which the clocks of Europe/London go back in this month, -1 when they do not. */
  readonly clocksGoBack: number;
  day(dayNumber: number): CalendarDay;
  /** ISO 8601 instant of a local wall-clock time in Europe/London; seconds count from the day's midnight. */
  instant(dayNumber: number, secondOfDay: number): string;
}

function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month, 0));
  return last.getUTCDate() - last.getUTCDay();
}

function toDay(epochMs: number): CalendarDay {
  const date = new Date(epochMs);
  const iso = date.toISOString().slice(0, 10);
  const [year, month, day] = iso.split('-') as [string, string, string];
  return { iso, compact: year + month + day, slashed: `${day}/${month}/${year}`, weekday: date.getUTCDay() };
}

/** Day numbers at whose 02:00 (01:00 in March) the offset changes, relative to the month's first day. */
function summerTime(year: number, first: number): { from: number; to: number } {
  const from = Date.UTC(year, 2, lastSunday(year, 3));
  const to = Date.UTC(year, 9, lastSunday(year, 10));
  return { from: (from - first) / DAY_MS, to: (to - first) / DAY_MS };
}

/** @param month yyyy-MM */
export function createCalendar(month: string): Calendar {
  if (!/^(19[7-9]\d|20\d\d|21\d\d)-(0[1-9]|1[0-2])$/.test(month)) {
    throw new RangeError(`month must look like 2026-10, got "${month}"`);
  }
  const year = Number(month.slice(0, 4));
  const monthNumber = Number(month.slice(5, 7));
  const first = Date.UTC(year, monthNumber - 1, 1);
  const table: CalendarDay[] = [];
  for (let n = -DAYS_BEFORE; n < 31 + DAYS_AFTER; n++) table.push(toDay(first + n * DAY_MS));
  const summer = summerTime(year, first);
  return {
    month,
    days: new Date(Date.UTC(year, monthNumber, 0)).getUTCDate(),
    clocksGoBack: monthNumber === 10 ? summer.to : -1,
    day: (dayNumber) => table[dayNumber + DAYS_BEFORE]!,
    instant(dayNumber, secondOfDay) {
      const isSummer = dayNumber >= summer.from && dayNumber < summer.to;
      const day = toDay(first + dayNumber * DAY_MS);
      return `${day.iso}T${CLOCK[secondOfDay]!}${isSummer ? '+01:00' : 'Z'}`;
    },
  };
}

function clockTable(separator: string): string[] {
  const two = (value: number) => (value < 10 ? `0${value}` : String(value));
  const table: string[] = [];
  for (let second = 0; second < 86_400; second++) {
    const hour = Math.floor(second / 3600);
    const minute = Math.floor(second / 60) % 60;
    table.push(two(hour) + separator + two(minute) + separator + two(second % 60));
  }
  return table;
}

/** HH:mm:ss by second of the day. */
export const CLOCK: readonly string[] = clockTable(':');
/** HHmmss by second of the day. */
export const CLOCK_COMPACT: readonly string[] = clockTable('');
