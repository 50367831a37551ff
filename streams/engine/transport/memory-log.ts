import type { Clock } from '../clock.ts';
import { TransactionAbortedError, TransportFailedError } from '../errors.ts';
import type { Message } from '../message.ts';
import type { CommitReceipt } from '../transport.ts';
import type { CommitLog, LogAppend } from './commit-log.ts';
import { LogIndex } from './log-index.ts';
import { TopicTable } from './topic-table.ts';

/** What happens to a commit: nothing of it took effect and the caller knows; or the answer is lost, before or after it did. */
export type CommitFault = 'abort' | 'lost-before' | 'lost-after';

/** A log that lives as long as the process, and breaks where a test wants it to. */
export class MemoryLog implements CommitLog {
  readonly topics = new TopicTable();
  readonly index = new LogIndex();
  readonly #clock: Clock;
  readonly #messages: Message[] = [];
  readonly #committed = new Map<string, number>();
  readonly #faults = new Map<number, CommitFault>();
  #commits = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Number of commits that were tried. */
  get commits(): number {
    return this.#commits;
  }

  /** Places a fault at the n-th commit from now, 1 being the next. */
  failCommit(nth: number, fault: CommitFault): void {
    this.#faults.set(this.#commits + nth, fault);
  }

  createTopic(topic: string, partitions: number): void {
    if (this.topics.add(topic, partitions))
      for (let added = 0; added < partitions; added++) this.index.addSlot();
  }

  append({ group, outputs, offsets }: LogAppend): CommitReceipt {
    const fault = group === '' ? undefined : this.#faults.get(++this.#commits);
    if (fault === 'abort')
      throw new TransactionAbortedError('PLACED_ABORT', `commit ${this.#commits} was aborted by the test`);
    if (fault === 'lost-before')
      throw new TransportFailedError('PLACED_LOSS', `commit ${this.#commits} was lost before it took effect`);
    const slots = outputs.map((output) => this.topics.slot(output.topic, output.partition));
    outputs.forEach((output, index) => {
      const place = {
        slot: slots[index]!,
        valueBytes: output.value.length,
        segment: 0,
        position: 0,
        length: 0,
      };
      this.#messages.push({ ...output, offset: this.index.append(place), timestamp: this.#clock.now() });
    });
    for (const { topic, partition, offset } of offsets)
      this.#committed.set(`${group}|${this.topics.slot(topic, partition)}`, offset);
    if (fault === 'lost-after')
      throw new TransportFailedError('PLACED_LOSS', `the answer to commit ${this.#commits} was lost`);
    return { durable: Promise.resolve() };
  }

  messageAt(ordinal: number): Message {
    return this.#messages[ordinal]!;
  }

  committed(group: string, slot: number): number | undefined {
    return this.#committed.get(`${group}|${slot}`);
  }

  release(): void {
    // Memory is given back with the process.
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
