import type { Transport } from '../../streams/engine/index.ts';
import { TOPICS } from '../../streams/workers/topics.ts';

/** System codes for which we know what people call it. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'its file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'a file is in its place',
};

/** Makes folders of a service. @throws in words, what is in the way and what to do */
export function prepareFolders(what: 'home' | 'data', directory: string, make: () => void): void {
  try {
    make();
  } catch (cause) {
    const { code = '', message, path = directory } = cause as NodeJS.ErrnoException;
    const reason = REASONS[code] ?? message;
    throw new Error(
      `The ${what} folder ${directory} cannot be used: ${path} cannot be made, ${reason}. Give this user the right to write there, or choose another folder by --${what}.`,
      { cause },
    );
  }
}

/** Partitions that the topics of this log were made with; null for a new log. */
export function existingPartitions(transport: Transport): number | null {
  try {
    return transport.partitions(TOPICS.raw);
  } catch {
    return null;
  }
}
