import type { CatalogView } from './catalog-view.ts';
import type { UsageType } from './models.ts';

/** Id of the rate unit of a usage type: of its own row, else of its service type's (docs/rules.md 7.1); null without. */
export function rateUnitOf(view: CatalogView, { id, serviceType }: UsageType): string | null {
  let fallback: string | null = null;
  for (const { value } of view.list('rateUnitMap').entries) {
    if (value.serviceType !== serviceType) continue;
    if (value.usageType === id) return value.rateUnit;
    if (value.usageType === undefined) fallback ??= value.rateUnit;
  }
  return fallback;
}

/** Unit in which a usage type is priced, null when it is not known. */
export function unitOf(view: CatalogView, usageType: UsageType): string | null {
  const rateUnit = rateUnitOf(view, usageType);
  return rateUnit === null ? null : (view.list('rateUnits').byId.get(rateUnit)?.value.unit ?? null);
}
