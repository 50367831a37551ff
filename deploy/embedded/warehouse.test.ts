import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createClient } from '@clickhouse/client';
import fc from 'fast-check';
import { codecs } from '../../schemas/codec/codecs.ts';
import { columnsOf, rowWriters } from '../../schemas/codec/generated/rows.ts';
import type { TableName } from '../../schemas/codec/generated/rows.ts';
import { RowBinaryWriter } from '../../schemas/codec/row-binary.ts';
import { anyRecord, contracts } from '../../schemas/codec/testing/reference.ts';
import type { Delivery, Message } from '../../streams/engine/index.ts';
import { encode, rawBatch } from '../../streams/workers/testing/messages.ts';
import { migrate } from '../../streams/workers/warehouse/migrate.ts';
import { RAW_COLUMNS, RawRows } from '../../streams/workers/warehouse/raw-rows.ts';
import { WAREHOUSE_TABLES, WarehouseInserter } from '../../streams/workers/warehouse/warehouse-inserter.ts';
import { dataLayout } from './data-layout.ts';
import { openWarehouse } from './warehouse.ts';
import type { Warehouse } from './warehouse.ts';

let directory: string;
let warehouse: Warehouse;

before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'warehouse-'));
  warehouse = await openWarehouse(dataLayout(directory));
});

after(async () => {
  await warehouse.close();
  rmSync(directory, { recursive: true, force: true });
});

const DAYS = new Set(['billUnit', 'fileDate']);
/** Decimal text where it is no long. */
const SUMS = new Set(['quantity', 'amount']);
const TIMES = new Set(['at', 'processedAt', 'startTime', 'endTime', 'firstUsage', 'lastUsage']);

/** A value that the tables can hold: real days and times, record numbers within UInt32, a charge at least. */
function fitted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fitted);
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]): [string, unknown] => {
      if (DAYS.has(name)) return [name, '2026-01-31'];
      if (TIMES.has(name)) return [name, 1_770_000_000_000];
      if (name === 'recordNumber') return [name, Math.abs(field as number) % 2 ** 32];
      if (typeof field === 'string' && SUMS.has(name)) return [name, '12345678901234567890.25'];
      if (typeof field === 'string') return [name, field.toWellFormed()];
      return [name, fitted(field)];
    }),
  );
}

const schemaOf = (table: string): string =>
  codecs.views.find(({ view }) => view === codecs.tables.find((one) => one.table === table)!.view)!.schema;

/** Some messages of a table's topic, the same every time. */
function messagesOf(table: TableName | 'raw'): Buffer[] {
  if (table === 'raw')
    return ['a\nb\r\nc', '\0\xff\n\n', 'x'.repeat(100_000)].map((payload) => rawBatch('OPEN', payload));
  const schema = schemaOf(table);
  return fc
    .sample(anyRecord(contracts.get(schema)!), { numRuns: 12, seed: 11 })
    .map((random) =>
      encode(schema, table === 'rated' ? numbered(fitted(random)) : (fitted(random) as object)),
    );
}

/** Charges as the rater makes them: at least one, numbered from 1. */
function numbered(batch: unknown): object {
  const { records, ...head } = batch as { records: { charges: object[] }[] };
  return {
    ...head,
    records: records
      .filter(({ charges }) => charges.length > 0)
      .map((record) => ({
        ...record,
        charges: record.charges.map((charge, index) => ({ ...charge, chargeNumber: index + 1 })),
      })),
  };
}

function deliveryOf(topic: string, values: readonly Buffer[]): Delivery {
  const messages = values.map((value, offset): Message => ({
    ...{ topic, partition: 1, offset, key: null, value, timestamp: 1_770_000_000_000, chain: null },
  }));
  return {
    ...{ id: `warehouse/${topic}/1/0`, topic, partition: 1, first: 0, last: values.length - 1 },
    ...{ messages, replay: false },
  };
}

