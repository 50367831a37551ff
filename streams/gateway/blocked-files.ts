/** A file or folder that cannot be taken in now, and why. */
export interface BlockedFile {
  readonly file: string;
  readonly reason: string;
}

interface Entry extends BlockedFile {
  readonly pauseMs: number;
  readonly retryAt: number;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;

/** Error of the file system, as opposed to one of ours: its code is E and capitals. */
export function isFileSystemError(error: unknown): error is NodeJS.ErrnoException {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && /^E[A-Z]+$/.test(code);
}

/** Files and folders that the file system refused: each is tried again after growing pauses, and told once per reason. */
export class BlockedFiles {
  private readonly entries = new Map<string, Entry>();

  get all(): readonly BlockedFile[] {
    return [...this.entries.values()].map(({ file, reason }) => ({ file, reason }));
  }

  /** Whether the pause of a file is not over yet. */
  isPaused(file: string, now: number): boolean {
    const entry = this.entries.get(file);
    return entry !== undefined && now < entry.retryAt;
  }

  /** @returns whether this is news. */
  note(file: string, reason: string, now: number): boolean {
    const before = this.entries.get(file);
    const pauseMs = Math.min((before?.pauseMs ?? FIRST_PAUSE_MS / 2) * 2, LONGEST_PAUSE_MS);
    this.entries.set(file, { file, reason, pauseMs, retryAt: now + pauseMs });
    return before?.reason !== reason;
  }

  forget(file: string): void {
    this.entries.delete(file);
  }

  /** Forgets what is not there any more. */
  keep(files: ReadonlySet<string>): void {
    for (const file of [...this.entries.keys()]) if (!files.has(file)) this.entries.delete(file);
  }
}
