import { formatScaled, QUANTITY_SCALE } from '../decimal/scaled.ts';
import type { CatalogPath } from './catalog-fault.ts';
import { checkDistinct, checkReference, named } from './cross-check.ts';
import type { CrossCheck } from './cross-check.ts';
import type { Offer, Price } from './offers.ts';

type Tiers = Extract<Price, { model: 'progressiveTier' }>;
type Percentage = Extract<Price, { model: 'percentage' }>;

function checkTiers(check: CrossCheck, offer: Offer, { reference, tiers }: Tiers, path: CatalogPath): void {
  const { report } = check;
  let below = 0;
  for (const [index, { upTo }] of tiers.entries()) {
    const at = [...path, 'tiers', index];
    const last = index === tiers.length - 1;
    if (upTo === undefined) {
      if (!last) report('TIER_BOUND', at, 'only the last tier is without upTo');
      continue;
    }
    if (last)
      report(
        'TIER_BOUND',
        [...at, 'upTo'],
        'the last tier must be without upTo, or quantities above it have no price',
      );
    if (upTo <= below)
      report(
        'TIER_BOUND',
        [...at, 'upTo'],
        `must be above ${formatScaled(below, QUANTITY_SCALE)}, the tier before`,
      );
    below = Math.max(below, upTo);
  }
  if (reference === 'record') return;
  const at = [...path, 'reference', 'accumulator'];
  if (!checkReference(check, 'accumulators', reference.accumulator, 'accumulator', at)) return;
  if (!offer.accumulators.includes(reference.accumulator))
    report(
      'TIER_REFERENCE',
      at,
      `a tier's reference accumulator must be impacted by the offer or its total never moves`,
    );
}

/** A percentage is of charges before its own, under every multi-rate type that has it: so there is never a cycle. */
function checkPercentage(check: CrossCheck, offer: Offer, { of }: Percentage, path: CatalogPath): void {
  const { view, report } = check;
  const items = named(of, [...path, 'of']);
  checkDistinct(check, items, 'ITEM_TWICE', (name) => `the charge "${name}"`);
  const known = items.filter(({ name, path: at }) =>
    checkReference(check, 'usageTypes', name, 'usage type', at),
  );
  const parents = view.list('usageTypes').entries.map(({ value }) => value);
  for (const usageType of offer.usageTypes) {
    const multiRates = parents.filter(({ multiRate }) => multiRate?.charges.includes(usageType) === true);
    if (multiRates.length === 0 && view.list('usageTypes').complete)
      report(
        'PERCENTAGE_BASIS',
        path,
        `"${usageType}" is no charge of a multi-rate usage type: there is nothing to take a part of`,
      );
    for (const { id, multiRate } of multiRates) {
      const charges = multiRate?.charges ?? [];
      for (const { name, path: at } of known)
        if (!charges.slice(0, charges.indexOf(usageType)).includes(name))
          report(
            'PERCENTAGE_BASIS',
            at,
            `"${name}" does not come before "${usageType}" in the charges of ${id}`,
          );
    }
  }
}

/** A price of an offer's row: tiers and their reference, percentages and their basis. */
export function checkPrice(check: CrossCheck, offer: Offer, price: Price, path: CatalogPath): void {
  if (price.model === 'progressiveTier') checkTiers(check, offer, price, path);
  if (price.model === 'percentage') checkPercentage(check, offer, price, path);
}
