import type { ParsedRecord } from './parse-record.ts';
import { partitionOf } from './partitions.ts';

const DAY_MICROS = 86_400_000_000;

interface Memory {
  rated: Set<string>;
  newestDay: number;
}

/** Remembers rated records by (UTC day, unique key) per partition (docs/rules.md section 6). The key text stands for its fingerprint. */
export class Duplicates {
  readonly #partitions: number | null;
  readonly #windowDays: number;
  readonly #memories = new Map<string, Memory>();

  /** Without a number of partitions every balance group is one of its own. */
  constructor(partitions: number | null, windowDays: number) {
    this.#partitions = partitions;
    this.#windowDays = windowDays;
  }

  /** Whether the record's day is still remembered. */
  covers(balanceGroup: string, record: ParsedRecord): boolean {
    return dayOf(record) >= this.#memoryOf(balanceGroup).newestDay - this.#windowDays;
  }

  has(balanceGroup: string, record: ParsedRecord): boolean {
    return this.#memoryOf(balanceGroup).rated.has(keyOf(record));
  }

  add(balanceGroup: string, record: ParsedRecord): void {
    const memory = this.#memoryOf(balanceGroup);
    memory.rated.add(keyOf(record));
    memory.newestDay = Math.max(memory.newestDay, dayOf(record));
  }

  #memoryOf(balanceGroup: string): Memory {
    const name =
      this.#partitions === null ? balanceGroup : String(partitionOf(balanceGroup, this.#partitions));
    let memory = this.#memories.get(name);
    if (memory === undefined) {
      memory = { rated: new Set(), newestDay: -Infinity };
      this.#memories.set(name, memory);
    }
    return memory;
  }
}

function dayOf(record: ParsedRecord): number {
  return Math.floor(record.startTime / DAY_MICROS);
}

function keyOf(record: ParsedRecord): string {
  return `${dayOf(record)}\0${record.uniqueKey}`;
}
