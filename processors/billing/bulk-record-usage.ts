import { SyncStatus } from '../../schemas/codec/generated/values.ts';
import { multiplyDivide } from '../../schemas/decimal/rounding.ts';
import { AMOUNT_SCALE, formatScaled, QUANTITY_SCALE } from '../../schemas/decimal/scaled.ts';
import type { BillingLine } from '../aggregation/cut-run.ts';
import type { ZoneOffsets } from '../calendar/zone-offsets.ts';
import { envelopeOf, isRetryable, RECEIPT_USED } from './billing-call.ts';
import type { BillingCaller, BillingEnvelope } from './billing-call.ts';
import { readAnswer } from './read-answer.ts';
import type { LineError } from './read-answer.ts';

/** Decimals that the API takes in a price per unit. */
const RATE_SCALE = 5;
/** Blended rate scaled by 10^5 = amount (10^9) * this / quantity (10^6). */
const RATE_FACTOR = 100;
const RECEIPT = /^[A-Za-z0-9]{1,50}$/;

/** One element of usage_recs. Numbers are exact decimal text. */
export interface UsageRecord {
  readonly client_record_id: string;
  readonly client_acct_id: string;
  readonly client_plan_instance_id: string;
  readonly usage_type_code: string;
  readonly usage_units: string;
  /** yyyy-mm-dd hh:mm:ss of the line's latest usage, local to the client. */
  readonly usage_date: string;
  readonly amt: string;
  /** Blended price per unit; absent when the line has no quantity. */
  readonly rate?: string;
  /** Bill unit. */
  readonly qualifier_1: string;
  /** Unit of usage_units. */
  readonly qualifier_2: string;
  /** Currency of amt. */
  readonly qualifier_3: string;
  /** Monetized records in the line. */
  readonly qualifier_4: string;
}

export interface BulkRecordUsageRequest extends BillingEnvelope {
  readonly client_receipt_id: string;
  readonly usage_recs: readonly UsageRecord[];
}

/** Result of one line; the codec writes it as it is (writeBillingResult). */
export interface LineResult {
  readonly lineId: string;
  readonly status: SyncStatus;
  readonly errorCode: number;
  readonly errorMessage: string;
  readonly billedAmount: number;
}

/** What a call has settled. */
export interface BulkOutcome {
  /** Final answers, in the order of the lines. */
  readonly results: readonly LineResult[];
  /** Lines that may be sent again as they are, under the same client_record_id, once the usage history has shown that they are not there. */
  readonly retry: readonly BillingLine[];
  /** Why, when there are lines to retry. */
  readonly reason: string;
  /**
   * Billing has done a call with this receipt before and did nothing now: its usage history shows the lines that it took, and all
   * others of that call were refused. Nothing else is settled then.
   */
  readonly receiptUsed: boolean;
}

/**
 * Receipt of an attempt: alphanumeric. The API takes a receipt once, so an attempt of unknown outcome is repeated under its own receipt:
 * should billing still be at work on the first call, only one of the two is done.
 * Throws RangeError when the result would be longer than 50 characters or not alphanumeric: run ids are checked where they are made.
 */
export function receiptId(batchId: string, attempt: number): string {
  const id = `${batchId}A${attempt}`;
  if (!RECEIPT.test(id)) throw new RangeError(`"${id}" is no client_receipt_id: 1 to 50 letters and digits`);
  return id;
}

/** The request that records a batch of lines (usage operations 7.6). `zone` is the client's. */
export function bulkRecordUsageRequest(
  lines: readonly BillingLine[],
  receipt: string,
  caller: BillingCaller,
  zone: ZoneOffsets,
): BulkRecordUsageRequest {
  return {
    ...envelopeOf('bulk_record_usage_m', caller),
    client_receipt_id: receipt,
    usage_recs: lines.map((line) => usageRecordOf(line, zone)),
  };
}

function usageRecordOf(line: BillingLine, zone: ZoneOffsets): UsageRecord {
  const rate = blendedRate(line);
  return {
    client_record_id: line.lineId,
    client_acct_id: line.accountId,
    client_plan_instance_id: line.subscriptionId,
    usage_type_code: line.usageType,
    usage_units: formatScaled(line.quantity, QUANTITY_SCALE),
    usage_date: zone.localText(line.lastUsage),
    amt: formatScaled(line.billedAmount, AMOUNT_SCALE, 2),
    ...(rate === null ? {} : { rate }),
    qualifier_1: line.billUnit,
    qualifier_2: line.unit,
    qualifier_3: line.currency,
    qualifier_4: String(line.charges),
  };
}

/** Exact amount / quantity, rounded HALF_UP to the API's decimals; null without quantity or beyond 2^53. Information only: amt is charged. */
export function blendedRate(line: Pick<BillingLine, 'amount' | 'quantity'>): string | null {
  const rate = multiplyDivide(line.amount, RATE_FACTOR, line.quantity, 'HALF_UP');
  return Number.isNaN(rate) ? null : formatScaled(rate, RATE_SCALE);
}

/**
 * What an answer to bulk_record_usage_m says about each line (usage operations 7.7, 7.8). `answer` is the parsed JSON, or undefined when
 * none came (connection lost, HTTP 5xx). A line that is not in error_records is accepted when the call succeeded; when it failed,
 * a retryable code leaves the line open and any other refuses it.
 */
export function interpretBulkRecordUsage(lines: readonly BillingLine[], answer: unknown): BulkOutcome {
  const read = readAnswer(answer);
  if (read.call.code === RECEIPT_USED)
    return { results: [], retry: [], reason: read.call.message, receiptUsed: true };
  const results: LineResult[] = [];
  const retry: BillingLine[] = [];
  for (const line of lines) {
    const error = read.errors.get(line.lineId) ?? read.call;
    if (isRetryable(error.code)) retry.push(line);
    else results.push(error.code === 0 ? accepted(line) : refused(line, error));
  }
  return { results, retry, reason: retry.length === 0 ? '' : read.call.message, receiptUsed: false };
}

/** Billing has recorded the line. */
export function accepted(line: BillingLine): LineResult {
  const { lineId, billedAmount } = line;
  return { lineId, status: SyncStatus.COMPLETE, errorCode: 0, errorMessage: '', billedAmount };
}

function refused({ lineId }: BillingLine, { code, message }: LineError): LineResult {
  return { lineId, status: SyncStatus.ERROR, errorCode: code, errorMessage: message, billedAmount: 0 };
}
