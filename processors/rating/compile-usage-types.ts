import type { Catalog } from '../../schemas/catalog/catalog.ts';
import { CONTAINER_ATTRIBUTES } from '../../schemas/catalog/mapping.ts';
import type { RateUnit, UsageType } from '../../schemas/catalog/models.ts';
import { encodeText } from '../../schemas/codec/avro-writer.ts';
import { AMOUNT_SCALE, QUANTITY_SCALE } from '../../schemas/decimal/scaled.ts';
import { compileExpression } from '../../schemas/expression/compile-expression.ts';
import type { AttributeType } from '../../schemas/expression/compile-expression.ts';
import type { CatalogFaults, CatalogNames } from './catalog-names.ts';
import type { CompiledRateUnit, CompiledUsageType } from './compiled-catalog.ts';
import { USAGE_ATTRIBUTES } from './usage-reader.ts';

const ATTRIBUTE_TYPES: Readonly<
  Record<(typeof CONTAINER_ATTRIBUTES)[keyof typeof CONTAINER_ATTRIBUTES], AttributeType>
> = {
  text: { type: 'text' },
  integer: { type: 'number', scale: 0 },
  quantity: { type: 'number', scale: QUANTITY_SCALE },
  amount: { type: 'number', scale: AMOUNT_SCALE },
};

/** The container's attributes for the expression compiler, in the order of USAGE_ATTRIBUTES. */
const EXPRESSION_ATTRIBUTES: Readonly<Record<string, AttributeType>> = Object.fromEntries(
  USAGE_ATTRIBUTES.map((name) => [name, ATTRIBUTE_TYPES[CONTAINER_ATTRIBUTES[name]]]),
);

/** Attributes that rating skips when it decodes a container (schemas/codec/codecs.ts). */
const NOT_READ: ReadonlySet<string> = new Set(['sourceRecordId', 'description']);

/** Usage types with their rate units and charges. */
export function compileUsageTypes(
  catalog: Catalog,
  names: CatalogNames,
  faults: CatalogFaults,
): readonly CompiledUsageType[] {
  const units = new Map(catalog.rateUnits.map((unit) => [unit.id, compileRateUnit(unit, catalog, faults)]));
  for (const row of catalog.rateUnitMap) {
    if (!units.has(row.rateUnit))
      faults.add(`rate unit map of ${row.serviceType}`, `no rate unit ${row.rateUnit}`);
  }
  return catalog.usageTypes.map((usageType, number) => {
    const where = `usage type ${usageType.id}`;
    return {
      id: encodeText(usageType.id),
      serviceType: names.serviceType(usageType.serviceType, where),
      rateUnit: units.get(rateUnitOf(catalog, usageType) ?? '') ?? null,
      charges: usageType.multiRate?.charges.map((id) => names.usageType(id, where)) ?? [number],
      quantityFrom: quantityFrom(usageType, names, faults),
    };
  });
}

/** Map row with this usage type, else the row of the service type (docs/rules.md 7.1). */
function rateUnitOf(catalog: Catalog, { id, serviceType }: UsageType): string | undefined {
  const rows = catalog.rateUnitMap.filter((row) => row.serviceType === serviceType);
  const row =
    rows.find(({ usageType }) => usageType === id) ?? rows.find(({ usageType }) => usageType === undefined);
  return row?.rateUnit;
}

function quantityFrom({ id, multiRate }: UsageType, names: CatalogNames, faults: CatalogFaults): number {
  if (multiRate === undefined) return -1;
  const where = `usage type ${id}`;
  if (!multiRate.charges.includes(multiRate.quantityFrom)) {
    faults.add(where, `quantityFrom ${multiRate.quantityFrom} is none of its charges`);
  }
  const number = names.usageType(multiRate.quantityFrom, where);
  return multiRate.invoice === 'parent' ? number : -1;
}

function compileRateUnit(unit: RateUnit, catalog: Catalog, faults: CatalogFaults): CompiledRateUnit | null {
  const result = compileExpression(unit.quantity, {
    attributes: EXPRESSION_ATTRIBUTES,
    lookupTables: catalog.lookupTables,
    expect: 'number',
    resultScale: QUANTITY_SCALE,
  });
  const where = `rate unit ${unit.id}`;
  if (!result.ok) {
    faults.add(where, `quantity, at ${result.position + 1}: ${result.message}`);
    return null;
  }
  for (const attribute of result.value.attributes) {
    const name = USAGE_ATTRIBUTES[attribute]!;
    if (NOT_READ.has(name))
      faults.add(where, `quantity: ${name} is not read in rating; copy it to a flexible attribute`);
  }
  if (!catalog.units.some(({ id }) => id === unit.unit)) faults.add(where, `no unit ${unit.unit}`);
  return { unit: encodeText(unit.unit), quantity: result.value };
}
