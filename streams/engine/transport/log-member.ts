import type { Clock } from '../clock.ts';
import { MemberFencedError, StateCorruptedError } from '../errors.ts';
import type { Message } from '../message.ts';
import type { CommitReceipt, Member, PollOptions, PollResult, Transaction } from '../transport.ts';
import type { CommitLog } from './commit-log.ts';
import type { AssignmentChange, GroupCoordinator, Seat } from './group-coordinator.ts';
import type { WakeUp } from './wake-up.ts';

export interface LogMemberParts {
  readonly log: CommitLog;
  readonly group: string;
  readonly coordinator: GroupCoordinator;
  readonly seat: Seat;
  readonly wakeUp: WakeUp;
  readonly clock: Clock;
}

/** A member that reads a CommitLog in its total order, over all partitions that it owns. */
export class LogMember implements Member {
  readonly #parts: LogMemberParts;
  /** Next offset to deliver, by slot; absent for partitions of others. */
  readonly #next = new Map<number, number>();
  /** No message before this ordinal is still to be delivered. */
  #cursor = 0;

  constructor(parts: LogMemberParts) {
    this.#parts = parts;
  }

  get seat(): Seat {
    return this.#parts.seat;
  }

  async poll({ maxBytes, timeoutMs, lingerMs = 0 }: PollOptions): Promise<PollResult> {
    const { clock } = this.#parts;
    let change = this.#sync();
    if (maxBytes === 0) return { ...change, messages: [] };
    let gathered = this.#gather(maxBytes);
    const deadline = clock.now() + timeoutMs;
    // A change of the membership is answered at once: its state must be restored before anything else.
    for (
      let left = timeoutMs;
      left > 0 && gathered.messages.length === 0 && isEmpty(change);
      left = deadline - clock.now()
    ) {
      await this.#parts.wakeUp.wait(left);
      change = this.#sync();
      gathered = this.#gather(maxBytes);
    }
    if (lingerMs > 0 && gathered.messages.length > 0) await this.#linger(gathered, maxBytes, lingerMs);
    return { ...change, messages: gathered.messages };
  }

  // A promise as the contract asks, though a log in this process answers at once.
  // eslint-disable-next-line @typescript-eslint/require-await
  async commit({ outputs, offsets }: Transaction): Promise<CommitReceipt> {
    const { coordinator, seat, log, group, wakeUp } = this.#parts;
    this.#refuseFenced();
    const lost = offsets.find((offset) => !coordinator.owns(seat, offset));
    if (lost !== undefined) {
      throw new MemberFencedError(
        'NOT_OWNER',
        `${group}/${seat.instance} does not own ${lost.topic}/${lost.partition} any more`,
      );
    }
    const receipt = log.append({ group, outputs, offsets });
    wakeUp.notify();
    return receipt;
  }

  rewind(): void {
    for (const slot of this.#next.keys()) this.#begin(slot);
  }

  close(): Promise<void> {
    this.#parts.coordinator.fence(this.#parts.seat);
    return Promise.resolve();
  }

  #sync(): AssignmentChange {
    this.#refuseFenced();
    const { coordinator, seat, log } = this.#parts;
    const change = coordinator.sync(seat);
    for (const { topic, partition } of change.revoked) this.#next.delete(log.topics.slot(topic, partition));
    for (const { topic, partition } of change.assigned) this.#begin(log.topics.slot(topic, partition));
    return change;
  }

  #begin(slot: number): void {
    const { log, group } = this.#parts;
    const start = log.index.startOffset(slot);
    const next = log.committed(group, slot) ?? start;
    if (next < start) {
      const { topic, partition } = log.topics.partitionOf(slot);
      throw new StateCorruptedError(
        'INPUT_CUT',
        `${group} must go on at ${next} of ${topic}/${partition}, but the log begins at ${start}`,
      );
    }
    this.#next.set(slot, next);
    this.#cursor = Math.min(this.#cursor, log.index.ordinalOf(slot, next));
  }

  #gather(maxBytes: number): { messages: Message[]; bytes: number } {
    const { log } = this.#parts;
    const messages: Message[] = [];
    let bytes = 0;
    let ordinal = Math.max(this.#cursor, log.index.firstOrdinal);
    for (; ordinal < log.index.endOrdinal; ordinal++) {
      const slot = log.index.slotAt(ordinal);
      const next = this.#next.get(slot);
      if (next === undefined || log.index.offsetAt(ordinal) < next) continue;
      const size = log.index.valueBytesAt(ordinal);
      if (messages.length > 0 && bytes + size > maxBytes) break;
      messages.push(log.messageAt(ordinal));
      this.#next.set(slot, log.index.offsetAt(ordinal) + 1);
      bytes += size;
    }
    this.#cursor = ordinal;
    return { messages, bytes };
  }

  async #linger(
    gathered: { messages: Message[]; bytes: number },
    maxBytes: number,
    lingerMs: number,
  ): Promise<void> {
    const { clock, wakeUp } = this.#parts;
    const deadline = clock.now() + lingerMs;
    for (let left = lingerMs; left > 0 && gathered.bytes < maxBytes; left = deadline - clock.now()) {
      await wakeUp.wait(left);
      this.#refuseFenced();
      // One message beyond the bound is possible, as a poll returns at least one.
      const more = this.#gather(maxBytes - gathered.bytes);
      for (const message of more.messages) gathered.messages.push(message);
      gathered.bytes += more.bytes;
    }
  }

  #refuseFenced(): void {
    const { seat, group } = this.#parts;
    if (seat.fenced)
      throw new MemberFencedError('FENCED', `${group}/${seat.instance} was replaced or taken for dead`);
  }
}

function isEmpty(change: AssignmentChange): boolean {
  return change.assigned.length === 0 && change.revoked.length === 0;
}
