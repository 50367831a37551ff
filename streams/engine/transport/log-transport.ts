import type { Clock } from '../clock.ts';
import type { Message, TopicPartition } from '../message.ts';
import type { JoinOptions, Member, Transport } from '../transport.ts';
import type { CommitLog } from './commit-log.ts';
import { GroupCoordinator } from './group-coordinator.ts';
import { LogMember } from './log-member.ts';
import { WakeUp } from './wake-up.ts';

/** A transport over one log in this process: groups, members and positions; the log itself is memory or a file. */
export class LogTransport<Log extends CommitLog = CommitLog> implements Transport {
  protected readonly log: Log;
  readonly #clock: Clock;
  readonly #groups = new Map<string, GroupCoordinator>();
  readonly #wakeUp = new WakeUp();

  constructor(log: Log, clock: Clock) {
    this.log = log;
    this.#clock = clock;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- a throw must become a rejection
  async createTopic(topic: string, partitions: number): Promise<void> {
    this.log.createTopic(topic, partitions);
  }

  partitions(topic: string): number {
    return this.log.topics.get(topic).partitions;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- a throw must become a rejection
  async join({ group, topics, instance }: JoinOptions): Promise<Member> {
    for (const topic of topics) this.partitions(topic);
    const coordinator = this.#coordinator(group);
    const seat = coordinator.join(instance, topics);
    return new LogMember({
      log: this.log,
      group,
      coordinator,
      seat,
      wakeUp: this.#wakeUp,
      clock: this.#clock,
    });
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- a log in this process answers at once
  async *read(at: TopicPartition, fromOffset: number): AsyncIterable<Message> {
    const slot = this.#slot(at);
    const end = this.log.index.endOffset(slot);
    for (let offset = Math.max(fromOffset, this.startOffset(at)); offset < end; offset++) {
      yield this.log.messageAt(this.log.index.ordinalOf(slot, offset));
    }
  }

  startOffset(at: TopicPartition): number {
    return this.log.index.startOffset(this.#slot(at));
  }

  endOffset(at: TopicPartition): number {
    return this.log.index.endOffset(this.#slot(at));
  }

  committedOffset(group: string, at: TopicPartition): number {
    return this.log.committed(group, this.#slot(at)) ?? 0;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- a throw must become a rejection
  async release(at: TopicPartition, beforeOffset: number): Promise<void> {
    this.log.release(this.#slot(at), beforeOffset);
  }

  /** Takes a member for dead, as a broker does when its heartbeats are missing; the member itself may still believe to live. */
  expire(group: string, instance: string): void {
    const coordinator = this.#coordinator(group);
    const seat = coordinator.seats.find((each) => each.instance === instance);
    if (seat !== undefined) coordinator.fence(seat);
  }

  async close(): Promise<void> {
    for (const coordinator of this.#groups.values())
      for (const seat of coordinator.seats) coordinator.fence(seat);
    await this.log.close();
  }

  #coordinator(group: string): GroupCoordinator {
    let coordinator = this.#groups.get(group);
    if (coordinator === undefined) {
      coordinator = new GroupCoordinator(
        (topic) => this.partitions(topic),
        () => this.#wakeUp.notify(),
      );
      this.#groups.set(group, coordinator);
    }
    return coordinator;
  }

  /** Groups that somebody has joined in this process, with their topics; their position counts even before a commit. */
  protected joinedGroups(): { group: string; topics: readonly string[] }[] {
    return [...this.#groups].map(([group, coordinator]) => ({
      group,
      topics: coordinator.seats.flatMap((seat) => seat.topics),
    }));
  }

  #slot({ topic, partition }: TopicPartition): number {
    return this.log.topics.slot(topic, partition);
  }
}
