import type { ClickHouseClient } from '@clickhouse/client';
import type { Actual } from '../oracle/compare.ts';
import type { Charge, FileStatus, Impact, RecordOutcome, RecordReference } from '../oracle/results.ts';

/** Plain decimal text without trailing zeros, as the oracle writes it. */
function plain(text: string): string {
  return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
}

/** Text of an integer scaled by 10^scale. */
function unscaled(value: string, scale: number): string {
  const negative = value.startsWith('-');
  const digits = (negative ? value.slice(1) : value).padStart(scale + 1, '0');
  return plain(`${negative ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`);
}

async function* rowsOf<Row>(client: ClickHouseClient, query: string): AsyncGenerator<Row> {
  const result = await client.query({
    ...{ query, format: 'JSONEachRow' },
    clickhouse_settings: { output_format_json_quote_decimals: 1, output_format_json_quote_64bit_integers: 1 },
  });
  for await (const rows of result.stream<Row>()) for (const row of rows) yield row.json<Row>();
}

async function allRows<Row>(client: ClickHouseClient, query: string): Promise<Row[]> {
  const all: Row[] = [];
  for await (const row of rowsOf<Row>(client, query)) all.push(row);
  return all;
}

interface EndedRow {
  readonly file_id: string;
  readonly record_number: number;
  readonly outcome: string;
  readonly code: string;
  readonly account_id: string;
  readonly subscription_id: string;
  readonly balance_group_id: string;
}

interface ChargeRow extends Omit<EndedRow, 'outcome' | 'code'> {
  readonly charge_number: number;
  readonly charge_usage_type: string;
  readonly offer_id: string;
  readonly model: string;
  readonly zone: string;
  readonly time_class: string;
  readonly bill_unit: string;
  readonly raw_quantity: string;
  readonly quantity: string;
  readonly unit: string;
  readonly currency: string;
  readonly gross: string;
  readonly amount: string;
  readonly impact_kind: Impact['kind'][];
  readonly impact_offer_type: Impact['offerType'][];
  readonly impact_resource_id: string[];
  readonly impact_tier: number[];
  readonly impact_quantity: string[];
  readonly impact_amount: string[];
  readonly impact_balance_before: string[];
  readonly impact_balance_after: string[];
}

const BALANCE_SCALE = { CURRENCY: 9, ALLOWANCE: 6, ACCUMULATOR: 6 } as const;

function impactsOf(row: ChargeRow): Impact[] {
  return row.impact_kind.map((kind, index) => ({
    ...{
      kind,
      offerType: row.impact_offer_type[index]!,
      resourceId: row.impact_resource_id[index]!,
      tier: row.impact_tier[index]!,
    },
    ...{ quantity: plain(row.impact_quantity[index]!), amount: plain(row.impact_amount[index]!) },
    balanceBefore: unscaled(row.impact_balance_before[index]!, BALANCE_SCALE[kind]),
    balanceAfter: unscaled(row.impact_balance_after[index]!, BALANCE_SCALE[kind]),
  }));
}

function chargeOf(row: ChargeRow): Charge {
  return {
    ...{
      chargeNumber: row.charge_number,
      usageType: row.charge_usage_type,
      offerId: row.offer_id,
      model: row.model,
    },
    ...{
      zone: row.zone,
      timeClass: row.time_class,
      billUnit: row.bill_unit,
      unit: row.unit,
      currency: row.currency,
    },
    ...{
      rawQuantity: plain(row.raw_quantity),
      quantity: plain(row.quantity),
      gross: plain(row.gross),
      amount: plain(row.amount),
    },
    impacts: impactsOf(row),
  };
}

function guidedTo({
  account_id: account,
  subscription_id: subscription,
  balance_group_id: balanceGroup,
}: Omit<EndedRow, 'outcome' | 'code'>) {
  return account === '' ? {} : { account, subscription, balanceGroup };
}

/** Records that ended without a charge; a record of a file may end only once. */
async function* endedRecords(client: ClickHouseClient): AsyncGenerator<RecordReference & RecordOutcome> {
  const query = `
    SELECT file_id, record_number, lower(outcome) AS outcome, code, '' AS account_id, '' AS subscription_id, '' AS balance_group_id FROM errors
    UNION ALL
    SELECT file_id, record_number, 'suspended', code, account_id, subscription_id, balance_group_id FROM suspended`;
  for await (const row of rowsOf<EndedRow>(client, query)) {
    const outcome = row.outcome as RecordOutcome['outcome'];
    yield { fileId: row.file_id, recordNumber: row.record_number, outcome, code: row.code, ...guidedTo(row) };
  }
}

