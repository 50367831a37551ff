import type { PricingModel } from './pricing-model.ts';

/** One amount for the record, whatever its quantity. */
export const flat: PricingModel<'flat'> = {
  compile({ amount }) {
    return {
      charge(pricing) {
        pricing.fixedPortion(pricing.quantity, 0, amount);
        return 0;
      },
    };
  },
};
