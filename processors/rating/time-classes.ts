import type { TimeModel } from '../../schemas/catalog/models.ts';
import { parseDay, weekday } from '../calendar/civil-date.ts';
import type { ZoneOffsets } from '../calendar/zone-offsets.ts';

const MINUTES_PER_DAY = 1440;
const SECONDS_PER_DAY = 86_400;
const DAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
type TimeClass = TimeModel['classes'][number];

/**
 * Time class of an instant: for each kind of local day (weekday, holiday or not) a table of its 1440 minutes. A lookup is one offset of
 * the zone, so days with a change of the clock are right: their minutes are what the wall shows.
 */
export class TimeClasses {
  private readonly zone: ZoneOffsets;
  private readonly holidays: ReadonlySet<number>;
  /** Tables of weekday + 7 for holidays; entries are numbers of classes of the model, -1 = none. */
  private readonly tables: readonly Int16Array[];
  private cachedDay = Number.NaN;
  private cachedTable: Int16Array = new Int16Array(MINUTES_PER_DAY);

  constructor(model: TimeModel, zone: ZoneOffsets) {
    this.zone = zone;
    this.holidays = new Set(model.holidays.map(parseDay));
    this.tables = [false, true].flatMap((holiday) => DAYS.map((day) => tableOf(model.classes, day, holiday)));
  }

  /** Place of the class in the model's list, -1 when none matches. */
  find(micros: number): number {
    const second = Math.floor(micros / 1_000_000);
    const local = second + this.zone.offsetAt(second);
    const day = Math.floor(local / SECONDS_PER_DAY);
    if (day !== this.cachedDay) {
      this.cachedDay = day;
      this.cachedTable = this.tables[weekday(day) + (this.holidays.has(day) ? DAYS.length : 0)]!;
    }
    return this.cachedTable[Math.floor((local - day * SECONDS_PER_DAY) / 60)]!;
  }
}

function tableOf(classes: readonly TimeClass[], day: (typeof DAYS)[number], holiday: boolean): Int16Array {
  const table = new Int16Array(MINUTES_PER_DAY).fill(-1);
  for (let minute = 0; minute < MINUTES_PER_DAY; minute++) {
    table[minute] = classes.findIndex((timeClass) => {
      if (timeClass.days !== undefined && !timeClass.days.includes(day)) return false;
      if (timeClass.holiday !== undefined && timeClass.holiday !== holiday) return false;
      return inWindow(minute, minuteOf(timeClass.from ?? '00:00'), minuteOf(timeClass.to ?? '24:00'));
    });
  }
  return table;
}

function inWindow(minute: number, from: number, to: number): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
