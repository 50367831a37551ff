import type { Price } from '../../../schemas/catalog/offers.ts';
import { flat } from './flat.ts';
import { percentage } from './percentage.ts';
import type { CompiledPrice, PriceContext, PricingModel } from './pricing-model.ts';
import { progressiveTier } from './progressive-tier.ts';
import { unit } from './unit.ts';

/** Every pricing model by its name in the catalog; the compiler insists that none is missing. */
const PRICING_MODELS: { readonly [Model in Price['model']]: PricingModel<Model> } = {
  flat,
  unit,
  progressiveTier,
  percentage,
};

export function compilePrice(price: Price, context: PriceContext): CompiledPrice {
  // The model found under a price's own name takes exactly that price.
  return (PRICING_MODELS[price.model] as PricingModel<Price['model']>).compile(price, context);
}
