import type { Catalog } from '../../../schemas/catalog/catalog.ts';

/** SQL condition on `rated`: charges whose quantity counts in their line: all but the other children of a multi-rate parent (docs/rules.md 8). */
export function countingCharges(catalog: Catalog): string {
  const parents = catalog.usageTypes.flatMap(({ id, multiRate }) =>
    multiRate?.invoice === 'parent' ? [{ id, from: multiRate.quantityFrom }] : [],
  );
  if (parents.length === 0) return '1';
  const names = parents.map(({ id }) => `'${id}'`).join(', ');
  const pairs = parents.map(({ id, from }) => `('${id}', '${from}')`).join(', ');
  return `(usage_type NOT IN (${names}) OR (usage_type, charge_usage_type) IN (${pairs}))`;
}
