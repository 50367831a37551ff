import { suggestion } from '../expression/nearest-name.ts';
import type { CatalogFaultCode, CatalogPath, ReportFault } from './catalog-fault.ts';
import type { CatalogView, ListKey } from './catalog-view.ts';

/** What every cross check gets: the catalog's objects, and where to put faults. */
export interface CrossCheck {
  readonly view: CatalogView;
  readonly report: ReportFault;
  /** `file:line` of a path, for messages that point to a second place. */
  readonly where: (path: CatalogPath) => string;
}

/** Reports a name that is not among the known ones; true when it is known. */
export function checkKnown(
  { report }: CrossCheck,
  known: ReadonlySet<string>,
  name: string,
  what: string,
  path: CatalogPath,
): boolean {
  if (known.has(name)) return true;
  report('REFERENCE_UNKNOWN', path, `unknown ${what} "${name}"${suggestion(name, known)}`);
  return false;
}

/** Reports an id that no item of a list has; true when one has. A missing list is a fault by itself. */
export function checkReference(
  check: CrossCheck,
  key: ListKey,
  id: string,
  what: string,
  path: CatalogPath,
): boolean {
  const { ids, present } = check.view.list(key);
  return present && checkKnown(check, ids, id, what, path);
}

/** Reports every value that came before in the list, naming the earlier place. Paths are given by the caller. */
export function checkDistinct(
  { report, where }: CrossCheck,
  items: Iterable<{ readonly name: string; readonly path: CatalogPath }>,
  code: CatalogFaultCode,
  describe: (name: string) => string,
): void {
  const seen = new Map<string, CatalogPath>();
  for (const { name, path } of items) {
    const earlier = seen.get(name);
    if (earlier === undefined) seen.set(name, path);
    else report(code, path, `${describe(name)} is also at ${where(earlier)}`);
  }
}

/** With its article: `an integer`. */
export function article(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** The items of a list of names, each with its path. */
export function named(
  names: readonly string[],
  path: CatalogPath,
): { readonly name: string; readonly path: CatalogPath }[] {
  return names.map((name, index) => ({ name, path: [...path, index] }));
}
