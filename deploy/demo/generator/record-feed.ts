import type { Calendar } from './calendar.ts';
import type { KindPicker, ServiceName } from './imperfections.ts';
import type { LineBuffer } from './line-buffer.ts';
import type { Random } from './random.ts';
import { createRepeatMemory } from './repeat-memory.ts';
import type { SubscriberPicker } from './subscriber-picker.ts';
import type { Subscriber } from './subscribers.ts';
import { secondAt } from './time-of-day.ts';

const DAY = 86_400;
const AMBIGUOUS_FROM = 3600;
const AMBIGUOUS_TO = 7200;

/** What a file's records need to know about their file. */
export interface FilePart {
  readonly dayNumber: number;
  /** Number of the file within its service's month, from 1. */
  readonly sequence: number;
  /** Index of the first record within the service's month. */
  readonly firstIndex: number;
  readonly records: number;
  /** The part of the day that the file covers, as fractions of the day's traffic. */
  readonly from: number;
  readonly to: number;
}

/** One use of the network, before it is written in the format of its platform. Reused from record to record. */
export interface Usage<K extends string> {
  kind: K | null;
  subscriber: Subscriber;
  /** The service id as sent: the subscriber's number, or one that nobody has. */
  number: string;
  dayNumber: number;
  secondOfDay: number;
  /** Number of the record in its file, from 1. */
  ordinal: number;
  file: FilePart;
}

/** Writes records in one platform's format. `line` gives the text of a usage; it may be asked for any kind of its service. */
export interface RecordFormat<K extends string> {
  readonly service: ServiceName;
  /** Starts a file; sums over a file begin again. */
  startFile(): void;
  line(usage: Usage<K>, random: Random): string;
}

/** The records of one service, file after file. */
export interface RecordFeed {
  /** Appends exactly `part.records` detail records. */
  write(part: FilePart, random: Random, buffer: LineBuffer): void;
  /** Records by kind so far; ordinary ones are not counted. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface FeedInput<K extends string> {
  calendar: Calendar;
  format: RecordFormat<K>;
  kinds: KindPicker<K>;
  people: SubscriberPicker;
  /** Chooses among the subscribers for the kinds that this service alone has; null leaves it to the common rules. */
  chooseOther?: (kind: K, random: Random) => Subscriber | null;
}

const TEST_LINE = '+447700900';
const UNUSED_RANGE = '+44793';
const padded = (value: number, width: number) => String(value).padStart(width, '0');

export function createRecordFeed<K extends string>(input: FeedInput<K>): RecordFeed {
  const { calendar, format, kinds, people } = input;
  const counts: Record<string, number> = {};
  const memory = createRepeatMemory();
  const usage = { kind: null, number: '', dayNumber: 0, secondOfDay: 0, ordinal: 0 } as unknown as Usage<K>;
  let waiting: K[] = [];

  function count(kind: string): void {
    counts[kind] = (counts[kind] ?? 0) + 1;
  }

  function choosePerson(kind: K | null, random: Random, second: number) {
    switch (kind) {
      case null:
        return people.ordinary(random, second);
      case 'late':
        return people.established(random, second - (3 + random.below(18)) * DAY);
      case 'tooOld':
        return people.established(random, second - (90 + random.below(6)) * DAY);
      case 'inFuture':
        return people.established(random, second + (2 + random.below(9)) * DAY);
      case 'beforeActivation':
      case 'afterTermination':
      case 'whileInactive':
        return people[kind](random, second);
      default:
        return people.ordinary(random, second);
    }
  }

  function place(kind: K | null, second: number, random: Random): void {
    const picked = choosePerson(kind, random, second);
    usage.kind = kind;
    usage.subscriber = (kind === null ? null : input.chooseOther?.(kind, random)) ?? picked.subscriber;
    usage.number = usage.subscriber.number;
    if (kind === 'testNumber') usage.number = TEST_LINE + padded(random.below(1000), 3);
    if (kind === 'unknownService') usage.number = UNUSED_RANGE + padded(random.below(1_000_000), 7);
    usage.dayNumber = Math.floor(picked.second / DAY);
    usage.secondOfDay = picked.second - usage.dayNumber * DAY;
    if (usage.dayNumber === calendar.clocksGoBack && format.service !== 'data') {
      if (usage.secondOfDay >= AMBIGUOUS_FROM && usage.secondOfDay < AMBIGUOUS_TO) count('ambiguousLocalTime');
    }
  }

  /** The day's first records fall into the hour that comes twice, so that there are some even in a small run. */
  function secondOf(part: FilePart, i: number, random: Random): number {
    const ambiguous = part.dayNumber === calendar.clocksGoBack && part.from === 0 && i < 2;
    if (ambiguous) return AMBIGUOUS_FROM + i * 1800 + random.below(1800);
    const position = (i + random.below(1 << 20) / (1 << 20)) / part.records;
    return secondAt(format.service, part.from + (part.to - part.from) * position);
  }

  function repeated(kind: K, random: Random): string | null {
    if (kind === 'repeatedInFile') return memory.fromThisFile(random.below(64));
    if (kind === 'repeatedFromEarlierFile') return memory.fromEarlierFile(random.below(64));
    return null;
  }

  const isRepeat = (kind: K) => kind === 'repeatedInFile' || kind === 'repeatedFromEarlierFile';

  function nextKind(index: number, random: Random): K | null {
    const drawn = kinds.pick(index, random);
    if (drawn !== null) return drawn;
    return waiting.length > 0 ? waiting.shift()! : null;
  }

  function writeOne(part: FilePart, i: number, random: Random, buffer: LineBuffer): void {
    let kind = nextKind(part.firstIndex + i, random);
    if (kind !== null && isRepeat(kind)) {
      const line = repeated(kind, random);
      if (line !== null) {
        count(kind);
        buffer.line(line);
        return;
      }
      waiting.push(kind);
      kind = null;
    }
    usage.file = part;
    usage.ordinal = i + 1;
    place(kind, part.dayNumber * DAY + secondOf(part, i, random), random);
    const line = format.line(usage, random);
    if (kind === null) {
      memory.remember(line);
      buffer.line(line);
      return;
    }
    count(kind);
    if (kind === 'invalidUtf8') buffer.brokenLine(line);
    else buffer.line(line);
  }

  return {
    counts,
    write(part, random, buffer) {
      memory.startFile();
      format.startFile();
      for (let i = 0; i < part.records; i++) writeOne(part, i, random, buffer);
    },
  };
}
