/** Shapes of what `codecs.ts` declares. */

/** A view (skip decoder) of one record type. */
export interface ViewSpec {
  /** Class name. */
  readonly view: string;
  readonly schema: string;
  /** Fields to decode, others are skipped; all when absent. */
  readonly fields?: readonly string[];
  /** View of the items, when the last field is an array. */
  readonly items?: string;
  /** The schema is a framed message: the view gets `open`, and `next` when the last field is an array. */
  readonly message?: boolean;
  /** Record whose fields are an exact prefix of this one's: the view gets `<prefix>End`, e.g. `containerEnd`. */
  readonly prefix?: string;
  /** Class name of a cursor that walks an array of such records inside another record. */
  readonly cursor?: string;
}

/** Writers of one record type. */
export interface WriterSpec {
  readonly schema: string;
  /** Record whose fields are an exact prefix of this one's: a tail writer of the fields behind them is made, e.g. `writeRatedTail`. */
  readonly prefix?: { readonly schema: string; readonly tail: string };
  /** The schema is a framed message: its format object is made. */
  readonly message?: boolean;
}

/** A column: name and type as in ClickHouse; `from` is `batch.x`, `record.x`, `<item>.x`, `<items>.x` (parallel arrays) or `source.x`. */
export interface ColumnSpec {
  readonly name: string;
  readonly type: string;
  readonly from: string;
}

/** A table and the message whose records are its rows. */
export interface TableSpec {
  readonly table: string;
  /** View of the message. */
  readonly view: string;
  /** Array field of the record that makes the rows (one row per item); one row per record, or message, when absent. */
  readonly rowPer?: string;
  readonly columns: readonly ColumnSpec[];
}

export interface CodecsSpec {
  readonly views: readonly ViewSpec[];
  readonly writers: readonly WriterSpec[];
  readonly tables: readonly TableSpec[];
}
