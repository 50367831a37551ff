import type { ServiceStatus } from '../embedded/service-status.ts';

/** What `tally status` shows; with --json in just this form. Amounts are decimal text. */
export interface StatusReport {
  /** State of the running service; null when none runs. */
  readonly service: ServiceStatus | null;
  readonly files: readonly { readonly status: string; readonly files: number; readonly lines: number }[];
  readonly records: {
    readonly details: number;
    readonly errors: number;
    readonly ignored: number;
    readonly suspended: number;
    readonly duplicates: number;
    readonly rated: number;
  };
  readonly charges: number;
  /** Charges that are in no billing line yet. */
  readonly unbilledCharges: number;
  readonly lines: readonly {
    readonly status: string;
    readonly currency: string;
    readonly lines: number;
    readonly amount: string;
  }[];
}

const FILES = `SELECT file_status AS status, toUInt32(count()) AS files, toFloat64(sum(file_lines)) AS lines
  FROM file_state GROUP BY status ORDER BY status`;
const RECORDS = `SELECT toFloat64(sum(details_consumed)) AS details, toFloat64(sum(error_records)) AS errors,
  toFloat64(sum(ignored_records)) AS ignored, toFloat64(sum(suspended_in_guiding) + sum(suspended_in_rating)) AS suspended,
  toFloat64(sum(duplicate_records)) AS duplicates, toFloat64(sum(rated_records)) AS rated FROM file_phases`;
const CHARGES = `SELECT toFloat64((SELECT sum(rated_charges) FROM file_phases)) AS charges,
  charges - toFloat64((SELECT sum(charges) FROM billing_lines)) AS unbilledCharges`;
const LINES = `SELECT status, currency, toUInt32(count()) AS lines, toString(sum(billed_amount)) AS amount
  FROM line_state GROUP BY status, currency ORDER BY status, currency`;

async function query<Row>(url: string, sql: string): Promise<Row[]> {
  const response = await fetch(`${url}/?default_format=JSON`, { method: 'POST', body: sql });
  const text = await response.text();
  if (!response.ok)
    throw new Error(`ClickHouse at ${url} does not know the tables of a service: ${text.trim()}`);
  return (JSON.parse(text) as { data: Row[] }).data;
}

/** Asks ClickHouse for the state of all files, records and lines. */
export async function readStatus(url: string, service: ServiceStatus | null): Promise<StatusReport> {
  const [records] = await query<StatusReport['records']>(url, RECORDS);
  const [sums] = await query<Pick<StatusReport, 'charges' | 'unbilledCharges'>>(url, CHARGES);
  return {
    ...{ service, files: await query(url, FILES), records: records!, ...sums! },
    lines: await query(url, LINES),
  };
}

function list(items: readonly string[]): string {
  return items.length === 0 ? 'none' : items.join(', ');
}

function serviceLines({ service }: StatusReport): string[] {
  if (service === null) return ['Service   not running'];
  const behind = service.lag.filter(({ messages }) => messages > 0);
  return [
    `Service   running, behind by ${list(behind.map(({ group, topic, messages }) => `${messages} messages (${group} on ${topic})`))}`,
    ...service.failing.map(
      ({ delivery, attempts, reason }) =>
        `          delivery ${delivery} failed ${attempts} times: ${reason}`,
    ),
    ...service.blocked.map(({ file, reason }) => `          cannot take ${file}: ${reason}`),
  ];
}

/** The report for people. */
export function renderStatus(report: StatusReport): string {
  const { files, records, charges, unbilledCharges, lines } = report;
  const { details, ...outcomes } = records;
  return [
    ...serviceLines(report),
    `Files     ${list(files.map((row) => `${row.files} ${row.status.toLowerCase()} with ${row.lines} lines`))}`,
    `Records   ${details}: ${list(Object.entries(outcomes).map(([name, number]) => `${number} ${name}`))}`,
    `Charges   ${charges}, of which ${unbilledCharges} are in no billing line yet`,
    `Lines     ${list(lines.map((row) => `${row.lines} ${row.status.toLowerCase()} of ${row.amount} ${row.currency}`))}`,
    '',
  ].join('\n');
}
