// `npm test`: quality gates, then all tests by node's own runner. `npm test -- PATH...` runs only the given test files.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runGates } from './check.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const folders = ['schemas', 'processors', 'streams', 'deploy', 'docs', 'test', 'bench'];

function testFiles(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => join(folder, name))
    .filter((name) => name.endsWith('.test.ts'))
    .sort();
}

const chosen = process.argv.slice(2);
const failed = chosen.length > 0 ? [] : runGates();
const files =
  chosen.length > 0
    ? chosen.map((path) => relative(root, join(process.cwd(), path)))
    : folders.flatMap(testFiles);
const scratch = mkdtempSync(join(tmpdir(), 'tally-test-'));
const counts = join(scratch, 'counts.tap');
const { status } = spawnSync(
  process.execPath,
  [
    ...['--import', 'tsx', '--import', './test/property-seed.mjs', '--test', '--test-concurrency=2'],
    ...['--test-reporter=dot', '--test-reporter-destination=stdout'],
    ...['--test-reporter=tap', `--test-reporter-destination=${counts}`],
    ...files,
  ],
  { cwd: root, stdio: 'inherit' },
);
const tap = readFileSync(counts, 'utf8');
rmSync(scratch, { recursive: true });

/** Dots do not say what failed: the names and reasons, then one line that counts. */
function tell() {
  const lines = tap.split('\n');
  const failures = lines.flatMap((line, index) =>
    /^\s*not ok/.test(line) ? [lines.slice(index, index + 30).join('\n')] : [],
  );
  if (failures.length > 0) process.stdout.write(`${failures.join('\n')}\n`);
  const count = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
  const failedTests = count('fail') + count('cancelled');
  process.stdout.write(`\n${count('pass')} passed, ${failedTests} failed, ${count('skipped')} skipped\n`);
}

tell();
if (failed.length > 0)
  process.stderr.write(`Gates that failed: ${failed.map(([name]) => name).join(', ')}\n`);
process.exit(failed.length === 0 ? (status ?? 1) : 1);
