import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SIZES = (process.env['BENCH_MEMORY_RECORDS'] ?? '1000000,10000000').split(',').map(Number);
const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

/** Peak resident memory of the service at growing numbers of records, each in a process of its own. */
export async function run(): Promise<object> {
  const runs = SIZES.map((records) => {
    const child = spawnSync(process.execPath, ['--import', 'tsx', MAIN, '--only', 'embedded', '--json'], {
      ...{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 64 << 20 },
      env: { ...process.env, BENCH_RECORDS: String(records), BENCH_RUNS: '1' },
    });
    return (JSON.parse(child.stdout) as { results: { embedded: { peakMemoryMiB: number } } }).results
      .embedded;
  });
  const first = runs[0]?.peakMemoryMiB ?? Number.NaN;
  const last = runs.at(-1)?.peakMemoryMiB ?? Number.NaN;
  return Promise.resolve({
    goal: 'at 10,000,000 records at most 1.3 times that at 1,000,000',
    runs,
    ratio: Number((last / first).toFixed(2)),
  });
}
