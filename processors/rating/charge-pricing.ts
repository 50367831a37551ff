import { OfferType } from '../../schemas/codec/generated/values.ts';
import type { BalanceScratch } from './balance-scratch.ts';
import type { CompiledOffer, CompiledResource } from './compiled-catalog.ts';
import type { Pricing } from './models/pricing-model.ts';
import type { RatedCharge, RatedImpact, RatingResult } from './rating-result.ts';
import { ACCUMULATOR, ALLOWANCE, CURRENCY } from './resource-kind.ts';
import type { CompiledRow } from './row-matcher.ts';
import type { UnitRate } from './unit-rate.ts';

/**
 * Writes the impacts of one charge after the other (docs/rules.md 7.6 to 7.8): gross, what allowances cover, accumulators.
 * Totals that are no safe integers are noted in `overflowed`, and the caller fails the record.
 */
export class ChargePricing implements Pricing {
  quantity = 0;
  overflowed = false;
  private readonly resources: readonly CompiledResource[];
  private readonly scratch: BalanceScratch;
  private result!: RatingResult;
  private charge!: RatedCharge;
  private offer!: CompiledOffer;
  private row!: CompiledRow;

  constructor(resources: readonly CompiledResource[], scratch: BalanceScratch) {
    this.resources = resources;
    this.scratch = scratch;
  }

  begin(result: RatingResult, charge: RatedCharge, offer: CompiledOffer, row: CompiledRow): void {
    this.result = result;
    this.charge = charge;
    this.offer = offer;
    this.row = row;
    this.quantity = charge.quantity;
    this.overflowed = false;
  }

  fee(amount: number): void {
    this.money(OfferType.PRICE, 0, 0, amount);
  }

  portion(quantity: number, tier: number, rate: UnitRate): void {
    const gross = rate.amountOf(quantity);
    this.money(OfferType.PRICE, tier, quantity, gross);
    if (this.row.allowances.length > 0) this.cover(quantity, tier, rate, gross);
    this.accumulate(quantity, tier);
  }

  fixedPortion(quantity: number, tier: number, amount: number): void {
    this.money(OfferType.PRICE, tier, quantity, amount);
    this.accumulate(quantity, tier);
  }

  totalBefore(accumulator: number): number {
    return this.scratch.before(accumulator);
  }

  sumOfCharges(usageTypes: readonly number[], basis: 'gross' | 'net'): number {
    let sum = 0;
    for (let index = 0; index < usageTypes.length; index++) {
      const charge = this.earlier(usageTypes[index]!);
      if (charge === null) return Number.NaN;
      sum = this.safe(sum + (basis === 'gross' ? charge.gross : charge.amount));
    }
    return sum;
  }

  /** Charge of that usage type before the present one and in its currency. */
  private earlier(usageType: number): RatedCharge | null {
    const { charges, chargeCount } = this.result;
    for (let index = 0; index < chargeCount - 1; index++) {
      const charge = charges[index]!;
      if (charge.usageTypeNumber === usageType && charge.currency === this.charge.currency) return charge;
    }
    return null;
  }

  private cover(quantity: number, tier: number, rate: UnitRate, gross: number): void {
    const { allowances } = this.row;
    let uncovered = quantity;
    let rest = gross;
    for (let index = 0; index < allowances.length && uncovered > 0; index++) {
      const allowance = allowances[index]!;
      const left = this.safe(this.scratch.value(allowance));
      if (!(left > 0)) continue;
      const consumed = left < uncovered ? left : uncovered;
      uncovered -= consumed;
      this.move(ALLOWANCE, OfferType.ALLOWANCE, allowance, tier, consumed, left, left - consumed);
      const offset = uncovered === 0 ? rest : towardsZero(rate.amountOf(consumed), rest);
      rest -= offset;
      this.money(OfferType.ALLOWANCE, tier, consumed, -offset);
    }
  }

  private accumulate(quantity: number, tier: number): void {
    const { accumulators } = this.offer;
    for (let index = 0; index < accumulators.length; index++) {
      const accumulator = accumulators[index]!;
      const before = this.scratch.value(accumulator);
      const after = this.safe(before + quantity);
      this.move(ACCUMULATOR, OfferType.PRICE, accumulator, tier, quantity, before, after);
    }
  }

  private money(offerType: OfferType, tier: number, quantity: number, signed: number): void {
    const { charge } = this;
    // Adding zero turns -0 into 0.
    const amount = this.safe(signed + 0);
    if (offerType === OfferType.PRICE) charge.gross = this.safe(charge.gross + amount);
    charge.amount = this.safe(charge.amount + amount);
    const before = this.scratch.value(this.offer.currency);
    const after = this.safe(before + amount);
    this.move(CURRENCY, offerType, this.offer.currency, tier, quantity, before, after).amount = amount;
  }

  private move(
    kind: RatedImpact['kind'],
    offerType: OfferType,
    resource: number,
    tier: number,
    quantity: number,
    before: number,
    after: number,
  ): RatedImpact {
    this.scratch.set(resource, after);
    const impact = this.result.addImpact(this.charge);
    impact.kind = kind;
    impact.offerType = offerType;
    impact.resource = resource;
    impact.resourceId = this.resources[resource]!.id;
    impact.tier = tier;
    impact.quantity = quantity;
    impact.amount = 0;
    impact.balanceBefore = before;
    impact.balanceAfter = after;
    return impact;
  }

  private safe(value: number): number {
    // NaN fails both comparisons.
    if (!(value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER)) this.overflowed = true;
    return value;
  }
}

/** `amount`, but not beyond `limit`: two offsets rounded up must not exceed the gross that they offset (usage operations 5.4). */
function towardsZero(amount: number, limit: number): number {
  return limit >= 0 ? Math.min(amount, limit) : Math.max(amount, limit);
}
