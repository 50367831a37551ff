import { textOf } from './attributes.ts';
import type { Catalog, Stream } from './catalog.ts';
import { dateText, type LocalTime } from './local-time.ts';
import type { ParsedRecord } from './parse-record.ts';
import { serviceKey, type Directory, type Subscription } from './read-subscriptions.ts';

export type Guiding = { subscription: Subscription } | { code: string };

/** Finds whom a record belongs to (docs/rules.md section 5). `zone` is the mapping's. */
export function guide(
  catalog: Catalog,
  directory: Directory,
  at: { stream: Stream; zone: LocalTime; fileDay: number | null },
  record: ParsedRecord,
): Guiding {
  const { stream, zone, fileDay } = at;
  const usageType = catalog.usageTypes.get(textOf(record.container, 'usageType'));
  if (usageType?.serviceType !== stream.serviceType) return { code: 'USAGE_TYPE_UNKNOWN' };
  if (fileDay !== null) {
    const age = fileDay - zone.wallAt(record.startTime / 1000).day;
    if (age > stream.maxAgeDays) return { code: 'USAGE_TOO_OLD' };
    if (-age > stream.futureDays) return { code: 'USAGE_IN_FUTURE' };
  }
  const entries = directory.services.get(
    serviceKey(stream.serviceType, textOf(record.container, 'serviceId')),
  );
  if (entries === undefined) return { code: 'SVC_NOT_FOUND' };
  let best = null;
  for (const entry of entries) {
    if (record.startTime < entry.from || record.endTime > entry.to) continue;
    if (best === null || entry.from > best.from) best = entry;
  }
  if (best === null) return { code: 'SVC_NOT_EFFECTIVE' };
  if (statusAt(best.subscription, record.startTime) !== 'ACTIVE') return { code: 'SVC_NOT_ACTIVE' };
  return { subscription: best.subscription };
}

/** The status of the last change not after the instant; ACTIVE before the first. */
function statusAt(subscription: Subscription, instant: number): string {
  let status = 'ACTIVE';
  for (const change of subscription.statuses) {
    if (change.from <= instant) status = change.status;
  }
  return status;
}

/** A billing cycle: its first day, and [from, to) in microseconds UTC. */
export interface Cycle {
  billUnit: string;
  from: number;
  to: number;
}

const cache = new WeakMap<LocalTime, Map<string, Cycle>>();

/** The cycle that holds the instant; it begins at local midnight of `billCycleDay` in the client's zone. */
export function cycleAt(clientZone: LocalTime, billCycleDay: number, micros: number): Cycle {
  const { day } = clientZone.wallAt(micros / 1000);
  const known = cache.get(clientZone) ?? new Map<string, Cycle>();
  cache.set(clientZone, known);
  const key = `${day}/${billCycleDay}`;
  let cycle = known.get(key);
  if (cycle === undefined) {
    cycle = cycleOfDay(clientZone, billCycleDay, day);
    known.set(key, cycle);
  }
  return cycle;
}

function cycleOfDay(zone: LocalTime, billCycleDay: number, day: number): Cycle {
  const date = new Date(day * 86_400_000);
  const back = date.getUTCDate() >= billCycleDay ? 0 : 1;
  const firstOf = (months: number) =>
    Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back + months, billCycleDay);
  return {
    billUnit: dateText(firstOf(0) / 86_400_000),
    from: zone.toUtc(firstOf(0)) * 1000,
    to: zone.toUtc(firstOf(1)) * 1000,
  };
}
