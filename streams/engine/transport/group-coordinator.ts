import type { TopicPartition } from '../message.ts';

/** Membership of one member. `fenced` members own nothing and must stop. */
export interface Seat {
  readonly instance: string;
  readonly topics: readonly string[];
  fenced: boolean;
  /** Version of the group that the last `sync` answered for. */
  synced: number;
}

export interface AssignmentChange {
  readonly assigned: readonly TopicPartition[];
  readonly revoked: readonly TopicPartition[];
}

const unchanged: AssignmentChange = { assigned: [], revoked: [] };

/**
 * Splits the partitions of a group among its members: partition number p of every topic goes to the same member, so
 * that co-partitioned inputs stay together. A partition moves only after its owner has given it up in a poll, or was
 * fenced; so at any time at most one member may commit for it.
 */
export class GroupCoordinator {
  readonly #partitions: (topic: string) => number;
  readonly #onChange: () => void;
  /** Grows with everything that could change an assignment. */
  #version = 0;
  readonly #seats = new Map<string, Seat>();
  readonly #owners = new Map<string, { readonly seat: Seat; readonly at: TopicPartition }>();

  constructor(partitions: (topic: string) => number, onChange: () => void) {
    this.#partitions = partitions;
    this.#onChange = onChange;
  }

  get seats(): readonly Seat[] {
    return [...this.#seats.values()];
  }

  /** A second member with the same instance id replaces the first, which is fenced. */
  join(instance: string, topics: readonly string[]): Seat {
    const former = this.#seats.get(instance);
    if (former !== undefined) this.fence(former);
    const seat: Seat = { instance, topics, fenced: false, synced: -1 };
    this.#seats.set(instance, seat);
    this.#changed();
    return seat;
  }

  /** The member is taken for dead, or leaves: its partitions are free at once and nothing of it counts any more. */
  fence(seat: Seat): void {
    if (seat.fenced) return;
    seat.fenced = true;
    this.#seats.delete(seat.instance);
    for (const [key, owner] of this.#owners) if (owner.seat === seat) this.#owners.delete(key);
    this.#changed();
  }

  owns(seat: Seat, { topic, partition }: TopicPartition): boolean {
    return !seat.fenced && this.#owners.get(keyOf(topic, partition))?.seat === seat;
  }

  /** Called by a poll: gives up what others should own, takes what is free. */
  sync(seat: Seat): AssignmentChange {
    if (seat.synced === this.#version) return unchanged;
    seat.synced = this.#version;
    const revoked: TopicPartition[] = [];
    for (const [key, { seat: owner, at }] of this.#owners) {
      if (owner !== seat || this.#target(at.topic, at.partition) === seat) continue;
      this.#owners.delete(key);
      revoked.push(at);
    }
    const assigned: TopicPartition[] = [];
    for (const topic of seat.topics) {
      for (let partition = 0; partition < this.#partitions(topic); partition++) {
        const key = keyOf(topic, partition);
        if (this.#owners.has(key) || this.#target(topic, partition) !== seat) continue;
        const at = { topic, partition };
        this.#owners.set(key, { seat, at });
        assigned.push(at);
      }
    }
    if (revoked.length > 0) this.#changed();
    return { assigned, revoked };
  }

  #changed(): void {
    this.#version++;
    this.#onChange();
  }

  #target(topic: string, partition: number): Seat | undefined {
    const able = [...this.#seats.values()].filter((seat) => seat.topics.includes(topic));
    able.sort((a, b) => (a.instance < b.instance ? -1 : 1));
    return able[partition % able.length];
  }
}

function keyOf(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}
