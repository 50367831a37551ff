import type { Clock } from '../clock.ts';
import type { EventListener } from '../engine-event.ts';
import { TransactionAbortedError } from '../errors.ts';
import type { OutgoingMessage, TopicPartition } from '../message.ts';
import { intentTopic } from '../topic-names.ts';
import type { CommitReceipt, Member, Transport } from '../transport.ts';
import type { SinkPartition } from './sink-partition.ts';

export interface SinkCommitterOptions {
  readonly sink: string;
  readonly transport: Transport;
  readonly clock: Clock;
  /** Time after which a partition's old states are given up, its state being written again if need be. */
  readonly refreshMs: number;
  readonly onEvent: EventListener;
  /** What went wrong in the background. */
  readonly onFailure: (error: unknown) => void;
}

/** Partitions whose state changes with the next transaction. */
export interface SinkChanges {
  readonly delivered: readonly SinkPartition[];
  readonly intended: readonly SinkPartition[];
  /** Unchanged, but their last state holds back an old part of the log. */
  readonly refreshed: readonly SinkPartition[];
}

interface StateWrite {
  readonly partition: SinkPartition;
  readonly value: Buffer;
  readonly offset: number;
}

/** Writes the state of sink partitions, with the outputs of what was delivered, in one transaction. */
export class SinkCommitter {
  readonly metrics = { commits: 0, aborts: 0 };
  readonly #options: SinkCommitterOptions;

  constructor(options: SinkCommitterOptions) {
    this.#options = options;
  }

  /** @returns null when it was aborted and nothing happened; the same may be tried again. */
  async commit(member: Member, changes: SinkChanges): Promise<CommitReceipt | null> {
    const writes = stateWrites(changes);
    const outputs = changes.delivered.flatMap(({ outputs }) =>
      outputs.map((output): OutgoingMessage => ({ ...output, chain: null })),
    );
    for (const write of writes)
      outputs.push({ ...this.#stateAt(write.partition), key: null, value: write.value, chain: null });
    const offsets = writes.map(({ partition: { topic, partition }, offset }) => ({
      topic,
      partition,
      offset,
    }));
    const superseded = this.#superseded(writes);
    try {
      const receipt = await member.commit({ outputs, offsets });
      this.metrics.commits++;
      if (superseded.length > 0) this.#release(superseded, receipt).catch(this.#options.onFailure);
      return receipt;
    } catch (error) {
      if (!(error instanceof TransactionAbortedError)) throw error;
      this.metrics.aborts++;
      this.#options.onEvent({
        type: 'transaction-aborted',
        worker: this.#options.sink,
        reason: error.message,
      });
      return null;
    }
  }

  /** Whether the partition's state should be written again, so that its older messages can go. */
  isStale(partition: SinkPartition): boolean {
    return this.#options.clock.now() - partition.refreshedMs >= this.#options.refreshMs;
  }

  /** Where the states end before this transaction: a whole new state follows, so nobody needs what lies before. */
  #superseded(writes: readonly StateWrite[]): { at: TopicPartition; before: number }[] {
    const { transport, clock } = this.#options;
    const stale = writes.filter(({ partition }) => this.isStale(partition));
    return stale.map(({ partition }) => {
      partition.refreshedMs = clock.now();
      const at = this.#stateAt(partition);
      return { at, before: transport.endOffset(at) };
    });
  }

  async #release(
    superseded: readonly { at: TopicPartition; before: number }[],
    receipt: CommitReceipt,
  ): Promise<void> {
    await receipt.durable;
    for (const { at, before } of superseded)
      if (before > 0) await this.#options.transport.release(at, before);
  }

  #stateAt({ topic, partition }: SinkPartition): TopicPartition {
    return { topic: intentTopic(this.#options.sink, topic), partition };
  }
}

function stateWrites({ delivered, intended, refreshed }: SinkChanges): StateWrite[] {
  return [
    ...delivered.map((partition) => ({ partition, ...partition.encodeSettled() })),
    ...intended.map((partition) => ({ partition, ...partition.encodeIntent() })),
    ...refreshed.map((partition) => ({ partition, ...partition.encodeAgain() })),
  ];
}
