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
 * matches wins. The rows that a pair of zone and time class leaves are found once and kept.
 */
export class RowMatcher {
  private readonly rows: readonly CompiledRow[];
  private readonly timeClasses: number;
  private readonly candidates: (readonly CompiledRow[] | undefined)[];

  /** `zones` and `timeClasses`: how many the offer's models have, 0 without a model. */
  constructor(rows: readonly CompiledRow[], zones: number, timeClasses: number) {
    // Array.prototype.sort is stable: equals stay as listed.
    this.rows = [...rows].sort((a, b) => given(b) - given(a));
    this.timeClasses = timeClasses;
    this.candidates = new Array<undefined>((zones + 1) * (timeClasses + 1)).fill(undefined);
  }

  /** The row, null when none matches. Zone and time class are -1 for offers without such a model. */
  find(usage: UsageReader, zone: number, timeClass: number): CompiledRow | null {
    const place = (zone + 1) * (this.timeClasses + 1) + timeClass + 1;
    const rows = this.candidates[place] ?? this.collect(place, zone, timeClass);
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index]!;
      if (allMatch(row.conditions, usage)) return row;
    }
    return null;
  }

  private collect(place: number, zone: number, timeClass: number): readonly CompiledRow[] {
    const rows = this.rows.filter(
      (row) => (row.zones?.has(zone) ?? true) && (row.timeClasses?.has(timeClass) ?? true),
    );
    this.candidates[place] = rows;
    return rows;
  }
}

function given(row: CompiledRow): number {
  return row.conditions.length + (row.zones === null ? 0 : 1) + (row.timeClasses === null ? 0 : 1);
}

function allMatch(conditions: readonly TextCondition[], usage: UsageReader): boolean {
  for (let index = 0; index < conditions.length; index++)
    if (!conditions[index]!.matches(usage)) return false;
  return true;
}
