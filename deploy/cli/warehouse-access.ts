import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startEmbeddedServer } from '../embedded/clickhouse/server.ts';
import { dataLayout } from '../embedded/data-layout.ts';
import { liveAddress } from './address-file.ts';

/** The data folder holds no ClickHouse data; the message says what to do. */
export class NoWarehouseError extends Error {}

/**
 * Gives the ClickHouse of a data folder to `use`: the running service's, or one that is started for the moment.
 * @throws NoWarehouseError
 */
export async function withWarehouse<Result>(
  { data, url }: { readonly data: string; readonly url?: string | undefined },
  use: (url: string) => Promise<Result>,
): Promise<Result> {
  const layout = dataLayout(resolve(data));
  const running = url ?? (await liveAddress(layout.clickhouseAddress, '/ping'));
  if (running !== null) return use(running);
  if (!existsSync(join(layout.clickhouse, 'data'))) {
    throw new NoWarehouseError(
      `There is no ClickHouse data in ${layout.clickhouse}. Run "npm run demo" first, or name the data folder of a service by --data.`,
    );
  }
  const server = await startEmbeddedServer({ directory: layout.clickhouse, cacheDirectory: layout.cache });
  try {
    return await use(server.url);
  } finally {
    await server.stop();
  }
}
