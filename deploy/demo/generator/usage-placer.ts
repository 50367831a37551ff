import type { Calendar } from './calendar.ts';
import type { ServiceName } from './imperfections.ts';
import type { Random } from './random.ts';
import type { PickedUsage, SubscriberPicker } from './subscriber-picker.ts';
import type { Subscriber } from './subscribers.ts';
import { secondAt } from './time-of-day.ts';
import type { FilePart, Usage } from './usage.ts';

const DAY = 86_400;
const AMBIGUOUS_FROM = 3600;
const AMBIGUOUS_TO = 7200;
const TEST_LINE = '+447700900';
const UNUSED_RANGE = '+44793';
const padded = (value: number, width: number) => String(value).padStart(width, '0');

export interface PlacerInput<K extends string> {
  calendar: Calendar;
  service: ServiceName;
  people: SubscriberPicker;
  /** Chooses the subscriber for kinds that one service alone has; null leaves it to the common rules. */
  chooseOther?: (kind: K, random: Random) => Subscriber | null;
}

/** Decides who used the network and when, for each record of a file. */
export interface UsagePlacer<K extends string> {
  /** Fills `usage` for the record number `i`, from 0, of the part. */
  place(usage: Usage<K>, kind: K | null, part: FilePart, i: number, random: Random): void;
}

function choosePerson(
  people: SubscriberPicker,
  kind: string | null,
  random: Random,
  second: number,
): PickedUsage {
  switch (kind ?? 'ordinary') {
    case 'late':
      return people.established(random, second - (3 + random.below(18)) * DAY);
    case 'tooOld':
      return people.established(random, second - (90 + random.below(6)) * DAY);
    case 'inFuture':
      return people.established(random, second + (2 + random.below(9)) * DAY);
    case 'beforeActivation':
      return people.beforeActivation(random, second);
    case 'afterTermination':
      return people.afterTermination(random, second);
    case 'whileInactive':
      return people.whileInactive(random, second);
    default:
      return people.ordinary(random, second);
  }
}

function numberFor(kind: string | null, subscriber: Subscriber, random: Random): string {
  if (kind === 'testNumber') return TEST_LINE + padded(random.below(1000), 3);
  if (kind === 'unknownService') return UNUSED_RANGE + padded(random.below(1_000_000), 7);
  return subscriber.number;
}

export function createUsagePlacer<K extends string>(input: PlacerInput<K>): UsagePlacer<K> {
  const { calendar, service, people } = input;

  /** The day's first two records fall into the hour that comes twice, so that there are some even in a small run. */
  function secondOf(part: FilePart, i: number, random: Random): number {
    if (part.dayNumber === calendar.clocksGoBack && part.from === 0 && i < 2) {
      return AMBIGUOUS_FROM + i * 1800 + random.below(1800);
    }
    const position = (i + random.below(1 << 20) / (1 << 20)) / part.records;
    return secondAt(service, part.from + (part.to - part.from) * position);
  }

  return {
    place(usage, kind, part, i, random) {
      const picked = choosePerson(people, kind, random, part.dayNumber * DAY + secondOf(part, i, random));
      usage.kind = kind;
      usage.file = part;
      usage.ordinal = i + 1;
      usage.subscriber = (kind === null ? null : input.chooseOther?.(kind, random)) ?? picked.subscriber;
      usage.number = numberFor(kind, usage.subscriber, random);
      usage.dayNumber = Math.floor(picked.second / DAY);
      usage.secondOfDay = picked.second - usage.dayNumber * DAY;
    },
  };
}

/** True when the wall clock alone does not tell which of two instants is meant. */
export function isAmbiguous<K extends string>(usage: Usage<K>, calendar: Calendar): boolean {
  const { dayNumber, secondOfDay } = usage;
  return dayNumber === calendar.clocksGoBack && secondOfDay >= AMBIGUOUS_FROM && secondOfDay < AMBIGUOUS_TO;
}
