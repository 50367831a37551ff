import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { startEmbeddedServer } from '../embedded/clickhouse/server.ts';
import { dataLayout } from '../embedded/data-layout.ts';

interface SqlOptions {
  readonly data: string;
  readonly url?: string;
  readonly json?: boolean;
  readonly format?: string;
}

/** Address of a server that a running service has published, or null. */
async function runningServer(addressFile: string): Promise<string | null> {
  if (!existsSync(addressFile)) return null;
  const { url } = JSON.parse(readFileSync(addressFile, 'utf8')) as { url: string };
  try {
    return (await fetch(`${url}/ping`, { signal: AbortSignal.timeout(1_000) })).ok ? url : null;
  } catch {
    return null;
  }
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
  const layout = dataLayout(resolve(options.data));
  const url = options.url ?? (await runningServer(layout.clickhouseAddress));
  if (url !== null) return run(url, query, formatFor(options));
  if (!existsSync(join(layout.clickhouse, 'data'))) {
    process.stderr.write(
      `There is no ClickHouse data in ${layout.clickhouse}. Run "npm run demo" first, or name a folder by --data or a server by --url.\n`,
    );
    return 2;
  }
  const server = await startEmbeddedServer({ directory: layout.clickhouse, cacheDirectory: layout.cache });
  try {
    return await run(server.url, query, formatFor(options));
  } finally {
    await server.stop();
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
