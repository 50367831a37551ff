// `npm test`: quality gates, then all tests by node's own runner. `npm test -- PATH...` runs only the given test files.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
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
const { status } = spawnSync(
  process.execPath,
  [
    '--import',
    'tsx',
    '--test',
    '--test-reporter=dot',
    '--test-reporter-destination=stdout',
    '--test-concurrency=2',
    ...files,
  ],
  { cwd: root, stdio: 'inherit' },
);
if (failed.length > 0)
  process.stderr.write(`Gates that failed: ${failed.map(([name]) => name).join(', ')}\n`);
process.exit(failed.length === 0 ? (status ?? 1) : 1);