type RatedRecord = RecordReference & RecordOutcome & { charges: Charge[] };

/** Rated records with all their charges. */
async function* ratedRecords(client: ClickHouseClient): AsyncGenerator<RecordReference & RecordOutcome> {
  let record: RatedRecord | undefined;
  for await (const row of rowsOf<ChargeRow>(
    client,
    'SELECT * EXCEPT (unique_key) FROM rated ORDER BY file_id, record_number, charge_number',
  )) {
    if (record?.fileId === row.file_id && record.recordNumber === row.record_number) {
      record.charges.push(chargeOf(row));
      continue;
    }
    if (record !== undefined) yield record;
    record = {
      fileId: row.file_id,
      recordNumber: row.record_number,
      outcome: 'rated',
      code: '',
      ...guidedTo(row),
      charges: [chargeOf(row)],
    };
  }
  if (record !== undefined) yield record;
}

async function* allRecords(client: ClickHouseClient): AsyncGenerator<RecordReference & RecordOutcome> {
  yield* endedRecords(client);
  yield* ratedRecords(client);
}

async function readFiles(client: ClickHouseClient): Promise<Actual['files']> {
  const rows = await allRows<{
    file_id: string;
    key: string;
    status: string;
    code: string;
    lines: string;
    details: string;
  }>(
    client,
    `SELECT file_id, file_key AS key, file_status AS status, file_code AS code, file_lines AS lines, file_details AS details FROM file_state`,
  );
  return rows.map(({ file_id: fileId, key, status, code, lines, details }) => ({
    ...{ fileId, key, code, lines: Number(lines), details: Number(details) },
    status: (status === 'COMPLETED' ? 'ACCEPTED' : status) as FileStatus,
  }));
}

/** The balance after the last impact, in the order of rating. */
async function readBalances(client: ClickHouseClient): Promise<Actual['balances']> {
  const rows = await allRows<{
    balance_group_id: string;
    resource_id: string;
    kind: Impact['kind'];
    bill_unit: string;
    balance: string;
  }>(
    client,
    `SELECT balance_group_id, resource_id, kind, if(kind = 'CURRENCY', '', toString(bill_unit)) AS bill_unit,
            argMax(balance_after, (src_partition, src_offset, src_index, charge_number, impact_number)) AS balance
     FROM impacts GROUP BY balance_group_id, resource_id, kind, bill_unit`,
  );
  return rows.map(
    ({ balance_group_id: balanceGroup, resource_id: resource, kind, bill_unit: billUnit, balance }) => ({
      ...{ balanceGroup, resource, kind, billUnit, balance: unscaled(balance, BALANCE_SCALE[kind]) },
    }),
  );
}

async function readLines(client: ClickHouseClient): Promise<Actual['lines']> {
  const rows = await allRows<
    Record<
      | 'account_id'
      | 'subscription_id'
      | 'usage_type'
      | 'bill_unit'
      | 'currency'
      | 'unit'
      | 'charges'
      | 'records'
      | 'quantity'
      | 'amount'
      | 'billed_amount',
      string
    >
  >(
    client,
    'SELECT account_id, subscription_id, usage_type, toString(bill_unit) AS bill_unit, currency, unit, charges, records, quantity, amount, billed_amount FROM billing_lines',
  );
  return rows.map((row) => ({
    ...{
      account: row.account_id,
      subscription: row.subscription_id,
      usageType: row.usage_type,
      billUnit: row.bill_unit,
    },
    ...{ currency: row.currency, unit: row.unit, charges: Number(row.charges), records: Number(row.records) },
    ...{ quantity: plain(row.quantity), amount: plain(row.amount), billedAmount: plain(row.billed_amount) },
  }));
}

/** What the product computed, read back from ClickHouse in the shapes of the oracle. */
export async function readActual(client: ClickHouseClient): Promise<Actual> {
  return {
    files: await readFiles(client),
    records: allRecords(client),
    balances: await readBalances(client),
    lines: await readLines(client),
  };
}
