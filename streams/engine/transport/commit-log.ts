import type { Message, OutgoingMessage } from '../message.ts';
import type { CommitReceipt, CommittedOffset } from '../transport.ts';
import type { LogIndex } from './log-index.ts';
import type { TopicTable } from './topic-table.ts';

/** What a group writes at once. */
export interface LogAppend {
  readonly group: string;
  readonly outputs: readonly OutgoingMessage[];
  readonly offsets: readonly CommittedOffset[];
}

/** One totally ordered log of messages and group offsets; what LogTransport needs to be a transport. */
export interface CommitLog {
  readonly topics: TopicTable;
  readonly index: LogIndex;
  createTopic(topic: string, partitions: number): void;
  /** Atomic. @throws TransportFailedError, TransactionAbortedError */
  append(append: LogAppend): CommitReceipt;
  messageAt(ordinal: number): Message;
  /** Next offset of the group, undefined when it never committed one. */
  committed(group: string, slot: number): number | undefined;
  /** The partition's reader needs nothing before the offset. */
  release(slot: number, beforeOffset: number): void;
  close(): Promise<void>;
}
