import { resolve } from 'node:path';
import { Command } from 'commander';
import { ConfigurationError, loadConfiguration } from '../embedded/configuration.ts';

interface ValidateOptions {
  readonly catalog: string;
  readonly json?: boolean;
}

function validate({ catalog, json }: ValidateOptions): void {
  try {
    const { catalogVersion, directory, warnings } = loadConfiguration(resolve(catalog));
    const summary = {
      ok: true,
      catalogVersion,
      subscriptions: directory.size,
      balanceGroups: directory.groups,
      warnings,
    };
    process.stdout.write(
      json === true
        ? `${JSON.stringify(summary)}\n`
        : [
            ...warnings,
            `The catalog is good: version ${catalogVersion}, ${directory.size} subscriptions.`,
          ].join('\n') + '\n',
    );
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.exitCode = 1;
    if (json === true) process.stdout.write(`${JSON.stringify({ ok: false, faults: error.faults })}\n`);
    else process.stderr.write(`${error.message}\n`);
  }
}

export function validateCommand(): Command {
  return new Command('validate')
    .description('Checks a catalog folder whole and names every fault with file, line and path.')
    .requiredOption('--catalog <folder>', 'folder with the catalog (*.yaml) and subscriptions (*.jsonl)')
    .option('--json', 'print one JSON document')
    .action(validate);
}
