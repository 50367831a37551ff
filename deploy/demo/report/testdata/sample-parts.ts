import type { CodeCount, RunReport } from '../report-model.ts';

type Part<K extends keyof RunReport> = RunReport[K];

/** Spreads a total over codes by their weights; the first takes the rest. */
function spread(total: number, codes: readonly [code: string, title: string, weight: number][]): CodeCount[] {
  const sum = codes.reduce((all, [, , weight]) => all + weight, 0);
  const counts = codes.map(([code, title, weight]) => ({
    code,
    title,
    records: Math.floor((total * weight) / sum),
  }));
  counts[0]!.records += total - counts.reduce((all, count) => all + count.records, 0);
  return counts;
}

export const sampleSuspense = (total: number) =>
  spread(total, [
    ['SVC_NOT_FOUND', 'No subscription has this service id', 380],
    ['NO_PRICE_OFFER', 'The plan has no offer for the usage type', 215],
    ['SVC_NOT_EFFECTIVE', 'The service id was not in effect at that time', 131],
    ['SVC_NOT_ACTIVE', 'The subscription was not active', 69],
    ['NO_ZONE', 'No zone has a prefix of the number', 40],
    ['USAGE_IN_FUTURE', 'The usage is dated after its file', 22],
    ['USAGE_TOO_OLD', 'The usage is too old for its file', 20],
  ]);

export const sampleErrors = (total: number) =>
  spread(total, [
    ['FIELD_TYPE', 'A value does not have the type of its field', 47],
    ['COLUMN_COUNT', 'The record has too few or too many columns', 26],
    ['JSON_INVALID', 'The line is not a JSON object', 9],
    ['RECORD_TOO_LONG', 'The record is longer than the mapping allows', 5],
  ]);

export const sampleIgnored = (total: number) =>
  spread(total, [
    ['unanswered-calls', 'Unanswered calls', 1704],
    ['signalling-sessions', 'Signalling is not charged', 1276],
    ['test-numbers', 'Test lines of our own network', 316],
  ]);

export const sampleStages = (details: number): Part<'stages'> => [
  {
    id: 'generate',
    title: 'Generate the carrier’s month',
    milliseconds: 890,
    items: 100_000,
    unit: 'records',
    perSecond: 112_359,
  },
  {
    id: 'pipeline',
    title: 'Take in, mediate, rate',
    milliseconds: 2710,
    items: details,
    unit: 'records',
    perSecond: 37_960,
  },
  {
    id: 'billing',
    title: 'Aggregate and bill',
    milliseconds: 640,
    items: 6402,
    unit: 'lines',
    perSecond: 10_003,
  },
  {
    id: 'judge',
    title: 'Judge by the oracle',
    milliseconds: 3950,
    items: details,
    unit: 'records',
    perSecond: 26_100,
  },
];

export const SAMPLE_THROUGHPUT: Part<'throughput'> = [
  {
    stage: 'intake',
    title: 'Taken in',
    sliceMilliseconds: 250,
    perSecond: [18_000, 42_000, 46_500, 47_100, 45_900, 46_800, 46_100, 44_800, 45_200, 47_400, 21_000],
  },
  {
    stage: 'rating',
    title: 'Rated',
    sliceMilliseconds: 250,
    perSecond: [6000, 36_500, 39_900, 41_200, 12_000, 44_800, 43_100, 42_700, 43_500, 42_900, 38_600],
  },
];

export const SAMPLE_ALLOWANCES: Part<'allowances'> = [
  {
    allowance: 'VOICE_POOL',
    name: 'Pooled voice time',
    unit: 'SECOND',
    granted: '17880000',
    consumed: '6120330',
    buckets: 1702,
    exhausted: 391,
    overage: '3741810',
    overageNet: '8310.44',
  },
  {
    allowance: 'DATA_BUNDLE',
    name: 'Data bundle',
    unit: 'MEGABYTE',
    granted: '2490000',
    consumed: '440120.918',
    buckets: 1490,
    exhausted: 288,
    overage: '351008.551',
    overageNet: '4387.606888',
  },
];

export const SAMPLE_BILLING: Part<'billing'> = {
  calls: 34,
  retries: 2,
  byStatus: [
    {
      status: 'COMPLETE',
      lines: 6301,
      records: 94_088,
      charges: 93_011,
      amount: '21789.98',
      billed: '21790.12',
    },
    { status: 'ERROR', lines: 101, records: 1562, charges: 1589, amount: '298.57417', billed: '298.59' },
  ],
  errors: [
    { code: 1009, text: 'account does not exist', lines: 77, billed: '221.04' },
    { code: 14_047, text: 'invalid client plan instance id', lines: 24, billed: '77.55' },
  ],
};
