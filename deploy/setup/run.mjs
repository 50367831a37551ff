#!/usr/bin/env node
// Entry of every npm script: makes sure that what the command needs is installed, then runs it.
// Plain JavaScript without dependencies, because it must work before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const marker = join(root, 'node_modules', '.tally-installed.json');

/** Command of package.json → script it runs and whether it needs the development packages. */
const commands = {
  demo: { script: 'deploy/demo/main.ts', development: false },
  sql: { script: 'deploy/cli/sql.ts', development: false },
  tally: { script: 'deploy/cli/main.ts', development: false },
  crash: { script: 'test/crash/main.ts', development: false },
  bench: { script: 'bench/main.ts', development: true },
  test: { script: 'deploy/setup/test.mjs', development: true },
  check: { script: 'deploy/setup/check.mjs', development: true },
};

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Node ${process.versions.node} is too old: Tallystream needs Node 20.19 or newer.`);
}

/** Installs node_modules when missing, outdated, or without the development packages that are needed. */
export function ensureInstalled(development) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const installed = existsSync(marker)
    ? JSON.parse(readFileSync(marker, 'utf8'))
    : { lock: '', development: false };
  if (installed.lock === lock && (installed.development || !development)) return;
  process.stderr.write(
    `Installing packages${development ? ' for development' : ''} (once; about 600 MB on disk)…\n`,
  );
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...(development ? [] : ['--omit=dev'])];
  const result = spawnSync('npm', args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0)
    fail(
      'npm ci failed (see above). Check the network and the free disk space, then run the same command again.',
    );
  mkdirSync(dirname(marker), { recursive: true });
  writeFileSync(marker, JSON.stringify({ lock, development }));
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** Runs a script of ours with the TypeScript loader; resolves to its exit code. */
export function runScript(script, args, options = {}) {
  const loader = script.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const result = spawnSync(
    process.execPath,
    ['--max-semi-space-size=64', ...loader, join(root, script), ...args],
    {
      stdio: 'inherit',
      ...options,
    },
  );
  if (result.signal) process.kill(process.pid, result.signal);
  return result.status ?? 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name = '', ...args] = process.argv.slice(2);
  const command = commands[name];
  if (!command) fail(`Unknown command "${name}". One of: ${Object.keys(commands).join(', ')}.`);
  checkNode();
  ensureInstalled(command.development);
  // Signals go to the whole foreground group; the child decides how to stop, this process waits for it.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
  process.exit(runScript(command.script, args));
}
