import { mkdirSync, readdirSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import { compareIntake, FILE_FOLDERS, isTaken } from '../../processors/intake/folder-path.ts';
import type { FileSource } from '../../processors/intake/folder-path.ts';

/** One intake folder: where files of one platform, service type and record type arrive. */
export interface IntakeFolder extends FileSource {
  /** Parent of input/, processing/, processed/ and error/. */
  readonly path: string;
}

export interface IntakeCandidate {
  readonly folder: IntakeFolder;
  readonly name: string;
  /** `processing`: locked before a restart, so it comes first. */
  readonly stage: 'input' | 'processing';
}

function entriesOf(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function folderNames(path: string): string[] {
  return entriesOf(path)
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name);
}

/** All folders `<root>/<platform>/<service type>/<record type>`, those without a processing stream too: their files are rejected, not overlooked. */
export function intakeFolders(root: string): IntakeFolder[] {
  return folderNames(root).flatMap((platform) =>
    folderNames(join(root, platform)).flatMap((serviceType) =>
      folderNames(join(root, platform, serviceType)).map((recordType) => ({
        platform,
        serviceType,
        recordType,
        path: join(root, platform, serviceType, recordType),
      })),
    ),
  );
}

/** Files to take in, in intake order: by name and then path, compared by bytes; locked ones first. */
export function intakeCandidates(root: string): IntakeCandidate[] {
  const candidates = intakeFolders(root).flatMap((folder) =>
    (['processing', 'input'] as const).flatMap((stage) =>
      entriesOf(join(folder.path, stage))
        .filter((entry) => entry.isFile() && isTaken(entry.name))
        .map((entry): IntakeCandidate => ({ folder, name: entry.name, stage })),
    ),
  );
  return candidates.sort((left, right) => {
    if (left.stage !== right.stage) return left.stage === 'processing' ? -1 : 1;
    return compareIntake({ ...left.folder, name: left.name }, { ...right.folder, name: right.name });
  });
}

/** Makes the folders of a source; done for every processing stream of the catalog. */
export function createIntakeFolders(root: string, { platform, serviceType, recordType }: FileSource): void {
  for (const folder of FILE_FOLDERS)
    mkdirSync(join(root, platform, serviceType, recordType, folder), { recursive: true });
}
