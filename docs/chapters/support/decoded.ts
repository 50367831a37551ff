/** Messages as a reader wants to see them: names, and decimals in plain units. */
import {
  BillingLineBatchView,
  ChargeCursor,
  ErrorBatchView,
  ImpactCursor,
  RatedBatchView,
  SuspendedBatchView,
} from '../../../schemas/codec/generated/views.ts';
import { impactKindSymbols, outcomeSymbols } from '../../../schemas/codec/generated/values.ts';
import { AMOUNT_SCALE, formatScaled, QUANTITY_SCALE } from '../../../schemas/decimal/scaled.ts';

/** An amount of money, e.g. `0.38`. */
export const money = (amount: number): string => formatScaled(amount, AMOUNT_SCALE);
/** A quantity in its unit, e.g. `90`. */
export const quantity = (value: number): string => formatScaled(value, QUANTITY_SCALE);

export interface RatedCharge {
  readonly record: number;
  readonly subscription: string;
  readonly usageType: string;
  readonly offer: string;
  readonly zone: string;
  readonly timeClass: string;
  readonly billUnit: string;
  readonly quantity: string;
  readonly gross: string;
  readonly amount: string;
  /** `GBP 0.05`, `VOICE_POOL 60 of tier 1`: what changed, in the order of rating. */
  readonly impacts: readonly string[];
}

/** Charges of a message of usage.rated. */
export function ratedCharges(message: Buffer): RatedCharge[] {
  const batch = new RatedBatchView().open(message);
  const out: RatedCharge[] = [];
  while (batch.next()) {
    const { record } = batch;
    const charges = new ChargeCursor().open(record.buffer, record.chargesStart);
    while (charges.next()) {
      const { charge } = charges;
      out.push({
        ...{ record: record.recordNumber, subscription: record.subscriptionId },
        ...{ usageType: charge.usageType, offer: charge.offerId, zone: charge.zone },
        ...{ timeClass: charge.timeClass, billUnit: charge.billUnit, quantity: quantity(charge.quantity) },
        ...{ gross: money(charge.gross), amount: money(charge.amount) },
        impacts: impactsOf(charge.buffer, charge.impactsStart),
      });
    }
  }
  return out;
}

function impactsOf(buffer: Buffer, start: number): string[] {
  const impacts = new ImpactCursor().open(buffer, start);
  const out: string[] = [];
  while (impacts.next()) {
    const { impact } = impacts;
    const isMoney = impactKindSymbols[impact.kind] === 'CURRENCY';
    const value = isMoney ? money(impact.amount) : quantity(impact.quantity);
    out.push(`${impact.resourceId} ${value}${impact.tier > 0 ? ` in tier ${impact.tier}` : ''}`);
  }
  return out;
}

/** Records of a message of usage.suspended as `line: CODE reason`. */
export function suspendedRecords(message: Buffer): string[] {
  const batch = new SuspendedBatchView().open(message);
  const out: string[] = [];
  while (batch.next()) {
    const { recordNumber, code, reason } = batch.record;
    out.push(`${recordNumber}: ${code} ${reason}`);
  }
  return out;
}

/** Records of a message of usage.errors as `line: OUTCOME CODE reason`. */
export function errorRecords(message: Buffer): string[] {
  const batch = new ErrorBatchView().open(message);
  const out: string[] = [];
  while (batch.next()) {
    const { recordNumber, outcome, code, reason } = batch.record;
    out.push(`${recordNumber}: ${outcomeSymbols[outcome]} ${code} ${reason}`);
  }
  return out;
}

export interface Line {
  readonly lineId: string;
  readonly account: string;
  readonly subscription: string;
  readonly usageType: string;
  readonly billUnit: string;
  readonly records: number;
  readonly quantity: string;
  readonly amount: string;
  readonly billedAmount: string;
}

/** Lines of a message of billing.lines. */
export function billingLines(message: Buffer): Line[] {
  const batch = new BillingLineBatchView().open(message);
  const out: Line[] = [];
  while (batch.next()) {
    const { record: line } = batch;
    out.push({
      ...{ lineId: line.lineId, account: line.accountId, subscription: line.subscriptionId },
      ...{ usageType: line.usageType, billUnit: line.billUnit, records: line.records },
      ...{ quantity: quantity(line.quantity), amount: money(line.amount) },
      billedAmount: money(line.billedAmount),
    });
  }
  return out;
}
