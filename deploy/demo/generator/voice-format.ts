import type { Calendar } from './calendar.ts';
import { CLOCK } from './calendar.ts';
import { numberOf, pickDestination } from './destinations.ts';
import type { Destination, DestinationKind } from './destinations.ts';
import type { VoiceKind } from './imperfections.ts';
import type { Random } from './random.ts';
import type { RecordFormat, Usage } from './usage.ts';

/** Beyond the mapping's maxRecordBytes of 65,536. */
const TOO_LONG_TEXT = 70_000;
const RINGS = 30;

interface VoiceFields {
  usage: Usage<VoiceKind>;
  day: { slashed: string; compact: string; weekday: number };
  destination: Destination;
  customer: string;
  dialled: string;
  date: string;
  seconds: number;
  duration: string;
  description: string;
  recordId: string;
  presentation: string;
  ring: number;
}

/** Wholesale price in hundred-thousandths of a pound as decimal text, the fraction of a unit cut off. */
function wholesale(destination: Destination, seconds: number): string {
  const units =
    seconds === 0 ? 0 : destination.connection + Math.floor((destination.perMinute * seconds) / 60);
  const whole = Math.floor(units / 100_000);
  return `${whole}.${String(100_000 + units - whole * 100_000).slice(1)}`;
}

function timeBand(weekday: number, secondOfDay: number): string {
  if (weekday === 0 || weekday === 6) return 'W';
  return secondOfDay >= 28_800 && secondOfDay < 64_800 ? 'D' : 'E';
}

/** The 42 columns of the UK Standard CDR format, in order (reference: Federation of Communication Services). */
function columns(f: VoiceFields): string {
  const { usage, destination } = f;
  const { subscriber } = usage;
  const price = wholesale(destination, f.seconds);
  const cause = f.seconds === 0 ? '19' : '16';
  const band = timeBand(f.day.weekday, usage.secondOfDay);
  return (
    `V,${cause},${f.customer},${f.dialled},${f.date},${CLOCK[usage.secondOfDay]!},${f.duration},,,${f.description},` +
    `${destination.chargeCode},${band},${price},${price},,,,${destination.country},Northwind Wholesale,,S,GBR,${destination.network},` +
    `NW-W1,,,,${f.ring},${f.recordId},GBP,${f.presentation},${subscriber.imsi},,,,` +
    `${subscriber.subscription},,Wholesale 2026,,,,R${usage.ordinal & 7}`
  );
}

const DESTINATIONS: Partial<Record<VoiceKind, DestinationKind>> = {
  premium: 'premium',
  freephone: 'freephone',
  unknownZone: 'unknown',
};

/** What goes wrong before the columns are joined. */
const FIELD_FAULTS: Partial<Record<VoiceKind, (fields: VoiceFields, random: Random) => void>> = {
  badNumber: (f, random) => (f.duration = random.below(2) === 0 ? `${f.seconds}.5` : 'n/a'),
  negativeNumber: (f) => (f.duration = '-1'),
  badDate: (f, random) => (f.date = random.below(2) === 0 ? '31/02/2026' : f.date.replaceAll('/', '-')),
  fieldMissing: (f) => (f.recordId = ''),
  fieldTooLong: (f) => (f.description = `"${'Conference, all sites; '.repeat(6)}"`),
  invalidUtf8: (f) => (f.description = '"Caf\u0001\u0001, Lyon"'),
  nulInNumber: (f) => (f.duration = `${f.seconds}\0`),
  nulInText: (f) => (f.description = '"Leeds\0, outer"'),
  badQuote: (f) => (f.description = '"Leeds", outer'),
  quoteNeverClosed: (f) => (f.description = '"Leeds, outer'),
  veryLongLine: (f) => (f.description = `"${'x'.repeat(TOO_LONG_TEXT)}"`),
  unanswered: (f) => {
    f.seconds = 0;
    f.duration = '0';
  },
};

/** What goes wrong with the finished line. */
const LINE_FAULTS: Partial<Record<VoiceKind, (line: string) => string>> = {
  columnMissing: (line) => line.slice(0, line.lastIndexOf(',')),
  columnExtra: (line) => `${line},`,
  strayTrailer: () => 'TRL,3,180',
};

/** Voice calls; `seconds()` is the file's total for its trailer. */
export interface VoiceFormat extends RecordFormat<VoiceKind> {
  seconds(): number;
}

export function createVoiceFormat(calendar: Calendar): VoiceFormat {
  let total = 0;

  function destinationFor(usage: Usage<VoiceKind>, random: Random): Destination {
    const kind = usage.kind === null ? undefined : DESTINATIONS[usage.kind];
    if (kind === undefined || (kind === 'premium' && usage.subscriber.plan === 'PAY_AS_YOU_GO')) {
      return pickDestination('ordinary', random);
    }
    return pickDestination(kind, random);
  }

  function fieldsOf(usage: Usage<VoiceKind>, random: Random): VoiceFields {
    const destination = destinationFor(usage, random);
    const seconds = random.powerOfTwo(2, 10);
    const day = calendar.day(usage.dayNumber);
    const style = random.below(64);
    const isOwnNumber = usage.number === usage.subscriber.number;
    const { file } = usage;
    return {
      usage,
      day,
      destination,
      customer: style < 6 && isOwnNumber ? usage.subscriber.nationalNumber : usage.number,
      dialled: numberOf(destination, random),
      date: day.slashed,
      seconds,
      duration: String(seconds),
      description: destination.description,
      recordId: `SW1-${file.sequence}-${usage.ordinal}`,
      presentation: style > 58 ? '' : usage.number,
      ring: 2 + (style % RINGS),
    };
  }

  return {
    service: 'voice',
    startFile() {
      total = 0;
    },
    seconds: () => total,
    line(usage, random) {
      const fields = fieldsOf(usage, random);
      const { kind } = usage;
      if (kind !== null) FIELD_FAULTS[kind]?.(fields, random);
      total += fields.seconds;
      const line = columns(fields);
      return kind === null ? line : (LINE_FAULTS[kind]?.(line) ?? line);
    },
  };
}
