import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export interface CatalogText {
  /** Path below the catalog folder, for messages. */
  readonly path: string;
  readonly text: string;
}

export interface CatalogFolder {
  /** All *.yaml and *.yml, in order of their paths. */
  readonly yaml: readonly CatalogText[];
  /** Absolute paths of all *.jsonl: subscriptions, one a line. */
  readonly subscriptions: readonly CatalogText[];
}

function filesBelow(directory: string, ending: RegExp): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name) && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Reads a catalog folder as text; what it means is decided by schemas/catalog. */
export function readCatalogFolder(directory: string): CatalogFolder {
  const read = (path: string): CatalogText => ({
    path: relative(directory, path),
    text: readFileSync(path, 'utf8'),
  });
  return {
    yaml: filesBelow(directory, /\.ya?ml$/).map(read),
    subscriptions: filesBelow(directory, /\.jsonl$/).map(read),
  };
}
