import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { REASON_ENDING } from '../../processors/intake/folder-path.ts';
import type { FileFolder } from '../../processors/intake/folder-path.ts';
import type { IntakeCandidate } from './intake-candidates.ts';

function syncFolder(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

export function pathOf(candidate: IntakeCandidate, folder: FileFolder): string {
  return join(candidate.folder.path, folder, candidate.name);
}

/** Renames inside one file system, so that the file is at every moment in exactly one folder; a taken name gets a suffix. */
function move(from: string, to: string, suffix: string): string {
  mkdirSync(dirname(to), { recursive: true });
  const target = existsSync(to) ? `${to}~${suffix}` : to;
  renameSync(from, target);
  syncFolder(dirname(target));
  return target;
}

/** Takes a file out of input/: from now on it is ours. @throws when one of the same name is still being processed. */
export function lockFile(candidate: IntakeCandidate): IntakeCandidate {
  if (candidate.stage === 'processing') return candidate;
  const target = pathOf(candidate, 'processing');
  if (existsSync(target)) {
    throw Object.assign(new Error(`${target} is still there: a file of that name is being processed`), {
      code: 'EEXIST',
    });
  }
  move(pathOf(candidate, 'input'), target, '');
  return { ...candidate, stage: 'processing' };
}

export function isArchived(candidate: IntakeCandidate): boolean {
  return existsSync(pathOf(candidate, 'processed'));
}

export function archiveFile(candidate: IntakeCandidate, fileId: string): void {
  move(pathOf(candidate, 'processing'), pathOf(candidate, 'processed'), fileId.slice(0, 8));
}

export interface Refusal {
  readonly fileId: string;
  readonly code: string;
  readonly reason: string;
}

/** Moves the whole file to error/ with the reason beside it, for the people who sent it. */
export function refuseFile(candidate: IntakeCandidate, refusal: Refusal): void {
  const target = move(
    pathOf(candidate, 'processing'),
    pathOf(candidate, 'error'),
    refusal.fileId.slice(0, 8),
  );
  const temporary = join(dirname(target), `.${candidate.name}.reason.tmp`);
  writeFileSync(temporary, `${JSON.stringify({ file: candidate.name, ...refusal }, null, 2)}\n`);
  renameSync(temporary, `${target}${REASON_ENDING}`);
}
