import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventListener } from '../../engine-event.ts';
import { TransportFailedError } from '../../errors.ts';

/**
 * `<directory>/lock` holds the process id and, on Linux, the start of that process, because in containers every
 * process has the same id. The lock of a process that is gone is taken over.
 */
export class DirectoryLock {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  /** @throws TransportFailedError when a living process works on the directory. */
  static take(directory: string, onEvent: EventListener): DirectoryLock {
    const file = join(directory, 'lock');
    const own = `${process.pid} ${startOf(process.pid)}`;
    if (existsSync(file)) removeStale(file, onEvent);
    const draft = `${file}.draft-${process.pid}`;
    writeFileSync(draft, own);
    try {
      // A link gets its name and its content at once, or not at all.
      linkSync(draft, file);
    } catch (error) {
      throw new TransportFailedError('LOG_LOCKED', `another process has just taken ${file}`, {
        cause: error,
      });
    } finally {
      rmSync(draft);
    }
    return new DirectoryLock(file);
  }

  free(): void {
    rmSync(this.#file, { force: true });
  }
}

function removeStale(file: string, onEvent: EventListener): void {
  const content = readFileSync(file, 'utf8');
  const [pid = '', start = ''] = content.split(' ');
  if (isAlive(Number(pid)) && startOf(Number(pid)) === start) {
    throw new TransportFailedError(
      'LOG_LOCKED',
      `process ${pid} works on this directory (${file}); stop it, or give this one its own directory`,
    );
  }
  // Renaming first: of two that take over at once only one gets this very file.
  const aside = `${file}.stale-${process.pid}`;
  renameSync(file, aside);
  if (readFileSync(aside, 'utf8') !== content) {
    renameSync(aside, file);
    throw new TransportFailedError('LOG_LOCKED', `another process has just taken ${file}`);
  }
  rmSync(aside);
  onEvent({ type: 'lock-taken-over', file, pid: Number(pid) });
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Clock ticks since boot at which a process started; empty where the system does not tell. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold blanks; field 22 counts from before it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
