import type { Calendar } from './calendar.ts';
import { CLOCK_COMPACT } from './calendar.ts';
import { numberOf, pickDestination } from './destinations.ts';
import type { SmsKind } from './imperfections.ts';
import type { RecordFormat, Usage } from './usage.ts';

const BLANKS = ' '.repeat(20);
const CENTRES = ['SMSC-LON', 'SMSC-MAN', 'SMSC-EDI'];
const right = (text: string, width: number) => text + BLANKS.slice(0, width - text.length);

/** yyyyMMdd, file number and record number in 20 characters. */
function referenceOf(usage: Usage<SmsKind>, date: string): string {
  return `${date}M${String(100_000 + usage.file.sequence).slice(1)}${String(1_000_000 + usage.ordinal).slice(1)}`;
}

function damage(kind: SmsKind | null, line: string): string {
  if (kind === 'tooShort') return line.slice(0, 76);
  return kind === 'tooLong' ? `${line} EXT` : line;
}

/** Short messages in records of 80 bytes. The fields stand where deploy/demo/catalog/mediation.yaml says. */
export function createSmsFormat(calendar: Calendar): RecordFormat<SmsKind> {
  return {
    service: 'sms',
    startFile: () => undefined,
    line(usage, random) {
      const { kind } = usage;
      const date = calendar.day(usage.dayNumber).compact;
      const style = random.below(64);
      const type = kind === 'multimedia' ? 'MM' : 'MO';
      const sender = kind === 'fieldMissing' ? '' : style < 4 ? `0${usage.number.slice(3)}` : usage.number;
      const recipient = numberOf(pickDestination('ordinary', random), random);
      const time = kind === 'badDate' ? '250061' : CLOCK_COMPACT[usage.secondOfDay]!;
      const parts = kind === 'badNumber' ? '000O' : style < 50 ? '0001' : style < 60 ? '0002' : '   3';
      return damage(
        kind,
        type +
          right(sender, 16) +
          right(recipient, 16) +
          date +
          time +
          right(referenceOf(usage, calendar.day(usage.file.dayNumber).compact), 20) +
          parts +
          CENTRES[style % 3]!,
      );
    },
  };
}
