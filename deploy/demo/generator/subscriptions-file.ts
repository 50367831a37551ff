import type { Calendar } from './calendar.ts';
import type { Subscriber, WallSecond } from './subscribers.ts';

const DAY = 86_400;
const SERVICE_TYPES = ['VOICE', 'SMS', 'DATA'] as const;

function instantOf(calendar: Calendar, second: WallSecond): string {
  const day = Math.floor(second / DAY);
  return calendar.instant(day, second - day * DAY);
}

function statusesOf(subscriber: Subscriber, calendar: Calendar) {
  if (subscriber.inactive === null) return undefined;
  return [
    { from: instantOf(calendar, subscriber.from), status: 'ACTIVE' },
    { from: instantOf(calendar, subscriber.inactive.from), status: 'INACTIVE' },
    { from: instantOf(calendar, subscriber.inactive.to), status: 'ACTIVE' },
  ];
}

function toLine(subscriber: Subscriber, calendar: Calendar): string {
  return JSON.stringify({
    account: subscriber.account,
    subscription: subscriber.subscription,
    plan: subscriber.plan,
    balanceGroup: subscriber.balanceGroup ?? undefined,
    billCycleDay: subscriber.billCycleDay,
    from: instantOf(calendar, subscriber.from),
    to: subscriber.to === null ? undefined : instantOf(calendar, subscriber.to),
    statuses: statusesOf(subscriber, calendar),
    services: SERVICE_TYPES.map((serviceType) => ({ serviceType, id: subscriber.number })),
  });
}

/** The whole of accounts/subscriptions.jsonl: one subscription a line, as schemas/catalog/subscription.ts describes it. */
export function renderSubscriptions(subscribers: readonly Subscriber[], calendar: Calendar): string {
  return subscribers.map((subscriber) => `${toLine(subscriber, calendar)}\n`).join('');
}
