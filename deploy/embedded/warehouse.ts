import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ClickHouseClient } from '@clickhouse/client';
import { migrate } from '../../streams/workers/warehouse/migrate.ts';
import type { Migration } from '../../streams/workers/warehouse/migrate.ts';
import { createWarehouseClient } from '../../streams/workers/warehouse/warehouse-client.ts';
import { startEmbeddedServer } from './clickhouse/server.ts';
import type { EmbeddedServer } from './clickhouse/server.ts';
import type { DataLayout } from './data-layout.ts';

const SQL_FOLDER = fileURLToPath(new URL('../../schemas/clickhouse/', import.meta.url));
const PING_TIMEOUT_MS = 10_000;

/** The ClickHouse of a service: a child process of ours, or a server given by URL. */
export interface Warehouse {
  readonly client: ClickHouseClient;
  readonly url: string;
  /** Rejects when our child ends by itself. */
  readonly ended: Promise<never>;
  close(): Promise<void>;
}

function migrations(): Migration[] {
  return readdirSync(SQL_FOLDER)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => ({ name, sql: readFileSync(join(SQL_FOLDER, name), 'utf8') }));
}

/** Writes where the child listens, for `npm run sql`. */
function publishAddress(path: string, server: EmbeddedServer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify({ url: server.url, pid: process.pid })}\n`);
}

/** @throws in words when nobody answers there */
async function openClient(url: string): Promise<ClickHouseClient> {
  let client;
  try {
    client = createWarehouseClient(url);
    const response = await fetch(new URL('ping', url.endsWith('/') ? url : `${url}/`), {
      signal: AbortSignal.timeout(PING_TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return client;
  } catch (error) {
    await client?.close();
    const { message, cause } = error as Error;
    const reason =
      cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : message;
    throw new Error(
      `ClickHouse at ${url} does not answer (${reason}). Check the address and that the server runs; without --clickhouse an embedded one is started.`,
      { cause: error },
    );
  }
}

/** Connects to the given server, or starts the embedded one, and brings its tables up to date. */
export async function openWarehouse(layout: DataLayout, url?: string): Promise<Warehouse> {
  const server =
    url === undefined
      ? await startEmbeddedServer({ directory: layout.clickhouse, cacheDirectory: layout.cache })
      : null;
  const address = server?.url ?? url!;
  const client = await openClient(address);
  try {
    await migrate(client, migrations());
  } catch (cause) {
    await client.close();
    await server?.stop();
    throw new Error(`ClickHouse at ${address} does not take the tables: ${(cause as Error).message}`, {
      cause,
    });
  }
  if (server !== null) publishAddress(layout.clickhouseAddress, server);
  return {
    ...{ client, url: address, ended: server?.ended ?? new Promise<never>(() => undefined) },
    async close() {
      await client.close();
      if (server === null) return;
      rmSync(layout.clickhouseAddress, { force: true });
      await server.stop();
    },
  };
}
