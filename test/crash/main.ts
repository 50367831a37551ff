/** npm run crash -- --kills N [--records N] [--seed S] [--json] [--keep]: exit code 0 when nothing differs, 1 otherwise. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { wholeNumber } from '../../deploy/cli/whole-number.ts';
import { proveCrashSafety } from './crash-proof.ts';
import { renderResult } from './render-result.ts';

interface CrashOptions {
  readonly kills: number;
  readonly records: number;
  readonly seed: string;
  readonly json?: boolean;
  readonly keep?: boolean;
}

async function prove({ kills, records, seed, json, keep }: CrashOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tally-crash-'));
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  let ok = false;
  try {
    const result = await proveCrashSafety({ folder, kills, records, seed, onProgress: say });
    process.stdout.write(`${json === true ? JSON.stringify(result) : renderResult(result, kills)}\n`);
    ok = result.ok;
  } finally {
    if (ok && keep !== true) rmSync(folder, { recursive: true, force: true });
    else say(`Both runs are kept in ${folder}`);
    process.exitCode = ok ? 0 : 1;
  }
}

const program = new Command('crash')
  .description('Kills the service at random moments and proves that nothing differs from a run in peace.')
  .option('--kills <number>', 'kills after the ready line, at least 8', wholeNumber(1), 25)
  .option('--records <number>', 'usage records, at least 1000', wholeNumber(1), 30_000)
  .option('--seed <text>', 'repeats a plan of kills and its data', '1')
  .option('--json', 'print the result as one JSON document')
  .option('--keep', 'keep the folders of both runs')
  .action(prove);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
