import type { Mapping } from '../../schemas/catalog/mapping.ts';
import { createDelimitedLocator } from './delimited-parser.ts';
import {
  isAsciiRange,
  isUtf8Range,
  normaliseNumber,
  OUT_OF_RANGE,
  readNumber,
  utf16Length,
} from './field-converters.ts';
import type { FieldLocator } from './field-locator.ts';
import { createFixedLocator } from './fixed-parser.ts';
import { createJsonLocator } from './json-parser.ts';
import { LocalTime } from '../calendar/local-time.ts';
import { COMPOSITE, ParsedRecord } from './parsed-record.ts';
import type { FieldValue } from './parsed-record.ts';
import { firstInvalidUtf8, printable } from './printable.ts';
import { compileLayout } from './record-layout.ts';
import type { LayoutField, RecordLayout } from './record-layout.ts';

const SPACE = 32;
const MICROS = 1_000_000;

function createLocator(mapping: Mapping, record: ParsedRecord): FieldLocator {
  const { format } = mapping;
  switch (format.type) {
    case 'delimited':
      return createDelimitedLocator(mapping, format);
    case 'fixed':
      return createFixedLocator(mapping, format.recordLength);
    case 'json':
      return createJsonLocator(mapping, record);
  }
}

/** Parses the records of one mapping (rules section 3). One instance per worker; it keeps one record. */
export class RecordParser {
  /** The record parsed last. */
  readonly record: ParsedRecord;
  /** Zone of the mapping. */
  readonly localTime: LocalTime;
  private readonly layout: RecordLayout;
  private readonly locator: FieldLocator;

  /** Throws an Error when the mapping contradicts itself (a catalog fault). */
  constructor(mapping: Mapping) {
    this.layout = compileLayout(mapping);
    this.localTime = new LocalTime(mapping.timeZone);
    this.record = new ParsedRecord(mapping.fields.length);
    this.locator = createLocator(mapping, this.record);
  }

  /** Parses the line `bytes[start, end)` into `record`; false when it has a fault, which is in `record.fault`. */
  parse(bytes: Buffer, start: number, end: number): boolean {
    const { record, layout } = this;
    if (end - start > layout.maxRecordBytes) return this.tooLong(end - start);
    record.scratch.clear();
    if (!this.locator.locate(bytes, start, end, record)) return false;
    const { fields } = layout;
    for (let i = 0; i < fields.length; i++) {
      if (!this.convert(fields[i]!, record.fields[i]!)) return false;
    }
    record.startTime = this.startTime();
    return true;
  }

  /** Notes RECORD_TOO_LONG for a record of at least `bytes` bytes; returns false. */
  tooLong(bytes: number): false {
    const { maxRecordBytes } = this.layout;
    return this.record.fail(
      'RECORD_TOO_LONG',
      `The record has ${bytes} bytes or more; the mapping allows ${maxRecordBytes}`,
    );
  }

  private startTime(): number {
    const { record, layout } = this;
    const start = record.fields[layout.startField]!.number;
    if (layout.startIsUtc) return start;
    const time = layout.timeField < 0 ? 0 : record.fields[layout.timeField]!.number;
    return this.localTime.toUtc(start + time) * MICROS;
  }

  /** Checks and converts one field; the order of the checks is that of rules section 3. */
  private convert(layout: LayoutField, field: FieldValue): boolean {
    if (field.kind === COMPOSITE) {
      return this.record.fail(
        'FIELD_TYPE',
        `${layout.name} is an object or array, expected a value`,
        layout.name,
        field.position,
      );
    }
    trim(field);
    const { start, end } = field;
    if (layout.isText) field.textAsReceived();
    else field.number = 0;
    if (start === end) return !layout.required || this.missing(layout, field);
    // A text's bytes end up in the container; of the others only what is refused needs a look at the encoding.
    if ((layout.isText || end - start > layout.maxLength) && !this.checkText(layout, field)) return false;
    return this.convertValue(layout, field);
  }

  private convertValue(layout: LayoutField, field: FieldValue): boolean {
    switch (layout.type) {
      case 'string':
        return true;
      case 'e164':
        normaliseNumber(field, layout.country, this.record.scratch);
        return true;
      case 'integer':
      case 'decimal':
        return this.convertNumber(layout, field);
      case 'date':
      case 'time':
      case 'datetime':
        field.number = layout.pattern!.read(field.buffer, field.start, field.end);
        return !Number.isNaN(field.number) || this.wrongType(layout, field);
    }
  }

  private checkText(layout: LayoutField, field: FieldValue): boolean {
    const { buffer, start, end } = field;
    const ascii = isAsciiRange(buffer, start, end);
    if (!ascii && !isUtf8Range(buffer, start, end)) return this.invalidEncoding(layout, field);
    if (end - start <= layout.maxLength) return true;
    const length = ascii ? end - start : utf16Length(buffer, start, end);
    if (length <= layout.maxLength) return true;
    const reason = `${layout.name} has ${length} characters, the mapping allows ${layout.maxLength}: ${printable(buffer, start, end)}`;
    return this.record.fail('FIELD_TOO_LONG', reason, layout.name, field.position);
  }

  private convertNumber(layout: LayoutField, field: FieldValue): boolean {
    const { buffer, start, end } = field;
    // Without a target nothing limits the number; its form is still checked.
    const value = readNumber(
      buffer,
      start,
      end,
      layout.scale < 0 ? 0 : layout.scale,
      layout.type === 'decimal',
    );
    if (Number.isNaN(value)) return this.wrongType(layout, field);
    if (layout.scale < 0) return true;
    if (value === OUT_OF_RANGE || (layout.nonNegative && value < 0)) {
      const why =
        value < 0
          ? 'must not be negative'
          : `does not fit (at most ${layout.scale} decimals and 2^53 in all)`;
      const reason = `${layout.name} ${why}: ${printable(buffer, start, end)}`;
      return this.record.fail('FIELD_RANGE', reason, layout.name, field.position);
    }
    field.number = value;
    return true;
  }

  private missing(layout: LayoutField, field: FieldValue): false {
    return this.record.fail(
      'FIELD_MISSING',
      `${layout.name} is empty, the mapping requires it`,
      layout.name,
      field.position,
    );
  }

  private invalidEncoding(layout: LayoutField, field: FieldValue): false {
    const { buffer, start, end } = field;
    const at = firstInvalidUtf8(buffer, start, end) - start;
    const reason = `${layout.name} is not valid UTF-8: ${printable(buffer, start, end)}`;
    return this.record.fail('INVALID_ENCODING', reason, layout.name, field.position + at);
  }

  private wrongType(layout: LayoutField, field: FieldValue): false {
    const { buffer, start, end } = field;
    if (!isUtf8Range(buffer, start, end)) return this.invalidEncoding(layout, field);
    const expected = layout.patternText === '' ? layout.type : `${layout.type} ${layout.patternText}`;
    const reason = `${layout.name} is not a valid ${expected}: ${printable(buffer, start, end)}`;
    return this.record.fail('FIELD_TYPE', reason, layout.name, field.position);
  }
}

/** Cuts blanks off both ends. */
function trim(field: FieldValue): void {
  const { buffer } = field;
  let { start, end } = field;
  while (start < end && buffer[start] === SPACE) start++;
  while (end > start && buffer[end - 1] === SPACE) end--;
  field.start = start;
  field.end = end;
}
