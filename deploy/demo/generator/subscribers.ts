import type { Calendar } from './calendar.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';

type PlanName = 'BUSINESS' | 'PERSONAL' | 'PAY_AS_YOU_GO';

/** Seconds since local midnight of the month's first day, on the wall clock. */
export type WallSecond = number;

/** One subscription of the demo carrier. Periods are [from, to). */
export interface Subscriber {
  readonly account: string;
  readonly subscription: string;
  readonly plan: PlanName;
  /** null: the subscription's own. */
  readonly balanceGroup: string | null;
  readonly billCycleDay: number;
  readonly from: WallSecond;
  readonly to: WallSecond | null;
  /** A period in which the subscription is INACTIVE. */
  readonly inactive: { readonly from: WallSecond; readonly to: WallSecond } | null;
  /** +4479… */
  readonly number: string;
  /** The same number as people dial it at home: 079… */
  readonly nationalNumber: string;
  /** Subscription number of the network, 15 digits. */
  readonly imsi: string;
}

const DAY = 86_400;
const BILL_CYCLE_DAYS = [1, 1, 1, 5, 12, 20, 28];
const NUMBER_SPACE = 10_000_000;

/** A bijection of 0..9999999, so that neighbours do not look like neighbours. */
function mobileNumber(index: number): string {
  const scattered = (index * 7_654_321 + 1_234_567) % NUMBER_SPACE;
  return `91${String(scattered).padStart(7, '0')}`;
}

const digits = (prefix: string, value: number, width: number) => prefix + String(value).padStart(width, '0');

interface Life {
  from: WallSecond;
  to: WallSecond | null;
  inactive: Subscriber['inactive'];
}

/**
 * Three of twenty subscriptions have an eventful month: one is activated in it, one is terminated (every third of them
 * already before it), one is inactive for a week. The weeks and days rotate, so that every day of the month has each case.
 */
function lifeOf(index: number, days: number, random: Random): Life {
  const life: Life = { from: -DAY * (150 + random.below(900)) + random.below(DAY), to: null, inactive: null };
  const turn = Math.floor(index / 20);
  const slot = index % 20;
  if (slot === 13) life.from = (2 + ((turn * 7) % (days - 3))) * DAY + 8 * 3600 + random.below(36_000);
  if (slot === 16) {
    const day = turn % 3 === 0 ? -(3 + (turn % 20)) : 4 + ((turn * 5) % (days - 6));
    life.to = day * DAY + 9 * 3600 + random.below(28_800);
  }
  if (slot === 18) {
    const from = ((turn % 5) * 7 - 1) * DAY;
    life.inactive = { from, to: from + 7 * DAY };
  }
  return life;
}

function planOf(random: Random): PlanName {
  const draw = random.below(100);
  if (draw < 45) return 'BUSINESS';
  return draw < 85 ? 'PERSONAL' : 'PAY_AS_YOU_GO';
}

/**
 * The carrier's subscriptions: accounts of one to five subscriptions of one plan; those of a BUSINESS account share a
 * balance group. A number given up by a terminated subscription is taken over, five days later, by one activated after that.
 * @param count at least 100, so that every eventful case exists on every day
 */
export function createSubscribers(seed: string, count: number, calendar: Calendar): Subscriber[] {
  if (!Number.isSafeInteger(count) || count < 100 || count > 1_000_000) {
    throw new RangeError(`subscriptions must be a whole number from 100 to 1000000, got ${count}`);
  }
  const random = createRandom(`${seed}/subscribers`);
  const subscribers: Subscriber[] = [];
  for (let account = 1; subscribers.length < count; account++) {
    const plan = planOf(random);
    const size =
      plan === 'BUSINESS' ? 1 + random.below(5) : 1 + (random.below(4) === 0 ? random.below(3) : 0);
    const billCycleDay = BILL_CYCLE_DAYS[random.below(BILL_CYCLE_DAYS.length)]!;
    const accountId = digits('NW-A', account, 6);
    for (let i = 0; i < size && subscribers.length < count; i++) {
      const index = subscribers.length;
      const number = numberFor(index, subscribers);
      subscribers.push({
        account: accountId,
        subscription: digits('NW-S', index + 1, 7),
        plan,
        balanceGroup: plan === 'BUSINESS' ? digits('NW-G', account, 6) : null,
        billCycleDay,
        ...lifeOf(index, calendar.days, random),
        number: `+447${number}`,
        nationalNumber: `07${number.slice(0, 3)} ${number.slice(3)}`,
        imsi: digits('23499', index + 1, 10),
      });
    }
  }
  return subscribers;
}

/** Every hundredth newcomer takes over the number of the newcomer slot's predecessor that ended before it began. */
function numberFor(index: number, earlier: readonly Subscriber[]): string {
  if (index % 100 !== 33) return mobileNumber(index);
  const previous = earlier[index - 17];
  return previous !== undefined && previous.to !== null && previous.to < 0
    ? previous.number.slice(4)
    : mobileNumber(index);
}
