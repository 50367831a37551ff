import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface ChildOptions {
  /** Path of a TypeScript file below the repository. */
  readonly script: string;
  readonly args: readonly string[];
  /** Gets everything the child says on standard error. */
  readonly logFile: string;
  readonly onLine?: (line: string) => void;
}

/** How a child ended. */
export interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A script of ours in one process of its own, without a shell or launcher between, so that a signal hits the right one. */
export interface Child {
  readonly pid: number;
  /** The first line of standard output, parsed; null when the child ended without one. */
  readonly ready: Promise<Readonly<Record<string, unknown>> | null>;
  readonly ended: Promise<ChildEnd>;
  kill(signal: NodeJS.Signals): void;
}

export function startChild(options: ChildOptions): Child {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--import', 'tsx', join(ROOT, options.script), ...options.args],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise<ChildEnd>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const log = openSync(options.logFile, 'a');
  void ended.then(() => closeSync(log));
  createInterface({ input: child.stderr }).on('line', (line) => {
    options.onLine?.(line);
    writeSync(log, `${line}\n`);
  });
  const ready = new Promise<Readonly<Record<string, unknown>> | null>((resolve) => {
    createInterface({ input: child.stdout }).once('line', (line) =>
      resolve(JSON.parse(line) as Record<string, unknown>),
    );
    void ended.then(() => resolve(null));
  });
  return { pid: child.pid!, ready, ended, kill: (signal) => void child.kill(signal) };
}

/** The last lines of a log, for messages. */
export function tailOf(file: string, lines = 12): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}
