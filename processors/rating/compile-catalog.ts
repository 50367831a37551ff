import type { Catalog } from '../../schemas/catalog/catalog.ts';
import { ByteKeyIndex } from '../guiding/byte-key-index.ts';
import { CatalogFaults, CatalogNames } from './catalog-names.ts';
import { checkIds } from './check-ids.ts';
import { checkOffers } from './check-offers.ts';
import { CompiledModels } from './compile-models.ts';
import { compileOffer } from './compile-offer.ts';
import { compileUsageTypes } from './compile-usage-types.ts';
import type { CompiledCatalog, CompiledOffer } from './compiled-catalog.ts';
import { ALLOWANCE } from './resource-kind.ts';

export type CatalogOutcome =
  | { readonly catalog: CompiledCatalog; readonly faults: null }
  /** Each names the object to correct. */
  | { readonly catalog: null; readonly faults: readonly string[] };

/** Compiles what rating needs of a parsed catalog. References that lead nowhere and prices that could never apply are faults. */
export function compileCatalog(catalog: Catalog): CatalogOutcome {
  const faults = new CatalogFaults();
  checkIds(catalog, faults);
  const names = new CatalogNames(catalog, faults);
  const usageTypes = compileUsageTypes(catalog, names, faults);
  const models = new CompiledModels(catalog, faults);
  const offers = catalog.offers.map((offer) => compileOffer(offer, names, models, faults));
  checkOffers(catalog, names, usageTypes, faults);
  const compiled: CompiledCatalog = {
    serviceTypes: catalog.serviceTypes.map(({ id }) => id),
    plans: catalog.plans.map(({ id }) => id),
    resources: names.resources,
    usageTypeIds: indexOf(catalog.usageTypes.map(({ id }) => id)),
    usageTypes,
    offers: offersOfPlans(catalog, names, offers, faults),
    grants: catalog.plans.map((plan) =>
      plan.grants.map(({ allowance, quantity }) => ({
        resource: names.resource(ALLOWANCE, allowance, `plan ${plan.id}`),
        quantity,
      })),
    ),
    timeZone: catalog.client.timeZone,
  };
  return faults.messages.length === 0
    ? { catalog: compiled, faults: null }
    : { catalog: null, faults: faults.messages };
}

function offersOfPlans(
  catalog: Catalog,
  names: CatalogNames,
  compiled: readonly CompiledOffer[],
  faults: CatalogFaults,
): readonly (CompiledOffer | null)[] {
  const width = catalog.usageTypes.length;
  const table = new Array<CompiledOffer | null>(catalog.plans.length * width).fill(null);
  catalog.plans.forEach((plan, planNumber) => {
    const where = `plan ${plan.id}`;
    for (const id of plan.offers) {
      const number = catalog.offers.findIndex((offer) => offer.id === id);
      if (number < 0) faults.add(where, `no offer ${id}`);
      for (const usageType of catalog.offers[number]?.usageTypes ?? []) {
        const place = planNumber * width + names.usageType(usageType, `offer ${id}`);
        if (table[place] !== null)
          faults.add(where, `offers ${table[place]!.id.text} and ${id} both price ${usageType}`);
        table[place] = compiled[number]!;
      }
    }
  });
  return table;
}

function indexOf(ids: readonly string[]): ByteKeyIndex {
  const index = new ByteKeyIndex();
  for (const id of ids) index.addText(0, id);
  return index;
}
