import type { ClickHouseClient } from '@clickhouse/client';
import type { BillingErrorRow, BillingStatusRow, CodeCount } from '../report/report-model.ts';
import { CODES } from '../../../processors/codes.ts';
import { rows } from './query.ts';

export async function billingByStatus(client: ClickHouseClient): Promise<BillingStatusRow[]> {
  const found = await rows<{
    status: BillingStatusRow['status'];
    lines: string;
    records: string;
    charges: string;
    amount: string;
    billed: string;
  }>(
    client,
    `SELECT status, count() AS lines, sum(records) AS records, sum(charges) AS charges, toString(sum(amount)) AS amount, toString(sum(billed_amount)) AS billed FROM line_state GROUP BY status ORDER BY lines DESC`,
  );
  return found.map((item) => ({
    ...item,
    lines: Number(item.lines),
    records: Number(item.records),
    charges: Number(item.charges),
  }));
}

export async function billingErrors(client: ClickHouseClient): Promise<BillingErrorRow[]> {
  const found = await rows<{ code: number; text: string; lines: string; billed: string }>(
    client,
    `SELECT error_code AS code, any(error_message) AS text, count() AS lines, toString(sum(billed_amount)) AS billed FROM line_state WHERE status = 'ERROR' GROUP BY code ORDER BY lines DESC`,
  );
  return found.map((item) => ({ ...item, lines: Number(item.lines) }));
}

function titleOf(code: string): string {
  return code in CODES ? CODES[code as keyof typeof CODES].title : code;
}

async function countCodes(client: ClickHouseClient, from: string): Promise<CodeCount[]> {
  const found = await rows<{ code: string; records: string }>(
    client,
    `SELECT code, count() AS records FROM ${from} GROUP BY code ORDER BY count() DESC, code`,
  );
  return found.map(({ code, records }) => ({ code, title: titleOf(code), records: Number(records) }));
}

export interface CodeTables {
  readonly suspense: CodeCount[];
  readonly errors: CodeCount[];
  readonly ignored: CodeCount[];
}

export async function codeTables(client: ClickHouseClient): Promise<CodeTables> {
  const byRule = await rows<{ rule: string; records: string }>(
    client,
    `SELECT extract(reason, '^Filter (\\\\S+)') AS rule, count() AS records FROM errors WHERE outcome = 'IGNORED' GROUP BY rule ORDER BY count() DESC`,
  );
  return {
    suspense: await countCodes(client, 'suspended'),
    errors: await countCodes(client, `(SELECT code FROM errors WHERE outcome = 'ERROR')`),
    ignored: byRule.map(({ rule, records }) => ({
      code: rule,
      title: 'excluded by this filter rule',
      records: Number(records),
    })),
  };
}
