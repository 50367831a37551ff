import { SinkWorker } from '../../engine/index.ts';
import type { Clock, EventListener, Transport } from '../../engine/index.ts';
import { WAREHOUSE_TABLES } from './warehouse-inserter.ts';
import type { Inserter } from './warehouse-inserter.ts';

export interface WarehouseOptions {
  readonly inserter: Inserter;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly instance: string;
  readonly onEvent?: EventListener;
}

const MAX_DELIVERY_BYTES = 12 << 20;
/** Large inserts cost ClickHouse far less per row; in quiet times rows come at once. */
const LINGER_MS = 3_000;
const QUIET_MS = 150;

/** Brings every topic of interest to ClickHouse, each row once. */
export function createWarehouseWorker({ inserter, ...options }: WarehouseOptions): SinkWorker {
  return new SinkWorker({
    ...options,
    name: 'warehouse',
    topics: Object.keys(WAREHOUSE_TABLES),
    maxRecords: Number.MAX_SAFE_INTEGER,
    maxBytes: MAX_DELIVERY_BYTES,
    maxInFlight: 4,
    lingerMs: LINGER_MS,
    quietMs: QUIET_MS,
    deliver: (delivery) => inserter.deliver(delivery),
  });
}
