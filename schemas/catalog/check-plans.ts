import type { CatalogPath } from './catalog-fault.ts';
import { checkDistinct, checkReference, named } from './cross-check.ts';
import type { CrossCheck } from './cross-check.ts';
import type { Offer, Plan } from './offers.ts';

/** The offer that prices each usage type of a plan; reports a usage type priced twice. */
function pricesOf(
  { view, report, where }: CrossCheck,
  plan: Plan,
  path: CatalogPath,
): ReadonlyMap<string, Offer> {
  const prices = new Map<string, { offer: Offer; path: CatalogPath }>();
  for (const { name, path: at } of named(plan.offers, [...path, 'offers'])) {
    const offer = view.list('offers').byId.get(name)?.value;
    for (const usageType of new Set(offer?.usageTypes)) {
      const earlier = prices.get(usageType);
      if (earlier === undefined) prices.set(usageType, { offer: offer!, path: at });
      else
        report(
          'PLAN_PRICE_TWICE',
          at,
          `"${name}" prices ${usageType}, so does "${earlier.offer.id}" at ${where(earlier.path)}`,
        );
    }
  }
  return new Map([...prices].map(([usageType, { offer }]) => [usageType, offer]));
}

function checkMultiRates(
  { view, report }: CrossCheck,
  prices: ReadonlyMap<string, Offer>,
  path: CatalogPath,
): void {
  for (const { value } of view.list('usageTypes').entries) {
    const charges = value.multiRate?.charges ?? [];
    const missing = charges.filter((charge) => !prices.has(charge));
    if (missing.length > 0 && missing.length < charges.length)
      report(
        'PLAN_PRICE_PARTIAL',
        [...path, 'offers'],
        `prices only part of ${value.id}: without ${missing.join(', ')} its records are suspended (NO_PRICE_OFFER)`,
      );
  }
}

/** A percentage and its basis must be in one currency: amounts are never added across currencies. */
function checkCurrencies(
  { report }: CrossCheck,
  plan: Plan,
  prices: ReadonlyMap<string, Offer>,
  path: CatalogPath,
): void {
  for (const offer of new Set(prices.values())) {
    const bases = offer.rows.flatMap(({ price }) => (price.model === 'percentage' ? price.of : []));
    const other = bases.find((base) => (prices.get(base)?.currency ?? offer.currency) !== offer.currency);
    if (other === undefined) continue;
    const at = [...path, 'offers', plan.offers.indexOf(offer.id)];
    const message = `"${offer.id}" is a percentage in ${offer.currency} of ${other}, which is priced in ${prices.get(other)!.currency}`;
    report('PERCENTAGE_BASIS', at, message);
  }
}

function checkPlan(check: CrossCheck, plan: Plan, path: CatalogPath): void {
  const offers = named(plan.offers, [...path, 'offers']);
  const known = offers.filter(({ name, path: at }) => checkReference(check, 'offers', name, 'offer', at));
  const grants = plan.grants.map(({ allowance }, index) => {
    return { name: allowance, path: [...path, 'grants', index, 'allowance'] };
  });
  for (const { name, path: at } of grants) checkReference(check, 'allowances', name, 'allowance', at);
  checkDistinct(check, grants, 'ITEM_TWICE', (name) => `a grant of "${name}"`);
  const prices = pricesOf(check, plan, path);
  if (known.length === offers.length && check.view.list('offers').complete)
    checkMultiRates(check, prices, path);
  checkCurrencies(check, plan, prices, path);
}

/** Plans: their offers exist and price no usage type twice; grants exist; multi-rate types are priced whole. */
export function checkPlans(check: CrossCheck): void {
  for (const { value, path } of check.view.list('plans').entries) checkPlan(check, value, path);
}
