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

/** Told of folders that cannot be listed; the others are taken in meanwhile. */
export type FolderFault = (path: string, error: unknown) => void;

function entriesOf(path: string, onFault: FolderFault): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') onFault(path, error);
    return [];
  }
}

function folderNames(path: string, onFault: FolderFault): string[] {
  return entriesOf(path, onFault)
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name);
}

/** All folders `<root>/<platform>/<service type>/<record type>`, those without a processing stream too: their files are rejected, not overlooked. */
function intakeFolders(root: string, onFault: FolderFault): IntakeFolder[] {
  return folderNames(root, onFault).flatMap((platform) =>
    folderNames(join(root, platform), onFault).flatMap((serviceType) =>
      folderNames(join(root, platform, serviceType), onFault).map((recordType) => ({
        platform,
        serviceType,
        recordType,
        path: join(root, platform, serviceType, recordType),
      })),
    ),
  );
}

/**
 * Files to take in, in intake order: by name and then path, compared by bytes; locked ones first. Links and pipes are among them, so
 * that they are refused aloud and not overlooked.
 */
export function intakeCandidates(root: string, onFault: FolderFault): IntakeCandidate[] {
  const candidates = intakeFolders(root, onFault).flatMap((folder) =>
    (['processing', 'input'] as const).flatMap((stage) =>
      entriesOf(join(folder.path, stage), onFault)
        .filter((entry) => !entry.isDirectory() && isTaken(entry.name))
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
