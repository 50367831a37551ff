import type { Calendar } from './calendar.ts';
import { CLOCK } from './calendar.ts';
import type { DataKind } from './imperfections.ts';
import type { Random } from './random.ts';
import type { RecordFormat, Usage } from './usage.ts';

const TOO_LONG_TEXT = 70_000;
const ONE_IN = 16;
const NOTES = [
  ',"note":"roaming check, passed"',
  ',"note":"Zürich → London 🚆"',
  ',"note":"caf\\u00e9 \\"Lumi\\u00e8re\\""',
  ',"note":null',
];

interface DataFields {
  session: string;
  part: number;
  msisdn: string;
  start: string;
  seconds: string;
  up: string;
  down: number;
  apn: string;
  note: string;
}

const FAULTS: Partial<Record<DataKind, (fields: DataFields, random: Random) => void>> = {
  objectForValue: (f) => (f.seconds = `{"value":${f.seconds}}`),
  badNumber: (f, random) => (f.up = random.below(2) === 0 ? `${f.up}.5` : '"many"'),
  negativeNumber: (f) => (f.up = '-1'),
  badDate: (f, random) =>
    (f.start = random.below(2) === 0 ? `2026-10-32${f.start.slice(10)}` : f.start.slice(0, 19)),
  fieldMissing: (f) => (f.msisdn = 'null'),
  invalidUtf8: (f) => (f.note = ',"note":"caf\u0001\u0001"'),
  nulEscaped: (f) => (f.note = ',"note":"a\\u0000b"'),
  nulRaw: (f) => (f.note = ',"note":"a\0b"'),
  veryLongLine: (f) => (f.note = `,"note":"${'y'.repeat(TOO_LONG_TEXT)}"`),
  signalling: (f) => (f.apn = 'ims.northwind'),
};

function startOf(usage: Usage<DataKind>, day: string, style: number): string {
  const time = `${day}T${CLOCK[usage.secondOfDay]!}`;
  if (style < 4) return `${time}.${100 + style * 7}Z`;
  return style < 8 ? `${time}+01:00` : `${time}Z`;
}

function render(f: DataFields, imsi: string, cell: number): string {
  return (
    `{"session":{"id":"${f.session}","seq":${f.part}},"subscriber":{"msisdn":${f.msisdn},"imsi":"${imsi}"},` +
    `"start":"${f.start}","seconds":${f.seconds},"bytes":{"up":${f.up},"down":${f.down}},"apn":"${f.apn}",` +
    `"cell":"234-99-${1000 + cell}","rat":"NR"${f.note}}`
  );
}

/** Data sessions, one JSON object a line, times in UTC. A long session comes in numbered parts. */
export function createDataFormat(calendar: Calendar): RecordFormat<DataKind> {
  const previous = { session: '', part: 0, number: '' };

  function fieldsOf(usage: Usage<DataKind>, style: number, random: Random): DataFields {
    const down = random.powerOfTwo(16, 28);
    const isOrdinary = usage.kind === null;
    const continues = isOrdinary && usage.number === previous.number && style % ONE_IN < 12;
    const session = continues ? previous.session : `g1-${usage.file.sequence}-${usage.ordinal}`;
    const part = continues ? previous.part + 1 : 1;
    if (isOrdinary) Object.assign(previous, { session, part, number: usage.number });
    return {
      session,
      part,
      msisdn: `"${usage.number}"`,
      start: startOf(usage, calendar.day(usage.dayNumber).iso, style),
      seconds: String(random.powerOfTwo(3, 12)),
      up: String((down >>> 3) + random.below(5000)),
      down,
      apn: style % ONE_IN === 5 ? 'corp.northwind' : 'internet.northwind',
      note: style >= 124 ? NOTES[style - 124]! : '',
    };
  }

  return {
    service: 'data',
    startFile: () => undefined,
    line(usage, random) {
      const style = random.below(128);
      const fields = fieldsOf(usage, style, random);
      if (usage.kind !== null) FAULTS[usage.kind]?.(fields, random);
      const line = render(fields, usage.subscriber.imsi, random.below(2000));
      return usage.kind === 'truncatedJson' ? line.slice(0, 60 + random.below(line.length - 70)) : line;
    },
  };
}
