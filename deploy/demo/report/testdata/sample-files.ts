import type { FileRow, PhaseCounts } from '../report-model.ts';

/** Repeatable wobble for invented numbers: -1 to 1. */
export const wobble = (i: number) => (((i * 7919 + 104_729) % 2003) / 1001.5 - 1) * 0.999;

function counts(part: Partial<PhaseCounts>): PhaseCounts {
  const all = { processed: 0, ignored: 0, suspended: 0, error: 0, duplicates: 0, ...part };
  return { ...all, total: all.processed + all.ignored + all.suspended + all.error + all.duplicates };
}

const FEEDS = [
  { platform: 'switch-1', serviceType: 'VOICE', extension: 'csv', size: 887 },
  { platform: 'switch-1', serviceType: 'VOICE', extension: 'csv', size: 887 },
  { platform: 'smsc-1', serviceType: 'SMS', extension: 'txt', size: 645 },
  { platform: 'ggsn-1', serviceType: 'DATA', extension: 'json', size: 806 },
];

function acceptedFile(day: number, feed: (typeof FEEDS)[number], number: number): FileRow {
  const i = day * 4 + number;
  const details = Math.round(feed.size * (1 + 0.2 * wobble(i)));
  const error = i % 5 === 0 ? 3 : i % 3;
  const ignored = Math.round(details * 0.035);
  const suspended = 4 + (i % 7);
  const duplicates = i % 4;
  const loaded = details - error;
  return {
    fileId: i.toString(16).padStart(32, 'a'),
    file: `${feed.platform}_202610${String(day).padStart(2, '0')}_${String(number === 1 ? 2 : 1).padStart(4, '0')}.${feed.extension}`,
    platform: feed.platform,
    serviceType: feed.serviceType,
    status: 'ACCEPTED',
    code: null,
    bytes: details * 240,
    lines: details + (feed.serviceType === 'VOICE' ? 2 : 0),
    details,
    phases: {
      parse: counts({ processed: loaded, error }),
      mediation: counts({ processed: loaded - ignored, ignored }),
      rating: counts({ processed: loaded - ignored - suspended - duplicates, suspended, duplicates }),
    },
  };
}

function refusedFile(
  file: string,
  code: string,
  details: number,
  status: FileRow['status'] = 'REJECTED',
): FileRow {
  const none = counts({});
  return {
    fileId: code.length.toString(16).padStart(32, 'b'),
    file,
    platform: file.split('_')[0]!,
    serviceType: file.startsWith('ggsn') ? 'DATA' : 'VOICE',
    status,
    code,
    bytes: details * 260,
    lines: details === 0 ? 0 : details + 2,
    details,
    phases: { parse: none, mediation: none, rating: none },
  };
}

/** Files of an invented month. */
export function sampleFiles(): FileRow[] {
  const files: FileRow[] = [];
  for (let day = 1; day <= 31; day++) FEEDS.forEach((feed, n) => files.push(acceptedFile(day, feed, n)));
  files.push(
    refusedFile('switch-1_20261009_0002.csv', 'FILE_TRAILER_COUNT', 903),
    refusedFile('switch-1_20261010_0001_resend.csv', 'FILE_DUPLICATE', 871, 'DUPLICATE'),
    refusedFile('switch-1_20261017_9002.csv', 'FILE_DUPLICATE', 866, 'DUPLICATE'),
    refusedFile('switch-1_20261027_0000.csv', 'FILE_TRAILER_MISSING', 540),
    refusedFile('switch-9_20261014_0001.csv', 'NO_STREAM', 88),
    refusedFile('ggsn-1_20261018_9001.json', 'FILE_EMPTY', 0),
  );
  return files;
}

/** Sum of a phase over the files. */
export function sumPhases(files: readonly FileRow[], phase: keyof FileRow['phases']): PhaseCounts {
  const sum = (field: keyof PhaseCounts) =>
    files.reduce((total, file) => total + file.phases[phase][field], 0);
  return counts({
    processed: sum('processed'),
    ignored: sum('ignored'),
    suspended: sum('suspended'),
    error: sum('error'),
    duplicates: sum('duplicates'),
  });
}
