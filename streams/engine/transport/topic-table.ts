import { TopologyError } from '../errors.ts';
import type { TopicPartition } from '../message.ts';

export interface TopicEntry {
  readonly id: number;
  readonly topic: string;
  readonly partitions: number;
  /** Slot of partition 0; the others follow. */
  readonly firstSlot: number;
}

/** Topics by name and by number. Each partition has a slot: a dense number over all topics, for typed arrays. */
export class TopicTable {
  readonly #byName = new Map<string, TopicEntry>();
  readonly #byId: TopicEntry[] = [];
  readonly #slots: TopicPartition[] = [];

  get slotCount(): number {
    return this.#slots.length;
  }

  get all(): readonly TopicEntry[] {
    return this.#byId;
  }

  /** Whether the topic is there already. @throws TopologyError when it is with another number of partitions, or cannot be made. */
  has(topic: string, partitions: number): boolean {
    const known = this.#byName.get(topic);
    if (known !== undefined && known.partitions !== partitions) {
      throw new TopologyError(
        'PARTITIONS_DIFFER',
        `topic ${topic} has ${known.partitions} partitions, ${partitions} were asked for`,
      );
    }
    if (!Number.isInteger(partitions) || partitions < 1 || topic === '') {
      throw new TopologyError('TOPIC_INVALID', `topic "${topic}" cannot have ${partitions} partitions`);
    }
    return known !== undefined;
  }

  /** @returns false when the topic was there already. @throws as `has`. */
  add(topic: string, partitions: number): boolean {
    if (this.has(topic, partitions)) return false;
    const entry = { id: this.#byId.length, topic, partitions, firstSlot: this.#slots.length };
    this.#byName.set(topic, entry);
    this.#byId.push(entry);
    for (let partition = 0; partition < partitions; partition++) this.#slots.push({ topic, partition });
    return true;
  }

  /** @throws TopologyError when nobody created the topic. */
  get(topic: string): TopicEntry {
    const entry = this.#byName.get(topic);
    if (entry === undefined)
      throw new TopologyError('TOPIC_UNKNOWN', `there is no topic ${topic}; create it first`);
    return entry;
  }

  slot(topic: string, partition: number): number {
    const entry = this.get(topic);
    if (!(partition >= 0 && partition < entry.partitions)) {
      throw new TopologyError(
        'PARTITION_UNKNOWN',
        `topic ${topic} has ${entry.partitions} partitions, ${partition} is not among them`,
      );
    }
    return entry.firstSlot + partition;
  }

  partitionOf(slot: number): TopicPartition {
    return this.#slots[slot]!;
  }
}
