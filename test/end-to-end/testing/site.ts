import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfiguration } from '../../../deploy/embedded/configuration.ts';
import { Service } from '../../../deploy/embedded/service.ts';
import type { ServiceOptions } from '../../../deploy/embedded/service.ts';
import { folderKey } from '../../../processors/intake/folder-path.ts';
import type { FileFolder } from '../../../processors/intake/folder-path.ts';

export const CATALOG_FOLDER = fileURLToPath(
  new URL('../../../streams/workers/testing/catalog', import.meta.url),
);

export type RecordType = 'FRAMED' | 'OPEN' | 'TRAILED' | 'JSON' | 'FIXED';

/** A home and a data folder of their own, for one service of the test catalog. */
export interface Site {
  readonly root: string;
  readonly home: string;
  readonly data: string;
  folder(recordType: string, folder: FileFolder): string;
  /** Writes a file into input; returns its path. */
  put(recordType: string, name: string, bytes: Buffer | string): string;
  open(options?: Partial<ServiceOptions>): Promise<Service>;
  remove(): void;
}

export function newSite(root = mkdtempSync(join(tmpdir(), 'tally-e2e-'))): Site {
  const home = join(root, 'home');
  const data = join(root, 'data');
  const folder = (recordType: string, name: FileFolder): string =>
    join(home, 'acme', folderKey({ platform: 'switch', serviceType: 'VOICE', recordType }, name));
  return {
    ...{ root, home, data, folder },
    put(recordType, name, bytes) {
      mkdirSync(folder(recordType, 'input'), { recursive: true });
      const path = join(folder(recordType, 'input'), name);
      writeFileSync(path, bytes);
      return path;
    },
    open: async (options = {}) =>
      Service.open({
        configuration: loadConfiguration(CATALOG_FOLDER),
        ...{ home, dataDirectory: data, billing: null, ...options },
      }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Runs until everything that came in is settled. */
export async function settle(service: Service): Promise<void> {
  await service.run(new AbortController().signal, true);
}

/** Rows of a query; 64-bit integers and decimals come as text. */
export async function rows<Row>(url: string, query: string): Promise<Row[]> {
  const response = await fetch(`${url}/?default_format=JSONEachRow`, { method: 'POST', body: query });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}

/** A call record of the test catalog's CSV mappings. */
export function call(ref: string, seconds = 60, caller = '+441000000001', called = '+441999'): string {
  return `${ref},${caller},${called},2026-01-10T12:00:00Z,${seconds}`;
}

/** A whole file with header and trailer. */
export function framed(records: readonly string[], count = records.length): string {
  return ['H,acme', ...records, `T,${count}`].map((line) => `${line}\n`).join('');
}
