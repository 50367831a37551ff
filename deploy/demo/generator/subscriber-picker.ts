import type { Random } from './random.ts';
import type { Subscriber, WallSecond } from './subscribers.ts';

const HOUR = 3600;
const TWO_32 = 4_294_967_296;

/** A subscriber together with the (possibly moved) wall-clock second of the usage. */
export interface PickedUsage {
  subscriber: Subscriber;
  second: WallSecond;
}

/**
 * Chooses who uses the network. A fifth of the subscribers makes four fifths of the usage, with some far ahead, so that
 * allowances are used up and tiers are passed. The result object is reused by the next call.
 */
export interface SubscriberPicker {
  /** Somebody who may use the network at that second. */
  ordinary(random: Random, second: WallSecond): PickedUsage;
  /** Somebody who may have used it at any time of the last months. */
  established(random: Random, second: WallSecond): PickedUsage;
  beforeActivation(random: Random, second: WallSecond): PickedUsage;
  afterTermination(random: Random, second: WallSecond): PickedUsage;
  whileInactive(random: Random, second: WallSecond): PickedUsage;
}

function mayUse(subscriber: Subscriber, second: WallSecond): boolean {
  if (second < subscriber.from + HOUR) return false;
  if (subscriber.to !== null && second > subscriber.to - 4 * HOUR) return false;
  const { inactive } = subscriber;
  return inactive === null || second < inactive.from - HOUR || second > inactive.to + HOUR;
}

const isEventful = (subscriber: Subscriber) =>
  subscriber.from > 0 || subscriber.to !== null || subscriber.inactive !== null;

function skewed(random: Random, list: readonly Subscriber[]): Subscriber {
  const draw = random.next() / TWO_32;
  return list[Math.floor(draw * draw * list.length)]!;
}

function uniform(random: Random, list: readonly Subscriber[]): Subscriber {
  return list[random.below(list.length)]!;
}

/** @param subscribers those that may be chosen: for data, the ones whose plan has it */
export function createSubscriberPicker(subscribers: readonly Subscriber[]): SubscriberPicker {
  const picked: PickedUsage = { subscriber: subscribers[0]!, second: 0 };
  const heavy = subscribers.filter((_subscriber, i) => i % 5 === 0);
  const light = subscribers.filter((_subscriber, i) => i % 5 !== 0);
  const established = subscribers.filter((subscriber) => !isEventful(subscriber));
  const activated = subscribers.filter((subscriber) => subscriber.from > 0).sort((a, b) => a.from - b.from);
  const terminated = subscribers.filter((subscriber) => subscriber.to !== null);
  const suspended = subscribers.filter((subscriber) => subscriber.inactive !== null);
  if ([heavy, light, established, activated, terminated, suspended].some((list) => list.length === 0)) {
    throw new RangeError('too few subscriptions to show every case');
  }

  function found(subscriber: Subscriber, second: WallSecond): PickedUsage {
    picked.subscriber = subscriber;
    picked.second = second;
    return picked;
  }

  function search(random: Random, list: readonly Subscriber[], fits: (subscriber: Subscriber) => boolean) {
    const start = random.below(list.length);
    for (let i = 0; i < list.length; i++) {
      const subscriber = list[(start + i) % list.length]!;
      if (fits(subscriber)) return subscriber;
    }
    return null;
  }

  return {
    ordinary(random, second) {
      for (let attempt = 0; attempt < 8; attempt++) {
        const subscriber = random.below(5) === 0 ? uniform(random, light) : skewed(random, heavy);
        if (mayUse(subscriber, second)) return found(subscriber, second);
      }
      return found(uniform(random, established), second);
    },
    established: (random, second) => found(uniform(random, established), second),
    beforeActivation(random, second) {
      const waiting = search(random, activated, (subscriber) => subscriber.from > second + HOUR);
      if (waiting !== null) return found(waiting, second);
      const last = activated[activated.length - 1]!;
      return found(last, last.from - HOUR - random.below(20 * HOUR));
    },
    afterTermination(random, second) {
      const gone = search(random, terminated, (subscriber) => subscriber.to! + HOUR < second);
      return found(gone ?? terminated[0]!, second);
    },
    whileInactive(random, second) {
      const asleep = search(
        random,
        suspended,
        ({ inactive }) => inactive!.from + HOUR < second && second < inactive!.to - HOUR,
      );
      if (asleep !== null) return found(asleep, second);
      const fallback = suspended[0]!;
      return found(fallback, Math.min(second, fallback.inactive!.from + HOUR + random.below(100 * HOUR)));
    },
  };
}
