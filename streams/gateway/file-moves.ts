import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { REASON_ENDING } from '../../processors/intake/folder-path.ts';
import type { FileFolder } from '../../processors/intake/folder-path.ts';
import type { IntakeCandidate } from './intake-candidates.ts';

/** Digits of the file id that tell files of the same name apart. */
const SUFFIX_DIGITS = 8;

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

const MAX_NAME_BYTES = 255;

/** A name with an ending that file systems take: the name gives way where both are too long together. */
function withEnding(name: string, ending: string): string {
  const room = MAX_NAME_BYTES - Buffer.byteLength(ending);
  let kept = name;
  while (Buffer.byteLength(kept) > room) kept = kept.slice(0, -1);
  return `${kept.toWellFormed()}${ending}`;
}

/** Where a file of that path can go; a taken name gets a suffix. */
function freePath(path: string, suffix: string): string {
  mkdirSync(dirname(path), { recursive: true });
  return existsSync(path) ? join(dirname(path), withEnding(basename(path), `~${suffix}`)) : path;
}

/** Renames inside one file system, so that the file is at every moment in exactly one folder. */
function move(from: string, to: string): void {
  renameSync(from, to);
  syncFolder(dirname(to));
}

/** A reason of the file system for not taking a file; it stays where it is. */
function blocked(code: string, reason: string): Error {
  return Object.assign(new Error(reason), { code });
}

/**
 * Takes a file out of input/: from now on it is ours.
 * @throws Error with a code of the file system when it is no ordinary file, or one of the same name is still being processed.
 */
export function lockFile(candidate: IntakeCandidate): IntakeCandidate {
  const path = pathOf(candidate, candidate.stage);
  if (candidate.name.includes('\uFFFD') && !existsSync(path))
    throw blocked('EILSEQ', 'its name is not UTF-8; rename it');
  if (!lstatSync(path).isFile())
    throw blocked('EINVAL', 'it is a link, a pipe or a device; put the file itself there');
  if (candidate.stage === 'processing') return candidate;
  const target = pathOf(candidate, 'processing');
  if (existsSync(target))
    throw blocked('EEXIST', 'a file of the same name is still in processing/; it is taken in after that one');
  mkdirSync(dirname(target), { recursive: true });
  move(path, target);
  return { ...candidate, stage: 'processing' };
}

/** Whether a file is as long as it was when it was read; a source may still be writing it. */
export function hasLength(candidate: IntakeCandidate, bytes: number): boolean {
  return statSync(pathOf(candidate, 'processing')).size === bytes;
}

function archivePath(candidate: IntakeCandidate, fileId: string): string {
  const path = pathOf(candidate, 'processed');
  return join(dirname(path), withEnding(basename(path), `~${fileId.slice(0, SUFFIX_DIGITS)}`));
}

/** Whether processed/ holds this very file; one of the same name may be another. */
export function isArchived(candidate: IntakeCandidate, file: { fileId: string; sha256: string }): boolean {
  if (existsSync(archivePath(candidate, file.fileId))) return true;
  const path = pathOf(candidate, 'processed');
  return existsSync(path) && createHash('sha256').update(readFileSync(path)).digest('hex') === file.sha256;
}

export function archiveFile(candidate: IntakeCandidate, fileId: string): void {
  const target = freePath(pathOf(candidate, 'processed'), fileId.slice(0, SUFFIX_DIGITS));
  move(pathOf(candidate, 'processing'), target);
}

export interface Refusal {
  readonly fileId: string;
  readonly code: string;
  readonly reason: string;
  readonly whatToDo: string;
}

/** Moves the whole file to error/ with the reason beside it, for the people who sent it. */
export function refuseFile(candidate: IntakeCandidate, refusal: Refusal): void {
  const target = freePath(pathOf(candidate, 'error'), refusal.fileId.slice(0, SUFFIX_DIGITS));
  const folder = dirname(target);
  const temporary = join(folder, `.${refusal.fileId}.tmp`);
  writeFileSync(temporary, `${JSON.stringify({ file: candidate.name, ...refusal }, null, 2)}\n`);
  renameSync(temporary, join(folder, withEnding(basename(target), REASON_ENDING)));
  // Last: once the file has left processing/ no restart looks at it again.
  move(pathOf(candidate, 'processing'), target);
}
