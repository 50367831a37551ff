/** What the oracle computes and what the product is compared by. All quantities and amounts are plain decimal text in their unit. */

export type FileStatus = 'ACCEPTED' | 'REJECTED' | 'DUPLICATE';

export interface FileResult {
  /** First 16 bytes, hex, of the hash that docs/rules.md section 2 defines. */
  fileId: string;
  /** Path below the client's folder, as in `input/`. */
  key: string;
  status: FileStatus;
  /** Reason of a rejection or duplicate, else empty. */
  code: string;
  /** All lines of the uncompressed file. */
  lines: number;
  headers: number;
  trailers: number;
  empty: number;
  details: number;
}

export interface Impact {
  kind: 'CURRENCY' | 'ALLOWANCE' | 'ACCUMULATOR';
  offerType: 'PRICE' | 'ALLOWANCE';
  resourceId: string;
  tier: number;
  quantity: string;
  amount: string;
  balanceBefore: string;
  balanceAfter: string;
}

export interface Charge {
  chargeNumber: number;
  usageType: string;
  offerId: string;
  model: string;
  zone: string;
  timeClass: string;
  /** First day of the billing cycle, yyyy-mm-dd. */
  billUnit: string;
  rawQuantity: string;
  quantity: string;
  unit: string;
  currency: string;
  gross: string;
  amount: string;
  impacts: Impact[];
}

export type Outcome = 'rated' | 'error' | 'ignored' | 'suspended' | 'duplicate';

export interface RecordOutcome {
  outcome: Outcome;
  /** Empty when rated. */
  code: string;
  /** Guided to; absent when guiding did not succeed. */
  account?: string;
  subscription?: string;
  balanceGroup?: string;
  /** Of rated records only. */
  charges?: Charge[];
}

export interface BalanceResult {
  balanceGroup: string;
  resource: string;
  /** Empty for currencies, whose total runs across cycles. */
  billUnit: string;
  kind: Impact['kind'];
  /** Remaining allowance, or total of an accumulator or currency. */
  balance: string;
  /** False for an allowance that was granted and looked at, but never consumed. */
  touched: boolean;
}

export interface BillingLineResult {
  account: string;
  subscription: string;
  usageType: string;
  billUnit: string;
  currency: string;
  unit: string;
  charges: number;
  records: number;
  quantity: string;
  amount: string;
  billedAmount: string;
}

/** Sums over all files, records and lines: the terms of the conservation equations (docs/rules.md section 9). */
export interface Totals {
  files: { accepted: number; rejected: number; duplicate: number };
  lines: number;
  headers: number;
  trailers: number;
  empty: number;
  /** Detail records of accepted files; those of other files are in `detailsNotLoaded`. */
  details: number;
  detailsNotLoaded: number;
  /** Records per `outcome` and per `outcome code`. */
  outcomes: Record<Outcome, number>;
  codes: Record<string, number>;
  charges: number;
  /** Exact sums over all charges. */
  gross: string;
  amount: string;
  billingLines: number;
  billedAmount: string;
}

/** Identity of a record: file id and line number from 1. */
export interface RecordReference {
  fileId: string;
  recordNumber: number;
}

export function recordKey(fileId: string, recordNumber: number): string {
  return `${fileId}:${recordNumber}`;
}
