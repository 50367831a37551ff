import { GrowableColumn } from './growable-column.ts';

/** Where a message lies; a log in memory leaves segment and position 0. */
export interface EntryPlace {
  readonly slot: number;
  /** Size of the value, which bounds polls. */
  readonly valueBytes: number;
  readonly segment: number;
  readonly position: number;
  readonly length: number;
}

/**
 * The order of a log: every message has an ordinal, its number in the whole log, and an offset, its number in its
 * partition. 28 bytes a message, no objects.
 */
export class LogIndex {
  readonly #slot = new GrowableColumn('u32');
  readonly #offset = new GrowableColumn('f64');
  readonly #valueBytes = new GrowableColumn('u32');
  readonly #segment = new GrowableColumn('u32');
  readonly #position = new GrowableColumn('u32');
  readonly #length = new GrowableColumn('u32');
  /** Per slot: ordinals by offset. */
  readonly #ordinals: GrowableColumn[] = [];

  get firstOrdinal(): number {
    return this.#slot.first;
  }

  get endOrdinal(): number {
    return this.#slot.end;
  }

  /** Begins an empty log at an ordinal, because what lay before was dropped. */
  begin(ordinal: number): void {
    this.cut(ordinal);
  }

  /** Makes room for partitions; `firstOffset` tells where a partition begins whose start was cut. */
  addSlot(firstOffset = 0): void {
    this.#ordinals.push(new GrowableColumn('f64', firstOffset));
  }

  /** @returns the offset that the message got. */
  append(place: EntryPlace): number {
    const ordinals = this.#ordinals[place.slot]!;
    const offset = ordinals.end;
    ordinals.push(this.endOrdinal);
    this.#offset.push(offset);
    this.#valueBytes.push(place.valueBytes);
    this.#segment.push(place.segment);
    this.#position.push(place.position);
    this.#length.push(place.length);
    this.#slot.push(place.slot);
    return offset;
  }

  slotAt(ordinal: number): number {
    return this.#slot.at(ordinal);
  }

  offsetAt(ordinal: number): number {
    return this.#offset.at(ordinal);
  }

  valueBytesAt(ordinal: number): number {
    return this.#valueBytes.at(ordinal);
  }

  placeAt(ordinal: number): EntryPlace {
    return {
      slot: this.#slot.at(ordinal),
      valueBytes: this.#valueBytes.at(ordinal),
      segment: this.#segment.at(ordinal),
      position: this.#position.at(ordinal),
      length: this.#length.at(ordinal),
    };
  }

  /** Ordinal of the first message of the partition at or behind the offset; the end when there is none. */
  ordinalOf(slot: number, offset: number): number {
    const ordinals = this.#ordinals[slot]!;
    const wanted = Math.max(offset, ordinals.first);
    return wanted < ordinals.end ? ordinals.at(wanted) : this.endOrdinal;
  }

  startOffset(slot: number): number {
    return this.#ordinals[slot]!.first;
  }

  endOffset(slot: number): number {
    return this.#ordinals[slot]!.end;
  }

  /** Forgets every message before the ordinal. */
  cut(ordinal: number): void {
    for (let at = this.firstOrdinal; at < Math.min(ordinal, this.endOrdinal); at++) {
      this.#ordinals[this.#slot.at(at)]!.cut(this.#offset.at(at) + 1);
    }
    for (const column of [
      this.#slot,
      this.#offset,
      this.#valueBytes,
      this.#segment,
      this.#position,
      this.#length,
    ])
      column.cut(ordinal);
  }
}
