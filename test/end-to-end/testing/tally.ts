import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface ReadyLine {
  readonly pid: number;
  readonly clickhouse: string;
  readonly operations: string;
}

export interface Started {
  readonly child: ChildProcess;
  /** The line that says that it works. Rejects when it ends before. */
  readonly ready: Promise<ReadyLine>;
  readonly ended: Promise<Ended>;
}

function spawnScript(script: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
}

function firstLine<Line>(child: ChildProcess, ended: Promise<Ended>): Promise<Line> {
  const line = new Promise<Line>((resolve, reject) => {
    createInterface({ input: child.stdout! }).once('line', (text) => {
      // Other commands print text.
      if (text.startsWith('{')) resolve(JSON.parse(text) as Line);
    });
    ended.then(
      ({ code, err }) => reject(new Error(`ended with ${code} before it was ready: ${err}`)),
      reject,
    );
  });
  line.catch(() => undefined);
  return line;
}

function follow(child: ChildProcess): Promise<Ended> {
  let out = '';
  let err = '';
  child.stdout!.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr!.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

/** Starts `tally …` as a process of its own, in a process group of its own. */
export function startTally(...args: readonly string[]): Started {
  const child = spawnScript('deploy/cli/main.ts', args);
  const ended = follow(child);
  return { child, ended, ready: firstLine<ReadyLine>(child, ended) };
}

/** Runs `tally …` to its end. */
export async function tally(...args: readonly string[]): Promise<Ended> {
  return startTally(...args).ended;
}

export interface Simulator {
  readonly url: string;
  accepted(): Promise<{ readonly client_record_id: string }[]>;
  stop(): Promise<void>;
}

/** Starts the billing simulator as a process; accounts are all known to it. */
export async function startSimulator(journal: string, ...args: readonly string[]): Promise<Simulator> {
  const known = ['--unknown-accounts', '0', '--unknown-plans', '0'];
  const child = spawnScript('deploy/demo/billing-simulator/server.ts', [
    '--journal',
    journal,
    ...known,
    ...args,
  ]);
  const ended = follow(child);
  const { port } = await firstLine<{ port: number }>(child, ended);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    async accepted() {
      const text = await (await fetch(`${url}/accepted`)).text();
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as { client_record_id: string });
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Waits until a check holds. @throws after a minute, with what is awaited */
export async function until(what: string, check: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 1200; attempt++) {
    if (await check()) return;
    await delay(50);
  }
  throw new Error(`${what} did not come about within a minute`);
}
