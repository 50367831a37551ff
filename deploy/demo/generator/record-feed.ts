import type { Calendar } from './calendar.ts';
import type { KindPicker } from './imperfections.ts';
import type { LineBuffer } from './line-buffer.ts';
import type { Random } from './random.ts';
import { createRepeatMemory } from './repeat-memory.ts';
import type { RepeatMemory } from './repeat-memory.ts';
import type { SubscriberPicker } from './subscriber-picker.ts';
import type { Subscriber } from './subscribers.ts';
import { createUsagePlacer, isAmbiguous } from './usage-placer.ts';
import type { FilePart, RecordFormat, Usage } from './usage.ts';

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
  chooseOther?: (kind: K, random: Random) => Subscriber | null;
}

/** undefined: not a repetition; null: one that has nothing to repeat yet. */
function repetition(memory: RepeatMemory, kind: string | null, random: Random): string | null | undefined {
  if (kind === 'repeatedInFile') return memory.fromThisFile(random.below(64));
  if (kind === 'repeatedFromEarlierFile') return memory.fromEarlierFile(random.below(64));
  return undefined;
}

export function createRecordFeed<K extends string>(input: FeedInput<K>): RecordFeed {
  const { calendar, format, kinds } = input;
  const placer = createUsagePlacer({ ...input, service: format.service });
  const isLocal = format.service !== 'data';
  const counts: Record<string, number> = {};
  const memory = createRepeatMemory();
  const usage = { kind: null, number: '', dayNumber: 0, secondOfDay: 0, ordinal: 0 } as unknown as Usage<K>;
  /** Repetitions that had nothing to repeat when their turn came. */
  const waiting: K[] = [];

  function count(kind: string): void {
    counts[kind] = (counts[kind] ?? 0) + 1;
  }

  function writeUsage(kind: K | null, random: Random, buffer: LineBuffer): void {
    const line = format.line(usage, random);
    if (isLocal && isAmbiguous(usage, calendar)) count('ambiguousLocalTime');
    if (kind === null) {
      memory.remember(line);
      buffer.line(line);
      return;
    }
    count(kind);
    if (kind === 'invalidUtf8') buffer.brokenLine(line);
    else buffer.line(line);
  }

  function writeOne(part: FilePart, i: number, random: Random, buffer: LineBuffer): void {
    const kind = kinds.pick(part.firstIndex + i, random) ?? waiting.shift() ?? null;
    const repeated = kind === null ? undefined : repetition(memory, kind, random);
    if (repeated === undefined || repeated === null) {
      if (repeated === null) waiting.push(kind!);
      const placed = repeated === null ? null : kind;
      placer.place(usage, placed, part, i, random);
      writeUsage(placed, random, buffer);
      return;
    }
    count(kind!);
    buffer.line(repeated);
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
