import { AMOUNT_SCALE, QUANTITY_SCALE } from '../../schemas/decimal/scaled.ts';
import { CONTAINER_ATTRIBUTES } from '../../schemas/catalog/mapping.ts';
import type { Mapping, MappingField } from '../../schemas/catalog/mapping.ts';
import { compileDatePattern } from './date-pattern.ts';
import type { DatePattern } from './date-pattern.ts';

const SCALES = { quantity: QUANTITY_SCALE, amount: AMOUNT_SCALE, integer: 0, text: -1 } as const;
const NEVER_NEGATIVE: ReadonlySet<string> = new Set(['duration', 'volumeUp', 'volumeDown', 'units']);

/** True for container attributes that are quantities of usage and so never below zero. */
export function neverNegative(attribute: string): boolean {
  return NEVER_NEGATIVE.has(attribute);
}

const TEXT_TYPES: ReadonlySet<string> = new Set(['string', 'e164']);
const DEFAULT_PATTERNS = { date: 'yyyy-MM-dd', time: 'HH:mm:ss', datetime: 'iso' } as const;

/** A mapping field, ready for use. */
export interface LayoutField {
  readonly name: string;
  readonly type: MappingField['type'];
  /** The event time cannot be made without it, or the mapping says so. */
  readonly required: boolean;
  readonly maxLength: number;
  readonly country: Buffer | null;
  readonly pattern: DatePattern | null;
  /** Pattern in words for reasons. */
  readonly patternText: string;
  /** Decimals of the attribute that the number goes to; -1 when it goes to none. */
  readonly scale: number;
  readonly nonNegative: boolean;
  /** Goes to a text attribute, or is a text or telephone number without one. */
  readonly isText: boolean;
}

/** How a mapping's values become typed fields and an event time. */
export interface RecordLayout {
  readonly fields: readonly LayoutField[];
  readonly maxRecordBytes: number;
  /** Index of the datetime or date field. */
  readonly startField: number;
  /** Index of the time field; -1 when one field says all. */
  readonly timeField: number;
  /** The datetime field yields UTC microseconds, not local seconds. */
  readonly startIsUtc: boolean;
}

function compileField(field: MappingField, startNames: readonly string[]): LayoutField {
  const kind = field.to === undefined ? 'text' : CONTAINER_ATTRIBUTES[field.to];
  const isNumber = field.type === 'integer' || field.type === 'decimal';
  if (kind !== 'text' && !isNumber) {
    throw new Error(`Field ${field.name} of type ${field.type} cannot fill the number ${field.to}`);
  }
  const isDate = field.type in DEFAULT_PATTERNS;
  const patternText = isDate ? (field.pattern ?? DEFAULT_PATTERNS[field.type as 'date']) : '';
  return {
    name: field.name,
    type: field.type,
    required: field.required || startNames.includes(field.name),
    maxLength: field.maxLength,
    country: field.country === undefined ? null : Buffer.from(field.country, 'latin1'),
    pattern: isDate ? compileDatePattern(field.type as 'date', patternText) : null,
    patternText,
    scale: SCALES[kind],
    isText: field.to === undefined ? TEXT_TYPES.has(field.type) : kind === 'text',
    nonNegative: field.to !== undefined && neverNegative(field.to),
  };
}

/** Index of the mapping's field of that name; throws an Error (catalog fault) when there is none. */
export function fieldIndex(mapping: Mapping, name: string): number {
  const index = mapping.fields.findIndex((field) => field.name === name);
  if (index < 0) throw new Error(`Mapping ${mapping.id} has no field ${name}`);
  return index;
}

function typedIndex(mapping: Mapping, name: string, type: MappingField['type']): number {
  const index = fieldIndex(mapping, name);
  const found = mapping.fields[index]!.type;
  if (found !== type)
    throw new Error(`Field ${name} of mapping ${mapping.id} is a ${found}, startTime needs a ${type}`);
  return index;
}

/** Compiles the fields of a mapping. Throws an Error that names the field when the mapping contradicts itself. */
export function compileLayout(mapping: Mapping): RecordLayout {
  const { startTime } = mapping;
  const single = 'field' in startTime;
  const startNames = single ? [startTime.field] : [startTime.date, startTime.time];
  const startField = single
    ? typedIndex(mapping, startTime.field, 'datetime')
    : typedIndex(mapping, startTime.date, 'date');
  return {
    fields: mapping.fields.map((field) => compileField(field, startNames)),
    maxRecordBytes: mapping.maxRecordBytes,
    startField,
    timeField: single ? -1 : typedIndex(mapping, startTime.time, 'time'),
    startIsUtc: single && (mapping.fields[startField]!.pattern ?? 'iso') === 'iso',
  };
}
