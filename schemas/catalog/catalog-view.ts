import { catalog } from './catalog.ts';
import type { Catalog } from './catalog.ts';
import type { CatalogPath } from './catalog-fault.ts';
import type { ContainerAttribute } from './mapping.ts';

/** Top keys that hold lists. */
export type ListKey = {
  [Key in keyof Catalog]: Catalog[Key] extends readonly unknown[] ? Key : never;
}[keyof Catalog];

interface Entry<Value> {
  readonly value: Value;
  readonly path: CatalogPath;
}

/** A list of the catalog, without the items whose shape is wrong. */
interface Section<Value> {
  readonly entries: readonly Entry<Value>[];
  /** First entry of each id. */
  readonly byId: ReadonlyMap<string, Entry<Value>>;
  /** All ids written in the files, those of items with a wrong shape too: they exist, whatever else is wrong. */
  readonly ids: ReadonlySet<string>;
  /** False when items were left out, or the list must be there and is not. */
  readonly complete: boolean;
  /** False when the list must be there and is not: one fault, that need not come back with every reference. */
  readonly present: boolean;
}

/** What cross checks see: every object with a right shape, with its path. */
export interface CatalogView {
  readonly list: <Key extends ListKey>(key: Key) => Section<Catalog[Key][number]>;
  readonly client: Catalog['client'] | null;
  /** Days of the duplicate window, null when unreadable. */
  readonly windowDays: number | null;
}

function idOf(value: unknown): string | null {
  const id: unknown = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
  return typeof id === 'string' ? id : null;
}

function sectionOf(key: ListKey, content: unknown): Section<unknown> {
  const raw: readonly unknown[] = Array.isArray(content) ? content : [];
  const entries: Entry<unknown>[] = [];
  const byId = new Map<string, Entry<unknown>>();
  const ids = new Set<string>();
  const schema = catalog.shape[key];
  for (const [index, item] of raw.entries()) {
    const id = idOf(item);
    if (id !== null) ids.add(id);
    const parsed = schema.safeParse([item]);
    if (!parsed.success) continue;
    const entry = { value: parsed.data[0], path: [key, index] };
    entries.push(entry);
    if (id !== null && !byId.has(id)) byId.set(id, entry);
  }
  const present = content !== undefined || schema.safeParse(undefined).success;
  return { entries, byId, ids, complete: present && entries.length === raw.length, present };
}

/** Views the raw value of the merged files. */
export function viewCatalog(raw: Readonly<Record<string, unknown>>): CatalogView {
  const sections = new Map<string, Section<unknown>>();
  const list = (key: ListKey): Section<unknown> => {
    let section = sections.get(key);
    if (section === undefined) {
      section = sectionOf(key, raw[key]);
      sections.set(key, section);
    }
    return section;
  };
  const client = catalog.shape.client.safeParse(raw['client']);
  const duplicates = catalog.shape.duplicates.safeParse(raw['duplicates']);
  return {
    // The section of a key holds what the schema of that key yields.
    list: list as CatalogView['list'],
    client: client.success ? client.data : null,
    windowDays: duplicates.success ? duplicates.data.windowDays : null,
  };
}

/** Whether a rule sets an attribute; also true of a rule that exists but could not be read. */
export function ruleMaySet(view: CatalogView, ruleId: string, attribute: ContainerAttribute): boolean {
  const rules = view.list('rules');
  const rule = rules.byId.get(ruleId)?.value;
  if (rule === undefined) return rules.ids.has(ruleId);
  return rule.type === 'enrich' && rule.set[attribute] !== undefined;
}
