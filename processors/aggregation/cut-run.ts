import type { Rounding } from '../../schemas/catalog/primitives.ts';
import { AMOUNT_SCALE } from '../../schemas/decimal/scaled.ts';
import { roundToDecimals } from '../../schemas/decimal/rounding.ts';
import type { GroupPart } from './group-key.ts';
import { readGroupKey } from './group-key.ts';
import type { GroupSum, LineGroups } from './line-groups.ts';

/** A billing line; the codec writes it as it is (writeBillingLine). Amounts scaled by 10^9, quantity by 10^6, times in microseconds. */
export interface BillingLine extends Readonly<Record<GroupPart, string>>, Readonly<Record<GroupSum, number>> {
  readonly lineId: string;
  readonly runId: string;
  readonly billedAmount: number;
}

/** Sums of the lines of a run in a partition; beyond 2^53 where the lines are many. */
export interface RunTotals {
  readonly lines: number;
  readonly charges: number;
  readonly quantity: bigint;
  readonly amount: bigint;
  readonly billedAmount: bigint;
}

export interface CutRun {
  readonly lines: readonly BillingLine[];
  readonly totals: RunTotals;
}

/**
 * Turns the groups into the lines of a run, in the order of the groups' first records, and forgets the groups. The same groups give the
 * same lines, so a run that is cut again after a crash has the same ids.
 * `billing` is the currency's rounding of lines, undefined for an unknown currency: its lines are not rounded.
 */
export function cutRun(
  groups: LineGroups,
  run: { readonly runId: string; readonly partition: number },
  billing: (currency: string) => Rounding | undefined,
): CutRun {
  const lines: BillingLine[] = [];
  groups.forEach((handle) => {
    const parts = readGroupKey(groups.key(handle));
    const amount = groups.get(handle, 'amount');
    lines.push({
      lineId: `${run.runId}P${run.partition}L${lines.length + 1}`,
      runId: run.runId,
      ...parts,
      charges: groups.get(handle, 'charges'),
      records: groups.get(handle, 'records'),
      quantity: groups.get(handle, 'quantity'),
      amount,
      billedAmount: billed(amount, billing(parts.currency)),
      firstUsage: groups.get(handle, 'firstUsage'),
      lastUsage: groups.get(handle, 'lastUsage'),
    });
  });
  groups.clear();
  return { lines, totals: totalsOf(lines) };
}

function billed(amount: number, rounding: Rounding | undefined): number {
  if (rounding === undefined) return amount;
  const rounded = roundToDecimals(amount, AMOUNT_SCALE, rounding.decimals, rounding.mode);
  // One charge of nearly 2^53 may round beyond it; towards zero it always fits.
  return Number.isNaN(rounded) ? roundToDecimals(amount, AMOUNT_SCALE, rounding.decimals, 'DOWN') : rounded;
}

function totalsOf(lines: readonly BillingLine[]): RunTotals {
  const sum = (field: 'quantity' | 'amount' | 'billedAmount'): bigint =>
    lines.reduce((total, line) => total + BigInt(line[field]), 0n);
  return {
    lines: lines.length,
    charges: lines.reduce((total, line) => total + line.charges, 0),
    quantity: sum('quantity'),
    amount: sum('amount'),
    billedAmount: sum('billedAmount'),
  };
}

/** Lines that go to billing in one call. */
export interface LineBatch {
  readonly batchId: string;
  readonly lines: readonly BillingLine[];
}

/** The lines in batches of at most `linesPerCall`, each one API call; batch ids are `<run>P<partition>B<number from 1>`, alphanumeric. */
export function batchesOf(
  lines: readonly BillingLine[],
  run: { readonly runId: string; readonly partition: number },
  linesPerCall: number,
): readonly LineBatch[] {
  const batches: LineBatch[] = [];
  for (let start = 0; start < lines.length; start += linesPerCall) {
    const batchId = `${run.runId}P${run.partition}B${batches.length + 1}`;
    batches.push({ batchId, lines: lines.slice(start, start + linesPerCall) });
  }
  return batches;
}
