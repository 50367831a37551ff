import type { ServiceName } from './imperfections.ts';
import type { Random } from './random.ts';
import type { Subscriber } from './subscribers.ts';

/** What a file's records need to know about their file. */
export interface FilePart {
  readonly dayNumber: number;
  /** Number of the file within its service's month, from 1. */
  readonly sequence: number;
  /** Index of the first record within the service's month. */
  readonly firstIndex: number;
  readonly records: number;
  /** The part of the day that the file covers, as fractions of the day's traffic. */
  readonly from: number;
  readonly to: number;
}

/** One use of the network, before it is written in the format of its platform. Reused from record to record. */
export interface Usage<K extends string> {
  kind: K | null;
  subscriber: Subscriber;
  /** The service id as sent: the subscriber's number, or one that nobody has. */
  number: string;
  dayNumber: number;
  secondOfDay: number;
  /** Number of the record in its file, from 1. */
  ordinal: number;
  file: FilePart;
}

/** Writes records in one platform's format. `line` gives the text of a usage; it may be asked for any kind of its service. */
export interface RecordFormat<K extends string> {
  readonly service: ServiceName;
  /** Starts a file; sums over a file begin again. */
  startFile(): void;
  line(usage: Usage<K>, random: Random): string;
}
