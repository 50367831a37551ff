import type { ClickHouseClient } from '@clickhouse/client';
import { SinkWorker } from '../../engine/index.ts';
import type { Clock, EventListener, Transport } from '../../engine/index.ts';
import { WAREHOUSE_TABLES, WarehouseInserter } from './warehouse-inserter.ts';

export interface WarehouseOptions {
  readonly client: ClickHouseClient;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly instance: string;
  readonly onEvent?: EventListener;
}

const MAX_DELIVERY_BYTES = 12 << 20;
const LINGER_MS = 400;

/** Brings every topic of interest to ClickHouse, each row once. */
export function createWarehouseWorker({ client, ...options }: WarehouseOptions): SinkWorker {
  const inserter = new WarehouseInserter(client);
  return new SinkWorker({
    ...options,
    name: 'warehouse',
    topics: Object.keys(WAREHOUSE_TABLES),
    maxRecords: Number.MAX_SAFE_INTEGER,
    maxBytes: MAX_DELIVERY_BYTES,
    maxInFlight: 4,
    lingerMs: LINGER_MS,
    deliver: (delivery) => inserter.deliver(delivery),
  });
}
