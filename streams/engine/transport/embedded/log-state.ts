import type { LogIndex } from '../log-index.ts';
import type { TopicTable } from '../topic-table.ts';
import type { Checkpoint } from './checkpoint.ts';

/** What groups have read and what readers have released; together with topics and index the whole state of a log. */
export class LogState {
  readonly #topics: TopicTable;
  readonly #index: LogIndex;
  readonly #groups = new Map<string, Map<number, number>>();
  readonly #released = new Map<number, number>();

  constructor(topics: TopicTable, index: LogIndex) {
    this.#topics = topics;
    this.#index = index;
  }

  addTopic(topic: string, partitions: number, firstOffsets: readonly number[] = []): void {
    if (!this.#topics.add(topic, partitions)) return;
    for (let partition = 0; partition < partitions; partition++)
      this.#index.addSlot(firstOffsets[partition] ?? 0);
  }

  committed(group: string, slot: number): number | undefined {
    return this.#groups.get(group)?.get(slot);
  }

  commit(group: string, slot: number, offset: number): void {
    let offsets = this.#groups.get(group);
    if (offsets === undefined) this.#groups.set(group, (offsets = new Map<number, number>()));
    offsets.set(slot, offset);
  }

  released(slot: number): number | undefined {
    return this.#released.get(slot);
  }

  release(slot: number, beforeOffset: number): void {
    this.#released.set(slot, Math.max(beforeOffset, this.#released.get(slot) ?? 0));
  }

  /** Groups that have committed anything, with their offsets by slot. */
  get groups(): ReadonlyMap<string, ReadonlyMap<number, number>> {
    return this.#groups;
  }

  checkpoint(): Checkpoint {
    const topics = this.#topics.all.map(({ topic, partitions, firstSlot }) => ({
      topic,
      partitions: Array.from({ length: partitions }, (_, partition) => ({
        nextOffset: this.#index.endOffset(firstSlot + partition),
        released: this.#released.get(firstSlot + partition) ?? 0,
      })),
    }));
    const groups = [...this.#groups].map(([group, offsets]) => ({ group, offsets: [...offsets] }));
    return { nextOrdinal: this.#index.endOrdinal, topics, groups };
  }

  /** Takes over the checkpoint of the oldest segment; only for an empty log. */
  install({ topics, groups }: Checkpoint): void {
    for (const { topic, partitions } of topics) {
      this.addTopic(
        topic,
        partitions.length,
        partitions.map((partition) => partition.nextOffset),
      );
      partitions.forEach(({ released }, partition) => {
        if (released > 0) this.release(this.#topics.slot(topic, partition), released);
      });
    }
    for (const { group, offsets } of groups)
      for (const [slot, offset] of offsets) this.commit(group, slot, offset);
  }
}
