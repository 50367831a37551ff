import { resolve } from 'node:path';
import { Command } from 'commander';
import { dataLayout } from '../embedded/data-layout.ts';
import { liveAddress } from './address-file.ts';

async function bill({ data }: { readonly data: string }): Promise<void> {
  const address = await liveAddress(dataLayout(resolve(data)).operationsAddress, '/ready');
  if (address === null) {
    throw new Error(
      `No service works on ${resolve(data)}. Start it by "tally run", then order the billing run again.`,
    );
  }
  const response = await fetch(`${address}/billing-runs`, { method: 'POST' });
  const answer = (await response.json()) as { runId?: string; error?: string };
  if (!response.ok) throw new Error(`The service refused: ${answer.error ?? response.statusText}`);
  process.stdout.write(`${answer.runId}\n`);
}

export function billCommand(): Command {
  return new Command('bill')
    .description(
      'Orders a billing run of everything rated so far and prints its id; the service must be running.',
    )
    .requiredOption('--data <folder>', 'data folder of the service')
    .action(bill);
}
