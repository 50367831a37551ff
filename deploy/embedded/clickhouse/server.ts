import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { engineCommand } from './launcher.ts';

export interface EmbeddedServerOptions {
  /** Data folder of the server; one server at a time. */
  readonly directory: string;
  /** Folder for the compiled launcher. */
  readonly cacheDirectory: string;
  /** 0 or absent: a free port. */
  readonly port?: number;
}

export interface EmbeddedServer {
  readonly url: string;
  /** Rejects when the server ends without having been stopped. */
  readonly ended: Promise<never>;
  stop(): Promise<void>;
}

/** The last query only keeps the process alive; it costs no processor time. */
const KEEP_ALIVE =
  'SELECT sleepEachRow(3) FROM system.numbers SETTINGS max_block_size=1, function_sleep_max_microseconds_per_block=0, max_threads=1 FORMAT Null';
const START_DEADLINE_MS = 30_000;

/** A port of the loopback interface that is free now. */
async function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        taken
          ? new Error(`Port ${wanted} is taken by another program; give another one, or 0 for any.`)
          : error,
      );
    });
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : wanted;
      probe.close(() => resolve(port));
    });
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/ping`, { signal: AbortSignal.timeout(1_000) })).ok;
  } catch {
    return false;
  }
}

function tail(path: string): string {
  return readFileSync(path, 'utf8').trim().split('\n').slice(-3).join('\n');
}

function spawnServer(
  options: EmbeddedServerOptions,
  port: number,
  tcpPort: number,
  logPath: string,
): ChildProcess {
  const engine = engineCommand(options.cacheDirectory);
  const log = openSync(logPath, 'w');
  const query = `SYSTEM START LISTEN HTTP; SYSTEM START LISTEN TCP; ${KEEP_ALIVE}`;
  const args = [
    '--path',
    join(options.directory, 'data'),
    '--listen_host',
    '127.0.0.1',
    '--http_port',
    String(port),
  ];
  const child = spawn(
    engine.command,
    [...engine.args, ...args, '--tcp_port', String(tcpPort), '--query', query],
    {
      env: { ...process.env, ...engine.environment },
      stdio: ['ignore', log, log],
      // In a process group of its own: Ctrl-C in a terminal is for us, and we stop it after the last insert.
      detached: true,
    },
  );
  closeSync(log);
  return child;
}

/**
 * Starts a real ClickHouse (HTTP and native listeners on loopback) out of the engine library as a child process that
 * ends with this one. Resolves when it answers.
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  mkdirSync(join(options.directory, 'data'), { recursive: true });
  const logPath = join(options.directory, 'server.log');
  const port = await freePort(options.port);
  const url = `http://127.0.0.1:${port}`;
  const attempts = START_DEADLINE_MS / 500;
  for (let attempt = 1; ; attempt++) {
    const child = spawnServer(options, port, await freePort(), logPath);
    if (await becomesReady(child, url)) return handle(child, url, logPath);
    // A server of a killed process may still hold the folder for a moment.
    const locked = /Cannot lock file|status file|CANNOT_OPEN_FILE/.test(readFileSync(logPath, 'utf8'));
    if (!locked || attempt >= attempts) {
      child.kill('SIGKILL');
      throw new Error(`The embedded ClickHouse did not start; ${logPath} ends with:\n${tail(logPath)}`);
    }
    await delay(250);
  }
}

async function becomesReady(child: ChildProcess, url: string): Promise<boolean> {
  const deadline = performance.now() + START_DEADLINE_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) return false;
    if (await answers(url)) return true;
    await delay(15);
  }
  return false;
}

function handle(child: ChildProcess, url: string, logPath: string): EmbeddedServer {
  let stopping = false;
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const ended = exited.then<never>(async () => {
    if (stopping) await new Promise(() => undefined);
    throw new Error(`The embedded ClickHouse ended by itself; ${logPath} ends with:\n${tail(logPath)}`);
  });
  ended.catch(() => undefined);
  return {
    url,
    ended,
    async stop() {
      stopping = true;
      child.kill('SIGTERM');
      await exited;
    },
  };
}
