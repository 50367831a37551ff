import { compileCatalog } from '../../processors/rating/compile-catalog.ts';
import type { CompiledCatalog } from '../../processors/rating/compiled-catalog.ts';
import type { ServiceDirectory } from '../../processors/guiding/service-directory.ts';
import { ServiceDirectoryBuilder } from '../../processors/guiding/service-directory-builder.ts';
import { formatFault } from '../../schemas/catalog/catalog-fault.ts';
import type { Catalog } from '../../schemas/catalog/catalog.ts';
import { parseCatalog } from '../../schemas/catalog/load-catalog.ts';
import { SubscriptionLoader } from '../../schemas/catalog/load-subscriptions.ts';
import { readCatalogFolder } from './catalog-folder.ts';
import type { CatalogFolder } from './catalog-folder.ts';

/** Everything that a service is told by its catalog folder, checked and compiled. */
export interface Configuration {
  readonly catalog: Catalog;
  readonly catalogVersion: string;
  readonly compiled: CompiledCatalog;
  readonly directory: ServiceDirectory;
  /** Things that work but are probably not meant, one line each. */
  readonly warnings: readonly string[];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** The catalog folder has faults; nothing was started. */
export class ConfigurationError extends Error {
  /** One line each: file, line, path, what is wrong. */
  readonly faults: readonly string[];

  constructor(directory: string, faults: readonly string[]) {
    const warnings = faults.filter((fault) => fault.includes(' warning: ')).length;
    const found = [
      count(faults.length - warnings, 'fault'),
      ...(warnings > 0 ? [count(warnings, 'warning')] : []),
    ];
    super(
      `The catalog in ${directory} has ${found.join(' and ')}; nothing was started:\n${faults.join('\n')}`,
    );
    this.name = 'ConfigurationError';
    this.faults = faults;
  }
}

interface LoadedSubscriptions {
  readonly directory: ServiceDirectory;
  readonly faults: readonly string[];
}

function loadSubscriptions(catalog: Catalog, folder: CatalogFolder): LoadedSubscriptions {
  const names = {
    plans: catalog.plans.map(({ id }) => id),
    serviceTypes: catalog.serviceTypes.map(({ id }) => id),
  };
  const builder = new ServiceDirectoryBuilder(names);
  const refused: string[] = [];
  const loader = new SubscriptionLoader(names, (subscription) => {
    const fault = builder.add(subscription);
    if (fault !== null) refused.push(`${subscription.subscription}: ${fault.message}`);
  });
  for (const { path, text } of folder.subscriptions) loader.read(path, text);
  const { faults, faultCount } = loader.finish();
  const lines = faults.map(formatFault);
  if (faultCount > faults.length)
    lines.push(`… and ${faultCount - faults.length} more faults in subscriptions`);
  if (faultCount > 0) return { directory: new ServiceDirectoryBuilder(names).build(), faults: lines };
  return { directory: builder.build(), faults: refused };
}

function readFolder(directory: string): CatalogFolder {
  try {
    return readCatalogFolder(directory);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such folder' : message;
    throw new ConfigurationError(directory, [`${directory}: error: ${reason}`]);
  }
}

/** Reads and checks a catalog folder whole. @throws ConfigurationError with all faults at once */
export function loadConfiguration(directory: string): Configuration {
  const folder = readFolder(directory);
  if (folder.yaml.length === 0)
    throw new ConfigurationError(directory, [`${directory}: error: there is no *.yaml file in this folder`]);
  const parsed = parseCatalog(folder.yaml.map(({ path, text }) => ({ path, text })));
  if (!parsed.ok) throw new ConfigurationError(directory, parsed.faults.map(formatFault));
  const { catalog, version, warnings } = parsed;
  const compiled = compileCatalog(catalog);
  const subscriptions = loadSubscriptions(catalog, folder);
  const faults = [...(compiled.faults ?? []), ...subscriptions.faults];
  if (compiled.catalog === null || faults.length > 0) throw new ConfigurationError(directory, faults);
  return {
    ...{ catalog, catalogVersion: version, compiled: compiled.catalog, directory: subscriptions.directory },
    warnings: warnings.map(formatFault),
  };
}
