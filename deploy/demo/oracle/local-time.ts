const DAY_MS = 86_400_000;

/** A wall-clock reading of an instant in some zone. */
export interface Wall {
  /** Days since 1970-01-01. */
  day: number;
  /** Milliseconds since local midnight. */
  ms: number;
}

/** Days since 1970-01-01 of a real calendar date in the years 1970 to 2199, else null. */
export function dayNumber(year: number, month: number, day: number): number | null {
  if (year < 1970 || year > 2199) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  const real =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.getTime() / DAY_MS : null;
}

/** yyyy-mm-dd of a day number. */
export function dateText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** One time zone: offsets come from Intl alone; a day whose two ends have the same offset is asked once. */
export class LocalTime {
  readonly #format: Intl.DateTimeFormat;
  readonly #offsetOfDay = new Map<number, number | null>();

  /** Throws RangeError on a zone that the runtime does not know. */
  constructor(zone: string) {
    const number = 'numeric';
    this.#format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: zone, hourCycle: 'h23', year: number, month: number, day: number },
      ...{ hour: number, minute: number, second: number },
    });
  }

  /** Local minus UTC, in milliseconds, at an instant in milliseconds. */
  offsetAt(utcMs: number): number {
    const day = Math.floor(utcMs / DAY_MS);
    let offset = this.#offsetOfDay.get(day);
    if (offset === undefined) {
      const start = this.#ask(day * DAY_MS);
      offset = start === this.#ask((day + 1) * DAY_MS - 1000) ? start : null;
      this.#offsetOfDay.set(day, offset);
    }
    return offset ?? this.#ask(utcMs);
  }

  /** The wall clock at an instant. */
  wallAt(utcMs: number): Wall {
    const local = utcMs + this.offsetAt(utcMs);
    const day = Math.floor(local / DAY_MS);
    return { day, ms: local - day * DAY_MS };
  }

  /**
   * The instant of a wall clock reading, both in milliseconds: the earlier one when the reading comes twice; moved
   * forward by the gap when it does not come at all (docs/rules.md section 3).
   */
  toUtc(localMs: number): number {
    const before = this.offsetAt(localMs - DAY_MS);
    const after = this.offsetAt(localMs + DAY_MS);
    const candidates = [localMs - before, localMs - after].filter(
      (utc) => utc + this.offsetAt(utc) === localMs,
    );
    return candidates.length === 0 ? localMs - before : Math.min(...candidates);
  }

  #ask(utcMs: number): number {
    const whole = Math.floor(utcMs / 1000) * 1000;
    const part: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(whole)) part[type] = Number(value);
    const get = (name: string) => part[name] ?? Number.NaN;
    const local = Date.UTC(
      get('year'),
      get('month') - 1,
      get('day'),
      get('hour'),
      get('minute'),
      get('second'),
    );
    return local - whole;
  }
}

/** Hands out one LocalTime per zone. */
export class Zones {
  readonly #zones = new Map<string, LocalTime>();

  get(zone: string): LocalTime {
    let local = this.#zones.get(zone);
    if (local === undefined) {
      local = new LocalTime(zone);
      this.#zones.set(zone, local);
    }
    return local;
  }
}
