import type { BillingLine } from '../aggregation/cut-run.ts';
import type { ZoneOffsets } from '../calendar/zone-offsets.ts';
import { envelopeOf, NO_DATA } from './billing-call.ts';
import type { BillingCaller, BillingEnvelope } from './billing-call.ts';
import { accepted } from './bulk-record-usage.ts';
import type { LineResult } from './bulk-record-usage.ts';
import { isObject, readAnswer } from './read-answer.ts';

export interface UsageHistoryRequest extends BillingEnvelope {
  readonly client_acct_id: string;
  /** yyyy-mm-dd, inclusive. */
  readonly date_range_start: string;
  readonly date_range_end: string;
}

/** A question to billing and the lines that its answer settles. */
export interface HistoryQuestion {
  readonly request: UsageHistoryRequest;
  readonly lines: readonly BillingLine[];
}

/** What billing's usage history says about lines whose outcome was unknown. */
export type HistoryOutcome =
  /** `results`: lines that billing has; `missing`: lines that it does not have and that are to be sent. */
  | {
      readonly known: true;
      readonly results: readonly LineResult[];
      readonly missing: readonly BillingLine[];
    }
  /** Nothing is settled; ask again. */
  | { readonly known: false; readonly reason: string };

/**
 * Questions that settle lines whose call had no answer (a crash, a broken connection), one per account (usage operations 7.11).
 * bulk_record_usage_m does not look for repeated client_record_ids, so a line of unknown outcome is never sent before this is asked.
 */
export function usageHistoryQuestions(
  lines: readonly BillingLine[],
  caller: BillingCaller,
  zone: ZoneOffsets,
): readonly HistoryQuestion[] {
  const byAccount = new Map<string, BillingLine[]>();
  for (const line of lines) {
    const own = byAccount.get(line.accountId);
    if (own === undefined) byAccount.set(line.accountId, [line]);
    else own.push(line);
  }
  return [...byAccount].map(([account, own]) => {
    const days = own.map((line) => zone.localText(line.lastUsage).slice(0, 10)).sort();
    const request = {
      ...envelopeOf('get_usage_history_m', caller),
      client_acct_id: account,
      date_range_start: days[0]!,
      date_range_end: days.at(-1)!,
    };
    return { request, lines: own };
  });
}

/** Reads the answer to a question; undefined when none came. An account that billing does not know has none of its lines. */
export function interpretUsageHistory(lines: readonly BillingLine[], answer: unknown): HistoryOutcome {
  const { call } = readAnswer(answer);
  if (call.code === NO_DATA || call.code === UNKNOWN_ACCOUNT)
    return { known: true, results: [], missing: lines };
  if (call.code !== 0) return { known: false, reason: `${call.code} ${call.message}` };
  const ids = recordIdsOf(answer);
  if (ids === null) return { known: false, reason: 'usage_history_records cannot be read' };
  return {
    known: true,
    results: lines.filter(({ lineId }) => ids.has(lineId)).map(accepted),
    missing: lines.filter(({ lineId }) => !ids.has(lineId)),
  };
}

/** "Account does not exist". */
const UNKNOWN_ACCOUNT = 1009;

function recordIdsOf(answer: unknown): ReadonlySet<string> | null {
  const records: unknown = isObject(answer) ? answer['usage_history_records'] : undefined;
  if (!Array.isArray(records)) return null;
  const ids = new Set<string>();
  for (const record of records as unknown[]) {
    if (!isObject(record)) return null;
    const id = record['client_record_id'];
    if (typeof id === 'string') ids.add(id);
  }
  return ids;
}
