import type { CatalogPath } from './catalog-fault.ts';
import type { ListKey } from './catalog-view.ts';
import { checkDistinct } from './cross-check.ts';
import type { CrossCheck } from './cross-check.ts';

const LISTS = [
  'platforms',
  'serviceTypes',
  'units',
  'usageTypes',
  'rateUnits',
  'mappings',
  'lookupTables',
  'rules',
  'timeModels',
  'zoneModels',
  'offers',
  'plans',
] as const satisfies readonly ListKey[];

/** What has balances shares one name space: balances and impacts are told apart by their resource's id. */
const RESOURCES = ['currencies', 'allowances', 'accumulators'] as const satisfies readonly ListKey[];

function idsOf({ view }: CrossCheck, keys: readonly ((typeof LISTS)[number] | (typeof RESOURCES)[number])[]) {
  const items: { name: string; path: CatalogPath }[] = [];
  for (const key of keys)
    for (const { value, path } of view.list(key).entries)
      items.push({ name: value.id, path: [...path, 'id'] });
  return items;
}

/** No two objects of a kind have one id; nor have two resources, or two rows for one purpose. */
export function checkIds(check: CrossCheck): void {
  for (const key of LISTS) checkDistinct(check, idsOf(check, [key]), 'ID_TWICE', (id) => `the id "${id}"`);
  checkDistinct(check, idsOf(check, RESOURCES), 'ID_TWICE', (id) => `the resource id "${id}"`);
  const streams = check.view.list('streams').entries.map(({ value, path }) => {
    return { name: `${value.platform}/${value.serviceType}/${value.recordType}`, path };
  });
  checkDistinct(check, streams, 'ITEM_TWICE', (name) => `a stream for ${name}`);
  const rows = check.view.list('rateUnitMap').entries.map(({ value, path }) => {
    const suffix = value.usageType === undefined ? '' : `, usage type ${value.usageType}`;
    return { name: `${value.serviceType}${suffix}`, path };
  });
  checkDistinct(check, rows, 'ITEM_TWICE', (name) => `a row for service type ${name}`);
}
