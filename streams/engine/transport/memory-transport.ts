import type { Clock } from '../clock.ts';
import { systemClock } from '../clock.ts';
import type { Message } from '../message.ts';
import { LogTransport } from './log-transport.ts';
import { MemoryLog } from './memory-log.ts';
import type { CommitFault } from './memory-log.ts';

/** A transport for tests: groups with several members, atomic transactions, generations, and faults exactly where a test places them. */
export class MemoryTransport extends LogTransport<MemoryLog> {
  constructor(options: { readonly clock?: Clock } = {}) {
    const clock = options.clock ?? systemClock;
    super(new MemoryLog(clock), clock);
  }

  /** Number of commits that were tried so far. */
  get commits(): number {
    return this.log.commits;
  }

  /** Places a fault at the n-th commit from now, 1 being the next. */
  failCommit(nth: number, fault: CommitFault): void {
    this.log.failCommit(nth, fault);
  }

  /** Writes messages without a transaction, as some producer from outside does. */
  send(
    topic: string,
    messages: readonly {
      readonly partition?: number;
      readonly key?: Uint8Array | null;
      readonly value: Buffer;
      readonly chain?: Message['chain'];
    }[],
  ): void {
    const outputs = messages.map(({ partition = 0, key = null, value, chain = null }) => ({
      topic,
      partition,
      key,
      value,
      chain,
    }));
    this.log.append({ group: '', outputs, offsets: [] });
  }

  /** Everything in a partition, in order. */
  messages(topic: string, partition = 0): Message[] {
    const { index, topics } = this.log;
    const slot = topics.slot(topic, partition);
    const offsets = Array.from({ length: index.endOffset(slot) }, (_, offset) => offset);
    return offsets.map((offset) => this.log.messageAt(index.ordinalOf(slot, offset)));
  }
}
