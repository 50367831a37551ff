import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { BatchCutter } from '../processors/intake/batch-cutter.ts';
import { writeMessage } from '../schemas/codec/batch-writer.ts';
import { rawBatchFormat } from '../schemas/codec/generated/writers.ts';
import { generateDemo } from '../deploy/demo/generator/generate-demo.ts';
import { loadConfiguration } from '../deploy/embedded/configuration.ts';
import type { Configuration } from '../deploy/embedded/configuration.ts';
import { MemoryTransport, StreamWorker, systemClock, TopologyTestDriver } from '../streams/engine/index.ts';
import { mediateTopology } from '../streams/workers/mediate/mediate-topology.ts';
import { rateTopology } from '../streams/workers/rate/rate-topology.ts';
import { createTopics, TOPICS } from '../streams/workers/topics.ts';
import { newWorkCounters } from '../streams/workers/work-counters.ts';

const RECORDS = 200_000;
const RUNS = 5;
const PARTITIONS = 4;

interface Mediated {
  readonly partition: number;
  readonly value: Buffer;
}

function rawBatches(home: string): Buffer[] {
  const root = join(home, 'northwind', 'mediation');
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() &&
        /\/(switch-1|smsc-1|ggsn-1)\//.test(`${entry.parentPath}/`) &&
        !entry.name.endsWith('.part'),
    )
    .map((entry) => ({ folder: entry.parentPath, name: entry.name }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return paths.flatMap(({ folder, name }, file) => {
    const bytes = readFileSync(join(folder, name));
    const cutter = new BatchCutter();
    const slices = [...cutter.push(name.endsWith('.gz') ? gunzipSync(bytes) : bytes), ...cutter.end()];
    const [recordType = '', serviceType = '', platform = ''] = folder.split('/').slice(0, -1).reverse();
    const fileId = file.toString(16).padStart(32, '0');
    return slices.map(({ payload, firstRecordNumber, last }) =>
      writeMessage(rawBatchFormat, {
        ...{
          fileId,
          bucket: 'northwind',
          key: `x/${name}`,
          platform,
          serviceType,
          recordType,
          firstRecordNumber,
          lastBatch: last,
          payload,
        },
      }),
    );
  });
}

function mediate(
  { catalog, compiled, catalogVersion, directory }: Configuration,
  batches: readonly Buffer[],
): Mediated[] {
  const driver = new TopologyTestDriver(mediateTopology({ catalog, compiled, catalogVersion, directory }), {
    partitions: PARTITIONS,
  });
  for (const value of batches) driver.pipe(TOPICS.raw, { partition: 0, value });
  return driver.read(TOPICS.mediated).map(({ partition, value }) => ({ partition, value }));
}

/** Poll, decode, find duplicates, rate, write rated batches and changelog, commit; records per CPU-second. */
async function rateAll(
  { compiled, catalogVersion, directory, catalog }: Configuration,
  mediated: readonly Mediated[],
): Promise<number> {
  const transport = new MemoryTransport();
  await createTopics(transport, PARTITIONS);
  transport.send(TOPICS.mediated, mediated);
  const stateDirectory = mkdtempSync(join(tmpdir(), 'tally-bench-state-'));
  const counters = newWorkCounters();
  const topology = rateTopology({
    catalog: compiled,
    catalogVersion,
    directory,
    windowDays: catalog.duplicates.windowDays,
    counters,
  });
  const worker = new StreamWorker({
    topology,
    transport,
    clock: systemClock,
    instance: 'bench',
    stateDirectory,
    commit: { maxBytes: 4 << 20 },
  });
  const cpu = process.cpuUsage();
  while (await worker.runOnce()) await Promise.resolve();
  const { user, system } = process.cpuUsage(cpu);
  rmSync(stateDirectory, { recursive: true, force: true });
  return Math.round(counters.rated / ((user + system) / 1e6));
}

export async function run(): Promise<object> {
  const home = mkdtempSync(join(tmpdir(), 'tally-bench-'));
  try {
    await generateDemo({ home, catalogDirectory: join(home, 'catalog'), records: RECORDS, seed: 'bench' });
    const configuration = loadConfiguration(join(home, 'catalog'));
    const mediated = mediate(configuration, rawBatches(home));
    const bytes = mediated.reduce((sum, { value }) => sum + value.length, 0);
    const figures: number[] = [];
    for (let round = 0; round <= RUNS; round++) figures.push(await rateAll(configuration, mediated));
    // The first round warms the compiler.
    const [min, , median, , max] = figures.slice(1).sort((a, b) => a - b);
    return {
      goal: '400,000 records per CPU-second',
      batches: mediated.length,
      bytes,
      recordsPerCpuSecond: { min, median, max },
    };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
