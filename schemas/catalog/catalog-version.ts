import { createHash } from 'node:crypto';
import type { Catalog } from './catalog.ts';

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, content]) => content !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, content]) => [key, canonical(content)]));
}

/**
 * First 12 hex digits of sha256 over the catalog's canonical JSON: keys sorted, lists in order. The assignments of an
 * enrichment count as a list, because they run in the order in which they are written.
 */
export function catalogVersion(catalog: Catalog): string {
  const rules = catalog.rules.map((rule) =>
    'set' in rule ? { ...rule, set: Object.entries(rule.set) } : rule,
  );
  const text = JSON.stringify(canonical({ ...catalog, rules }));
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
