import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A data file wherever it now lies, with the key it had in `input/`. */
export interface OracleFile {
  /** Path below the client's folder: `mediation/<platform>/<service type>/<record type>/input/<name>`. */
  key: string;
  /** Where its bytes are now. */
  path: string;
}

/** A file that has been moved is the same file; of two with one name the one that was taken first comes first. */
const FOLDERS = ['processed', 'error', 'processing', 'input'];

interface Found extends OracleFile {
  order: Buffer[];
}

/**
 * All data files below `<home>/<client>/mediation`, in intake order: by file name, platform, service type and record
 * type as bytes (docs/rules.md section 2). Without `client` every client's folder is searched.
 */
export function collectFiles(home: string, client?: string): OracleFile[] {
  const found: Found[] = [];
  for (const owner of client === undefined ? folders(home) : [client]) {
    const mediation = join(home, owner, 'mediation');
    for (const platform of folders(mediation)) {
      for (const serviceType of folders(join(mediation, platform))) {
        for (const recordType of folders(join(mediation, platform, serviceType))) {
          found.push(...filesOf(mediation, [platform, serviceType, recordType]));
        }
      }
    }
  }
  return found.sort(compareFound).map(({ key, path }) => ({ key, path }));
}

function filesOf(mediation: string, levels: [string, string, string]): Found[] {
  return FOLDERS.flatMap((folder) => {
    const directory = join(mediation, ...levels, folder);
    return entries(directory)
      .filter((entry) => entry.isFile() && isDataFile(entry.name))
      .map(({ name }) => ({
        key: ['mediation', ...levels, 'input', name].join('/'),
        path: join(directory, name),
        order: [name, ...levels].map((text) => Buffer.from(text)),
      }));
  });
}

function isDataFile(name: string): boolean {
  return !name.startsWith('.') && !/\.(tmp|part|reason\.json)$/.test(name);
}

function compareFound(left: Found, right: Found): number {
  for (const [index, bytes] of left.order.entries()) {
    const difference = Buffer.compare(bytes, right.order[index]!);
    if (difference !== 0) return difference;
  }
  return 0;
}

function folders(directory: string): string[] {
  return entries(directory)
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

function entries(directory: string) {
  return existsSync(directory) ? readdirSync(directory, { withFileTypes: true }) : [];
}
