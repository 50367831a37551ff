import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateDemo } from '../deploy/demo/generator/generate-demo.ts';
import { loadConfiguration } from '../deploy/embedded/configuration.ts';
import { Service } from '../deploy/embedded/service.ts';

const RECORDS = Number(process.env['BENCH_RECORDS'] ?? 1_000_000);
const RUNS = Number(process.env['BENCH_RUNS'] ?? 3);

interface EmbeddedFigures {
  readonly records: number;
  readonly wallSeconds: number;
  readonly recordsPerSecond: number;
  /** Of the service's process; ClickHouse is a process of its own. */
  readonly recordsPerCpuSecond: number;
  readonly peakMemoryMiB: number;
  /** In ClickHouse, compressed, as its merges stand at the end. */
  readonly diskBytesPerRow: { readonly rated: number; readonly raw: number };
}

async function diskBytesPerRow(service: Service, table: string): Promise<number> {
  const result = await service.warehouse.client.query({
    query: `SELECT round(sum(bytes_on_disk) / sum(rows), 1) AS bytes FROM system.parts WHERE active AND table = '${table}'`,
    format: 'JSONEachRow',
  });
  const [row] = await result.json<{ bytes: number }>();
  return row!.bytes;
}

/** Files in input/ → raw and rated rows in ClickHouse, log synced at commits; the demo's catalog and its imperfect feeds. */
async function measure(records: number): Promise<EmbeddedFigures> {
  const directory = mkdtempSync(join(tmpdir(), 'tally-bench-'));
  try {
    const home = join(directory, 'home');
    await generateDemo({ home, catalogDirectory: join(directory, 'catalog'), records, seed: 'bench' });
    const configuration = loadConfiguration(join(directory, 'catalog'));
    const service = await Service.open({
      configuration,
      home,
      dataDirectory: join(directory, 'data'),
      billing: null,
    });
    const cpu = process.cpuUsage();
    const start = performance.now();
    await service.run(new AbortController().signal, true);
    const wall = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const done = service.counters.mediated;
    const disk = {
      rated: await diskBytesPerRow(service, 'rated'),
      raw: await diskBytesPerRow(service, 'raw'),
    };
    await service.stop();
    return {
      records: done,
      wallSeconds: Number(wall.toFixed(2)),
      recordsPerSecond: Math.round(done / wall),
      recordsPerCpuSecond: Math.round(done / ((user + system) / 1e6)),
      peakMemoryMiB: Math.round(process.resourceUsage().maxRSS / 1024),
      diskBytesPerRow: disk,
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function spread(values: readonly number[]): { min: number; median: number; max: number } {
  const sorted = [...values].sort((a, b) => a - b);
  return { min: sorted[0]!, median: sorted[sorted.length >> 1]!, max: sorted.at(-1)! };
}

/** Without ClickHouse, which is a process of its own, the peak of memory is that of all runs together. */
export async function run(): Promise<object> {
  const runs: EmbeddedFigures[] = [];
  for (let round = 0; round < RUNS; round++) runs.push(await measure(RECORDS));
  return {
    goal: '100,000 records/s wall on two cores, ClickHouse included',
    records: runs[0]!.records,
    recordsPerSecond: spread(runs.map((figures) => figures.recordsPerSecond)),
    recordsPerCpuSecond: spread(runs.map((figures) => figures.recordsPerCpuSecond)),
    peakMemoryMiB: runs.at(-1)!.peakMemoryMiB,
    diskBytesPerRow: runs.at(-1)!.diskBytesPerRow,
  };
}
