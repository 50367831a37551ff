import { readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';

/** One intake folder: where files of one platform, service type and record type arrive. */
export interface IntakeFolder {
  readonly platform: string;
  readonly serviceType: string;
  readonly recordType: string;
  /** Parent of input/, processing/, processed/ and error/. */
  readonly path: string;
}

export interface IntakeCandidate {
  readonly folder: IntakeFolder;
  readonly name: string;
  /** `processing`: locked before a restart, so it comes first. */
  readonly stage: 'input' | 'processing';
}

/** Hidden files and unfinished uploads are left alone (docs/rules.md, section 2). */
function isReady(entry: Dirent): boolean {
  return entry.isFile() && !entry.name.startsWith('.') && !/\.(tmp|part)$/.test(entry.name);
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

function sortKey({ stage, name, folder }: IntakeCandidate): Buffer {
  const stageRank = stage === 'processing' ? '0' : '1';
  return Buffer.from([stageRank, name, folder.platform, folder.serviceType, folder.recordType].join('\0'));
}

/** Files to take in, in intake order: by name and then path, compared by bytes; locked ones first. */
export function intakeCandidates(root: string): IntakeCandidate[] {
  const candidates = intakeFolders(root).flatMap((folder) =>
    (['processing', 'input'] as const).flatMap((stage) =>
      entriesOf(join(folder.path, stage))
        .filter(isReady)
        .map((entry): IntakeCandidate => ({ folder, name: entry.name, stage })),
    ),
  );
  return candidates
    .map((candidate) => ({ candidate, key: sortKey(candidate) }))
    .sort((left, right) => Buffer.compare(left.key, right.key))
    .map(({ candidate }) => candidate);
}
