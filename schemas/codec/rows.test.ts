import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from './codec-error.ts';
import { codecs } from './codecs.ts';
import { columnsOf, rowWriters } from './generated/rows.ts';
import type { TableName } from './generated/rows.ts';
import type { FieldType } from './generator/schema.ts';
import type { TableSpec } from './generator/spec.ts';
import { RowBinaryWriter } from './row-binary.ts';
import { embeddedSchemaIds, writeFrame } from './schema-ids.ts';
import { anyRecord, contracts, referenceType } from './testing/reference.ts';
import { readRow } from './testing/read-row.ts';

type Value = Record<string, unknown>;
const source = { partition: 7, offset: 2 ** 40 + 1 };
const schemaOf = ({ view }: TableSpec): string => codecs.views.find((spec) => spec.view === view)!.schema;

/** Values that the tables can hold: days as days, record numbers within UInt32, at least one charge. */
function fitted(value: unknown, index = 0): unknown {
  if (Array.isArray(value)) return value.map(fitted);
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
  const fittedEntries = Object.entries(value as Value).map(([name, field]): [string, unknown] => {
    if (name === 'billUnit' || name === 'fileDate') return [name, index % 2 === 0 ? '2024-02-29' : ''];
    if (name === 'recordNumber') return [name, Math.abs(field as number) % 2 ** 32];
    // Sums of a run, far beyond 2^53.
    if (typeof field === 'string' && name === 'quantity')
      return [name, `${'9'.repeat(30)}.${String(field.length % 10).repeat(6)}`];
    if (typeof field === 'string' && name === 'amount')
      return [name, `-${'8'.repeat(29)}.${String(field.length % 10).repeat(9)}`];
    if (typeof field === 'string') return [name, Buffer.from(field).toString()];
    return [name, fitted(field, index)];
  });
  return Object.fromEntries(fittedEntries);
}

function messageOf(schema: string, value: Value): Buffer {
  const body = referenceType(schema).toBuffer(value);
  const message = Buffer.alloc(5 + body.length);
  writeFrame(message, 0, embeddedSchemaIds.idOf(schema));
  body.copy(message, 5);
  return message;
}

/** Rows that the specification asks for, made from the plain value. */
function expectedRows(table: TableSpec, value: Value): Value[] {
  const arrayOf = (record: Value): Value[] =>
    Object.values(record).find((field) => Array.isArray(field)) as Value[];
  const isBatch = contracts.get(schemaOf(table))!.fields.at(-1)!.type.kind === 'array';
  const records = isBatch ? arrayOf(value) : [undefined];
  return records.flatMap((record, index) => {
    const items = table.rowPer === undefined ? [undefined] : (record![table.rowPer] as Value[]);
    return items.map((item) => {
      const scope = {
        batch: value,
        record,
        charge: item,
        impacts: item?.['impacts'],
        source: { ...source, index },
      };
      return Object.fromEntries(
        table.columns.map(({ name, from, type }) => [name, resolve(scope, from, type)]),
      );
    });
  });
}

function resolve(scope: Value, from: string, type: string): unknown {
  const [where, field] = from.split('.') as [string, string];
  const holder = scope[where];
  const pick = (value: unknown): unknown => {
    if (type === 'Date' && value === '') return '1970-01-01';
    return type === 'String' && Buffer.isBuffer(value) ? value.toString() : value;
  };
  return Array.isArray(holder) ? holder.map((item: Value) => item[field]) : pick((holder as Value)[field]);
}

const tableNamed = (name: string): TableSpec => codecs.tables.find(({ table }) => table === name)!;

for (const table of codecs.tables) {
  const name = table.table as TableName;
  test(`the transcoder of ${name} should write the columns that its specification names`, () => {
    const record = contracts.get(schemaOf(table))!;
    fc.assert(
      fc.property(anyRecord(record), (random) => {
        const value = fitted(random) as Value;
        if (name === 'rated')
          value['records'] = (value['records'] as Value[]).filter(
            (one) => (one['charges'] as Value[]).length > 0,
          );
        const expected = expectedRows(table, value);
        const writer = new RowBinaryWriter();
        assert.equal(rowWriters[name](writer, messageOf(record.name, value), source), expected.length);
        const bytes = writer.take();
        let position = 0;
        for (const row of expected) {
          const read = readRow(bytes, position, columnsOf(name));
          assert.deepEqual(read.row, row);
          position = read.end;
        }
        assert.equal(position, bytes.length);
      }),
    );
  });
}

test('every field of a message should reach its table', () => {
  const leaves = (prefix: string, type: FieldType, name: string): string[] =>
    type.kind === 'array'
      ? type.items.fields.flatMap((field) => leaves(itemName(name), field.type, field.name))
      : [`${prefix}.${name}`];
  const itemName = (array: string): string => ({ charges: 'charge', impacts: 'impacts' })[array] ?? 'record';
  for (const table of codecs.tables) {
    const wanted = contracts
      .get(schemaOf(table))!
      .fields.flatMap(({ name, type }) => leaves('batch', type, name));
    const given = new Set(table.columns.map(({ from }) => from));
    // A line repeats the run of its batch.
    assert.deepEqual(
      wanted.filter((from) => !given.has(from) && from !== 'record.runId'),
      [],
      table.table,
    );
  }
});

test('a message that fails should leave nothing in the writer', () => {
  const table = tableNamed('rated');
  const record = contracts.get('RatedBatch')!;
  const good = (random: Value): Value => fitted(random) as Value;
  fc.assert(
    fc.property(anyRecord(record), (random) => {
      const value = good(random);
      const records = value['records'] as Value[];
      fc.pre(records.length > 0);
      records.at(-1)!['charges'] = [];
      const writer = new RowBinaryWriter();
      writer.string('before');
      assert.throws(
        () => rowWriters[table.table as TableName](writer, messageOf('RatedBatch', value), source),
        CodecError,
      );
      assert.deepEqual(writer.take(), Buffer.from('\x06before'));
    }),
  );
});
