import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceDirectory } from '../../processors/guiding/service-directory.ts';
import type { Catalog } from '../../schemas/catalog/catalog.ts';
import { loadConfiguration } from '../embedded/configuration.ts';
import { Service } from '../embedded/service.ts';
import type { Clock } from '../../streams/engine/index.ts';
import { startBillingProcess } from './billing-process.ts';
import type { BillingProcess } from './billing-process.ts';
import { buildReport } from './build-report/build-report.ts';
import { generateDemo } from './generator/generate-demo.ts';
import type { DemoManifest } from './generator/manifest.ts';
import { judge } from './judge/judge.ts';
import type { Progress } from './report/progress.ts';
import type { JudgeResult, RunReport } from './report/report-model.ts';
import { sampleThroughput, Stopwatch } from './stopwatch.ts';

export interface DemoOptions {
  /** Emptied first; keeps input, data and report afterwards. */
  readonly directory: string;
  readonly records: number;
  readonly subscriptions: number;
  readonly seed: string;
  readonly askJudge: boolean;
  readonly clickhouseUrl?: string;
  readonly clock: Clock;
  readonly progress: Progress;
}

/** Lost answers and refused calls are part of the demo: a billing system has bad days. */
const BILLING_FAULTS = ['lost:23', 'error:31'];
const PARTITIONS = 4;

interface Parts extends DemoOptions {
  readonly home: string;
  readonly catalogDirectory: string;
  readonly watch: Stopwatch;
}

async function generate(parts: Parts): Promise<DemoManifest> {
  const { home, catalogDirectory, records, subscriptions, seed, progress, watch } = parts;
  progress.start('Generating usage', records, 'records');
  const manifest = await watch.time(
    { id: 'generate', title: 'Generate usage files', unit: 'records' },
    () =>
      generateDemo({
        home,
        catalogDirectory,
        records,
        subscriptions,
        seed,
        overwrite: true,
        onProgress: (done) => progress.update(done.records),
      }),
    (result) => result.records,
  );
  progress.finish(manifest.records);
  return manifest;
}

async function takeIn(service: Service, parts: Parts): Promise<void> {
  const { progress, watch, records } = parts;
  progress.start('Taking in, rating and storing', records, 'records');
  const timer = setInterval(() => progress.update(service.counters.mediated), 100);
  try {
    await watch.time(
      { id: 'pipeline', title: 'Files to rated usage in ClickHouse', unit: 'records' },
      () => service.run(new AbortController().signal, true),
      () => service.counters.mediated,
    );
  } finally {
    clearInterval(timer);
  }
  progress.finish(service.counters.mediated);
}

async function sendToBilling(service: Service, billing: BillingProcess, parts: Parts): Promise<number> {
  const { progress, watch } = parts;
  progress.start('Aggregating and sending to billing', null, 'lines');
  const lines = await watch.time(
    { id: 'billing', title: 'Aggregate and send for billing', unit: 'lines' },
    async () => {
      await service.bill();
      await service.run(new AbortController().signal, true);
      return (await billing.summary()).lines;
    },
    (accepted) => accepted,
  );
  progress.finish(lines);
  return lines;
}

async function askJudge(service: Service, parts: Parts): Promise<JudgeResult | null> {
  const { home, catalogDirectory, clock, progress, records } = parts;
  if (!parts.askJudge) return null;
  const start = clock.now();
  progress.start('Judging', records, 'records');
  const checks = await judge({
    ...{ client: service.warehouse.client, home, catalogDirectory, partitions: PARTITIONS },
    onProgress: (done) => progress.update(done),
  });
  progress.finish(records);
  const isRight = checks.every(({ differences }) => differences === 0);
  return { verdict: isRight ? 'PASSED' : 'FAILED', milliseconds: clock.now() - start, checks };
}

function planName(catalog: Catalog, directory: ServiceDirectory, subscription: string): string {
  const id = Buffer.from(subscription);
  const number = directory.subscriptionBy(id, 0, id.length);
  return number < 0 ? '' : (catalog.plans[directory.plan(number)]?.name ?? '');
}

/** Runs everything once: generate, take in, rate, bill, reconcile. */
async function runOnce(
  service: Service,
  billing: BillingProcess,
  parts: Parts,
  startedAt: number,
): Promise<RunReport> {
  const { clock, watch, records, seed, subscriptions } = parts;
  const throughput = sampleThroughput({
    mediated: { title: 'Parsed and mediated', read: () => service.counters.mediated },
    rated: { title: 'Rated', read: () => service.counters.rated },
  });
  await takeIn(service, parts);
  const series = throughput.stop();
  await sendToBilling(service, billing, parts);
  const verdict = await askJudge(service, parts);
  const { catalog, directory } = service.configuration;
  const calls = service.billingSync?.metrics.calls ?? 0;
  const retries = service.billingSync?.worker.metrics().failures ?? 0;
  return buildReport(service.warehouse.client, catalog, {
    run: {
      ...{
        id: `demo-${seed}-${records}`,
        client: catalog.client.id,
        clientName: catalog.client.name,
        month: '2026-10',
        seed,
        records,
        subscriptions,
      },
      ...{
        currency: catalog.client.currency,
        timeZone: catalog.client.timeZone,
        profile: 'embedded',
        startedAt: new Date(startedAt).toISOString(),
      },
      milliseconds: clock.now() - startedAt,
      faults: retries > 0 ? [`${retries} calls to billing without an answer`] : [],
    },
    ...{
      stages: watch.stages,
      throughput: series,
      billing: { calls, retries },
      billingSummary: await billing.summary(),
      judge: verdict,
      planOf: (subscription) => planName(catalog, directory, subscription),
    },
  });
}

/** The demo: generator, service, billing simulator and, when asked, the judge. The data stays for queries. */
export async function runDemo(options: DemoOptions): Promise<RunReport> {
  const { directory, clock } = options;
  const startedAt = clock.now();
  rmSync(directory, { recursive: true, force: true });
  const parts: Parts = {
    ...options,
    home: join(directory, 'home'),
    catalogDirectory: join(directory, 'catalog'),
    watch: new Stopwatch(clock),
  };
  await generate(parts);
  const billing = await startBillingProcess(join(directory, 'billing.jsonl'), BILLING_FAULTS);
  try {
    const service = await Service.open({
      ...{
        configuration: loadConfiguration(parts.catalogDirectory),
        home: parts.home,
        dataDirectory: join(directory, 'data'),
      },
      ...{ billing: billing.target, partitions: PARTITIONS, clock },
      ...(options.clickhouseUrl === undefined ? {} : { clickhouseUrl: options.clickhouseUrl }),
    });
    try {
      return await runOnce(service, billing, parts, startedAt);
    } finally {
      await service.stop();
    }
  } finally {
    await billing.stop();
  }
}
