import { resolve } from 'node:path';
import { Command } from 'commander';
import { dataLayout } from '../embedded/data-layout.ts';
import type { ServiceStatus } from '../embedded/service-status.ts';
import { liveAddress } from './address-file.ts';
import { readStatus, renderStatus } from './status-report.ts';
import { withWarehouse } from './warehouse-access.ts';

interface StatusOptions {
  readonly data: string;
  readonly url?: string;
  readonly json?: boolean;
}

async function runningStatus(data: string): Promise<ServiceStatus | null> {
  const address = await liveAddress(dataLayout(resolve(data)).operationsAddress, '/ready');
  if (address === null) return null;
  return (await (await fetch(`${address}/status`)).json()) as ServiceStatus;
}

async function status({ data, url, json }: StatusOptions): Promise<void> {
  const service = await runningStatus(data);
  const report = await withWarehouse({ data, url }, async (address) => readStatus(address, service));
  process.stdout.write(json === true ? `${JSON.stringify(report)}\n` : renderStatus(report));
}

export function statusCommand(): Command {
  return new Command('status')
    .description('Shows files, records, charges and billing lines of a service, running or not.')
    .requiredOption('--data <folder>', 'data folder of the service')
    .option('--url <url>', 'its ClickHouse server, when it was started with --clickhouse')
    .option('--json', 'print one JSON document')
    .action(status);
}
