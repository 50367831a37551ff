import type { Calendar } from './calendar.ts';
import { createDataFormat } from './data-format.ts';
import type { PlannedFile } from './file-plan.ts';
import { createKindPicker, IMPERFECTIONS } from './imperfections.ts';
import type { DataKind, ServiceName, SmsKind, VoiceKind } from './imperfections.ts';
import type { LineBuffer } from './line-buffer.ts';
import type { Random } from './random.ts';
import { createRecordFeed } from './record-feed.ts';
import type { RecordFeed } from './record-feed.ts';
import { createSmsFormat } from './sms-format.ts';
import { createSubscriberPicker } from './subscriber-picker.ts';
import type { Subscriber } from './subscribers.ts';
import { createVoiceFormat } from './voice-format.ts';

/** Writes whole files of one service: frame and records. */
export interface FileComposer {
  compose(file: PlannedFile, random: Random, buffer: LineBuffer, trailerError: number): void;
  readonly counts: RecordFeed['counts'];
}

export interface ComposerInput {
  calendar: Calendar;
  subscribers: readonly Subscriber[];
  /** Records of the service in the month. */
  total: number;
}

const FILE_CLOCKS = ['060000', '120000', '180000', '235959'];

function voiceComposer({ calendar, subscribers, total }: ComposerInput): FileComposer {
  const format = createVoiceFormat(calendar);
  const kinds = createKindPicker<VoiceKind>(IMPERFECTIONS.voice, total);
  const feed = createRecordFeed({ calendar, format, kinds, people: createSubscriberPicker(subscribers) });
  return {
    counts: feed.counts,
    compose(file, random, buffer, trailerError) {
      const created = calendar.day(file.dayNumber).compact + FILE_CLOCKS[Math.ceil(file.to * 4) - 1]!;
      buffer.line(`HDR,${file.sequence},NORTHWIND,${created}`);
      if (file.blankLines) buffer.line('');
      feed.write(file, random, buffer);
      buffer.line(`TRL,${file.records + trailerError},${format.seconds()}`);
      if (file.blankLines) buffer.line('');
    },
  };
}

function smsComposer({ calendar, subscribers, total }: ComposerInput): FileComposer {
  const format = createSmsFormat(calendar);
  const kinds = createKindPicker<SmsKind>(IMPERFECTIONS.sms, total);
  const feed = createRecordFeed({ calendar, format, kinds, people: createSubscriberPicker(subscribers) });
  return { counts: feed.counts, compose: (file, random, buffer) => feed.write(file, random, buffer) };
}

function dataComposer({ calendar, subscribers, total }: ComposerInput): FileComposer {
  const format = createDataFormat(calendar);
  const kinds = createKindPicker<DataKind>(IMPERFECTIONS.data, total);
  const withData = subscribers.filter((subscriber) => subscriber.plan !== 'PAY_AS_YOU_GO');
  const without = subscribers.filter(
    ({ plan, from, to, inactive }) =>
      plan === 'PAY_AS_YOU_GO' && from < 0 && to === null && inactive === null,
  );
  const feed = createRecordFeed({
    calendar,
    format,
    kinds,
    people: createSubscriberPicker(withData),
    chooseOther: (kind, random) =>
      kind === 'planWithoutData' ? without[random.below(without.length)]! : null,
  });
  return { counts: feed.counts, compose: (file, random, buffer) => feed.write(file, random, buffer) };
}

const COMPOSERS = { voice: voiceComposer, sms: smsComposer, data: dataComposer } as const;

export function createFileComposer(service: ServiceName, input: ComposerInput): FileComposer {
  return COMPOSERS[service](input);
}
