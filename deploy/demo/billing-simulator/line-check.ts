import { refuse } from './api.ts';
import type { AcceptedLine, JsonObject, Refusal } from './api.ts';
import { decimalsOf, decimalText } from './decimal-text.ts';
import type { KnownAccounts } from './known-accounts.ts';

const AMOUNT_DECIMALS = 2;
const RATE_DECIMALS = 5;
const UNIT_DECIMALS = 6;
const DATE = /^(\d{4})-(\d{2})-(\d{2})(?: (\d{2}):(\d{2}):(\d{2}))?$/;

/** A line as billing would record it, before it has a number. */
export type CheckedLine = Omit<AcceptedLine, 'usage_rec_no' | 'client_receipt_id'>;

export interface LineContext {
  known: KnownAccounts;
  /** Used for usage_date when the line has none: yyyy-mm-dd 00:00:00 of today. */
  today: string;
}

type Checked<T> = { value: T } | { refusal: Refusal };

const isRefused = <T>(result: Checked<T>): result is { refusal: Refusal } => 'refusal' in result;

function text(line: JsonObject, field: string): string | null {
  const value = line[field];
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
}

/** yyyy-mm-dd with an optional hh:mm:ss, a real date and time. */
function checkDate(value: unknown, today: string): Checked<string> {
  if (value === undefined || value === null) return { value: today };
  const match = typeof value === 'string' ? DATE.exec(value) : null;
  if (match === null) return { refusal: refuse(1024, `usage_date ${JSON.stringify(value)}`) };
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = match;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const epoch = Date.parse(iso);
  const isReal = !Number.isNaN(epoch) && new Date(epoch).toISOString() === iso;
  return isReal
    ? { value: `${year}-${month}-${day} ${hour}:${minute}:${second}` }
    : { refusal: refuse(1024, `usage_date ${JSON.stringify(value)}`) };
}

function checkDecimal(line: JsonObject, field: string, decimals: number): Checked<string | null> {
  const value = line[field];
  if (value === undefined || value === null) return { value: null };
  const asText = decimalText(value);
  if (asText === null || decimalsOf(asText) > decimals) {
    return { refusal: refuse(1016, `${field} ${JSON.stringify(value)}, at most ${decimals} decimals`) };
  }
  return { value: asText };
}

function checkUnits(line: JsonObject): Checked<string> {
  const units = checkDecimal(line, 'usage_units', UNIT_DECIMALS);
  if (isRefused(units)) return units;
  if (units.value === null) return { refusal: refuse(1010, 'usage_units') };
  return units.value.startsWith('-')
    ? { refusal: refuse(1016, 'usage_units is negative') }
    : { value: units.value };
}

/** The account and plan instance that a line names, which must exist. */
function checkOwner(line: JsonObject, known: KnownAccounts): Refusal | null {
  const account = text(line, 'client_acct_id') ?? text(line, 'acct_no') ?? text(line, 'userid');
  const plan = text(line, 'client_plan_instance_id') ?? text(line, 'plan_instance_no');
  if (account === null && plan === null) return refuse(1010, 'client_acct_id or client_plan_instance_id');
  if (account !== null && !known.hasAccount(account)) return refuse(1009, account);
  if (plan !== null && !known.hasPlanInstance(plan)) return refuse(14047, plan);
  return null;
}

/** Checks one element of usage_recs in the order: required fields and values, date, account, plan instance. */
export function checkLine(line: JsonObject, context: LineContext): CheckedLine | Refusal {
  const units = checkUnits(line);
  if (isRefused(units)) return units.refusal;
  const usageType = text(line, 'usage_type_code') ?? text(line, 'usage_type');
  if (usageType === null) return refuse(1010, 'usage_type_code');
  const amount = checkDecimal(line, 'amt', AMOUNT_DECIMALS);
  if (isRefused(amount)) return amount.refusal;
  const rate = checkDecimal(line, 'rate', RATE_DECIMALS);
  if (isRefused(rate)) return rate.refusal;
  const date = checkDate(line['usage_date'], context.today);
  if (isRefused(date)) return date.refusal;
  const owner = checkOwner(line, context.known);
  if (owner !== null) return owner;
  return {
    client_record_id: text(line, 'client_record_id'),
    client_acct_id: text(line, 'client_acct_id') ?? text(line, 'acct_no') ?? text(line, 'userid'),
    client_plan_instance_id: text(line, 'client_plan_instance_id') ?? text(line, 'plan_instance_no'),
    usage_type_code: usageType,
    usage_units: units.value,
    usage_date: date.value,
    amt: amount.value,
    rate: rate.value,
    comments: text(line, 'comments'),
    qualifiers: [1, 2, 3, 4].map((n) => text(line, `qualifier_${n}`)),
  };
}

export function isRefusal(result: CheckedLine | Refusal): result is Refusal {
  return 'code' in result;
}
