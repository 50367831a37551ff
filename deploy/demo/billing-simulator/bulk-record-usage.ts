import { API_MESSAGES, isObject, refuse, refusedCall } from './api.ts';
import type { JsonObject, Refusal } from './api.ts';
import type { ChargeBook } from './charge-book.ts';
import { checkLine, isRefusal } from './line-check.ts';
import type { CheckedLine, LineContext } from './line-check.ts';

const RECEIPT = /^[A-Za-z0-9]{1,50}$/;
const MAX_LINES = 1000;

/** What one call did, for the summary. */
export interface BulkResult {
  answer: JsonObject;
  /** Codes of the refused lines. */
  lineCodes: number[];
}

function checkReceipt(body: JsonObject, book: ChargeBook): Refusal | null {
  const receipt = body['client_receipt_id'];
  if (receipt === undefined || receipt === null) return null;
  if (typeof receipt !== 'string' || !RECEIPT.test(receipt))
    return refuse(1012, 'client_receipt_id is not alphanumeric');
  return book.hasReceipt(receipt) ? refuse(1012, `client_receipt_id ${receipt} was used before`) : null;
}

function checkRecords(body: JsonObject): readonly JsonObject[] | Refusal {
  const records: unknown = body['usage_recs'];
  if (!Array.isArray(records) || records.length === 0) return refuse(1010, 'usage_recs');
  if (records.length > MAX_LINES) return refuse(1016, `usage_recs has more than ${MAX_LINES} records`);
  return records.every(isObject) ? records : refuse(1016, 'usage_recs has an element that is no object');
}

/**
 * Takes the lines that are right and lists the others in error_records. A faulty line without client_record_id cannot be
 * listed: then the call fails as a whole with its code and nothing is taken.
 */
export async function bulkRecordUsage(
  body: JsonObject,
  book: ChargeBook,
  context: LineContext,
): Promise<BulkResult> {
  const receiptFault = checkReceipt(body, book);
  if (receiptFault !== null) return { answer: refusedCall(receiptFault), lineCodes: [] };
  const records = checkRecords(body);
  if ('code' in records) return { answer: refusedCall(records), lineCodes: [] };
  const good: CheckedLine[] = [];
  const errors: JsonObject[] = [];
  const lineCodes: number[] = [];
  for (const record of records) {
    const result = checkLine(record, context);
    if (!isRefusal(result)) {
      good.push(result);
      continue;
    }
    const id = record['client_record_id'];
    if (typeof id !== 'string' || id === '') return { answer: refusedCall(result), lineCodes: [] };
    lineCodes.push(result.code);
    errors.push({
      out_client_record_id: id,
      acct_no: record['acct_no'] ?? null,
      record_error_code: result.code,
      record_error_msg: result.message,
    });
  }
  await book.accept((body['client_receipt_id'] as string | null | undefined) ?? null, good);
  return { answer: { error_code: 0, error_msg: API_MESSAGES[0], error_records: errors }, lineCodes };
}
