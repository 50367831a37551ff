import type { Price, Tier } from './catalog.ts';
import { Exact, round, ZERO, type Rounding } from './numbers.ts';

/** A part of a charge that has one price. */
export interface Portion {
  /** Connect fees move the currency only. */
  kind: 'connectFee' | 'usage';
  /** From 1; 0 for models without tiers. */
  tier: number;
  quantity: Exact;
  gross: Exact;
  /** Price of a quantity in this portion, rounded; null where allowances do not reach (flat, percentage, connect fee). */
  priceOf: ((quantity: Exact) => Exact) | null;
}

/** What a price may depend on besides the quantity. */
export interface PriceContext {
  rounding: Rounding;
  /** Total of the reference accumulator before the record; 0 when tiers count within the record. */
  reference: Exact;
  /** Sum of the basis of the charges that a percentage names. */
  basis: Exact;
}

/** Cuts the rated quantity into portions (docs/rules.md section 7.6); null where the tiers do not cover it (TIER_GAP). */
export function portionsOf(price: Price, quantity: Exact, context: PriceContext): Portion[] | null {
  const portions: Portion[] = [];
  if (price.connectFee !== null) {
    portions.push({ kind: 'connectFee', tier: 0, quantity: ZERO, gross: price.connectFee, priceOf: null });
  }
  switch (price.model) {
    case 'flat':
      return [...portions, { kind: 'usage', tier: 0, quantity, gross: price.amount, priceOf: null }];
    case 'percentage': {
      const gross = round(context.basis.times(price.percent).div(100), context.rounding);
      return [...portions, { kind: 'usage', tier: 0, quantity, gross, priceOf: null }];
    }
    case 'unit':
      return [...portions, priced(0, price, quantity, context.rounding)];
    case 'progressiveTier': {
      const cuts = cutByTiers(price.tiers, quantity, context);
      return cuts === null ? null : [...portions, ...cuts];
    }
    default:
      throw new Error(`unknown pricing model ${price.model}`);
  }
}

function priced(
  tier: number,
  { price, per }: { price: Exact; per: Exact },
  quantity: Exact,
  rounding: Rounding,
): Portion {
  const priceOf = (part: Exact) => round(price.times(part).div(per), rounding);
  return { kind: 'usage', tier, quantity, gross: priceOf(quantity), priceOf };
}

function cutByTiers(
  tiers: readonly Tier[],
  quantity: Exact,
  { reference, rounding }: PriceContext,
): Portion[] | null {
  const portions: Portion[] = [];
  let position = reference;
  let left = quantity;
  for (const [index, tier] of tiers.entries()) {
    if (tier.upTo !== null && position.gte(tier.upTo)) continue;
    const part = tier.upTo === null ? left : Exact.min(left, tier.upTo.minus(position));
    portions.push(priced(index + 1, tier, part, rounding));
    position = position.plus(part);
    left = left.minus(part);
    if (left.isZero()) return portions;
  }
  return null;
}
