import { encodeText } from '../../schemas/codec/avro-writer.ts';
import type { EncodedText } from '../../schemas/codec/text.ts';
import { dayOfMonth, dayText, firstOfNextMonth } from '../calendar/civil-date.ts';
import type { ZoneOffsets } from '../calendar/zone-offsets.ts';

/**
 * Billing cycles of a client: from local midnight of `billCycleDay` (1 to 28) to the same day of the next month (docs/rules.md 5).
 * A cycle is known by its first day's number, and its bill unit is that day's text.
 */
export class BillingCycles {
  private readonly zone: ZoneOffsets;
  private readonly texts = new Map<number, EncodedText>();
  private cachedDay = Number.NaN;
  private cachedDayOfMonth = 0;
  private cachedPreviousMonth = 0;
  private cachedCycle = Number.NaN;
  private cachedText: EncodedText = encodeText('');

  constructor(zone: ZoneOffsets) {
    this.zone = zone;
  }

  /** First day, as a day number, of the cycle that holds the instant (microseconds). */
  cycleOf(micros: number, billCycleDay: number): number {
    const day = this.zone.localDay(micros);
    if (day !== this.cachedDay) this.loadMonth(day);
    const firstOfMonth =
      this.cachedDayOfMonth >= billCycleDay ? day - this.cachedDayOfMonth + 1 : this.cachedPreviousMonth;
    return firstOfMonth + billCycleDay - 1;
  }

  /** First day of the cycle after `cycle`. */
  next(cycle: number): number {
    return firstOfNextMonth(cycle) + dayOfMonth(cycle) - 1;
  }

  /** Instant at which the cycle begins, microseconds. */
  startOf(cycle: number): number {
    return this.zone.startOfDay(cycle);
  }

  /** Bill unit, yyyy-mm-dd; the same object for the same cycle. */
  billUnit(cycle: number): EncodedText {
    if (cycle !== this.cachedCycle) {
      let text = this.texts.get(cycle);
      if (text === undefined) {
        text = encodeText(dayText(cycle));
        this.texts.set(cycle, text);
      }
      this.cachedCycle = cycle;
      this.cachedText = text;
    }
    return this.cachedText;
  }

  private loadMonth(day: number): void {
    this.cachedDay = day;
    this.cachedDayOfMonth = dayOfMonth(day);
    const lastOfPrevious = day - this.cachedDayOfMonth;
    this.cachedPreviousMonth = lastOfPrevious - dayOfMonth(lastOfPrevious) + 1;
  }
}
