const SECONDS_PER_DAY = 86_400;

/** Offsets of one UTC day: `before` until the second `change`, `after` from then on. */
interface DayOffsets {
  readonly before: number;
  readonly after: number;
  readonly change: number;
}

/**
 * Offset from UTC of a time zone at any instant, from the runtime's zone data (Intl), which is asked once per UTC day.
 * A zone is assumed to change its offset at most once within a UTC day; all of the zone database's do since 1970.
 */
export class ZoneOffsets {
  readonly timeZone: string;
  private readonly format: Intl.DateTimeFormat;
  private readonly days = new Map<number, DayOffsets>();
  private cachedDay = Number.NaN;
  private cached: DayOffsets = { before: 0, after: 0, change: 0 };

  constructor(timeZone: string) {
    this.timeZone = timeZone;
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** Seconds to add to UTC at `second` (seconds since the epoch). */
  offsetAt(second: number): number {
    const day = Math.floor(second / SECONDS_PER_DAY);
    if (day !== this.cachedDay) this.load(day);
    const offsets = this.cached;
    return second < offsets.change ? offsets.before : offsets.after;
  }

  /** Local day number of an instant in microseconds. */
  localDay(micros: number): number {
    const second = Math.floor(micros / 1_000_000);
    return Math.floor((second + this.offsetAt(second)) / SECONDS_PER_DAY);
  }

  /** Local date and time of an instant in microseconds: yyyy-mm-dd hh:mm:ss. */
  localText(micros: number): string {
    const second = Math.floor(micros / 1_000_000);
    const local = new Date((second + this.offsetAt(second)) * 1000).toISOString();
    return `${local.slice(0, 10)} ${local.slice(11, 19)}`;
  }

  /** Instant, in microseconds, at which a local day begins: its midnight, the earlier of two, or the end of the gap that swallows it. */
  startOfDay(day: number): number {
    const local = day * SECONDS_PER_DAY;
    const before = this.offsetAt(local - SECONDS_PER_DAY);
    const after = this.offsetAt(local + SECONDS_PER_DAY);
    const earlier = local - Math.max(before, after);
    const later = local - Math.min(before, after);
    if (earlier + this.offsetAt(earlier) === local) return earlier * 1_000_000;
    if (later + this.offsetAt(later) === local) return later * 1_000_000;
    return (local - before) * 1_000_000;
  }

  private load(day: number): void {
    let offsets = this.days.get(day);
    if (offsets === undefined) {
      offsets = this.offsetsOf(day);
      this.days.set(day, offsets);
    }
    this.cachedDay = day;
    this.cached = offsets;
  }

  private offsetsOf(day: number): DayOffsets {
    const start = day * SECONDS_PER_DAY;
    const before = this.ask(start);
    const after = this.ask(start + SECONDS_PER_DAY);
    if (before === after) return { before, after, change: start };
    let low = start;
    let high = start + SECONDS_PER_DAY;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.ask(middle) === before) low = middle;
      else high = middle;
    }
    return { before, after, change: high };
  }

  private ask(second: number): number {
    const parts: Record<string, number> = {};
    for (const { type, value } of this.format.formatToParts(second * 1000)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second: local = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, local) / 1000 - second;
  }
}
