import type { Calendar } from './calendar.ts';
import { deterministicGzip } from './deterministic-gzip.ts';
import type { Feed, PlannedFile } from './file-plan.ts';

/** What is wrong with whole files. */
export type FileKind =
  | 'trailerCountWrong'
  | 'sentTwice'
  | 'sentTwiceUnderLaterDate'
  | 'sentAgainRepacked'
  | 'transferCutOff'
  | 'transferUnfinished'
  | 'noStream'
  | 'noBytes'
  | 'noDetails';

/** A file that comes on top of the ordinary ones. */
export interface ExtraFile {
  kind: FileKind;
  platform: string;
  serviceType: string;
  name: string;
  bytes: Buffer;
}

interface Copy {
  kind: FileKind;
  service: PlannedFile['feed']['service'];
  day: number;
  platform?: string;
  name(calendar: Calendar, original: PlannedFile): string;
  bytes(original: Buffer): Buffer;
}

const WRONG_TRAILER_DAY = 8;
const same = (bytes: Buffer) => bytes;

/** Extra files made from the day's first file of a service; those days' first files are never packed. */
const COPIES: readonly Copy[] = [
  {
    kind: 'sentTwice',
    service: 'voice',
    day: 9,
    name: (_calendar, original) => original.name.replace('.csv', '_resend.csv'),
    bytes: same,
  },
  {
    kind: 'sentTwiceUnderLaterDate',
    service: 'voice',
    day: 11,
    name: (calendar) => `${calendar.day(16).compact}_switch-1_9002.csv`,
    bytes: same,
  },
  {
    kind: 'sentAgainRepacked',
    service: 'sms',
    day: 18,
    name: (calendar) => `${calendar.day(21).compact}_smsc-1_9001.txt.gz`,
    bytes: (bytes) => deterministicGzip(bytes),
  },
  {
    kind: 'transferCutOff',
    service: 'voice',
    day: 26,
    name: (calendar) => `${calendar.day(26).compact}_switch-1_0000.csv`,
    bytes: (bytes) => bytes.subarray(0, Math.floor(bytes.length * 0.6)),
  },
  {
    kind: 'transferUnfinished',
    service: 'voice',
    day: 27,
    name: (calendar) => `${calendar.day(27).compact}_switch-1_9009.csv.part`,
    bytes: (bytes) => bytes.subarray(0, Math.floor(bytes.length * 0.3)),
  },
  {
    kind: 'noStream',
    service: 'voice',
    day: 13,
    platform: 'switch-9',
    name: (calendar) => `${calendar.day(13).compact}_switch-9_0001.csv`,
    bytes: (bytes) => bytes.subarray(0, Math.floor(bytes.length * 0.1)),
  },
];

/** True when extra files are made from the day's first file of that feed, which therefore stays unpacked. */
export function firstIsCopied(feed: Feed, dayNumber: number): boolean {
  return COPIES.some((copy) => copy.service === feed.service && copy.day === dayNumber);
}

/** True for the one voice file whose trailer counts a record too many. */
export function hasWrongTrailer(file: PlannedFile): boolean {
  return file.feed.service === 'voice' && file.dayNumber === WRONG_TRAILER_DAY && file.lastOfDay;
}

export function copiesOf(file: PlannedFile, bytes: Buffer, calendar: Calendar): ExtraFile[] {
  if (!file.firstOfDay) return [];
  return COPIES.filter((copy) => copy.service === file.feed.service && copy.day === file.dayNumber).map(
    (copy) => ({
      kind: copy.kind,
      platform: copy.platform ?? file.feed.platform,
      serviceType: file.feed.serviceType,
      name: copy.name(calendar, file),
      bytes: copy.bytes(bytes),
    }),
  );
}

/** Extra files that are not made from others. */
export function standaloneExtras(calendar: Calendar): ExtraFile[] {
  const first = calendar.day(0).compact;
  return [
    {
      kind: 'noDetails',
      platform: 'switch-1',
      serviceType: 'VOICE',
      name: `${first}_switch-1_9000.csv`,
      bytes: Buffer.from(`HDR,9000,NORTHWIND,${first}235959\nTRL,0,0\n`),
    },
    {
      kind: 'noBytes',
      platform: 'ggsn-1',
      serviceType: 'DATA',
      name: `${calendar.day(17).compact}_ggsn-1_9001.json`,
      bytes: Buffer.alloc(0),
    },
  ];
}
