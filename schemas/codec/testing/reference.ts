import avro from 'avsc';
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { avroFolder } from '../generator/generate.ts';
import { readContracts } from '../generator/schema.ts';
import type { FieldType, RecordType } from '../generator/schema.ts';
import { selfContainedSchema } from '../self-contained-schema.ts';

/** The contracts by simple record name, as the generator sees them. */
export const contracts = readContracts(avroFolder);

const types = new Map<string, avro.Type>();

/** The reference codec (avsc) of a record. */
export function referenceType(name: string): avro.Type {
  const known = types.get(name) ?? avro.Type.forSchema(selfContainedSchema(name) as unknown as avro.Schema);
  types.set(name, known);
  return known;
}

const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.string({ maxLength: 20 }) },
  fc.string({ unit: 'grapheme', maxLength: 70 }),
  fc.string({ minLength: 60, maxLength: 140 }),
  fc.constant(''),
);
/** Safe integers of every length of varint, both signs, with the edges. */
export const anySafeLong = fc.oneof(
  fc.integer({ min: -70, max: 70 }),
  fc.maxSafeInteger(),
  fc
    .tuple(fc.integer({ min: 0, max: 53 }), fc.integer({ min: -2, max: 2 }), fc.boolean())
    .map(([power, delta, negative]) => (2 ** power + delta) * (negative ? -1 : 1) || 0)
    .filter((value) => Number.isSafeInteger(value)),
);

/** The same up to 2^52, beyond which avsc 5.7.9 silently gives wrong bytes and values for negative longs; BigInt is the reference there. */
const anyLong = anySafeLong.filter((value) => Math.abs(value) <= 2 ** 52);

/** The zigzag varint of an int64, by its definition in the Avro specification. */
export function referenceVarint(value: bigint): Buffer {
  let rest = value >= 0n ? value * 2n : -value * 2n - 1n;
  const bytes = [];
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Buffer.from([...bytes, Number(rest)]);
}

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
  if (type.kind === 'array')
    return (value as Record<string, unknown>[]).map((item) => toOurs(type.items, item));
  return value;
}
