import type { ParseCode } from '../codes.ts';

/** Where a field's value was found: plain bytes, or something that is no value. */
const VALUE = 0;
/** JSON object or array where a value is expected. */
export const COMPOSITE = 1;

/** One mapped field of the record at hand; reused from record to record. */
export class FieldValue {
  /** Holds `[start, end)`: the payload, or the parser's scratch when quotes or escapes were resolved. */
  buffer: Buffer;
  start = 0;
  /** Value as received, trimmed once the field is converted. */
  end = 0;
  /** Byte position of the field in the record, for faults. */
  position = 0;
  kind: typeof VALUE | typeof COMPOSITE = VALUE;
  /** Value of a text attribute (normalised number, or the value as received); not set for numbers and dates without one. */
  textBuffer: Buffer;
  textStart = 0;
  textEnd = 0;
  /** Scaled integer of a number; seconds or microseconds of a date and time (see DatePattern). */
  number = 0;

  constructor(empty: Buffer) {
    this.buffer = empty;
    this.textBuffer = empty;
  }

  /** Points the field at `buffer[start, end)`. */
  locate(buffer: Buffer, start: number, end: number, position: number): void {
    this.buffer = buffer;
    this.start = start;
    this.end = end;
    this.position = position;
    this.kind = VALUE;
  }

  /** Makes the value as received the text. */
  textAsReceived(): void {
    this.textBuffer = this.buffer;
    this.textStart = this.start;
    this.textEnd = this.end;
  }
}

/** The first fault of a record (rules section 3); reused. */
export interface ParseFault {
  code: ParseCode;
  reason: string;
  /** Mapping field, or empty when it concerns the record. */
  field: string;
  /** Byte position in the record, from 0; -1 when it concerns the whole. */
  position: number;
}

/** Result of parsing one record; overwritten by the next. Field ranges stay valid as long as the payload and until the next parse. */
export class ParsedRecord {
  /** In the mapping's order. */
  readonly fields: readonly FieldValue[];
  /** Event time, microseconds since the epoch, UTC. */
  startTime = 0;
  readonly fault: ParseFault = { code: 'RECORD_LENGTH', reason: '', field: '', position: -1 };
  /** Bytes made by resolving quotes, escapes and number formats. */
  readonly scratch = new Scratch();

  constructor(fieldCount: number) {
    const empty = Buffer.alloc(0);
    this.fields = Array.from({ length: fieldCount }, () => new FieldValue(empty));
  }

  /** Notes the fault; returns false so that parsers can return it. */
  fail(code: ParseCode, reason: string, field = '', position = -1): false {
    const { fault } = this;
    fault.code = code;
    fault.reason = reason;
    fault.field = field;
    fault.position = position;
    return false;
  }
}

/** Bytes that a record's resolved values take; ranges handed out keep their buffer when it grows. */
export class Scratch {
  buffer = Buffer.allocUnsafe(4096);
  used = 0;

  /** Forgets all values. */
  clear(): void {
    this.used = 0;
  }

  /** Makes room for `bytes` more at `used`, in a new buffer when needed: earlier values stay where they are. */
  reserve(bytes: number): void {
    if (this.used + bytes <= this.buffer.length) return;
    this.buffer = Buffer.allocUnsafe(Math.max(2 * this.buffer.length, bytes));
    this.used = 0;
  }
}
