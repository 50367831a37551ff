import type { ParsedRecord } from './parse-record.ts';
import { partitionOf } from './partitions.ts';

const DAY_MICROS = 86_400_000_000;

/** Remembers rated records by (UTC day, unique key) per partition (docs/rules.md section 6). The key text stands for its fingerprint. */
export class Duplicates {
  readonly #partitions: number | null;
  readonly #rated = new Map<string, Set<string>>();

  /** Without a number of partitions every balance group is one of its own. */
  constructor(partitions: number | null) {
    this.#partitions = partitions;
  }

  has(balanceGroup: string, record: ParsedRecord): boolean {
    return this.#setOf(balanceGroup).has(keyOf(record));
  }

  add(balanceGroup: string, record: ParsedRecord): void {
    this.#setOf(balanceGroup).add(keyOf(record));
  }

  #setOf(balanceGroup: string): Set<string> {
    const name =
      this.#partitions === null ? balanceGroup : String(partitionOf(balanceGroup, this.#partitions));
    let set = this.#rated.get(name);
    if (set === undefined) {
      set = new Set();
      this.#rated.set(name, set);
    }
    return set;
  }
}

function keyOf(record: ParsedRecord): string {
  return `${Math.floor(record.startTime / DAY_MICROS)}\0${record.uniqueKey}`;
}
