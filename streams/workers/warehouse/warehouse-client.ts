import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import type { ClickHouseClient } from '@clickhouse/client';

const REQUEST_TIMEOUT_MS = 120_000;

/** The client that everything of ours uses to talk to ClickHouse. @throws when the URL is none */
export function createWarehouseClient(url: string): ClickHouseClient {
  return createClient({
    ...{
      url,
      request_timeout: REQUEST_TIMEOUT_MS,
      max_open_connections: 8,
      compression: { request: false, response: false },
    },
    // Every failure reaches us as an error; its own log would say it a second time.
    log: { level: ClickHouseLogLevel.OFF },
    // Keeps long requests alive behind proxies.
    clickhouse_settings: { send_progress_in_http_headers: 1, http_headers_progress_interval_ms: '20000' },
  });
}
