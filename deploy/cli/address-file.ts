import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** Writes where something of a running service listens, for the other commands. */
export function publishAddress(path: string, url: string): void {
  writeFileSync(`${path}.tmp`, `${JSON.stringify({ url, pid: process.pid })}\n`);
  renameSync(`${path}.tmp`, path);
}

export function withdrawAddress(path: string): void {
  rmSync(path, { force: true });
}

/** Address in a file when something answers there at the probe path; null when nothing does, as after a kill. */
export async function liveAddress(path: string, probe: string): Promise<string | null> {
  if (!existsSync(path)) return null;
  try {
    const { url } = JSON.parse(readFileSync(path, 'utf8')) as { url: string };
    return (await fetch(`${url}${probe}`, { signal: AbortSignal.timeout(1_000) })).ok ? url : null;
  } catch {
    return null;
  }
}
