import type { ClickHouseClient } from '@clickhouse/client';
import type { Catalog } from '../../../schemas/catalog/catalog.ts';
import type { ReconciliationMeasure, ReconciliationStage, RunReport } from '../report/report-model.ts';
import { countingCharges } from './counting-charges.ts';
import { minus, row, rows } from './query.ts';

/** What the billing system itself says it has. */
export interface BillingSummary {
  readonly lines: number;
  readonly amount: string;
  readonly repeatedLines: number;
}

function measure(
  kind: ReconciliationMeasure['kind'],
  name: string,
  left: string,
  right: string,
): ReconciliationMeasure {
  return { kind, name, left, right, difference: minus(right, left) };
}

async function fileStage(client: ClickHouseClient): Promise<ReconciliationStage> {
  const facts = await row<Record<'lines' | 'raw' | 'consumed' | 'details' | 'detailsConsumed', string>>(
    client,
    `SELECT (SELECT sum(file_lines) FROM file_state WHERE file_status NOT IN ('REJECTED', 'DUPLICATE')) AS lines, (SELECT count() FROM raw) AS raw,
            (SELECT sum(lines_consumed) FROM file_phases) AS consumed,
            (SELECT sum(file_details) FROM file_state WHERE file_status NOT IN ('REJECTED', 'DUPLICATE')) AS details, (SELECT sum(details_consumed) FROM file_phases) AS detailsConsumed`,
  );
  return {
    ...{
      id: 'files',
      title: 'File to raw usage',
      left: 'accepted files, as counted at the gate',
      right: 'rows in ClickHouse, records taken by the workers',
    },
    measures: [
      measure('count', 'lines, raw rows', facts.lines, facts.raw),
      measure('count', 'lines, consumed', facts.lines, facts.consumed),
      measure('count', 'detail records', facts.details, facts.detailsConsumed),
    ],
  };
}

async function mediationStage(client: ClickHouseClient): Promise<ReconciliationStage> {
  const facts = await row<
    Record<'details' | 'ended' | 'errors' | 'errorRows' | 'ignored' | 'ignoredRows', string>
  >(
    client,
    `SELECT sum(details_consumed) AS details, sum(error_records + ignored_records + suspended_in_guiding + guided) AS ended, sum(error_records) AS errors, sum(ignored_records) AS ignored,
            (SELECT count() FROM errors WHERE outcome = 'ERROR') AS errorRows, (SELECT count() FROM errors WHERE outcome = 'IGNORED') AS ignoredRows FROM file_phases`,
  );
  return {
    ...{
      id: 'mediation',
      title: 'Parse and mediation',
      left: 'control totals of the workers',
      right: 'how each record ended, rows in ClickHouse',
    },
    measures: [
      measure('count', 'records: errors + ignored + suspended + guided', facts.details, facts.ended),
      measure('count', 'errors', facts.errors, facts.errorRows),
      measure('count', 'ignored', facts.ignored, facts.ignoredRows),
    ],
  };
}

async function ratingStage(client: ClickHouseClient, currency: string): Promise<ReconciliationStage> {
  type Facts = Record<
    | 'guided'
    | 'ended'
    | 'rated'
    | 'ratedRows'
    | 'suspended'
    | 'suspendedRows'
    | 'duplicates'
    | 'duplicateRows'
    | 'charges'
    | 'chargeRows'
    | 'quantity'
    | 'quantityRows'
    | 'amount'
    | 'amountRows'
    | 'gross'
    | 'net'
    | 'impacts',
    string
  >;
  const facts = await row<Facts>(
    client,
    `SELECT sum(guided) AS guided, sum(rated_records + suspended_in_rating + duplicate_records) AS ended, sum(rated_records) AS rated, sum(suspended_in_rating + suspended_in_guiding) AS suspended,
            sum(duplicate_records) AS duplicates, sum(rated_charges) AS charges, toString(sum(rated_quantity)) AS quantity, toString(sum(rated_amount)) AS amount,
            (SELECT countIf(charge_number = 1) FROM rated) AS ratedRows, (SELECT count() FROM rated) AS chargeRows, (SELECT count() FROM suspended) AS suspendedRows,
            (SELECT count() FROM errors WHERE outcome = 'DUPLICATE') AS duplicateRows, (SELECT toString(sum(quantity)) FROM rated) AS quantityRows, (SELECT toString(sum(amount)) FROM rated) AS amountRows,
            (SELECT toString(sum(amount)) FROM rated) AS net, (SELECT toString(sum(arraySum(impact_amount))) FROM rated) AS impacts FROM file_phases`,
  );
  return {
    ...{ id: 'rating', title: 'Rating', left: 'control totals of the workers', right: 'rows in ClickHouse' },
    measures: [
      measure('count', 'records: rated + suspended + duplicates', facts.guided, facts.ended),
      measure('count', 'rated records', facts.rated, facts.ratedRows),
      measure('count', 'suspended records', facts.suspended, facts.suspendedRows),
      measure('count', 'duplicate records', facts.duplicates, facts.duplicateRows),
      measure('count', 'charges', facts.charges, facts.chargeRows),
      measure('quantity', 'quantity, all units', facts.quantity, facts.quantityRows),
      measure('money', `amount, ${currency}`, facts.amount, facts.amountRows),
      measure('money', `amount and impacts, ${currency}`, facts.net, facts.impacts),
    ],
  };
}

