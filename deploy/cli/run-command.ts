import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { loadConfiguration } from '../embedded/configuration.ts';
import { Service } from '../embedded/service.ts';
import type { BillingTarget } from '../embedded/service.ts';
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

async function run(options: RunOptions): Promise<void> {
  const home = resolve(options.home);
  const configuration = loadConfiguration(resolve(options.catalog));
  const say = (line: string): void => {
    if (options.quiet !== true) process.stderr.write(`${line}\n`);
  };
  for (const warning of configuration.warnings) say(warning);
  const service = await Service.open({
    ...{
      configuration,
      home,
      dataDirectory: resolve(options.data ?? join(home, '.tallystream')),
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
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  process.stdout.write(
    `${JSON.stringify({ ready: true, pid: process.pid, clickhouse: service.warehouse.url, catalogVersion: configuration.catalogVersion })}\n`,
  );
  try {
    await (options.untilDone === true
      ? runUntilDone(service, stopping.signal, say)
      : service.run(stopping.signal));
  } finally {
    await service.stop();
  }
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
    .option('--until-done', 'end when everything there is was taken in, rated and billed')
    .option('--quiet', 'say nothing but errors')
    .action(run);
}
