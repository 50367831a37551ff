import { cpus, platform, release, totalmem } from 'node:os';
import type { ClickHouseClient } from '@clickhouse/client';
import type { Catalog } from '../../../schemas/catalog/catalog.ts';
import type { JudgeResult, RunReport, StageTiming, ThroughputSeries } from '../report/report-model.ts';
import { billingByStatus, billingErrors, codeTables } from './billing-tables.ts';
import { allowanceTable, chargeTables } from './charge-tables.ts';
import type { PlanOf } from './charge-tables.ts';
import { fileRows, sumPhases } from './file-rows.ts';
import { row } from './query.ts';
import { reconcile } from './reconciliation.ts';
import type { BillingSummary } from './reconciliation.ts';

/** What the run itself knows and ClickHouse does not. */
export interface RunFacts {
  readonly run: RunReport['run'];
  readonly stages: StageTiming[];
  readonly throughput: ThroughputSeries[];
  readonly billing: { readonly calls: number; readonly retries: number };
  readonly billingSummary: BillingSummary;
  readonly judge: JudgeResult | null;
  readonly planOf: PlanOf;
}

async function totals(client: ClickHouseClient, files: RunReport['files']): Promise<RunReport['totals']> {
  const sums = await row<{ rated: string; charges: string; gross: string; net: string }>(
    client,
    'SELECT countIf(charge_number = 1) AS rated, count() AS charges, toString(sum(gross)) AS gross, toString(sum(amount)) AS net FROM rated',
  );
  const sum = (value: (file: RunReport['files'][number]) => number): number =>
    files.reduce((total, file) => total + value(file), 0);
  const count = (status: string): number => files.filter((file) => file.status === status).length;
  const lines = sum((file) => file.lines);
  const details = sum((file) => file.details);
  return {
    files: { accepted: count('ACCEPTED'), rejected: count('REJECTED'), duplicate: count('DUPLICATE') },
    bytes: sum((file) => file.bytes),
    lines: { total: lines, details, other: lines - details },
    detailsNotLoaded: sum((file) => (file.status === 'ACCEPTED' ? 0 : file.details)),
    phases: sumPhases(files),
    ...{ rated: Number(sums.rated), charges: Number(sums.charges), gross: sums.gross, net: sums.net },
  };
}

function machine(): RunReport['machine'] {
  const processors = cpus();
  return {
    ...{
      node: process.versions.node,
      system: `${platform()} ${release()}`,
      processor: processors[0]?.model ?? 'unknown',
      cores: processors.length,
    },
    ...{ memoryBytes: totalmem(), peakMemoryBytes: process.resourceUsage().maxRSS * 1024 },
  };
}

/** The document of a run: everything that can be counted is counted in ClickHouse. */
export async function buildReport(
  client: ClickHouseClient,
  catalog: Catalog,
  facts: RunFacts,
): Promise<RunReport> {
  const files = await fileRows(client);
  const { suspense, errors, ignored } = await codeTables(client);
  const sums = await totals(client, files);
  return {
    ...{
      format: 1,
      product: { name: 'Tallystream', version: '0.1.0' },
      run: facts.run,
      machine: machine(),
      stages: facts.stages,
    },
    ...{ throughput: facts.throughput, files, totals: sums },
    duplicates: { files: sums.files.duplicate, records: sums.phases.rating.duplicates },
    ...{ suspense, errors, ignored },
    charges: await chargeTables(client, catalog, facts.planOf),
    allowances: await allowanceTable(client, catalog),
    billing: {
      ...facts.billing,
      byStatus: await billingByStatus(client),
      errors: await billingErrors(client),
    },
    reconciliation: await reconcile(client, catalog, facts.billingSummary),
    judge: facts.judge,
  };
}
