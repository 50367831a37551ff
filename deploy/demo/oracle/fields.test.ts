import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MappingField } from './catalog.ts';
import { convertField } from './fields.ts';
import { Exact } from './numbers.ts';

function field(more: Partial<MappingField>): MappingField {
  return {
    ...{ name: 'f', column: 1, position: null, length: null, path: null, pattern: null, country: null },
    ...{ type: 'string', required: true, maxLength: 200, to: null },
    ...more,
  };
}

/** The code, or the attribute as text. */
function convert(more: Partial<MappingField>, text: string): string {
  const result = convertField(field(more), text);
  if ('code' in result) return result.code;
  const { attribute } = result.value;
  return attribute instanceof Exact ? attribute.toFixed() : String(attribute);
}

test('values are trimmed of spaces only, and what is empty then is missing or the empty value', () => {
  assert.equal(convert({}, '  a b  '), 'a b');
  assert.equal(convert({}, '\ta'), '\ta');
  assert.equal(convert({}, '   '), 'FIELD_MISSING');
  assert.equal(convert({ required: false }, '   '), '');
  assert.equal(convert({ required: false, type: 'integer', to: 'duration' }, ''), '0');
});

test('the longest value is measured after trimming in UTF-16 units', () => {
  assert.equal(convert({ maxLength: 2 }, ' ab '), 'ab');
  assert.equal(convert({ maxLength: 2 }, 'abc'), 'FIELD_TOO_LONG');
  assert.equal(convert({ maxLength: 1 }, '😀'), 'FIELD_TOO_LONG');
});

test('integers and decimals keep to their syntax and to the scale and range of their attribute', () => {
  const integer = (to: string | null, text: string) => convert({ type: 'integer', to }, text);
  const decimal = (to: string, text: string) => convert({ type: 'decimal', to }, text);
  assert.equal(integer('duration', '007'), '7');
  assert.equal(integer('duration', '7.0'), 'FIELD_TYPE');
  assert.equal(integer('duration', '+7'), 'FIELD_TYPE');
  assert.equal(integer('volumeUp', '9007199254740991'), '9007199254740991');
  assert.equal(integer('volumeUp', '9007199254740992'), 'FIELD_RANGE');
  // Scaled by 10^6 the limit is 9007199254.740991.
  assert.equal(integer('duration', '9007199254'), '9007199254');
  assert.equal(integer('duration', '9007199255'), 'FIELD_RANGE');
  assert.equal(integer('duration', '-1'), 'FIELD_RANGE');
  assert.equal(integer('wholesaleAmount', '-1'), '-1');
  assert.equal(integer(null, '99999999999999999999'), '99999999999999999999');
  assert.equal(decimal('duration', '1.000001'), '1.000001');
  assert.equal(decimal('duration', '1.0000001'), 'FIELD_RANGE');
  assert.equal(decimal('wholesaleAmount', '0.000000001'), '0.000000001');
  assert.equal(decimal('volumeUp', '5.0'), '5');
  assert.equal(decimal('volumeUp', '5.5'), 'FIELD_RANGE');
  assert.equal(decimal('duration', '.5'), 'FIELD_TYPE');
  assert.equal(decimal('duration', '1e3'), 'FIELD_TYPE');
});

test('telephone numbers become international where the text allows it', () => {
  const e164 = (text: string) => convert({ type: 'e164', country: '44', to: 'serviceId' }, text);
  assert.equal(e164('020 7946-0123'), '+442079460123');
  assert.equal(e164('(0049) 30.12'), '+493012');
  assert.equal(e164('+44 20'), '+4420');
  assert.equal(e164('118118'), '118118');
  assert.equal(e164('anonymous'), 'anonymous');
});

test('dates and times match every character of their pattern and are real', () => {
  const datetime = (text: string) => {
    const result = convertField(field({ type: 'datetime', pattern: 'dd/MM/yyyy HH:mm:ss' }), text);
    return 'code' in result ? result.code : result.value.moment;
  };
  assert.deepEqual(datetime('29/02/2024 23:59:59'), { localMs: Date.UTC(2024, 1, 29, 23, 59, 59) });
  assert.equal(datetime('29/02/2026 23:59:59'), 'FIELD_TYPE');
  assert.equal(datetime('28/02/2026 24:00:00'), 'FIELD_TYPE');
  assert.equal(datetime('28/02/2026 23:60:00'), 'FIELD_TYPE');
  assert.equal(datetime('28-02-2026 23:00:00'), 'FIELD_TYPE');
  assert.equal(datetime('28/02/2026 23:00:00 '.trimEnd() + 'x'), 'FIELD_TYPE');
  assert.equal(datetime('28/02/1969 23:00:00'), 'FIELD_TYPE');
});

test('iso instants take an offset and up to six digits of a second', () => {
  const iso = (text: string) => {
    const result = convertField(field({ type: 'datetime', pattern: 'iso' }), text);
    return 'code' in result ? result.code : result.value.moment;
  };
  const noon = Date.UTC(2026, 6, 1, 12) * 1000;
  assert.deepEqual(iso('2026-07-01T12:00:00Z'), { micros: noon });
  assert.deepEqual(iso('2026-07-01T13:00:00.000001+01:00'), { micros: noon + 1 });
  assert.deepEqual(iso('2026-07-01T06:30:00.5-05:30'), { micros: noon + 500_000 });
  assert.equal(iso('2026-07-01T12:00:00'), 'FIELD_TYPE');
  assert.equal(iso('2026-07-01T12:00:00.0000001Z'), 'FIELD_TYPE');
  assert.equal(iso('2026-07-01 12:00:00Z'), 'FIELD_TYPE');
  assert.equal(iso('2026-07-01T12:00:00+0100'), 'FIELD_TYPE');
});
