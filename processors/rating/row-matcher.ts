import { ByteKeyIndex } from '../guiding/byte-key-index.ts';
import type { EncodedText } from '../../schemas/codec/text.ts';
import type { CompiledPrice } from './models/pricing-model.ts';
import type { UsageReader } from './usage-reader.ts';

/** A text attribute that must be one of the given values. */
export class TextCondition {
  private readonly attribute: number;
  private readonly values = new ByteKeyIndex();

  constructor(attribute: number, values: readonly string[]) {
    this.attribute = attribute;
    for (const value of values) this.values.addText(0, value);
  }

  matches(usage: UsageReader): boolean {
    return this.values.find(0, usage.buffer, usage.start(this.attribute), usage.end(this.attribute)) >= 0;
  }
}

/** One row of an offer. */
export interface CompiledRow {
  /** Numbers of the offer's zone model; null = any, also none. */
  readonly zones: ReadonlySet<number> | null;
  /** Places in the offer's time model; null = any. */
  readonly timeClasses: ReadonlySet<number> | null;
  readonly conditions: readonly TextCondition[];
  readonly model: EncodedText;
  readonly price: CompiledPrice;
  /** Numbers of the allowances that cover this row's usage, in order. */
  readonly allowances: readonly number[];
}

/**
 * Best match (docs/rules.md 7.5): rows are kept with the most given attributes first, as listed among equals, and the first that
 * matches wins. Zones that the same rows accept form a class, time classes too; the rows that a pair of classes leaves are found
 * when the catalog is compiled.
 */
export class RowMatcher {
  /** Class of zone z at z + 1; 0 stands for "no zone model". */
  private readonly zoneClasses: Uint16Array;
  private readonly timeClasses: Uint16Array;
  private readonly timeClassCount: number;
  private readonly candidates: readonly (readonly CompiledRow[])[];

  /** `zones` and `timeClasses`: how many the offer's models have, 0 without a model. */
  constructor(rows: readonly CompiledRow[], zones: number, timeClasses: number) {
    // Array.prototype.sort is stable: equals stay as listed.
    const sorted = [...rows].sort((a, b) => given(b) - given(a));
    const byZone = classesOf(sorted, zones, (row) => row.zones);
    const byTime = classesOf(sorted, timeClasses, (row) => row.timeClasses);
    this.zoneClasses = byZone.classOf;
    this.timeClasses = byTime.classOf;
    this.timeClassCount = byTime.rows.length;
    this.candidates = byZone.rows.flatMap((zoneRows) =>
      byTime.rows.map((timeRows) => sorted.filter((row) => zoneRows.has(row) && timeRows.has(row))),
    );
  }

  /** The row, null when none matches. Zone and time class are -1 for offers without such a model. */
  find(usage: UsageReader, zone: number, timeClass: number): CompiledRow | null {
    const place = this.zoneClasses[zone + 1]! * this.timeClassCount + this.timeClasses[timeClass + 1]!;
    const rows = this.candidates[place]!;
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index]!;
      if (row.conditions.length === 0 || allMatch(row.conditions, usage)) return row;
    }
    return null;
  }
}

interface RowClasses {
  /** Class of value v at v + 1. */
  readonly classOf: Uint16Array;
  /** Rows that accept the values of each class. */
  readonly rows: readonly ReadonlySet<CompiledRow>[];
}

function classesOf(
  rows: readonly CompiledRow[],
  values: number,
  accepted: (row: CompiledRow) => ReadonlySet<number> | null,
): RowClasses {
  const classOf = new Uint16Array(values + 1);
  const numbers = new Map<string, number>();
  const sets: ReadonlySet<CompiledRow>[] = [];
  for (let value = -1; value < values; value++) {
    const accepting = rows.map((row) => accepted(row)?.has(value) ?? true);
    const signature = accepting.join();
    let number = numbers.get(signature);
    if (number === undefined) {
      number = sets.push(new Set(rows.filter((_, index) => accepting[index]))) - 1;
      numbers.set(signature, number);
    }
    classOf[value + 1] = number;
  }
  return { classOf, rows: sets };
}

function given(row: CompiledRow): number {
  return row.conditions.length + (row.zones === null ? 0 : 1) + (row.timeClasses === null ? 0 : 1);
}

function allMatch(conditions: readonly TextCondition[], usage: UsageReader): boolean {
  for (let index = 0; index < conditions.length; index++)
    if (!conditions[index]!.matches(usage)) return false;
  return true;
}
