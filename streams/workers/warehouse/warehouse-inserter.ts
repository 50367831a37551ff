import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client';
import { columnsOf, rowWriters } from '../../../schemas/codec/generated/rows.ts';
import type { Column, TableName } from '../../../schemas/codec/generated/rows.ts';
import { RowBinaryWriter } from '../../../schemas/codec/row-binary.ts';
import type { Delivery } from '../../engine/index.ts';
import { TOPICS } from '../topics.ts';
import type { TopicName } from '../topics.ts';
import { RAW_COLUMNS, RawRows } from './raw-rows.ts';

/** Table of each topic that the ledger of the auditors keeps. */
export const WAREHOUSE_TABLES: Readonly<Partial<Record<TopicName, TableName | 'raw'>>> = {
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

/** Raised to be tried again: the warehouse did not take a delivery, or does not hold what it brings. */
class DeliveryIncompleteError extends Error {}

/** How long a server may take to commit a part whose token it has noted already. */
const COMMIT_PATIENCE_MS = 500;

/**
 * One block is one delivery, and a repeated delivery has the same borders and so the same bytes; the token makes
 * ClickHouse drop it. async_insert is on by default in recent servers and would break that.
 */
function insertSettings(token: string) {
  return {
    async_insert: 0,
    insert_deduplicate: 1,
    insert_deduplication_token: token,
    deduplicate_blocks_in_dependent_materialized_views: 1,
    max_insert_block_size: '4000000',
  } as const;
}

/** The insert of a repair has no token: its rows are those that are not there. */
const REPAIR_SETTINGS = { async_insert: 0, insert_deduplicate: 0 } as const;

interface EncodedDelivery {
  readonly delivery: Delivery;
  readonly table: TableName | 'raw';
  readonly columns: readonly Column[];
  readonly body: Buffer;
  readonly rows: number;
}

function columnNames({ columns }: EncodedDelivery): string {
  return columns.map(({ name }) => name).join(', ');
}

function rangeOf({ delivery: { partition, first, last } }: EncodedDelivery): string {
  return `src_partition = ${partition} AND src_offset BETWEEN ${first} AND ${last}`;
}

/** Brings a delivery to ClickHouse; may be asked again with the same one. */
export interface Inserter {
  /** @throws Error when the warehouse did not take it, or does not hold it afterwards; to be repeated */
  deliver(delivery: Delivery): Promise<[]>;
}

/** Encodes deliveries and inserts them, each row once, whatever was cut off before. */
export class WarehouseInserter implements Inserter {
  private readonly client: ClickHouseClient;
  private readonly writer = new RowBinaryWriter();
  private readonly rawRows = new RawRows();

  constructor(client: ClickHouseClient) {
    this.client = client;
  }

  async deliver(delivery: Delivery): Promise<[]> {
    const encoded = this.encode(delivery);
    const { table, body } = encoded;
    await this.insert(
      `INSERT INTO ${table} (${columnNames(encoded)}) FORMAT RowBinary`,
      body,
      insertSettings(delivery.id),
    );
    if (delivery.replay) await this.complete(encoded);
    return [];
  }

  /**
   * ClickHouse notes the token of a part before it commits the part. A kill in between makes it drop every repetition of
   * rows that it never took, so what a repetition leaves behind is counted, and rows that are missing come without a token.
   */
  private async complete(encoded: EncodedDelivery): Promise<void> {
    if ((await this.storedRows(encoded)) === encoded.rows) return;
    await delay(COMMIT_PATIENCE_MS);
    if ((await this.storedRows(encoded)) < encoded.rows) await this.insertMissing(encoded);
    const stored = await this.storedRows(encoded);
    if (stored === encoded.rows) return;
    throw new DeliveryIncompleteError(
      `${encoded.table} holds ${stored} rows with ${rangeOf(encoded)}, this delivery has ${encoded.rows}`,
    );
  }

  private async storedRows(encoded: EncodedDelivery): Promise<number> {
    const answer = await this.client.query({
      query: `SELECT count() AS stored FROM ${encoded.table} WHERE ${rangeOf(encoded)}`,
      format: 'JSONEachRow',
    });
    const [row] = await answer.json<{ stored: string }>();
    return Number(row!.stored);
  }

  private async insertMissing(encoded: EncodedDelivery): Promise<void> {
    const { table, columns, body } = encoded;
    const names = columnNames(encoded);
    const identity = ['src_offset', 'src_index', ...(table === 'rated' ? ['charge_number'] : [])].join(', ');
    const structure = columns.map(({ name, type }) => `${name} ${type}`).join(', ');
    await this.insert(
      `INSERT INTO ${table} (${names}) SELECT ${names} FROM input('${structure.replaceAll("'", "\\'")}')
       WHERE (${identity}) NOT IN (SELECT ${identity} FROM ${table} WHERE ${rangeOf(encoded)}) FORMAT RowBinary`,
      body,
      REPAIR_SETTINGS,
    );
  }

  private async insert(query: string, body: Buffer, settings: ClickHouseSettings): Promise<void> {
    const { stream } = await this.client.exec({
      query,
      values: Readable.from([body], { objectMode: false }),
      clickhouse_settings: settings,
    });
    // A failure after the headers comes as text behind a status of 200; an insert that worked answers nothing.
    let answer = '';
    for await (const chunk of stream as AsyncIterable<Buffer>) answer += chunk.toString();
    if (answer.trim() !== '') throw new DeliveryIncompleteError(answer.trim());
  }

  private encode(delivery: Delivery): EncodedDelivery {
    const table = WAREHOUSE_TABLES[delivery.topic as TopicName]!;
    const { writer } = this;
    writer.truncate(0);
    let rows = 0;
    for (const message of delivery.messages) {
      if (table === 'raw') rows += this.rawRows.write(writer, message.value, message);
      else rows += rowWriters[table](writer, message.value, message);
    }
    const columns = table === 'raw' ? RAW_COLUMNS : columnsOf(table);
    return { delivery, table, columns, body: writer.take(), rows };
  }
}
