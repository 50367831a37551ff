import type { Catalog } from '../../schemas/catalog/catalog.ts';
import type { CatalogFaults } from './catalog-names.ts';

type Identified = readonly { readonly id: string }[];

/**
 * Every id may be given once among its kind. Currencies, allowances and accumulators are one kind: balances and impacts name them by
 * their id alone.
 */
export function checkIds(catalog: Catalog, faults: CatalogFaults): void {
  const kinds: Readonly<Record<string, Identified>> = {
    'service type': catalog.serviceTypes,
    unit: catalog.units,
    'currency, allowance or accumulator': [
      ...catalog.currencies,
      ...catalog.allowances,
      ...catalog.accumulators,
    ],
    'usage type': catalog.usageTypes,
    'rate unit': catalog.rateUnits,
    'time model': catalog.timeModels,
    'zone model': catalog.zoneModels,
    offer: catalog.offers,
    plan: catalog.plans,
  };
  for (const [kind, items] of Object.entries(kinds)) {
    const seen = new Set<string>();
    for (const { id } of items) {
      if (seen.has(id)) faults.add(`${kind} ${id}`, 'is given twice');
      seen.add(id);
    }
  }
}
