import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a service keeps what is its own; paths are built nowhere else. */
export interface DataLayout {
  readonly log: string;
  readonly snapshots: string;
  readonly clickhouse: string;
  /** Address of the running ClickHouse child, for `npm run sql`. */
  readonly clickhouseAddress: string;
  /** Address of the operations API of the running service, for `tally status` and `tally bill`. */
  readonly operationsAddress: string;
  /** Compiled launcher; may be shared by all services of the machine. */
  readonly cache: string;
}

export function dataLayout(dataDirectory: string): DataLayout {
  return {
    log: join(dataDirectory, 'log'),
    snapshots: join(dataDirectory, 'snapshots'),
    clickhouse: join(dataDirectory, 'clickhouse'),
    clickhouseAddress: join(dataDirectory, 'clickhouse', 'address.json'),
    operationsAddress: join(dataDirectory, 'operations.json'),
    cache: process.env['TALLY_CACHE'] ?? join(tmpdir(), `tallystream-${process.getuid?.() ?? 0}`),
  };
}
