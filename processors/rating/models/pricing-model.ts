import type { Price } from '../../../schemas/catalog/offers.ts';
import type { UnitRate } from '../unit-rate.ts';

/** The part of a price of one model. */
export type PriceOf<Model extends Price['model']> = Extract<Price, { model: Model }>;

/**
 * One charge in the making, as a pricing model sees it. What a model adds appears in the result in the order in which it is added.
 * Overflow anywhere is noted here and fails the charge; models need not look.
 */
export interface Pricing {
  /** Rated quantity, scaled by 10^6. */
  readonly quantity: number;
  /** A fee that belongs to no quantity: a currency impact alone. Amount scaled by 10^9. */
  fee(amount: number): void;
  /** A part of the quantity at a price per unit: currency, what allowances cover of it, accumulators. Tier 0 = the model has no tiers. */
  portion(quantity: number, tier: number, rate: UnitRate): void;
  /** A part of the quantity at an amount of its own, which no allowance covers: currency and accumulators. */
  fixedPortion(quantity: number, tier: number, amount: number): void;
  /** Total of an accumulator (number of the resource) before the record. */
  totalBefore(accumulator: number): number;
  /** Sum of the record's earlier charges of these usage types (numbers of the catalog); NaN when one of them is not there. */
  sumOfCharges(usageTypes: readonly number[], basis: 'gross' | 'net'): number;
}

/** A price, compiled. */
export interface CompiledPrice {
  /** Adds the price of `pricing.quantity`; returns 0 or the number of a suspense code. Must not keep `pricing`. */
  charge(pricing: Pricing): number;
}

/** What a model may ask while the catalog is compiled. */
export interface PriceContext {
  /** Records a fault of the catalog; the whole catalog is refused. */
  fault(message: string): void;
  /** A price (10^9) per units (10^6) with the offer's currency's rounding. */
  rate(price: number, per: number): UnitRate;
  /** Number of an accumulator that the offer moves; faults and returns 0 when it does not. */
  movedAccumulator(id: string): number;
  /** Number of a usage type; faults and returns 0 when there is none. */
  usageType(id: string): number;
}

/** One way to price a quantity. A new model is a new file that exports one, listed in pricing-models.ts. */
export interface PricingModel<Model extends Price['model']> {
  compile(price: PriceOf<Model>, context: PriceContext): CompiledPrice;
}
