import type { ParsedRecord } from './parsed-record.ts';

/** Finds the bytes of every mapped field in a record; one implementation per format. */
export interface FieldLocator {
  /** Points `record.fields` at their values; false with `record.fault` set when the record's form is wrong. */
  locate(bytes: Buffer, start: number, end: number, record: ParsedRecord): boolean;
}
