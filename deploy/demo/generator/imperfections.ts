import type { Random } from './random.ts';

/**
 * What is wrong, or out of the ordinary, with a record of a real feed. Rates are records in 100,000 of the service; every
 * kind occurs at least once per service whatever the number of records. What becomes of each is decided by docs/rules.md.
 */
const MALFORMED_TEXT = {
  columnMissing: 12,
  columnExtra: 12,
  badNumber: 15,
  negativeNumber: 6,
  badDate: 15,
  fieldMissing: 12,
  fieldTooLong: 6,
  invalidUtf8: 10,
  nulInNumber: 5,
  nulInText: 5,
  badQuote: 12,
  quoteNeverClosed: 8,
  veryLongLine: 2,
  strayTrailer: 3,
} as const;

const MALFORMED_FIXED = { tooShort: 15, tooLong: 12, badNumber: 15, badDate: 15, fieldMissing: 10 } as const;

const MALFORMED_JSON = {
  truncatedJson: 20,
  objectForValue: 8,
  badNumber: 12,
  negativeNumber: 6,
  badDate: 12,
  fieldMissing: 10,
  invalidUtf8: 8,
  nulEscaped: 4,
  nulRaw: 4,
  veryLongLine: 2,
} as const;

const TIMING = { late: 400, tooOld: 20, inFuture: 15 } as const;
const SUBSCRIPTION = {
  unknownService: 150,
  beforeActivation: 60,
  afterTermination: 60,
  whileInactive: 60,
} as const;
const REPEATED = { repeatedInFile: 60, repeatedFromEarlierFile: 40 } as const;

/** Kinds by service, with their rates. */
export const IMPERFECTIONS = {
  voice: {
    ...MALFORMED_TEXT,
    ...REPEATED,
    ...SUBSCRIPTION,
    ...TIMING,
    unanswered: 3000,
    testNumber: 300,
    unknownZone: 60,
    premium: 900,
    freephone: 1500,
  },
  sms: { ...MALFORMED_FIXED, ...REPEATED, ...SUBSCRIPTION, ...TIMING, testNumber: 300, multimedia: 800 },
  data: {
    ...MALFORMED_JSON,
    ...REPEATED,
    ...SUBSCRIPTION,
    ...TIMING,
    testNumber: 300,
    signalling: 5000,
    planWithoutData: 250,
  },
} as const satisfies Record<string, Record<string, number>>;

export type ServiceName = keyof typeof IMPERFECTIONS;
export type VoiceKind = keyof typeof IMPERFECTIONS.voice;
export type SmsKind = keyof typeof IMPERFECTIONS.sms;
export type DataKind = keyof typeof IMPERFECTIONS.data;

/** Decides for each record of a service, in order, which kind it is; null for an ordinary one. */
export interface KindPicker<K extends string> {
  pick(index: number, random: Random): K | null;
}

const RATE_BASE = 100_000;
const TWO_32 = 4_294_967_296;

/**
 * @param total records of the service in the whole month
 * @throws RangeError when there are not enough records to show every kind once
 */
export function createKindPicker<K extends string>(rates: Record<K, number>, total: number): KindPicker<K> {
  const kinds = Object.keys(rates) as K[];
  if (total < kinds.length * 2) {
    throw new RangeError(`${total} records cannot show ${kinds.length} kinds of imperfection`);
  }
  const limits = new Float64Array(kinds.length);
  let sum = 0;
  kinds.forEach((kind, i) => {
    sum += rates[kind];
    limits[i] = Math.floor((sum / RATE_BASE) * TWO_32);
  });
  const lastLimit = limits[kinds.length - 1]!;
  const forced = new Map<number, K>();
  kinds.forEach((kind, i) => forced.set(Math.floor((total * (2 * i + 1)) / (2 * kinds.length)), kind));
  return {
    pick(index, random) {
      const drawn = random.next();
      const mustBe = forced.get(index);
      if (mustBe !== undefined) return mustBe;
      if (drawn >= lastLimit) return null;
      let i = 0;
      while (drawn >= limits[i]!) i++;
      return kinds[i]!;
    },
  };
}
