import { Suspense } from '../../suspense/suspense-code.ts';
import type { PricingModel } from './pricing-model.ts';

/** 100 per cent, in the scale of percentages (10^6). */
const WHOLE = 100_000_000;

/** A part of earlier charges of the same multi-rate record. */
export const percentage: PricingModel<'percentage'> = {
  compile(price, context) {
    const usageTypes = price.of.map((id) => context.usageType(id));
    const rate = context.rate(price.percent, WHOLE);
    const { basis } = price;
    return {
      charge(pricing) {
        const sum = pricing.sumOfCharges(usageTypes, basis);
        if (Number.isNaN(sum)) return Suspense.BASIS_MISSING;
        pricing.fixedPortion(pricing.quantity, 0, rate.amountOf(sum));
        return 0;
      },
    };
  },
};
