import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A command that behaves as `clickhouse local`: put the arguments behind `args`. */
export interface EngineCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

class EngineMissingError extends Error {}

const here = dirname(fileURLToPath(import.meta.url));

/** Packages that hold the engine library, by platform and processor. */
const LIBRARY_PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': '@chdb/lib-linux-x64-gnu',
  'linux-arm64': '@chdb/lib-linux-arm64-gnu',
  'darwin-arm64': '@chdb/lib-darwin-arm64',
  'darwin-x64': '@chdb/lib-darwin-x64',
};

function findLibrary(): string {
  const name = LIBRARY_PACKAGES[`${process.platform}-${process.arch}`];
  const advice = 'Give a ClickHouse server by --clickhouse URL instead.';
  if (name === undefined) {
    throw new EngineMissingError(
      `The embedded ClickHouse has no build for ${process.platform}-${process.arch}. ${advice}`,
    );
  }
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'libchdb.so');
  } catch (cause) {
    throw new EngineMissingError(
      `The package ${name} is not installed: run "npm install --no-save ${name}". ${advice}`,
      { cause },
    );
  }
}

/** Compiles the launcher once; null when there is no C compiler. */
function compiledLauncher(cacheDirectory: string): string | null {
  const source = join(here, 'launcher.c');
  const binary = join(cacheDirectory, 'clickhouse-launcher');
  if (existsSync(binary) && statSync(binary).mtimeMs >= statSync(source).mtimeMs) return binary;
  mkdirSync(cacheDirectory, { recursive: true });
  const temporary = `${binary}.${process.pid}`;
  const linkFlags = process.platform === 'linux' ? ['-ldl'] : [];
  for (const compiler of ['cc', 'gcc', 'clang']) {
    const result = spawnSync(compiler, ['-O1', '-o', temporary, source, ...linkFlags], { stdio: 'ignore' });
    if (result.status !== 0) continue;
    renameSync(temporary, binary);
    return binary;
  }
  return null;
}

/** Finds the command for the embedded engine: a compiled launcher, or Python where there is no C compiler. */
export function engineCommand(cacheDirectory: string): EngineCommand {
  const environment = { CHDB_LIB: findLibrary(), TALLY_DIE_WITH_PARENT: '1' };
  const binary = compiledLauncher(cacheDirectory);
  if (binary !== null) return { command: binary, args: [], environment };
  if (spawnSync('python3', ['--version'], { stdio: 'ignore' }).status === 0) {
    return { command: 'python3', args: [join(here, 'launcher.py')], environment };
  }
  throw new EngineMissingError(
    'The embedded ClickHouse needs a C compiler (cc, gcc or clang) or python3 to be started. Install one of them, or give a server by --clickhouse URL.',
  );
}
