import { Exact } from './numbers.ts';

type ResultKind = 'file' | 'record' | 'balance' | 'line';

/** One thing on which oracle and product do not agree. */
export interface Difference {
  kind: ResultKind;
  /** missing = the product lacks it; unexpected = the oracle does not know it; twice = the product gives it again. */
  problem: 'missing' | 'unexpected' | 'twice' | 'different';
  key: string;
  /** What differs, e.g. `charges[0].impacts[2].amount`; empty unless different. */
  paths: string[];
  expected: unknown;
  actual: unknown;
}

const KEPT = 50;

/** Counts all differences by kind and keeps the first 50. */
export class DifferenceList {
  readonly first: Difference[] = [];
  readonly totals: Record<string, number> = {};
  total = 0;

  add(difference: Difference): void {
    const { kind, problem, paths } = difference;
    const where = paths[0]?.replace(/\[\d+\]/g, '[]') ?? '';
    const name = where === '' ? `${kind} ${problem}` : `${kind} ${problem} ${where}`;
    this.totals[name] = (this.totals[name] ?? 0) + 1;
    this.total++;
    if (this.first.length < KEPT) this.first.push(difference);
  }
}

/** Decimal text: equal by value. */
const DECIMALS = new Set([
  ...['quantity', 'rawQuantity', 'gross', 'amount', 'billedAmount'],
  ...['balance', 'balanceBefore', 'balanceAfter'],
]);

/** Not every product result carries these; they are compared where given. */
const OPTIONAL = new Set(['headers', 'trailers', 'empty', 'account', 'subscription', 'balanceGroup', 'kind']);
const OPTIONAL_OF_CHARGES = new Set(['model', 'rawQuantity']);

/** The paths below which two results differ; what the expected side does not have is not asked for. */
export function differingPaths(expected: object, actual: object, path = ''): string[] {
  const right = actual as Record<string, unknown>;
  return Object.entries(expected).flatMap(([key, value]) => {
    const optional = path === '' ? OPTIONAL : OPTIONAL_OF_CHARGES;
    if (right[key] === undefined && optional.has(key)) return [];
    return differingValues(key, value, right[key], path === '' ? key : `${path}.${key}`);
  });
}

function differingValues(key: string, expected: unknown, actual: unknown, path: string): string[] {
  if (Array.isArray(expected)) {
    const [left, right] = [expected as unknown[], Array.isArray(actual) ? (actual as unknown[]) : []];
    if (left.length !== right.length) return [`${path}.length`];
    return left.flatMap((item, index) => differingValues('', item, right[index], `${path}[${index}]`));
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null) return [path];
    return differingPaths(expected, actual, path);
  }
  if (expected === actual) return [];
  return DECIMALS.has(key) && sameDecimal(expected, actual) ? [] : [path];
}

function sameDecimal(left: unknown, right: unknown): boolean {
  try {
    return new Exact(left as string).eq(new Exact(right as string));
  } catch {
    return false;
  }
}
