import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import avro from 'avsc';
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { readContracts } from '../generator/schema.ts';
import type { FieldType, RecordType } from '../generator/schema.ts';

const folder = join(import.meta.dirname, '../../avro');

/** The contracts by simple record name, as the generator sees them. */
export const contracts = readContracts(folder);

const registry: Record<string, avro.Type> = {};
const waiting = readdirSync(folder)
  .filter((name) => name.endsWith('.avsc'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as avro.Schema);
// A schema can be made when the types that it names exist: go round until all are made.
while (waiting.length > 0) {
  const schema = waiting.shift()!;
  try {
    avro.Type.forSchema(schema, { registry });
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('undefined type')) throw error;
    waiting.push(schema);
  }
}

/** The reference codec (avsc) of a record. */
export function referenceType(name: string): avro.Type {
  const type = registry[`usage.${name}`];
  if (type === undefined) throw new Error(`No type ${name}`);
  return type;
}

const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.string({ maxLength: 20 }) },
  fc.string({ unit: 'grapheme', maxLength: 70 }),
  fc.string({ minLength: 60, maxLength: 140 }),
  fc.constant(''),
);
/** Safe integers of every length of varint, both signs, with the edges. */
export const anyLong = fc.oneof(
  fc.integer({ min: -70, max: 70 }),
  fc.maxSafeInteger(),
  fc
    .tuple(fc.integer({ min: 0, max: 53 }), fc.integer({ min: -2, max: 2 }), fc.boolean())
    .map(([power, delta, negative]) => (2 ** power + delta) * (negative ? -1 : 1))
    .filter((value) => Number.isSafeInteger(value)),
);

/** Random values of a record, in the form that avsc takes; enums as symbols. */
export function anyRecord(record: RecordType): Arbitrary<Record<string, unknown>> {
  return fc.record(Object.fromEntries(record.fields.map(({ name, type }) => [name, anyValue(type)])));
}

function anyValue(type: FieldType): Arbitrary<unknown> {
  switch (type.kind) {
    case 'long':
      return anyLong;
    case 'int':
      return fc.integer();
    case 'string':
      return anyText;
    case 'boolean':
      return fc.boolean();
    case 'bytes':
      return fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
    case 'fixed':
      return fc.uint8Array({ minLength: type.size, maxLength: type.size }).map((bytes) => Buffer.from(bytes));
    case 'enum':
      return fc.constantFrom(...type.symbols);
    case 'array':
      return fc.array(anyRecord(type.items), { maxLength: 3 });
  }
}

/** The same value in the form that our writers take and our views give: enums as indexes. */
export function toOurs(record: RecordType, value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(record.fields.map(({ name, type }) => [name, toOurValue(type, value[name])]));
}

function toOurValue(type: FieldType, value: unknown): unknown {
  if (type.kind === 'enum') return type.symbols.indexOf(value as string);
  if (type.kind === 'array') return (value as Record<string, unknown>[]).map((item) => toOurs(type.items, item));
  return value;
}
