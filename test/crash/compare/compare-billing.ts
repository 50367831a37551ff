import type { AcceptedLine, Simulator } from '../simulator.ts';
import { compareTexts } from './difference.ts';
import type { Comparison } from './difference.ts';

/** Receipts and numbers are given anew by every call; everything else of a charged line must be equal. */
function chargeOf(line: AcceptedLine): string {
  return JSON.stringify({ ...line, usage_rec_no: undefined, client_receipt_id: undefined });
}

/** What billing has charged: the same lines with the same amounts, each once. */
export async function compareBilling(reference: Simulator, disturbed: Simulator): Promise<Comparison[]> {
  const [expected, found, summary] = await Promise.all([
    reference.accepted(),
    disturbed.accepted(),
    disturbed.summary(),
  ]);
  const repeated = summary.repeatedLines === 0 ? [] : [`${summary.repeatedLines} lines were charged twice`];
  return [
    compareTexts('lines charged by billing', expected.map(chargeOf), found.map(chargeOf)),
    compareTexts('lines charged twice', [], repeated),
  ];
}
