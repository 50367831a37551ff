import type { Message, OutgoingMessage, TopicPartition } from './message.ts';

/** Next offset to read of an input partition, committed together with the outputs. */
export interface CommittedOffset extends TopicPartition {
  readonly offset: number;
}

/** All that one commit makes visible, atomically: outputs (changelogs among them) and input positions. */
export interface Transaction {
  readonly outputs: readonly OutgoingMessage[];
  readonly offsets: readonly CommittedOffset[];
}

export interface CommitReceipt {
  /**
   * Resolves when the transaction survives the loss of the machine (fsync, or the broker's acknowledgement).
   * Readers may see it before; only actions outside the transport (an insert, an HTTP call) must wait for it.
   */
  readonly durable: Promise<void>;
}

export interface PollOptions {
  /**
   * Upper bound of the values' total size; at least one message is returned when there is one. 0 asks for changes of
   * the membership only and returns at once.
   */
  readonly maxBytes: number;
  /** How long to wait for a first message, in milliseconds. */
  readonly timeoutMs: number;
  /** How long to gather more after the first message, as long as `maxBytes` is not reached; 0 by default. */
  readonly lingerMs?: number;
}

export interface PollResult {
  /** Partitions that this member owns from now on; their state must be restored before their messages are processed. */
  readonly assigned: readonly TopicPartition[];
  /** Partitions given up; no transaction may be open on them. */
  readonly revoked: readonly TopicPartition[];
  /** In order per partition. The embedded transport delivers in the log's total order. */
  readonly messages: readonly Message[];
}

/** One member of a consumer group together with its transactional producer. */
export interface Member {
  poll(options: PollOptions): Promise<PollResult>;
  /**
   * Makes the transaction visible atomically. Throws TransactionAbortedError (nothing happened: roll back and read
   * again from the committed offsets), MemberFencedError (another owner works on: stop without clean-up) or
   * TransportFailedError (outcome unknown: restart the process, the committed offsets decide).
   */
  commit(transaction: Transaction): Promise<CommitReceipt>;
  /** Reading goes back to the last committed offsets; used after an abort. */
  rewind(): void;
  close(): Promise<void>;
}

export interface JoinOptions {
  readonly group: string;
  /** Input topics; empty for a source, which only produces. */
  readonly topics: readonly string[];
  /** Stable identity of the member inside the group (Kafka: group.instance.id). */
  readonly instance: string;
}

/** Where messages live. Names of partitions are dense: 0 … partitions(topic) - 1. */
export interface Transport {
  /** Idempotent; refuses to change the number of partitions of an existing topic. */
  createTopic(topic: string, partitions: number): Promise<void>;
  partitions(topic: string): number;
  join(options: JoinOptions): Promise<Member>;
  /** Committed messages from `fromOffset` to the end at the time of the call; used to restore state. */
  read(partition: TopicPartition, fromOffset: number): AsyncIterable<Message>;
  /** Offset of the first message that is still stored; what lies before was released. */
  startOffset(partition: TopicPartition): number;
  /** One past the last committed message. */
  endOffset(partition: TopicPartition): number;
  /** The only reader of this partition needs nothing before the offset any more; the transport may drop it. */
  release(partition: TopicPartition, beforeOffset: number): Promise<void>;
  /** Next offset of the group, 0 when it has committed none. */
  committedOffset(group: string, partition: TopicPartition): number;
  close(): Promise<void>;
}
