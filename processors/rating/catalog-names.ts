import type { Catalog } from '../../schemas/catalog/catalog.ts';
import { encodeText } from '../../schemas/codec/avro-writer.ts';
import type { CompiledResource } from './compiled-catalog.ts';
import { ACCUMULATOR, ALLOWANCE, CURRENCY } from './resource-kind.ts';
import type { ResourceKind } from './resource-kind.ts';

/** What is wrong with a catalog, with the object that is to be corrected in front. */
export class CatalogFaults {
  readonly messages: string[] = [];

  add(where: string, message: string): void {
    this.messages.push(`${where}: ${message}`);
  }
}

/** Numbers that the compiled catalog uses for its objects. */
export class CatalogNames {
  readonly resources: readonly CompiledResource[];
  readonly usageTypes: ReadonlyMap<string, number>;
  readonly serviceTypes: ReadonlyMap<string, number>;
  private readonly faults: CatalogFaults;

  constructor(catalog: Catalog, faults: CatalogFaults) {
    this.faults = faults;
    this.resources = resourcesOf(catalog);
    this.usageTypes = numbered(catalog.usageTypes);
    this.serviceTypes = numbered(catalog.serviceTypes);
  }

  /** Number of a resource; 0 and a fault when there is none of that kind. */
  resource(kind: ResourceKind, id: string, where: string): number {
    const number = this.resources.findIndex((resource) => resource.kind === kind && resource.id.text === id);
    if (number >= 0) return number;
    this.faults.add(where, `no ${KIND_NAMES[kind]} ${id}`);
    return 0;
  }

  /** Number of a usage type; 0 and a fault when there is none. */
  usageType(id: string, where: string): number {
    return this.numberOf(this.usageTypes, 'usage type', id, where);
  }

  serviceType(id: string, where: string): number {
    return this.numberOf(this.serviceTypes, 'service type', id, where);
  }

  private numberOf(names: ReadonlyMap<string, number>, what: string, id: string, where: string): number {
    const number = names.get(id);
    if (number === undefined) this.faults.add(where, `no ${what} ${id}`);
    return number ?? 0;
  }
}

const KIND_NAMES: Readonly<Record<ResourceKind, string>> = {
  [CURRENCY]: 'currency',
  [ALLOWANCE]: 'allowance',
  [ACCUMULATOR]: 'accumulator',
};

function resourcesOf(catalog: Catalog): CompiledResource[] {
  const counted = (kind: ResourceKind, items: readonly { id: string; unit: string }[]): CompiledResource[] =>
    items.map(({ id, unit }) => ({ id: encodeText(id), kind, currency: null, unit }));
  return [
    ...catalog.currencies.map(({ id, rounding, billing }) => ({
      id: encodeText(id),
      kind: CURRENCY,
      currency: { rounding, billing },
      unit: '',
    })),
    ...counted(ALLOWANCE, catalog.allowances),
    ...counted(ACCUMULATOR, catalog.accumulators),
  ];
}

function numbered(items: readonly { readonly id: string }[]): ReadonlyMap<string, number> {
  return new Map(items.map(({ id }, index) => [id, index]));
}
