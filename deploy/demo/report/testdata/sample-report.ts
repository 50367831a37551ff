import { addDecimals } from '../decimal-format.ts';
import type { FileRow, PhaseCounts, RunReport } from '../report-model.ts';
import { SAMPLE_GROSS, SAMPLE_NET, sampleCharges } from './sample-charges.ts';
import { sampleFiles, sumPhases } from './sample-files.ts';
import {
  SAMPLE_ALLOWANCES,
  SAMPLE_BILLING,
  SAMPLE_THROUGHPUT,
  sampleErrors,
  sampleIgnored,
  sampleStages,
  sampleSuspense,
} from './sample-parts.ts';

const RUN: RunReport['run'] = {
  id: 'R20261101',
  client: 'northwind',
  clientName: 'Northwind Mobile',
  month: '2026-10',
  seed: '1',
  records: 100_000,
  subscriptions: 2000,
  currency: 'GBP',
  timeZone: 'Europe/London',
  profile: 'embedded',
  startedAt: '2026-11-01T09:30:00.000Z',
  milliseconds: 21_480,
  faults: ['worker killed after 41,200 records', 'billing answer lost in call 7'],
};

const MACHINE: RunReport['machine'] = {
  node: '20.20.2',
  system: 'Linux 6.8 x64',
  processor: 'AMD EPYC 7B13',
  cores: 2,
  memoryBytes: 8_327_000_000,
  peakMemoryBytes: 412_000_000,
};

function judgeOf(files: number, details: number): RunReport['judge'] {
  return {
    verdict: 'PASSED',
    milliseconds: 3950,
    checks: [
      { name: 'File verdicts', compared: files, differences: 0, examples: [] },
      { name: 'Outcome of every record', compared: details, differences: 0, examples: [] },
      { name: 'Every charge and its impacts', compared: 94_600, differences: 0, examples: [] },
      { name: 'Balances of allowances and accumulators', compared: 5120, differences: 0, examples: [] },
      { name: 'Billing lines', compared: 6402, differences: 0, examples: [] },
      { name: 'Lines that billing holds', compared: 6301, differences: 0, examples: [] },
    ],
  };
}

function reconciliationOf(details: number, rated: number): RunReport['reconciliation'] {
  const same = (name: string, kind: 'count' | 'quantity' | 'money', value: string) => ({
    name,
    kind,
    left: value,
    right: value,
    difference: '0',
  });
  const net = SAMPLE_NET;
  return {
    stages: [
      {
        id: 'files',
        title: 'File lines',
        left: 'lines in files',
        right: 'header, trailer, empty, details',
        measures: [same('lines', 'count', String(details + 128))],
      },
      {
        id: 'details',
        title: 'Detail records',
        left: 'details in files',
        right: 'errors, ignored, suspended, duplicates, rated, not loaded',
        measures: [same('records', 'count', String(details))],
      },
      {
        id: 'charges',
        title: 'Rated records to charges',
        left: 'rated records',
        right: 'records with charges',
        measures: [
          same('records', 'count', String(rated)),
          same('quantity, seconds', 'quantity', '9946260'),
          same('quantity, megabytes', 'quantity', '843771.204'),
        ],
      },
      {
        id: 'lines',
        title: 'Charges to billing lines',
        left: 'charges',
        right: 'charges in lines',
        measures: [same('charges', 'count', '94600'), same('amount, GBP', 'money', net)],
      },
      {
        id: 'billing',
        title: 'Billing lines to billing system',
        left: 'lines complete',
        right: 'lines that billing holds',
        measures: [same('lines', 'count', '6301'), same('billed, GBP', 'money', '21790.12')],
      },
    ],
    rounding: { amount: net, billed: '22088.71', difference: addDecimals(['22088.71', `-${net}`]) },
  };
}

/** An invented run of a hundred thousand records for tests and for looking at the renderers. Not from a real run. */
export function sampleReport(): RunReport {
  const files = sampleFiles();
  const details = files.reduce((sum, file) => sum + file.details, 0);
  const isLoaded = (file: FileRow) => file.status === 'ACCEPTED';
  const notLoaded = files.filter((file) => !isLoaded(file)).reduce((sum, file) => sum + file.details, 0);
  const [parse, mediation, rating] = (['parse', 'mediation', 'rating'] as const).map((phase) =>
    sumPhases(files, phase),
  ) as [PhaseCounts, PhaseCounts, PhaseCounts];
  return {
    format: 1,
    product: { name: 'Tallystream', version: '0.1.0' },
    run: RUN,
    machine: MACHINE,
    files,
    totals: {
      files: { accepted: 124, rejected: 4, duplicate: 2 },
      bytes: files.reduce((sum, file) => sum + file.bytes, 0),
      lines: { total: details + 128, details, other: 128 },
      detailsNotLoaded: notLoaded,
      phases: { parse, mediation, rating },
      rated: rating.processed,
      charges: 94_600,
      gross: SAMPLE_GROSS,
      net: SAMPLE_NET,
    },
    duplicates: { files: 2, records: rating.duplicates },
    charges: sampleCharges(),
    stages: sampleStages(details),
    throughput: SAMPLE_THROUGHPUT,
    suspense: sampleSuspense(rating.suspended),
    errors: sampleErrors(parse.error),
    ignored: sampleIgnored(mediation.ignored),
    allowances: SAMPLE_ALLOWANCES,
    billing: SAMPLE_BILLING,
    reconciliation: reconciliationOf(details, rating.processed),
    judge: judgeOf(files.length, details),
  };
}
