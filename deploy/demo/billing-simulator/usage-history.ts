import { API_MESSAGES, refuse, refusedCall } from './api.ts';
import type { AcceptedLine, JsonObject } from './api.ts';
import type { ChargeBook } from './charge-book.ts';
import type { KnownAccounts } from './known-accounts.ts';

const FILTERS = [
  'client_acct_id',
  'client_plan_instance_id',
  'usage_type_code',
  'client_receipt_id',
] as const;

function toHistoryRecord(line: AcceptedLine): JsonObject {
  const [date, time] = line.usage_date.split(' ');
  return {
    usage_rec_no: line.usage_rec_no,
    client_record_id: line.client_record_id,
    client_receipt_id: line.client_receipt_id,
    client_acct_id: line.client_acct_id,
    client_plan_instance_id: line.client_plan_instance_id,
    usage_type_code: line.usage_type_code,
    units: line.usage_units,
    usage_date: date,
    usage_time: time,
    specific_record_charge_amount: line.amt,
    pre_rated_rate: line.rate,
    invoice_no: null,
    is_excluded: 'false',
    exclude_reason_cd: null,
    ...Object.fromEntries(line.qualifiers.map((value, i) => [`qualifier_${i + 1}`, value])),
  };
}

function matches(line: AcceptedLine, body: JsonObject, ids: ReadonlySet<unknown> | null): boolean {
  if (ids !== null && !ids.has(line.client_record_id)) return false;
  const { date_range_start: from, date_range_end: to } = body;
  if (typeof from === 'string' && line.usage_date.slice(0, 10) < from.slice(0, 10)) return false;
  if (typeof to === 'string' && line.usage_date.slice(0, 10) > to.slice(0, 10)) return false;
  return FILTERS.every((filter) => body[filter] === undefined || body[filter] === line[filter]);
}

/**
 * Reads back what was accepted (usage operations 7.11). At least one of client_acct_id, client_plan_instance_id,
 * client_receipt_id or client_record_ids (an array) must be given; the latter two are this simulator's, for callers that
 * lost an answer. usage_type_code, date_range_start and date_range_end (yyyy-mm-dd, inclusive) narrow it down.
 */
export function usageHistory(body: JsonObject, book: ChargeBook, known: KnownAccounts): JsonObject {
  const ids = Array.isArray(body['client_record_ids']) ? new Set<unknown>(body['client_record_ids']) : null;
  const account = body['client_acct_id'];
  const isNarrow =
    ids !== null || FILTERS.some((name) => name !== 'usage_type_code' && body[name] !== undefined);
  if (!isNarrow) return refusedCall(refuse(1010, 'client_acct_id'));
  if (typeof account === 'string' && !known.hasAccount(account)) return refusedCall(refuse(1009, account));
  const found = book.lines().filter((line) => matches(line, body, ids));
  if (found.length === 0) return refusedCall(refuse(1002));
  return { error_code: 0, error_msg: API_MESSAGES[0], usage_history_records: found.map(toHistoryRecord) };
}
