import type { PricingModel } from './pricing-model.ts';

/** A price per so many units, in proportion to the quantity. */
export const unit: PricingModel<'unit'> = {
  compile({ price, per, connectFee }, context) {
    const rate = context.rate(price, per);
    return {
      charge(pricing) {
        if (connectFee !== undefined) pricing.fee(connectFee);
        pricing.portion(pricing.quantity, 0, rate);
        return 0;
      },
    };
  },
};
