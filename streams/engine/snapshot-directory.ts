import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Paths of the snapshots of one task, built only here: `<state>/<app>/<partition>/<changelog offset>.snapshot`. */
export class SnapshotDirectory {
  readonly path: string;

  constructor(stateDirectory: string, app: string, partition: number) {
    this.path = join(stateDirectory, app, String(partition));
  }

  /** Files with the changelog offset from which to go on, newest first. */
  list(): { readonly file: string; readonly offset: number }[] {
    mkdirSync(this.path, { recursive: true });
    return readdirSync(this.path)
      .filter((name) => /^\d{16}\.snapshot$/.test(name))
      .map((name) => ({ file: join(this.path, name), offset: Number(name.slice(0, 16)) }))
      .sort((a, b) => b.offset - a.offset);
  }

  fileFor(offset: number): string {
    mkdirSync(this.path, { recursive: true });
    return join(this.path, `${String(offset).padStart(16, '0')}.snapshot`);
  }

  /** Takes an unusable snapshot out of the way and keeps it for whoever looks into the case. */
  setAside(file: string): void {
    renameSync(file, `${file}.invalid`);
  }

  /** Keeps the newest two, the second in case the first turns out to be damaged. @returns the offset of the oldest kept. */
  prune(): number {
    const [newest, second, ...old] = this.list();
    for (const { file } of old) rmSync(file);
    return (second ?? newest)?.offset ?? 0;
  }
}
