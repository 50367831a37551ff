import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { emptyManifest } from './manifest.ts';
import type { DemoManifest, DemoParameters } from './manifest.ts';

const CLIENT = 'northwind';
const MANIFEST = 'manifest.json';
const SUBSCRIPTIONS = join('accounts', 'subscriptions.jsonl');

/** The home holds usage files already, and nobody said that they may be replaced. */
export class DemoExistsError extends Error {
  readonly code = 'DEMO_EXISTS';

  constructor(path: string) {
    super(`${path} exists already: choose another home or ask for it to be overwritten`);
    this.name = 'DemoExistsError';
  }
}

/** Where the demo's files go. Usage files appear under their name only when complete. */
export interface OutputFolder {
  /** Path of a usage file below the client's folder. */
  usagePath(platform: string, serviceType: string, name: string): string;
  writeUsage(path: string, bytes: Uint8Array): Promise<void>;
  writeSubscriptions(text: string): Promise<void>;
  copyCatalog(from: string): Promise<void>;
  writeManifest(manifest: DemoManifest): Promise<void>;
}

export interface OutputOptions {
  home: string;
  catalogDirectory: string;
  /** Replace what an earlier run of the generator left there. Never touches a home that holds something else. */
  overwrite: boolean;
}

async function readManifest(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function isEmpty(path: string): Promise<boolean> {
  try {
    return (await readdir(path)).length === 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
}

async function makeRoom(options: OutputOptions): Promise<void> {
  const client = join(options.home, CLIENT);
  const manifest = await readManifest(join(client, MANIFEST));
  const accounts = join(options.catalogDirectory, SUBSCRIPTIONS);
  const isFree = manifest === null && (await isEmpty(client)) && (await readManifest(accounts)) === null;
  if (isFree) return;
  const isOurs = manifest?.includes('"tallystream-demo"') === true;
  if (!options.overwrite || !isOurs) throw new DemoExistsError(client);
  await rm(join(client, 'mediation'), { recursive: true, force: true });
  await rm(accounts, { force: true });
}

async function writeWhole(path: string, bytes: Uint8Array | string): Promise<void> {
  const temporary = `${path}.tmp`;
  await writeFile(temporary, bytes);
  await rename(temporary, path);
}

/**
 * Claims the home for a new set of files: from here on a manifest says that it is incomplete.
 * @throws DemoExistsError
 */
export async function openOutputFolder(
  options: OutputOptions,
  parameters: DemoParameters,
): Promise<OutputFolder> {
  await makeRoom(options);
  const client = join(options.home, CLIENT);
  const made = new Set<string>();

  async function ensure(folder: string): Promise<void> {
    if (made.has(folder)) return;
    await mkdir(folder, { recursive: true });
    made.add(folder);
  }

  async function writeManifest(manifest: DemoManifest): Promise<void> {
    await ensure(client);
    await writeWhole(join(client, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  }

  await writeManifest(emptyManifest(parameters));
  return {
    usagePath: (platform, serviceType, name) => `mediation/${platform}/${serviceType}/POSTPAID/input/${name}`,
    async writeUsage(path, bytes) {
      const target = join(client, path);
      await ensure(dirname(target));
      await writeWhole(target, bytes);
    },
    async writeSubscriptions(text) {
      const target = join(options.catalogDirectory, SUBSCRIPTIONS);
      await ensure(dirname(target));
      await writeWhole(target, text);
    },
    async copyCatalog(from) {
      await ensure(options.catalogDirectory);
      const names = (await readdir(from)).filter((name) => name.endsWith('.yaml')).sort();
      for (const name of names) {
        await writeWhole(join(options.catalogDirectory, name), await readFile(join(from, name)));
      }
    },
    writeManifest,
  };
}
