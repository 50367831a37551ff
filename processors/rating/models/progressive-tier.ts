import { Suspense } from '../../suspense/suspense-code.ts';
import type { UnitRate } from '../unit-rate.ts';
import type { PriceContext, PriceOf, PricingModel } from './pricing-model.ts';

interface Tier {
  readonly upTo: number;
  readonly rate: UnitRate;
}

/** Graduated tiers: the quantity is cut where the reference passes a tier's inclusive upper bound; each part has its tier's price. */
export const progressiveTier: PricingModel<'progressiveTier'> = {
  compile(price, context) {
    const tiers = compileTiers(price, context);
    const { connectFee, reference } = price;
    const accumulator = reference === 'record' ? -1 : context.movedAccumulator(reference.accumulator);
    return {
      charge(pricing) {
        if (connectFee !== undefined) pricing.fee(connectFee);
        let position = accumulator < 0 ? 0 : pricing.totalBefore(accumulator);
        let rest = pricing.quantity;
        for (let index = 0; index < tiers.length; index++) {
          const { upTo, rate } = tiers[index]!;
          if (position >= upTo) continue;
          const part = Math.min(rest, upTo - position);
          pricing.portion(part, index + 1, rate);
          position += part;
          rest -= part;
          if (rest === 0) return 0;
        }
        return Suspense.TIER_GAP;
      },
    };
  },
};

function compileTiers(price: PriceOf<'progressiveTier'>, context: PriceContext): readonly Tier[] {
  let bound = 0;
  return price.tiers.map((tier, index) => {
    const upTo = tier.upTo ?? Number.POSITIVE_INFINITY;
    if (upTo <= bound)
      context.fault(`tier ${index + 1} must end above ${bound / 1_000_000}, where the one before ends`);
    bound = upTo;
    return { upTo, rate: context.rate(tier.price, tier.per) };
  });
}
