import { emptyContainer, numberOf, type Container } from './attributes.ts';
import type { Mapping, MappingField, Stream } from './catalog.ts';
import { convertField, type FieldValue } from './fields.ts';
import type { LocalTime } from './local-time.ts';
import type { Moment } from './moments.ts';
import { Exact } from './numbers.ts';
import { splitDelimited } from './parse-delimited.ts';
import { parseJsonObject, textAt } from './parse-json.ts';

/** A detail record after phase PARSE; times in microseconds UTC. */
export interface ParsedRecord {
  container: Container;
  startTime: number;
  endTime: number;
  /** The text whose fingerprint the product keeps: only equality matters. */
  uniqueKey: string;
}

export type ParseResult = { record: ParsedRecord } | { code: string };

/** Where the raw text of a field is; null = a code ends the record. */
type Source = (field: MappingField) => { text: string } | { code: string };

/** Parses and maps one line (docs/rules.md section 3). */
export function parseRecord(stream: Stream, zone: LocalTime, line: Buffer): ParseResult {
  const { mapping } = stream;
  if (line.length > mapping.maxRecordBytes) return { code: 'RECORD_TOO_LONG' };
  const source = sourceOf(mapping, line);
  if (typeof source === 'string') return { code: source };
  const values = new Map<string, FieldValue>();
  const container = emptyContainer();
  for (const field of mapping.fields) {
    const raw = source(field);
    if ('code' in raw) return raw;
    const result = convertField(field, raw.text);
    if ('code' in result) return result;
    values.set(field.name, result.value);
    if (field.to !== null && result.value.attribute !== null) container[field.to] = result.value.attribute;
  }
  return finish(stream, zone, values, container);
}

/** Structure of the line, or the code of what is wrong with it. */
function sourceOf(mapping: Mapping, line: Buffer): Source | string {
  if (mapping.format.type === 'json') return jsonSource(line);
  const latin1 = line.toString('latin1');
  if (mapping.format.type === 'fixed') {
    if (line.length !== mapping.format.recordLength) return 'RECORD_LENGTH';
    return (field) => {
      const from = (field.position ?? 1) - 1;
      return decoded(latin1.slice(from, from + (field.length ?? 0)));
    };
  }
  const columns = splitDelimited(latin1, mapping.format.delimiter, mapping.format.quote);
  if (columns === null) return 'QUOTE_INVALID';
  if (columns.length !== mapping.format.columns) return 'COLUMN_COUNT';
  return (field) => decoded(columns[(field.column ?? 1) - 1] ?? '');
}

function jsonSource(line: Buffer): Source | string {
  const text = decoded(line.toString('latin1'));
  if ('code' in text) return text.code;
  const object = parseJsonObject(text.text);
  if (object === null) return 'JSON_INVALID';
  return (field) => {
    const value = textAt(object, field.path ?? '');
    return value === null ? { code: 'FIELD_TYPE' } : { text: value };
  };
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes, given as latin1 characters, decoded as UTF-8. */
function decoded(latin1: string): { text: string } | { code: string } {
  if (!/[\x80-\xff]/.test(latin1)) return { text: latin1 };
  try {
    return { text: decoder.decode(Buffer.from(latin1, 'latin1')) };
  } catch {
    return { code: 'INVALID_ENCODING' };
  }
}

function finish(
  stream: Stream,
  zone: LocalTime,
  values: Map<string, FieldValue>,
  container: Container,
): ParseResult {
  const { mapping, platform, serviceType, recordType } = stream;
  const startTime = startTimeOf(mapping, zone, values);
  if (startTime === null) return { code: 'FIELD_MISSING' };
  let endTime = startTime;
  if (mapping.endTime === 'duration') {
    const end = numberOf(container, 'duration').times(1_000_000).plus(startTime);
    if (end.gt(new Exact(Number.MAX_SAFE_INTEGER))) return { code: 'FIELD_RANGE' };
    endTime = end.toNumber();
  }
  const key = mapping.uniqueKey.map((name) => values.get(name)?.received ?? '');
  const uniqueKey = [platform, serviceType, recordType, ...key].join('\0');
  return { record: { container, startTime, endTime, uniqueKey } };
}

function startTimeOf(mapping: Mapping, zone: LocalTime, values: Map<string, FieldValue>): number | null {
  const momentOf = (name: string): Moment | null => values.get(name)?.moment ?? null;
  const { startTime } = mapping;
  if ('field' in startTime) {
    const moment = momentOf(startTime.field);
    if (moment === null) return null;
    return 'micros' in moment ? moment.micros : zone.toUtc(moment.localMs) * 1000;
  }
  const date = momentOf(startTime.date);
  const time = momentOf(startTime.time);
  if (date === null || time === null || 'micros' in date || 'micros' in time) return null;
  return zone.toUtc(date.localMs + time.localMs) * 1000;
}
