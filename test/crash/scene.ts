import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { generateDemo } from '../../deploy/demo/generator/generate-demo.ts';

/** Folders of one run: its own copy of the input and everything that the run makes. */
export interface RunFolders {
  readonly catalog: string;
  readonly home: string;
  readonly data: string;
  readonly journal: string;
  readonly logFile: string;
  readonly simulatorLog: string;
}

export interface SceneOptions {
  /** An empty folder. */
  readonly folder: string;
  readonly records: number;
  readonly seed: string;
}

const SUBSCRIPTIONS = 400;
/** Few lines in a call make many calls, and so many moments between an answer and its commit. */
const LINES_PER_CALL = 25;

function foldersOf(folder: string, name: string, catalog: string): RunFolders {
  const own = join(folder, name);
  mkdirSync(own, { recursive: true });
  return {
    catalog,
    home: join(own, 'home'),
    data: join(own, 'data'),
    journal: join(own, 'billing.journal'),
    logFile: join(own, 'tally.log'),
    simulatorLog: join(own, 'billing.log'),
  };
}

function lowerLinesPerCall(catalog: string): void {
  const file = join(catalog, 'client.yaml');
  const text = readFileSync(file, 'utf8');
  const changed = text.replace(/linesPerCall: \d+/, `linesPerCall: ${LINES_PER_CALL}`);
  if (changed === text) throw new Error(`${file} has no linesPerCall to change`);
  writeFileSync(file, changed);
}

/** Makes the input twice: one catalog, and the same usage files for each of two runs. */
export async function createScene(
  options: SceneOptions,
): Promise<{ reference: RunFolders; disturbed: RunFolders }> {
  const { folder, records, seed } = options;
  const catalog = join(folder, 'catalog');
  const reference = foldersOf(folder, 'reference', catalog);
  const disturbed = foldersOf(folder, 'disturbed', catalog);
  await generateDemo({
    ...{ home: reference.home, catalogDirectory: catalog, records, seed },
    subscriptions: SUBSCRIPTIONS,
  });
  lowerLinesPerCall(catalog);
  await cp(reference.home, disturbed.home, { recursive: true });
  return { reference, disturbed };
}
