import type { Mapping } from '../../schemas/catalog/mapping.ts';
import { BAD_QUOTE, DelimitedColumns } from './delimited-columns.ts';
import type { FieldLocator } from './field-locator.ts';
import type { ParsedRecord } from './parsed-record.ts';
import { printable } from './printable.ts';

interface DelimitedFormat {
  readonly delimiter: string;
  readonly quote: string;
  readonly columns: number;
}

class DelimitedLocator implements FieldLocator {
  private readonly columns: DelimitedColumns;
  private readonly format: DelimitedFormat;
  /** Column of each mapping field, from 0. */
  private readonly columnOf: Int32Array;

  constructor(format: DelimitedFormat, columnOf: readonly number[]) {
    this.format = format;
    this.columns = new DelimitedColumns(format.delimiter, format.quote, Math.max(...columnOf) + 1);
    this.columnOf = Int32Array.from(columnOf);
  }

  locate(bytes: Buffer, start: number, end: number, record: ParsedRecord): boolean {
    const { columns, columnOf, format } = this;
    const count = columns.split(bytes, start, end);
    if (count === BAD_QUOTE) return this.badQuote(bytes, start, end, record);
    if (count !== format.columns) {
      return record.fail(
        'COLUMN_COUNT',
        `The record has ${count} columns, the mapping expects ${format.columns}`,
      );
    }
    for (let i = 0; i < columnOf.length; i++) {
      const column = columnOf[i]!;
      const from = columns.starts[column]!;
      if (columns.doubled[column] === 0)
        record.fields[i]!.locate(bytes, from, columns.ends[column]!, from - start);
      else this.unquote(bytes, start, i, record);
    }
    return true;
  }

  private unquote(bytes: Buffer, start: number, index: number, record: ParsedRecord): void {
    const { columns } = this;
    const column = this.columnOf[index]!;
    const from = columns.starts[column]!;
    const { scratch } = record;
    scratch.reserve(columns.ends[column]! - from);
    const to = scratch.used;
    scratch.used = columns.unquote(bytes, column, scratch.buffer, to);
    record.fields[index]!.locate(scratch.buffer, to, scratch.used, from - start);
  }

  private badQuote(bytes: Buffer, start: number, end: number, record: ParsedRecord): false {
    const { faultAt, faultColumn } = this.columns;
    const reason = `Column ${faultColumn}: the quote is never closed, or something other than the delimiter follows it: ${printable(bytes, faultAt, end)}`;
    return record.fail('QUOTE_INVALID', reason, '', faultAt - start);
  }
}

/** Locates the fields of delimited records. Throws an Error when a field has no column of the record. */
export function createDelimitedLocator(mapping: Mapping, format: DelimitedFormat): FieldLocator {
  const columnOf = mapping.fields.map((field) => {
    if (field.column === undefined || field.column > format.columns) {
      throw new Error(
        `Field ${field.name} of mapping ${mapping.id} needs a column of 1 to ${format.columns}`,
      );
    }
    return field.column - 1;
  });
  return new DelimitedLocator(format, columnOf);
}
