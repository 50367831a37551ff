import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createClient } from '@clickhouse/client';
import type { ClickHouseClient } from '@clickhouse/client';
import { startEmbeddedServer } from '../../deploy/embedded/clickhouse/server.ts';
import type { EmbeddedServer } from '../../deploy/embedded/clickhouse/server.ts';
import { dataLayout } from '../../deploy/embedded/data-layout.ts';
import { writeMessage } from '../../schemas/codec/batch-writer.ts';
import { billingLineBatchFormat, rawBatchFormat } from '../../schemas/codec/generated/writers.ts';
import type { Delivery } from '../../streams/engine/index.ts';
import { TOPICS } from '../../streams/workers/topics.ts';
import { migrate } from '../../streams/workers/warehouse/migrate.ts';
import { WarehouseInserter } from '../../streams/workers/warehouse/warehouse-inserter.ts';

const SQL = fileURLToPath(new URL('../../schemas/clickhouse/', import.meta.url));
const MONTHS = ['2026-08-01', '2026-09-01', '2026-10-01'];
const FILE_ID = 'ab'.repeat(16);

function delivery(topic: string, values: readonly Buffer[], first: number): Delivery {
  const messages = values.map((value, index) => ({
    ...{ topic, partition: 1, offset: first + index, key: null, value, timestamp: 1_790_000_000_000 },
    chain: null,
  }));
  const last = first + values.length - 1;
  return { id: `${topic}/1/${first}-${last}`, topic, partition: 1, first, last, messages, replay: false };
}

/** Lines of three months: three parts of the table. */
function linesOf(run: string): Buffer {
  const lines = MONTHS.flatMap((billUnit, month) =>
    [1, 2].map((number) => ({
      ...{
        runId: run,
        lineId: `${run}P1L${month * 2 + number}`,
        accountId: 'A',
        subscriptionId: 'S',
        usageType: 'VOICE',
      },
      ...{ billUnit, currency: 'GBP', unit: 'SECOND', charges: 1, records: 1, quantity: 1, amount: 2 },
      ...{ billedAmount: 2, firstUsage: 0, lastUsage: 0 },
    })),
  );
  return writeMessage(billingLineBatchFormat, { runId: run, batchId: `${run}P1`, lines });
}

function rawOf(first: number, payload: string): Buffer {
  return writeMessage(rawBatchFormat, {
    ...{ fileId: FILE_ID, bucket: 'b', key: 'k', platform: 'p', serviceType: 's', recordType: 'r' },
    ...{ firstRecordNumber: first, lastBatch: false, payload: Buffer.from(payload) },
  });
}

describe('an insert that was cut off by a kill', () => {
  let folder: string;
  let server: EmbeddedServer;
  let client: ClickHouseClient;

  const start = async (): Promise<void> => {
    const { clickhouse, cache } = dataLayout(folder);
    server = await startEmbeddedServer({ directory: clickhouse, cacheDirectory: cache });
    client = createClient({ url: server.url });
  };
  const stop = async (): Promise<void> => {
    await client.close();
    await server.stop();
  };
  const select = async <Row>(query: string): Promise<Row[]> =>
    (await client.query({ query, format: 'JSONEachRow' })).json<Row>();
  const lineIds = async (run: string): Promise<string[]> =>
    (
      await select<{ line_id: string }>(
        `SELECT line_id FROM billing_lines WHERE run_id = '${run}' ORDER BY line_id`,
      )
    ).map(({ line_id }) => line_id);
  const allLines = (run: string): string[] => [1, 2, 3, 4, 5, 6].map((number) => `${run}P1L${number}`);
  /** What a kill leaves between the note of a part's token and its commit: the note, and no part. */
  const loseParts = async (table: string, condition: string): Promise<number> => {
    const parts = await select<{ path: string }>(
      `SELECT path FROM system.parts WHERE active AND table = '${table}' AND ${condition}`,
    );
    await stop();
    for (const { path } of parts) rmSync(path, { recursive: true });
    await start();
    return parts.length;
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tally-warehouse-'));
    await start();
    const migrations = readdirSync(SQL)
      .filter((name) => name.endsWith('.sql'))
      .map((name) => ({ name, sql: readFileSync(join(SQL, name), 'utf8') }));
    await migrate(client, migrations);
  });
  after(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('is repeated without a row too many when all of it had come', async () => {
    const lines = delivery(TOPICS.billingLines, [linesOf('R1')], 0);
    const inserter = new WarehouseInserter(client);
    await inserter.deliver(lines);
    await inserter.deliver({ ...lines, replay: true });
    assert.deepEqual(await lineIds('R1'), allLines('R1'));
  });

  test('is repeated whole when nothing had come', async () => {
    const lines = delivery(TOPICS.billingLines, [linesOf('R2')], 1);
    await new WarehouseInserter(client).deliver({ ...lines, replay: true });
    assert.deepEqual(await lineIds('R2'), allLines('R2'));
  });

  test('is completed when ClickHouse had noted the token of a part and not committed the part', async () => {
    const lines = delivery(TOPICS.billingLines, [linesOf('R3'), linesOf('R4')], 2);
    await new WarehouseInserter(client).deliver(lines);
    const lost = await loseParts('billing_lines', `partition = '202609'`);
    assert.ok(lost > 0);
    assert.equal((await lineIds('R3')).length, 4);
    await new WarehouseInserter(client).deliver({ ...lines, replay: true });
    assert.deepEqual(await lineIds('R3'), allLines('R3'));
    assert.deepEqual(await lineIds('R4'), allLines('R4'));
    assert.deepEqual(
      await select(
        "SELECT sum(amount) AS amount, count() AS rows FROM billing_lines WHERE run_id IN ('R3', 'R4')",
      ),
      [{ amount: 0.000000024, rows: 12 }],
    );
  });

  test('is completed for lines of files too, and again when it is repeated once more', async () => {
    const raw = delivery(TOPICS.raw, [rawOf(1, "a\nb,'x'\n"), rawOf(3, '\nd\n')], 0);
    await new WarehouseInserter(client).deliver(raw);
    assert.equal(await loseParts('raw', '1'), 1);
    for (let times = 0; times < 2; times++)
      await new WarehouseInserter(client).deliver({ ...raw, replay: true });
    const rows = await select<{ record_number: number; line: string }>(
      'SELECT record_number, line FROM raw ORDER BY record_number',
    );
    assert.deepEqual(
      rows.map(({ record_number, line }) => `${record_number} ${line}`),
      ['1 a', "2 b,'x'", '3 ', '4 d'],
    );
  });

  test('is refused when the warehouse holds more than was ever sent', async () => {
    const raw = delivery(TOPICS.raw, [rawOf(1, 'a\n')], 100);
    const inserter = new WarehouseInserter(client);
    await inserter.deliver(raw);
    await client.command({ query: 'INSERT INTO raw SELECT * FROM raw WHERE src_offset = 100' });
    await assert.rejects(
      inserter.deliver({ ...raw, replay: true }),
      /raw holds 2 rows .*this delivery has 1/,
    );
  });
});
