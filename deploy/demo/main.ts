import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { systemClock } from '../../streams/engine/index.ts';
import { reportFailure } from '../cli/report-failure.ts';
import { wholeNumber } from '../cli/whole-number.ts';
import { createProgress } from './report/progress.ts';
import { isClean } from './report/report-model.ts';
import type { RunReport } from './report/report-model.ts';
import { renderHtml } from './report/render-html.ts';
import { renderText, wantsColor } from './report/render-text.ts';
import { runDemo } from './run-demo.ts';

interface Options {
  readonly records: number;
  readonly subscriptions: number;
  readonly seed: string;
  readonly judge?: boolean;
  readonly json?: boolean;
  readonly allFiles?: boolean;
  readonly directory: string;
  readonly clickhouse?: string;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

function leaveReport(directory: string, report: RunReport): string {
  mkdirSync(directory, { recursive: true });
  for (const [name, text] of [
    ['report.html', renderHtml(report)],
    ['report.json', `${JSON.stringify(report, null, 2)}\n`],
  ] as const) {
    writeFileSync(join(directory, `.${name}.tmp`), text);
    renameSync(join(directory, `.${name}.tmp`), join(directory, name));
  }
  return join(directory, 'report.html');
}

function show(report: RunReport, page: string, options: Options): void {
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify(report)}\n`);
    return;
  }
  const color = wantsColor(process.env, process.stdout.isTTY);
  process.stdout.write(
    renderText(report, { width: process.stdout.columns || 120, color, allFiles: options.allFiles === true }),
  );
  process.stdout.write(`\nReport with charts: ${relative(process.cwd(), page)}\n`);
  process.stdout.write(
    'Ask ClickHouse:     npm run sql -- "select file_name, file_status, file_lines from file_state order by file_name"\n',
  );
  if (options.judge !== true) process.stdout.write('Prove it:           npm run demo -- --judge\n');
}

async function main(options: Options): Promise<void> {
  const directory = resolve(options.directory);
  const report = await runDemo({
    ...{
      directory,
      records: options.records,
      subscriptions: options.subscriptions,
      seed: options.seed,
      askJudge: options.judge === true,
    },
    ...(options.clickhouse === undefined ? {} : { clickhouseUrl: options.clickhouse }),
    clock: systemClock,
    progress: createProgress({
      output: {
        write: (text) => process.stderr.write(text),
        isTerminal: process.stderr.isTTY,
        width: process.stderr.columns || 100,
      },
      clock: systemClock,
    }),
  });
  show(report, leaveReport(directory, report), options);
  if (!isClean(report)) process.exitCode = 1;
}

const program = new Command('demo')
  .description(
    'A month of a fictitious carrier: usage files in, exactly-once rating, billing, and a reconciliation whose difference is zero.',
  )
  .option('--records <number>', 'usage records to generate', wholeNumber(1_000), 100_000)
  .option('--subscriptions <number>', 'subscriptions of the carrier', wholeNumber(100), 2_000)
  .option('--seed <text>', 'the same seed gives the same usage', 'demo')
  .option('--judge', 'compute everything a second time with independent code and compare record by record')
  .option('--json', 'print one JSON document with everything instead of tables')
  .option('--all-files', 'show every file, not only those of interest')
  .option(
    '--directory <folder>',
    'where input, data and report go; emptied first',
    join(ROOT, '.tally', 'demo'),
  )
  .option('--clickhouse <url>', 'use this ClickHouse server (with an empty database) instead of starting one')
  .action(main);

try {
  await program.parseAsync();
} catch (error) {
  reportFailure(error);
}
