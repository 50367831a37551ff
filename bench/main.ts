import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { machine } from './machine.ts';

interface BenchmarkOptions {
  readonly only?: string[];
  readonly json?: boolean;
}

/** Name → module that exports `run()`. Each runs in a process of its own, so that none measures another's heap. */
const BENCHMARKS: Readonly<Record<string, string>> = {
  rating: './rating.ts',
  codec: './codec.ts',
  parsing: './parsing.ts',
  store: './store.ts',
  'rate-worker': './rate-worker.ts',
  embedded: './embedded.ts',
  memory: './memory.ts',
};

const CHILD = `const { run } = await import(process.argv[1]); process.stdout.write('\\n' + JSON.stringify(await run()) + '\\n');`;

function runInChild(module: string): unknown {
  const path = fileURLToPath(new URL(module, import.meta.url));
  const child = spawnSync(
    process.execPath,
    ['--max-semi-space-size=64', '--import', 'tsx', '--expose-gc', '--input-type=module', '-e', CHILD, path],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      maxBuffer: 64 << 20,
    },
  );
  if (child.status !== 0) return { failed: true, exitCode: child.status, signal: child.signal };
  return JSON.parse(child.stdout.trim().split('\n').at(-1) ?? 'null');
}

const program = new Command('bench')
  .description('Measures the published figures. Nothing is asserted; quote the medians.')
  .option('--only <name...>', `some of: ${Object.keys(BENCHMARKS).join(', ')}`)
  .option('--json', 'print one JSON document')
  .parse();
const options = program.opts<BenchmarkOptions>();
const names = options.only ?? Object.keys(BENCHMARKS);
const unknown = names.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0)
  program.error(
    `There is no benchmark ${unknown.join(', ')}; there are ${Object.keys(BENCHMARKS).join(', ')}.`,
  );

const results: Record<string, unknown> = {};
for (const name of names) {
  process.stderr.write(`${name}…\n`);
  results[name] = runInChild(BENCHMARKS[name]!);
}
process.stdout.write(
  `${JSON.stringify({ machine: machine(), results }, null, options.json === true ? undefined : 2)}\n`,
);
