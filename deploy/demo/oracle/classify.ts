import type { OfferRow, TimeClass, TimeModel, ZoneModel } from './catalog.ts';
import { dateText, type LocalTime } from './local-time.ts';

/** The zone with the longest prefix of the number; null without one. Of equal prefixes the first listed counts. */
export function zoneOf(model: ZoneModel, number: string): string | null {
  let best: { id: string; length: number } | null = null;
  for (const zone of model.zones) {
    for (const prefix of zone.prefixes) {
      if (!number.startsWith(prefix)) continue;
      if (best === null || prefix.length > best.length) best = { id: zone.id, length: prefix.length };
    }
  }
  return best?.id ?? null;
}

/** 1970-01-01 was a Thursday. */
const DAYS = ['THU', 'FRI', 'SAT', 'SUN', 'MON', 'TUE', 'WED'];

/** The first class that the instant (microseconds UTC) matches; null without one. `zone` is the model's. */
export function timeClassOf(model: TimeModel, zone: LocalTime, micros: number): string | null {
  const { day, ms } = zone.wallAt(micros / 1000);
  const weekday = DAYS[day % 7] ?? '';
  const holiday = model.holidays.includes(dateText(day));
  const matches = (one: TimeClass) =>
    (one.days === null || one.days.includes(weekday)) &&
    (one.holiday === null || one.holiday === holiday) &&
    inWindow(one, ms);
  return model.classes.find(matches)?.id ?? null;
}

/** `from` is inside, `to` is not; a window whose `to` is not after its `from` passes midnight. */
function inWindow(one: TimeClass, ms: number): boolean {
  const from = minutes(one.from ?? '00:00') * 60_000;
  const to = minutes(one.to ?? '24:00') * 60_000;
  return from < to ? ms >= from && ms < to : ms >= from || ms < to;
}

function minutes(time: string): number {
  const [hour, minute] = time.split(':');
  return Number(hour) * 60 + Number(minute);
}

/** The row whose given attributes all match; of several the one with most given attributes, then the first listed. */
export function bestRow(rows: readonly OfferRow[], attributeOf: (name: string) => string): OfferRow | null {
  let best: OfferRow | null = null;
  for (const row of rows) {
    if (!row.match.every(({ attribute, values }) => values.includes(attributeOf(attribute)))) continue;
    if (best === null || row.match.length > best.match.length) best = row;
  }
  return best;
}
