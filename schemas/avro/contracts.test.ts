import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import avro from 'avsc';
import fc from 'fast-check';
import { ContainerView, MediatedBatchView, RatedBatchView } from '../codec/generated/views.ts';
import { writeContainer } from '../codec/generated/writers.ts';
import type { ContainerValue } from '../codec/generated/values.ts';
import { tailFields } from '../codec/generator/emit-values.ts';
import { resolveContracts } from '../codec/generator/schema.ts';
import type { RecordType } from '../codec/generator/schema.ts';
import { embeddedSchemaIds, SchemaIds, writeFrame } from '../codec/schema-ids.ts';
import { selfContainedSchema } from '../codec/self-contained-schema.ts';
import { anyRecord, contracts, referenceType, toOurs } from '../codec/testing/reference.ts';

interface JsonRecord {
  readonly name: string;
  readonly namespace: string;
  readonly type: unknown;
  readonly doc?: string;
  readonly fields: readonly Record<string, unknown>[];
}
const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.avsc'));
const read = (file: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as JsonRecord;
const kebab = (name: string): string => name.replace(/\B[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

/** A later version of a contract: further fields, with defaults, behind the known ones. */
function extended(name: string): avro.Type {
  const schema = selfContainedSchema(name) as unknown as JsonRecord;
  const fields = [
    ...schema.fields,
    { name: 'later1', type: 'string', default: 'x' },
    { name: 'later2', type: ['null', 'long'], default: null },
  ];
  return avro.Type.forSchema({ ...schema, fields } as unknown as avro.Schema);
}

test('every contract should be in a file of its name, in the namespace usage', () => {
  for (const file of files) {
    const { name, namespace } = read(file);
    assert.equal(file, `${kebab(name)}.avsc`);
    assert.equal(namespace, 'usage');
  }
});

test('every record and every field should say what it means', () => {
  for (const record of contracts.values()) {
    assert.ok(record.doc.length > 0, record.name);
    for (const field of record.fields) assert.ok(field.doc.length > 0, `${record.name}.${field.name}`);
  }
});

test('every contract should be complete in itself for a schema registry', () => {
  for (const name of contracts.keys()) {
    assert.equal(
      avro.Type.forSchema(selfContainedSchema(name) as unknown as avro.Schema).name,
      `usage.${name}`,
    );
  }
  assert.throws(() => selfContainedSchema('Nothing'), /No contract is named Nothing/);
});

test('static schema ids should never change', () => {
  const names = [
    'FileEvent',
    'RawBatch',
    'MediatedBatch',
    'RatedBatch',
    'SuspendedBatch',
    'ErrorBatch',
    'LedgerBatch',
  ];
  const all = [...names, 'BillingCommand', 'BillingRun', 'BillingLineBatch', 'BillingResultBatch'];
  all.forEach((name, index) => assert.equal(embeddedSchemaIds.idOf(name), index + 1));
  const messages = files
    .map((file) => read(file).name)
    .filter((name) => !['Container', 'RatedRecord', 'SuspendedRecord'].includes(name));
  assert.deepEqual(messages.sort(), all.sort(), 'every message has an id');
});

test('Container should be an exact prefix of what its bytes are copied into', () => {
  assert.deepEqual(
    tailFields(contracts, 'RatedRecord', 'Container').map(({ name }) => name),
    ['charges'],
  );
  assert.deepEqual(
    tailFields(contracts, 'SuspendedRecord', 'Container').map(({ name }) => name),
    ['code', 'reason'],
  );
});

test('the generator should refuse an output record whose prefix differs in order, name, type or length', () => {
  const container = contracts.get('Container')!;
  const fields = container.fields;
  const swapped = [fields[1]!, fields[0]!, ...fields.slice(2)];
  const retyped = [{ ...fields[0]!, type: { kind: 'int' } as const }, ...fields.slice(1)];
  const renamed = [{ ...fields[0]!, name: 'other' }, ...fields.slice(1)];
  for (const wrong of [swapped, retyped, renamed, fields.slice(0, -1)]) {
    const bad: RecordType = { name: 'Output', doc: '', fields: wrong };
    assert.throws(
      () =>
        tailFields(
          new Map([
            ['Container', container],
            ['Output', bad],
          ]),
          'Output',
          'Container',
        ),
      /no prefix of Output/,
    );
  }
});

test('the generator should refuse types that it does not know, two types of one name, and records without fields', () => {
  const record = (type: unknown) => ({ type: 'record', name: 'R', fields: [{ name: 'f', type }] });
  for (const type of [
    'double',
    ['null', 'string'],
    { type: 'map', values: 'long' },
    { type: 'array', items: 'string' },
  ]) {
    assert.throws(() => resolveContracts([record(type)]), Error, JSON.stringify(type));
  }
  assert.throws(() => resolveContracts([record('long'), record('int')]), /Two different types are named R/);
  assert.throws(() => resolveContracts([{ type: 'record', name: 'R', fields: [] }]), /no fields/);
});

test('bytes of a later Container should be read by the view of the known fields', () => {
  const later = extended('Container');
  const view = new ContainerView();
  fc.assert(
    fc.property(anyRecord(contracts.get('Container')!), (value) => {
      const known = referenceType('Container').toBuffer(value);
      assert.equal(view.decode(later.toBuffer({ ...value, later1: 'y', later2: 5 }), 0), known.length);
      assert.equal(view.balanceGroupId, value['balanceGroupId']);
      assert.equal(view.wholesaleAmount, value['wholesaleAmount']);
    }),
  );
});

test('a later reader should read bytes of ours, filling in its defaults', () => {
  const later = extended('Container');
  const resolver = later.createResolver(referenceType('Container'));
  const out = Buffer.alloc(1 << 16);
  fc.assert(
    fc.property(anyRecord(contracts.get('Container')!), (value) => {
      const end = writeContainer(
        out,
        0,
        toOurs(contracts.get('Container')!, value) as unknown as ContainerValue,
      );
      const record = later.fromBuffer(out.subarray(0, end), resolver) as Record<string, unknown>;
      assert.deepEqual({ ...record }, { ...value, later1: 'x', later2: null });
    }),
  );
});

test('an earlier reader should read later messages through avsc and, by their id, through our views', () => {
  const ids = new SchemaIds([{ name: 'MediatedBatch', id: 99, later: true }]);
  const later = extended('MediatedBatch');
  const resolver = referenceType('MediatedBatch').createResolver(later);
  const view = new MediatedBatchView(ids);
  fc.assert(
    fc.property(anyRecord(contracts.get('MediatedBatch')!), (value) => {
      const body = later.toBuffer({ ...value, later1: 'y', later2: 5 });
      const message = Buffer.concat([Buffer.alloc(5), body]);
      writeFrame(message, 0, 99);
      const records = value['records'] as Record<string, unknown>[];
      assert.equal(
        (referenceType('MediatedBatch').fromBuffer(body, resolver) as { records: unknown[] }).records.length,
        records.length,
      );
      view.open(message);
      for (const record of records) {
        assert.equal(view.next(), true);
        assert.equal(view.record.serviceId, record['serviceId']);
      }
      assert.equal(view.next(), false);
    }),
  );
});

test('the container part of a rated record should be found again by its end', () => {
  const view = new RatedBatchView();
  const container = new ContainerView();
  fc.assert(
    fc.property(anyRecord(contracts.get('RatedBatch')!), (value) => {
      const message = Buffer.concat([Buffer.alloc(5), referenceType('RatedBatch').toBuffer(value)]);
      writeFrame(message, 0, embeddedSchemaIds.idOf('RatedBatch'));
      view.open(message);
      while (view.next()) {
        const { start, containerEnd } = view.record;
        assert.equal(container.decode(message.subarray(start, containerEnd), 0), containerEnd - start);
      }
    }),
  );
});
