import { DifferenceList, differingPaths, type Difference } from './differences.ts';
import { Exact, plain, round, type Rounding } from './numbers.ts';
import type { RecordOutcomes } from './record-table.ts';
import { recordKey } from './results.ts';
import type {
  BalanceResult,
  BillingLineResult,
  FileResult,
  RecordOutcome,
  RecordReference,
} from './results.ts';

/** The oracle's side of a comparison; an OracleResult is one. */
export interface Expected {
  files: Iterable<FileResult>;
  records: RecordOutcomes;
  balances: Iterable<BalanceResult>;
  lines: Iterable<BillingLineResult>;
  billingRounding: Readonly<Record<string, Rounding>>;
}

type Optional<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>;

/** What the product computed, in the oracle's shapes; everything is read once. */
export interface Actual {
  files: Iterable<Optional<FileResult, 'headers' | 'trailers' | 'empty'>>;
  /** May be a stream: the product's records are many. */
  records: Iterable<RecordReference & RecordOutcome> | AsyncIterable<RecordReference & RecordOutcome>;
  balances: Iterable<Optional<BalanceResult, 'kind' | 'touched'>>;
  /** Lines of all runs. */
  lines: Iterable<BillingLineResult>;
}

export interface Comparison {
  compared: {
    files: number;
    records: number;
    charges: number;
    impacts: number;
    balances: number;
    lines: number;
  };
  /** All differences; 0 = the product is right. */
  total: number;
  /** Number per kind, e.g. `record different charges[].amount`. */
  totals: Record<string, number>;
  /** The first 50 in full. */
  differences: Difference[];
}

/** Compares everything that the oracle computed with everything that the product computed. */
export async function compareWithActual(expected: Expected, actual: Actual): Promise<Comparison> {
  const differences = new DifferenceList();
  const { records, charges, impacts } = await compareRecords(expected.records, actual.records, differences);
  const compared = {
    files: compareFiles(expected.files, actual.files, differences),
    ...{ records, charges, impacts },
    balances: compareBalances(expected.balances, actual.balances, differences),
    lines: compareLines(expected, actual.lines, differences),
  };
  return { compared, total: differences.total, totals: differences.totals, differences: differences.first };
}

/** By file id; the same content under the same name again has the same id and is told apart by its turn. */
function compareFiles(
  expected: Expected['files'],
  actual: Actual['files'],
  differences: DifferenceList,
): number {
  const byTurn = <T extends { fileId: string }>(files: Iterable<T>): Map<string, T> => {
    const result = new Map<string, T>();
    for (const file of files) {
      let turn = 1;
      while (result.has(`${file.fileId} ${turn}`)) turn++;
      result.set(`${file.fileId} ${turn}`, file);
    }
    return result;
  };
  return compareMaps('file', byTurn(expected), byTurn(actual), differences);
}

function compareMaps(
  kind: Difference['kind'],
  expected: ReadonlyMap<string, object>,
  actual: ReadonlyMap<string, object>,
  differences: DifferenceList,
): number {
  let compared = 0;
  for (const [key, left] of expected) {
    const right = actual.get(key);
    if (right === undefined) {
      differences.add({ kind, problem: 'missing', key, paths: [], expected: left, actual: null });
      continue;
    }
    compared++;
    const paths = differingPaths(left, right);
    if (paths.length > 0) {
      differences.add({ kind, problem: 'different', key, paths, expected: left, actual: right });
    }
  }
  for (const [key, right] of actual) {
    if (expected.has(key)) continue;
    differences.add({ kind, problem: 'unexpected', key, paths: [], expected: null, actual: right });
  }
  return compared;
}

async function compareRecords(
  expected: RecordOutcomes,
  actual: Actual['records'],
  differences: DifferenceList,
): Promise<{ records: number; charges: number; impacts: number }> {
  const counts = { records: 0, charges: 0, impacts: 0 };
  const seen = new Set<string>();
  for await (const right of actual) {
    const key = recordKey(right.fileId, right.recordNumber);
    const left = expected.get(key);
    if (left === undefined || seen.has(key)) {
      const problem = left === undefined ? 'unexpected' : 'twice';
      differences.add({ kind: 'record', problem, key, paths: [], expected: left ?? null, actual: right });
      continue;
    }
    seen.add(key);
    counts.records++;
    for (const charge of left.charges ?? []) {
      counts.charges++;
      counts.impacts += charge.impacts.length;
    }
    const paths = differingPaths(
      { ...left, charges: left.charges ?? [] },
      { ...right, charges: right.charges ?? [] },
    );
    if (paths.length > 0) {
      differences.add({ kind: 'record', problem: 'different', key, paths, expected: left, actual: right });
    }
  }
  if (seen.size < expected.size) addMissingRecords(expected, seen, differences);
  return counts;
}

function addMissingRecords(
  expected: RecordOutcomes,
  seen: ReadonlySet<string>,
  differences: DifferenceList,
): void {
  for (const key of expected.keys()) {
    if (seen.has(key)) continue;
    const left = expected.get(key) ?? null;
    differences.add({ kind: 'record', problem: 'missing', key, paths: [], expected: left, actual: null });
  }
}

/** An allowance that was never consumed need not be known to the product. */
function compareBalances(
  expected: Expected['balances'],
  actual: Actual['balances'],
  differences: DifferenceList,
): number {
  const keyOf = (balance: Actual['balances'] extends Iterable<infer T> ? T : never) =>
    [balance.balanceGroup, balance.resource, balance.billUnit].join(' ');
  const right = new Map([...actual].map((balance) => [keyOf(balance), balance]));
  const left = new Map<string, object>();
  for (const { touched, ...balance } of expected) {
    if (touched || right.has(keyOf(balance))) left.set(keyOf(balance), balance);
  }
  return compareMaps('balance', left, right, differences);
}

/** Lines of several runs add up to those of one final run; each is rounded by itself. */
function compareLines(
  { lines, billingRounding }: Pick<Expected, 'lines' | 'billingRounding'>,
  actual: Actual['lines'],
  differences: DifferenceList,
): number {
  const left = new Map([...lines].map((line) => [groupOf(line), line]));
  const right = new Map<string, BillingLineResult>();
  for (const line of actual) {
    const key = groupOf(line);
    const known = right.get(key);
    right.set(key, known === undefined ? line : sumOf(known, line));
    const rounding = billingRounding[line.currency];
    const billed = rounding === undefined ? null : plain(round(new Exact(line.amount), rounding));
    if (billed !== null && !new Exact(line.billedAmount).eq(billed)) {
      const paths = ['billedAmount'];
      const expected = { ...line, billedAmount: billed };
      differences.add({ kind: 'line', problem: 'different', key, paths, expected, actual: line });
    }
  }
  const withoutBilled = (map: Map<string, BillingLineResult>) =>
    new Map([...map].map(([key, line]) => [key, { ...line, billedAmount: null }]));
  return compareMaps('line', withoutBilled(left), withoutBilled(right), differences);
}

function groupOf(line: BillingLineResult): string {
  return [line.account, line.subscription, line.usageType, line.billUnit, line.currency, line.unit].join(' ');
}

function sumOf(a: BillingLineResult, b: BillingLineResult): BillingLineResult {
  const add = (left: string, right: string) => plain(new Exact(left).plus(right));
  return {
    ...a,
    charges: a.charges + b.charges,
    records: a.records + b.records,
    quantity: add(a.quantity, b.quantity),
    amount: add(a.amount, b.amount),
    billedAmount: add(a.billedAmount, b.billedAmount),
  };
}