/** The bytes that should be in the table. */
function expectedBytes(table: TableName | 'raw', delivery: Delivery): Buffer {
  const writer = new RowBinaryWriter();
  const raw = new RawRows();
  for (const message of delivery.messages) {
    if (table === 'raw') raw.write(writer, message.value, message);
    else rowWriters[table](writer, message.value, message);
  }
  return Buffer.from(writer.take());
}

async function storedBytes(table: TableName | 'raw'): Promise<Buffer> {
  const columns = table === 'raw' ? RAW_COLUMNS : columnsOf(table);
  const order = table === 'rated' ? ', charge_number' : '';
  const names = columns.map(({ name }) => name).join(', ');
  const response = await fetch(`${warehouse.url}/?default_format=RowBinary`, {
    method: 'POST',
    body: `SELECT ${names} FROM ${table} ORDER BY src_offset, src_index${order}`,
  });
  assert.ok(response.ok);
  return Buffer.from(await response.arrayBuffer());
}

for (const [topic, table] of Object.entries(WAREHOUSE_TABLES)) {
  test(`${table}: what is delivered reads back byte for byte, and a repeated delivery adds nothing`, async () => {
    const inserter = new WarehouseInserter(warehouse.client);
    const values = messagesOf(table);
    const delivery = deliveryOf(topic, values);
    await inserter.deliver(delivery);
    const expected = expectedBytes(table, delivery);
    assert.ok(expected.length > 0);
    assert.deepEqual(await storedBytes(table), expected);
    await new WarehouseInserter(warehouse.client).deliver({ ...delivery, replay: true });
    await inserter.deliver(delivery);
    assert.deepEqual(await storedBytes(table), expected);
  });
}

test('migrations that are applied already are not applied again', async () => {
  const migrations = [
    { name: '9001_test.sql', sql: 'CREATE TABLE IF NOT EXISTS t9001 (a Int32) ENGINE = Memory;\n' },
  ];
  assert.deepEqual(await migrate(warehouse.client, migrations), ['9001_test.sql']);
  assert.deepEqual(await migrate(warehouse.client, migrations), []);
});

test('a migration that was changed after it was applied is refused, and nothing after it is applied', async () => {
  const first = {
    name: '9002_test.sql',
    sql: 'CREATE TABLE IF NOT EXISTS t9002 (a Int32) ENGINE = Memory;\n',
  };
  await migrate(warehouse.client, [first]);
  const changed = { ...first, sql: first.sql.replace('Int32', 'Int64') };
  const next = { name: '9003_test.sql', sql: 'CREATE TABLE t9003 (a Int32) ENGINE = Memory;\n' };
  await assert.rejects(
    migrate(warehouse.client, [next, changed]),
    /9002_test\.sql was applied with checksum/,
  );
  const { data } = await (
    await warehouse.client.query({
      query: "SELECT name FROM system.tables WHERE name = 't9003'",
      format: 'JSON',
    })
  ).json<{ name: string }>();
  assert.deepEqual(data, []);
});

test('a migration with a fault is told, is not noted as applied, and can be corrected', async () => {
  const broken = {
    name: '9004_test.sql',
    sql: 'CREATE TABLE IF NOT EXISTS t9004 (a Int32) ENGINE = Memory;\nSELEC 1;\n',
  };
  await assert.rejects(migrate(warehouse.client, [broken]), /Syntax error/);
  const right = {
    ...broken,
    sql: broken.sql.replace('SELEC 1', 'INSERT INTO t9004 VALUES (1) -- a comment; with a semicolon'),
  };
  assert.deepEqual(await migrate(warehouse.client, [right]), ['9004_test.sql']);
});

test('an insert that fails behind a status of 200 is a failed delivery', async (t) => {
  const server = createServer((request, response) => {
    request.resume();
    request.once('end', () => response.end('Code: 241. DB::Exception: Memory limit exceeded'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = createClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  t.after(async () => {
    await client.close();
    server.close();
  });
  const delivery = deliveryOf('usage.raw', messagesOf('raw'));
  await assert.rejects(new WarehouseInserter(client).deliver(delivery), /Memory limit exceeded/);
});
