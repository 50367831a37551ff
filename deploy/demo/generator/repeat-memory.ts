const RECENT = 32;
const ARCHIVE = 64;
const ARCHIVE_EVERY = 293;

/** Remembers some lines of a service's feed, so that records can be sent a second time. Bounded. */
export interface RepeatMemory {
  startFile(): void;
  remember(line: string): void;
  /** A line of this file, at most 32 lines back; null when there is none yet. */
  fromThisFile(choice: number): string | null;
  /** A line of an earlier file of the last weeks; null when there is none yet. */
  fromEarlierFile(choice: number): string | null;
}

export function createRepeatMemory(): RepeatMemory {
  const recent: string[] = [];
  const archive: string[] = [];
  const candidates: string[] = [];
  let inFile = 0;
  let total = 0;
  let archived = 0;
  return {
    startFile() {
      for (const line of candidates) archive[archived++ % ARCHIVE] = line;
      candidates.length = 0;
      inFile = 0;
    },
    remember(line) {
      recent[inFile++ % RECENT] = line;
      if (total++ % ARCHIVE_EVERY === 0 || (inFile === 1 && archive.length < ARCHIVE)) candidates.push(line);
    },
    fromThisFile: (choice) => (inFile === 0 ? null : recent[choice % Math.min(inFile, RECENT)]!),
    fromEarlierFile: (choice) => (archive.length === 0 ? null : archive[choice % archive.length]!),
  };
}
