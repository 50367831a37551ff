import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { loadConfiguration } from '../embedded/configuration.ts';
import { dataLayout } from '../embedded/data-layout.ts';
import { startOperationsApi } from '../embedded/operations-api.ts';
import { Service } from '../embedded/service.ts';
import type { BillingTarget } from '../embedded/service.ts';
import { publishAddress, withdrawAddress } from './address-file.ts';
import { describeEvent } from './describe-event.ts';
import { wholeNumber } from './whole-number.ts';

interface RunOptions {
  readonly catalog: string;
  readonly home: string;
  readonly data?: string;
  readonly clickhouse?: string;
  readonly billing?: string;
  readonly clientNo: string;
  readonly authKey: string;
  readonly partitions?: number;
  readonly recordsPerSecond?: number;
  readonly httpPort: number;
  readonly untilDone?: boolean;
  readonly quiet?: boolean;
}

function billingTarget({ billing, clientNo, authKey }: RunOptions): BillingTarget | null {
  return billing === undefined ? null : { url: billing, clientNo, authKey };
}

/** Takes in, rates and bills what there is, then ends; started again after a kill it goes on where it was. */
async function runUntilDone(
  service: Service,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  await service.run(signal, true);
  if (signal.aborted || !service.hasUnbilledUsage()) return;
  say(`billing run ${await service.bill()} ordered`);
  await service.run(signal, true);
}

/** Says what could not be taken in; that is no success for somebody who waits for the end. */
function reportBlocked(service: Service): void {
  const { blocked } = service.gateway;
  if (blocked.length === 0) return;
  process.exitCode = 1;
  for (const { file, reason } of blocked) process.stderr.write(`not taken in: ${file}: ${reason}\n`);
}

async function openService(options: RunOptions, say: (line: string) => void): Promise<Service> {
  const configuration = loadConfiguration(resolve(options.catalog));
  for (const warning of configuration.warnings) say(warning);
  return Service.open({
    ...{
      configuration,
      home: resolve(options.home),
      dataDirectory: dataFolder(options),
      billing: billingTarget(options),
    },
    ...(options.clickhouse === undefined ? {} : { clickhouseUrl: options.clickhouse }),
    ...(options.partitions === undefined ? {} : { partitions: options.partitions }),
    ...(options.recordsPerSecond === undefined ? {} : { recordsPerSecond: options.recordsPerSecond }),
    onEvent: (event) => {
      const line = describeEvent(event);
      if (line !== null) say(line);
    },
  });
}

function dataFolder({ data, home }: RunOptions): string {
  return resolve(data ?? join(home, '.tallystream'));
}

/** Works until a signal or the end. @throws what stopped it */
async function work(service: Service, options: RunOptions, say: (line: string) => void): Promise<void> {
  const stopping = new AbortController();
  const { operationsAddress } = dataLayout(dataFolder(options));
  const operations = await startOperationsApi(service, options.httpPort);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      operations.drain();
      stopping.abort();
    });
  try {
    publishAddress(operationsAddress, operations.url);
    const { catalogVersion } = service.configuration;
    process.stdout.write(
      `${JSON.stringify({ ready: true, pid: process.pid, clickhouse: service.warehouse.url, operations: operations.url, catalogVersion })}\n`,
    );
    await (options.untilDone === true
      ? runUntilDone(service, stopping.signal, say)
      : service.run(stopping.signal));
  } finally {
    withdrawAddress(operationsAddress);
    await operations.close();
  }
}

async function run(options: RunOptions): Promise<void> {
  const say = (line: string): void => {
    if (options.quiet !== true) process.stderr.write(`${line}\n`);
  };
  const service = await openService(options, say);
  try {
    await work(service, options, say);
  } catch (error) {
    // What stopped it is the message; that stopping failed too is its consequence.
    await service.stop().catch(() => undefined);
    throw error;
  }
  await service.stop();
  if (options.untilDone === true) reportBlocked(service);
}

export function runCommand(): Command {
  return new Command('run')
    .description(
      'Takes usage files in, rates them, bills them, and keeps everything reconcilable in ClickHouse; works until stopped.',
    )
    .requiredOption('--catalog <folder>', 'folder with the catalog (*.yaml) and subscriptions (*.jsonl)')
    .requiredOption(
      '--home <folder>',
      'files arrive in <home>/<client>/mediation/<platform>/<service type>/<record type>/input',
    )
    .option('--data <folder>', 'log, state and ClickHouse data (default: <home>/.tallystream)')
    .option('--clickhouse <url>', 'use this ClickHouse server instead of starting one')
    .option('--billing <url>', 'billing system that speaks bulk_record_usage_m; without it lines wait')
    .option('--client-no <number>', 'client number at the billing system', '5025550')
    .option(
      '--auth-key <key>',
      'key at the billing system',
      process.env['TALLY_BILLING_KEY'] ?? 'demo-auth-key',
    )
    .option(
      '--partitions <number>',
      'partitions of every topic, fixed when the data folder is made',
      wholeNumber(1),
    )
    .option('--records-per-second <number>', 'take in at most this many records a second', wholeNumber(1))
    .option(
      '--http-port <number>',
      'port of /health, /ready, /status, /metrics and /billing-runs on 127.0.0.1; 0 for any',
      wholeNumber(0),
      0,
    )
    .option('--until-done', 'end when everything there is was taken in, rated and billed')
    .option('--quiet', 'say nothing but errors')
    .action(run);
}
