import { decimalsOf, mayBeNegative, type Container } from './attributes.ts';
import type { MappingField } from './catalog.ts';
import { Exact, ZERO, fits } from './numbers.ts';
import { parseMoment, type Moment } from './moments.ts';

/** A field's value: the received text, trimmed, and what it means. */
export interface FieldValue {
  received: string;
  /** For the attribute that the field fills. */
  attribute: Container[string] | null;
  /** Of date, time and datetime fields; null for the others and for empty ones. */
  moment: Moment | null;
}

export type FieldResult = { value: FieldValue } | { code: string };

/** Checks and converts one field (docs/rules.md section 3). `text` as received, already decoded. */
export function convertField(field: MappingField, text: string): FieldResult {
  const received = text.replace(/^ +| +$/g, '');
  const decimals = field.to === null ? null : decimalsOf(field.to);
  if (received === '') {
    if (field.required) return { code: 'FIELD_MISSING' };
    return { value: { received, attribute: decimals === null ? '' : ZERO, moment: null } };
  }
  if (received.length > field.maxLength) return { code: 'FIELD_TOO_LONG' };
  switch (field.type) {
    case 'string':
      return asText(received, received);
    case 'e164':
      return asText(received, e164(received, field.country));
    case 'integer':
      return /^-?\d+$/.test(received) ? asNumber(field, received, decimals) : { code: 'FIELD_TYPE' };
    case 'decimal':
      return /^-?\d+(\.\d+)?$/.test(received) ? asNumber(field, received, decimals) : { code: 'FIELD_TYPE' };
    default: {
      const moment = parseMoment(field.type, field.pattern, received);
      return moment === null ? { code: 'FIELD_TYPE' } : { value: { received, attribute: received, moment } };
    }
  }
}

function asText(received: string, attribute: string): FieldResult {
  return { value: { received, attribute, moment: null } };
}

function asNumber(field: MappingField, received: string, decimals: number | null): FieldResult {
  if (field.to === null || decimals === null) return asText(received, received);
  const number = new Exact(received);
  if (!fits(number, decimals)) return { code: 'FIELD_RANGE' };
  if (number.lt(0) && !mayBeNegative(field.to)) return { code: 'FIELD_RANGE' };
  return { value: { received, attribute: number, moment: null } };
}

/** Telephone number in international form where the text allows it; without a country a leading single 0 stays. */
function e164(text: string, country: string | null): string {
  const bare = text.replace(/[ .\-()]/g, '');
  if (bare.startsWith('00')) return `+${bare.slice(2)}`;
  if (bare.startsWith('0') && country !== null) return `+${country}${bare.slice(1)}`;
  return bare;
}
