import type { Calendar } from './calendar.ts';
import type { ServiceName } from './imperfections.ts';
import { createRandom } from './random.ts';
import type { FilePart } from './usage.ts';

/** Where a service's files come from and how many there are at least on a day. */
export interface Feed {
  readonly service: ServiceName;
  readonly platform: string;
  readonly serviceType: string;
  readonly extension: string;
  readonly filesPerDay: number;
  /** Share of all records, in hundredths. */
  readonly share: number;
  /** How busy Sunday to Saturday are. */
  readonly weekdays: readonly number[];
}

export const FEEDS: readonly Feed[] = [
  {
    service: 'voice',
    platform: 'switch-1',
    serviceType: 'VOICE',
    extension: 'csv',
    filesPerDay: 2,
    share: 55,
    weekdays: [7, 13, 13, 13, 13, 14, 9],
  },
  {
    service: 'sms',
    platform: 'smsc-1',
    serviceType: 'SMS',
    extension: 'txt',
    filesPerDay: 1,
    share: 20,
    weekdays: [9, 10, 10, 10, 10, 12, 11],
  },
  {
    service: 'data',
    platform: 'ggsn-1',
    serviceType: 'DATA',
    extension: 'json',
    filesPerDay: 1,
    share: 25,
    weekdays: [12, 10, 10, 10, 10, 11, 13],
  },
];

/** One ordinary file, with how it is written. */
export interface PlannedFile extends FilePart {
  readonly feed: Feed;
  readonly name: string;
  readonly firstOfDay: boolean;
  readonly lastOfDay: boolean;
  readonly lineEnd: '\n' | '\r\n' | '\r';
  readonly gzip: boolean;
  readonly byteOrderMark: boolean;
  readonly lastLineEnds: boolean;
  readonly blankLines: boolean;
}

/** A file never holds more, so that memory stays bounded and there are enough of them to watch. */
const RECORDS_PER_FILE = 10_000;

/** Records of each feed: the shares of the total, the rest to the last. */
export function recordsPerFeed(total: number): number[] {
  const parts = FEEDS.map((feed) => Math.floor((total * feed.share) / 100));
  parts[parts.length - 1]! += total - parts.reduce((sum, part) => sum + part, 0);
  return parts;
}

/** Splits `total` in proportion to the weights; the parts sum up to it. */
function split(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  let weightBefore = 0;
  let before = 0;
  return weights.map((weight) => {
    weightBefore += weight;
    const upTo = Math.floor((total * weightBefore) / sum);
    const part = upTo - before;
    before = upTo;
    return part;
  });
}

const BYTE_ORDER_MARK_DAY = 5;
const CARRIAGE_RETURN_DAY = 12;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Encoding = Mutable<
  Pick<PlannedFile, 'lineEnd' | 'gzip' | 'byteOrderMark' | 'lastLineEnds' | 'blankLines'>
>;

/** How a file is written: rotates by its number, with one voice file after a BOM and one message file in old Macintosh lines. */
function encodingOf(feed: Feed, dayNumber: number, isFirst: boolean, sequence: number): Encoding {
  const macintosh = feed.service === 'sms' && dayNumber === CARRIAGE_RETURN_DAY && isFirst;
  return {
    lineEnd: macintosh ? '\r' : sequence % 9 === 4 ? '\r\n' : '\n',
    gzip: sequence % 8 === 3,
    byteOrderMark: feed.service === 'voice' && dayNumber === BYTE_ORDER_MARK_DAY && isFirst,
    lastLineEnds: sequence % 7 !== 6,
    blankLines: feed.service === 'voice' && sequence % 13 === 8,
  };
}

function fileName(feed: Feed, date: string, numberOfDay: number, gzip: boolean): string {
  return `${date}_${feed.platform}_${String(numberOfDay).padStart(4, '0')}.${feed.extension}${gzip ? '.gz' : ''}`;
}

export interface PlanInput {
  feed: Feed;
  /** Records of the feed in the month. */
  total: number;
  calendar: Calendar;
  seed: string;
  /** True for days whose first file must be left unpacked. */
  firstStaysPlain: (feed: Feed, dayNumber: number) => boolean;
}

/** The files of one feed in the order of their days; their records sum up to `total`. */
export function planFiles({ feed, total, calendar, seed, firstStaysPlain }: PlanInput): PlannedFile[] {
  const random = createRandom(`${seed}/plan/${feed.service}`);
  const dayNumbers = Array.from({ length: calendar.days }, (_unused, day) => day);
  const perDay = split(
    total,
    dayNumbers.map((day) => feed.weekdays[calendar.day(day).weekday]! * 100 + random.below(150)),
  );
  const files: PlannedFile[] = [];
  let firstIndex = 0;
  for (const dayNumber of dayNumbers) {
    const records = perDay[dayNumber]!;
    const count = Math.max(feed.filesPerDay, Math.ceil((records * 1.1) / RECORDS_PER_FILE));
    const parts = split(
      records,
      Array.from({ length: count }, () => 950 + random.below(100)),
    );
    let before = 0;
    for (const [i, part] of parts.entries()) {
      const sequence = files.length + 1;
      const encoding = encodingOf(feed, dayNumber, i === 0, sequence);
      if (i === 0 && firstStaysPlain(feed, dayNumber)) encoding.gzip = false;
      const to = records === 0 ? 1 : (before + part) / records;
      files.push({
        feed,
        dayNumber,
        sequence,
        firstIndex,
        records: part,
        from: records === 0 ? 0 : before / records,
        to,
        firstOfDay: i === 0,
        lastOfDay: i === count - 1,
        name: fileName(feed, calendar.day(dayNumber).compact, i + 1, encoding.gzip),
        ...encoding,
      });
      before += part;
      firstIndex += part;
    }
  }
  return files;
}
