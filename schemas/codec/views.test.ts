import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { CodecError } from './codec-error.ts';
import { codecs } from './codecs.ts';
import * as views from './generated/views.ts';
import type { RecordType } from './generator/schema.ts';
import type { ViewSpec } from './generator/spec.ts';
import { embeddedSchemaIds, SchemaIds, writeFrame } from './schema-ids.ts';
import { anyRecord, contracts, referenceType, toOurs } from './testing/reference.ts';

type Value = Record<string, unknown>;
interface AnyView extends Value {
  buffer: Buffer;
  decode(buffer: Buffer, position: number): number;
  open(message: Buffer): this;
  next(): boolean;
  record: AnyView;
}
const make = (name: string, ids?: SchemaIds): AnyView =>
  new (views as unknown as Record<string, new (ids?: SchemaIds) => AnyView>)[name]!(ids);
const viewOf = (name: string): ViewSpec => codecs.views.find((spec) => spec.view === name)!;

/** Everything that a view (or the batch that it walks) holds, as plain values; arrays inside records by their cursors. */
function contentOf(view: AnyView, spec: ViewSpec): Value {
  const record = contracts.get(spec.schema)!;
  const names = spec.fields ?? record.fields.map(({ name }) => name);
  const entries = record.fields
    .filter(({ name }) => names.includes(name))
    .map(({ name, type }) => [name, type.kind === 'array' ? itemsOf(view, spec, name) : view[name]]);
  return Object.fromEntries(entries) as Value;
}

function itemsOf(view: AnyView, spec: ViewSpec, field: string): Value[] {
  const items: Value[] = [];
  const itemSpec = viewOf(spec.items!);
  if (spec.message === true) {
    while (view.next()) items.push(contentOf(view.record, itemSpec));
    return items;
  }
  const cursor = make(itemSpec.cursor!) as unknown as Value & {
    open(b: Buffer, p: number): void;
    next(): boolean;
  };
  cursor.open(view.buffer, view[`${field}Start`] as number);
  const item = itemSpec.schema.toLowerCase();
  while (cursor.next()) items.push(contentOf(cursor[item] as AnyView, itemSpec));
  return items;
}

function decodeAll(view: AnyView, spec: ViewSpec, message: Buffer): Value {
  if (spec.message === true) view.open(message);
  else view.decode(message, 0);
  return contentOf(view, spec);
}

function encode(spec: ViewSpec, value: Value): Buffer {
  const body = referenceType(spec.schema).toBuffer(value);
  return spec.message === true ? framed(spec.schema, body) : body;
}

function framed(schema: string, body: Buffer): Buffer {
  const message = Buffer.alloc(5 + body.length);
  writeFrame(message, 0, embeddedSchemaIds.idOf(schema));
  body.copy(message, 5);
  return message;
}

const ours = (record: RecordType, spec: ViewSpec, value: Value): Value =>
  Object.fromEntries(
    Object.entries(toOurs(record, value)).filter(([name]) => spec.fields?.includes(name) ?? true),
  );

for (const spec of codecs.views) {
  const record = contracts.get(spec.schema)!;
  const view = make(spec.view);

  test(`${spec.view} should read what avsc wrote`, () => {
    fc.assert(
      fc.property(anyRecord(record), (value) => {
        assert.deepEqual(decodeAll(view, spec, encode(spec, value)), expectedOf(spec, value));
      }),
    );
  });

  test(`${spec.view} should answer damaged bytes with a value or a CodecError, and read nothing beyond the buffer`, () => {
    fc.assert(
      fc.property(damaged(spec, record), (message) => {
        const alone = outcome(view, spec, message);
        // The same bytes inside a larger buffer: whoever reads beyond the end sees other bytes and answers differently.
        const larger = Buffer.alloc(message.length + 64, 0x02);
        message.copy(larger);
        assert.deepEqual(outcome(view, spec, larger.subarray(0, message.length)), alone);
      }),
      { numRuns: 300 },
    );
  });

  if (spec.message === true) {
    test(`${spec.view} should refuse every truncation of a message`, () => {
      fc.assert(
        fc.property(anyRecord(record), fc.nat(), (value, cut) => {
          const message = encode(spec, value);
          assert.throws(() => decodeAll(view, spec, message.subarray(0, cut % message.length)), CodecError);
        }),
      );
    });

    test(`${spec.view} should read a later version with further fields behind the known ones`, () => {
      const id = embeddedSchemaIds.idOf(spec.schema);
      const later = make(spec.view, new SchemaIds([{ name: spec.schema, id, later: true }]));
      fc.assert(
        fc.property(anyRecord(record), fc.uint8Array({ minLength: 1 }), (value, more) => {
          const message = Buffer.concat([encode(spec, value), more]);
          assert.deepEqual(decodeAll(later, spec, message), expectedOf(spec, value));
          assert.throws(() => decodeAll(view, spec, message), CodecError);
        }),
      );
    });
  }
}

function expectedOf(spec: ViewSpec, value: Value): Value {
  const record = contracts.get(spec.schema)!;
  const own = ours(record, spec, value);
  const last = record.fields.at(-1)!;
  if (spec.items === undefined || last.type.kind !== 'array') return own;
  const items = value[last.name] as Value[];
  return { ...own, [last.name]: items.map((item) => expectedOf(viewOf(spec.items!), item)) };
}

function outcome(view: AnyView, spec: ViewSpec, message: Buffer): unknown {
  try {
    return decodeAll(view, spec, message);
  } catch (error) {
    assert.ok(error instanceof CodecError, String(error));
    return error.message;
  }
}

/** Random bytes, and valid messages with bytes changed, cut, inserted or removed. */
function damaged(spec: ViewSpec, record: RecordType): Arbitrary<Buffer> {
  const random = fc.uint8Array({ maxLength: 400 }).map((bytes) => {
    return spec.message === true ? framed(spec.schema, Buffer.from(bytes)) : Buffer.from(bytes);
  });
  const edits = fc.array(
    fc.tuple(fc.nat(), fc.nat({ max: 255 }), fc.constantFrom('set', 'cut', 'insert', 'remove')),
    {
      minLength: 1,
      maxLength: 3,
    },
  );
  const mutated = fc.tuple(anyRecord(record), edits).map(([value, changes]) => {
    let bytes = encode(spec, value);
    for (const [where, byte, what] of changes) bytes = edit(bytes, where % (bytes.length + 1), byte, what);
    return bytes;
  });
  return fc.oneof(random, mutated);
}

function edit(bytes: Buffer, at: number, byte: number, what: string): Buffer {
  if (what === 'cut') return bytes.subarray(0, at);
  const rest = what === 'insert' ? at : at + 1;
  return Buffer.concat([
    bytes.subarray(0, at),
    what === 'remove' ? Buffer.alloc(0) : Buffer.from([byte]),
    bytes.subarray(rest),
  ]);
}
