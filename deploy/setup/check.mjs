// The quality gates, cheapest first; every one runs, so that one look shows all that is wrong.
import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const bin = (name) => join(root, 'node_modules', '.bin', name);

const gates = [
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['types', bin('tsc'), ['-p', 'tsconfig.json']],
  [
    'layers',
    bin('depcruise'),
    [
      '--config',
      '.dependency-cruiser.cjs',
      'schemas',
      'processors',
      'streams',
      'deploy',
      'docs',
      'test',
      'bench',
    ],
  ],
  ['dead code', bin('knip'), ['--no-progress']],
  ['lint', bin('eslint'), ['.']],
];

/** Runs all gates; returns the names of those that failed. */
export function runGates() {
  return gates.filter(([name, command, args]) => {
    const started = performance.now();
    const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
    process.stdout.write(
      `${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`,
    );
    return status !== 0;
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(runGates().length === 0 ? 0 : 1);
