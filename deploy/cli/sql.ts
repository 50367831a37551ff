import { Command } from 'commander';
import { NoWarehouseError, withWarehouse } from './warehouse-access.ts';

interface SqlOptions {
  readonly data: string;
  readonly url?: string;
  readonly json?: boolean;
  readonly format?: string;
}

function formatFor(options: SqlOptions): string {
  if (options.format !== undefined) return options.format;
  if (options.json === true) return 'JSONEachRow';
  return process.stdout.isTTY ? 'PrettyCompact' : 'TSVWithNames';
}

async function run(url: string, query: string, format: string): Promise<number> {
  const response = await fetch(`${url}/?default_format=${format}`, { method: 'POST', body: query });
  const text = await response.text();
  (response.ok ? process.stdout : process.stderr).write(text.endsWith('\n') ? text : `${text}\n`);
  return response.ok ? 0 : 1;
}

async function main(query: string, options: SqlOptions): Promise<number> {
  try {
    return await withWarehouse(options, (url) => run(url, query, formatFor(options)));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return error instanceof NoWarehouseError ? 2 : 1;
  }
}

const program = new Command('sql')
  .description('Runs a query on the ClickHouse of a service or of the last demo.')
  .argument('<query>', 'SQL, e.g. "select file_name, lines, status from files"')
  .option('--data <folder>', 'data folder of the service', '.tally/demo/data')
  .option('--url <url>', 'another ClickHouse server')
  .option('--json', 'one JSON object a line')
  .option('--format <name>', "any of ClickHouse's output formats")
  .addHelpText('after', '\nShows the tables: npm run sql -- "show tables"');

await program.parseAsync();
process.exitCode = await main(program.args[0] ?? '', program.opts<SqlOptions>());
