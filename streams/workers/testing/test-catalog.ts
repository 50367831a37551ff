import { readFileSync } from 'node:fs';
import { ServiceDirectoryBuilder } from '../../../processors/guiding/service-directory-builder.ts';
import type { ServiceDirectory } from '../../../processors/guiding/service-directory.ts';
import { compileCatalog } from '../../../processors/rating/compile-catalog.ts';
import type { CompiledCatalog } from '../../../processors/rating/compiled-catalog.ts';
import type { Catalog } from '../../../schemas/catalog/catalog.ts';
import { formatFault } from '../../../schemas/catalog/catalog-fault.ts';
import { parseCatalog } from '../../../schemas/catalog/load-catalog.ts';
import { SubscriptionLoader } from '../../../schemas/catalog/load-subscriptions.ts';

export interface TestCatalog {
  readonly catalog: Catalog;
  readonly compiled: CompiledCatalog;
  readonly directory: ServiceDirectory;
  readonly catalogVersion: string;
}

const read = (name: string): string => readFileSync(new URL(`catalog/${name}`, import.meta.url), 'utf8');

let loaded: TestCatalog | undefined;

/** The catalog of streams/workers/testing/catalog, compiled. */
export function loadTestCatalog(): TestCatalog {
  loaded ??= load();
  return loaded;
}

function load(): TestCatalog {
  const parsed = parseCatalog([{ path: 'catalog.yaml', text: read('catalog.yaml') }]);
  if (!parsed.ok) throw new Error(parsed.faults.map(formatFault).join('\n'));
  const { catalog, version } = parsed;
  const compiled = compileCatalog(catalog);
  if (compiled.catalog === null) throw new Error(compiled.faults.join('\n'));
  const names = {
    plans: catalog.plans.map(({ id }) => id),
    serviceTypes: catalog.serviceTypes.map(({ id }) => id),
  };
  const builder = new ServiceDirectoryBuilder(names);
  const loader = new SubscriptionLoader(names, (subscription) => builder.add(subscription));
  loader.read('subscriptions.jsonl', read('subscriptions.jsonl'));
  if (loader.finish().faultCount > 0) throw new Error('subscriptions.jsonl has faults');
  return { catalog, compiled: compiled.catalog, directory: builder.build(), catalogVersion: version };
}
