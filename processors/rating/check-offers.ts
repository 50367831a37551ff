import type { Catalog } from '../../schemas/catalog/catalog.ts';
import type { Offer } from '../../schemas/catalog/offers.ts';
import type { CatalogFaults, CatalogNames } from './catalog-names.ts';
import type { CompiledUsageType } from './compiled-catalog.ts';
import { ACCUMULATOR, ALLOWANCE } from './resource-kind.ts';

/** Faults that only an offer together with its usage types shows: units that differ, percentages of what is not charged earlier. */
export function checkOffers(
  catalog: Catalog,
  names: CatalogNames,
  usageTypes: readonly CompiledUsageType[],
  faults: CatalogFaults,
): void {
  for (const offer of catalog.offers) {
    for (const id of offer.usageTypes) {
      const usageType = names.usageTypes.get(id);
      if (usageType === undefined) continue;
      checkUnits(offer, usageTypes[usageType]!, names, faults);
      checkPercentages(offer, id, catalog, faults);
    }
  }
}

function checkUnits(
  offer: Offer,
  usageType: CompiledUsageType,
  names: CatalogNames,
  faults: CatalogFaults,
): void {
  const unit = usageType.rateUnit?.unit.text;
  if (unit === undefined) return;
  const where = `offer ${offer.id}`;
  const allowances = new Set(offer.rows.flatMap((row) => row.allowances ?? offer.allowances));
  for (const resource of names.resources) {
    const isUsed =
      (resource.kind === ALLOWANCE && allowances.has(resource.id.text)) ||
      (resource.kind === ACCUMULATOR && offer.accumulators.includes(resource.id.text));
    if (!isUsed || resource.unit === unit) continue;
    faults.add(
      where,
      `${resource.id.text} counts ${resource.unit}, but ${usageType.id.text} is measured in ${unit}`,
    );
  }
}

/** A percentage needs a multi-rate type in which everything it is a part of is charged earlier; so it cannot refer to itself. */
function checkPercentages(offer: Offer, usageType: string, catalog: Catalog, faults: CatalogFaults): void {
  const bases = offer.rows.flatMap(({ price }) => (price.model === 'percentage' ? price.of : []));
  if (bases.length === 0) return;
  const where = `offer ${offer.id}`;
  const parents = catalog.usageTypes.filter(
    ({ multiRate }) => multiRate?.charges.includes(usageType) ?? false,
  );
  if (parents.length === 0)
    faults.add(where, `${usageType} is a percentage, but no multi-rate usage type charges it`);
  for (const { id, multiRate } of parents) {
    const earlier = multiRate?.charges.slice(0, multiRate.charges.indexOf(usageType)) ?? [];
    for (const basis of bases) {
      if (!earlier.includes(basis)) faults.add(where, `${id} does not charge ${basis} before ${usageType}`);
    }
  }
}