async function lineStage(
  client: ClickHouseClient,
  catalog: Catalog,
  currency: string,
): Promise<ReconciliationStage> {
  const sums = await row<
    Record<'charges' | 'lineCharges' | 'amount' | 'lineAmount' | 'runLines' | 'lines', string>
  >(
    client,
    `SELECT (SELECT count() FROM rated) AS charges, (SELECT sum(charges) FROM billing_lines) AS lineCharges, (SELECT toString(sum(amount)) FROM rated) AS amount,
            (SELECT toString(sum(amount)) FROM billing_lines) AS lineAmount, (SELECT sum(lines) FROM billing_runs) AS runLines, (SELECT count() FROM billing_lines) AS lines`,
  );
  const units = await rows<{ unit: string; left: string; right: string }>(
    client,
    `SELECT unit, toString(sum(l)) AS left, toString(sum(r)) AS right
     FROM (SELECT unit, quantity AS l, toDecimal64(0, 6) AS r FROM rated WHERE ${countingCharges(catalog)} UNION ALL SELECT unit, toDecimal64(0, 6), quantity FROM billing_lines)
     GROUP BY unit ORDER BY unit`,
  );
  return {
    ...{
      id: 'aggregation',
      title: 'Charges to billing lines',
      left: 'monetized usage',
      right: 'aggregated lines',
    },
    measures: [
      measure('count', 'charges', sums.charges, sums.lineCharges),
      measure('count', 'lines, as the runs counted them', sums.runLines, sums.lines),
      ...units.map(({ unit, left, right }) => measure('quantity', `quantity, ${unit}`, left, right)),
      measure('money', `amount, ${currency}`, sums.amount, sums.lineAmount),
    ],
  };
}

async function billingStage(
  client: ClickHouseClient,
  billing: BillingSummary,
  currency: string,
): Promise<ReconciliationStage> {
  const sums = await row<
    Record<'lines' | 'settled' | 'billed' | 'settledBilled' | 'complete' | 'accepted', string>
  >(
    client,
    `SELECT count() AS lines, countIf(status IN ('COMPLETE', 'ERROR')) AS settled, toString(sum(billed_amount)) AS billed, toString(sumIf(billed_amount, status IN ('COMPLETE', 'ERROR'))) AS settledBilled,
            countIf(status = 'COMPLETE') AS complete, toString(sumIf(billed_amount, status = 'COMPLETE')) AS accepted FROM line_state`,
  );
  return {
    ...{
      id: 'billing',
      title: 'Billing lines to the billing system',
      left: 'our lines',
      right: "answers, and the billing system's own books",
    },
    measures: [
      measure('count', 'lines: accepted + refused', sums.lines, sums.settled),
      measure('money', `billed: accepted + refused, ${currency}`, sums.billed, sums.settledBilled),
      measure('count', "accepted lines, billing's books", sums.complete, String(billing.lines)),
      measure('money', `accepted, billing's books, ${currency}`, sums.accepted, billing.amount),
      measure('count', 'lines that billing has twice', '0', String(billing.repeatedLines)),
    ],
  };
}

/** The chain from file to billing line, joint by joint. */
export async function reconcile(
  client: ClickHouseClient,
  catalog: Catalog,
  billing: BillingSummary,
): Promise<RunReport['reconciliation']> {
  const { currency } = catalog.client;
  const { amount, billed } = await row<{ amount: string; billed: string }>(
    client,
    'SELECT toString(sum(amount)) AS amount, toString(sum(billed_amount)) AS billed FROM billing_lines',
  );
  return {
    stages: [
      await fileStage(client),
      await mediationStage(client),
      await ratingStage(client, currency),
      await lineStage(client, catalog, currency),
      await billingStage(client, billing, currency),
    ],
    rounding: { amount, billed, difference: minus(billed, amount) },
  };
}
