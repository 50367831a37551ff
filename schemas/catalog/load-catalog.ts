import { catalog } from './catalog.ts';
import type { Catalog } from './catalog.ts';
import { compareFaults } from './catalog-fault.ts';
import type { CatalogFault, CatalogPath, ReportFault } from './catalog-fault.ts';
import { catalogVersion } from './catalog-version.ts';
import { viewCatalog } from './catalog-view.ts';
import { checkIds } from './check-ids.ts';
import { checkMappings } from './check-mappings.ts';
import { checkMediation } from './check-mediation.ts';
import { checkModels } from './check-models.ts';
import { checkOffers } from './check-offers.ts';
import { checkPlans } from './check-plans.ts';
import { checkUsageTypes } from './check-usage-types.ts';
import type { CrossCheck } from './cross-check.ts';
import { MergedSources } from './merged-sources.ts';
import { reportShapeFaults } from './shape-faults.ts';
import type { SourceFile } from './yaml-source.ts';

export type CatalogResult =
  | {
      readonly ok: true;
      readonly catalog: Catalog;
      /** 12 hex digits; the same for the same content, however it is laid out over files. */
      readonly version: string;
      readonly warnings: readonly CatalogFault[];
    }
  | { readonly ok: false; readonly faults: readonly CatalogFault[] };

const CHECKS: readonly ((check: CrossCheck) => void)[] = [
  checkIds,
  checkUsageTypes,
  checkMappings,
  checkMediation,
  checkModels,
  checkOffers,
  checkPlans,
];

/**
 * Reads a catalog from the texts of its YAML files, in any order: they are joined in the order of their paths.
 * Returns every fault of every file at once, errors and warnings, in the order of files and lines. With only warnings
 * the catalog is good. Files that are no YAML are not searched for more than that.
 */
export function parseCatalog(files: readonly SourceFile[]): CatalogResult {
  const sources = new MergedSources(files);
  const faults = [...sources.faults];
  const report: ReportFault = (code, path, message, spot) => {
    faults.push(sources.fault(code, path, message, spot));
  };
  const parsed = catalog.safeParse(sources.value);
  if (!parsed.success) {
    const issues = parsed.error.issues.filter(({ path: [key, ...rest] }) => {
      if (sources.broken.has(String(key))) return false;
      return sources.intact || rest.length > 0;
    });
    reportShapeFaults(catalog, sources.value, issues, report);
  }
  if (sources.intact && sources.broken.size === 0) {
    const where = (path: CatalogPath): string => {
      const { file, line } = sources.fault('ID_TWICE', path, '');
      return `${file}:${line}`;
    };
    const check: CrossCheck = { view: viewCatalog(sources.value), report, where };
    for (const run of CHECKS) run(check);
  }
  faults.sort(compareFaults);
  if (!parsed.success || faults.some(({ severity }) => severity === 'error')) return { ok: false, faults };
  return { ok: true, catalog: parsed.data, version: catalogVersion(parsed.data), warnings: faults };
}
