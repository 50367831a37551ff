import { Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';
import { columnsOf, rowWriters } from '../../../schemas/codec/generated/rows.ts';
import type { TableName } from '../../../schemas/codec/generated/rows.ts';
import { RowBinaryWriter } from '../../../schemas/codec/row-binary.ts';
import { SinkWorker } from '../../engine/index.ts';
import type { Clock, Delivery, EventListener, Transport } from '../../engine/index.ts';
import { TOPICS } from '../topics.ts';
import type { TopicName } from '../topics.ts';
import { RAW_COLUMNS, RawRows } from './raw-rows.ts';

/** Table of each topic that the ledger of the auditors keeps. */
const TABLES: Readonly<Partial<Record<TopicName, TableName | 'raw'>>> = {
  [TOPICS.files]: 'files',
  [TOPICS.raw]: 'raw',
  [TOPICS.errors]: 'errors',
  [TOPICS.rated]: 'rated',
  [TOPICS.suspended]: 'suspended',
  [TOPICS.ledger]: 'ledger',
  [TOPICS.billingLines]: 'billing_lines',
  [TOPICS.billingResults]: 'billing_results',
  [TOPICS.billingRuns]: 'billing_runs',
};

export interface WarehouseOptions {
  readonly client: ClickHouseClient;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly instance: string;
  readonly onEvent?: EventListener;
}

const MAX_DELIVERY_BYTES = 12 << 20;
const LINGER_MS = 400;

/**
 * One block is one delivery, and a repeated delivery has the same borders and so the same bytes; the token makes
 * ClickHouse drop it. async_insert is on by default in recent servers and would break that.
 */
function insertSettings(delivery: Delivery) {
  return {
    async_insert: 0,
    insert_deduplicate: 1,
    insert_deduplication_token: delivery.id,
    deduplicate_blocks_in_dependent_materialized_views: 1,
    max_insert_block_size: '4000000',
  } as const;
}

/** Encodes deliveries and inserts them. */
class WarehouseInserter {
  private readonly client: ClickHouseClient;
  private readonly writer = new RowBinaryWriter();
  private readonly rawRows = new RawRows();

  constructor(client: ClickHouseClient) {
    this.client = client;
  }

  async deliver(delivery: Delivery): Promise<[]> {
    const table = TABLES[delivery.topic as TopicName]!;
    const columns = table === 'raw' ? RAW_COLUMNS : columnsOf(table).map(({ name }) => name);
    const body = this.encode(table, delivery);
    const { stream } = await this.client.exec({
      query: `INSERT INTO ${table} (${columns.join(', ')}) FORMAT RowBinary`,
      values: Readable.from([body], { objectMode: false }),
      clickhouse_settings: insertSettings(delivery),
    });
    stream.resume();
    return [];
  }

  private encode(table: TableName | 'raw', { messages }: Delivery): Buffer {
    const { writer } = this;
    writer.truncate(0);
    for (const message of messages) {
      if (table === 'raw') this.rawRows.write(writer, message.value, message);
      else rowWriters[table](writer, message.value, message);
    }
    return writer.take();
  }
}

/** Brings every topic of interest to ClickHouse, each row once. */
export function createWarehouseWorker({ client, ...options }: WarehouseOptions): SinkWorker {
  const inserter = new WarehouseInserter(client);
  return new SinkWorker({
    ...options,
    name: 'warehouse',
    topics: Object.keys(TABLES),
    maxRecords: Number.MAX_SAFE_INTEGER,
    maxBytes: MAX_DELIVERY_BYTES,
    maxInFlight: 4,
    lingerMs: LINGER_MS,
    deliver: (delivery) => inserter.deliver(delivery),
  });
}
