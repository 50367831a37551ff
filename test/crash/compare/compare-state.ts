import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ProgressStore, readSnapshot } from '../../../streams/engine/index.ts';
import { compareTexts } from './difference.ts';
import type { Comparison } from './difference.ts';

/** Counts the gateway's transactions, which kills cut at other places. */
const TRANSACTION_COUNT = 'next:$commits';
const FINGERPRINT_BYTES = 16;

/** The newest snapshot of every task: what a run writes at its end. */
function snapshotsOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.snapshot'))
    .sort()
    .filter((name, index, all) => folderOf(all[index + 1]) !== folderOf(name))
    .map((name) => join(folder, name));
}

function folderOf(name: string | undefined): string | undefined {
  return name?.slice(0, name.lastIndexOf('/'));
}

function progressTexts(bytes: Buffer): string[] {
  const progress = new ProgressStore();
  progress.restore([bytes]);
  return [...progress.entries()]
    .filter(([name]) => name !== TRANSACTION_COUNT)
    .map(([name, value]) => `${name} = ${value}`);
}

/** A window's days and fingerprints; where one lies in its table depends on when the table grew. */
function fingerprintTexts(bytes: Buffer): string[] {
  const texts = [`first day = ${bytes.readInt32LE(4)}`];
  let at = 12;
  for (let days = bytes.readUInt32LE(8); days > 0; days--) {
    const day = bytes.readInt32LE(at);
    const end = at + 8 + bytes.readUInt32LE(at + 4) * FINGERPRINT_BYTES;
    for (at += 8; at < end; at += FINGERPRINT_BYTES)
      texts.push(`${day} ${bytes.toString('hex', at, at + FINGERPRINT_BYTES)}`);
  }
  return texts;
}

/** Entries of struct stores are kept in the order of their insertion, which is a function of the log: bytes must be equal. */
function textsOf(format: string, bytes: Buffer): string[] {
  if (format.startsWith('progress/')) return progressTexts(bytes);
  if (format.startsWith('fingerprint-window/')) return fingerprintTexts(bytes);
  return [`${bytes.length} bytes ${createHash('sha256').update(bytes).digest('hex')}`];
}

function stateOf(folder: string): string[] {
  return snapshotsOf(folder).flatMap((file) => {
    const { task, stores } = readSnapshot(file)!;
    return [...stores.values()].flatMap(({ name, format, chunks }) =>
      textsOf(format, Buffer.concat([...chunks])).map((text) => `${task} ${name}: ${text}`),
    );
  });
}

/** Balances, records seen, files read, groups of lines and positions, as the tasks keep them. */
export function compareState(referenceSnapshots: string, disturbedSnapshots: string): Comparison {
  return compareTexts('state of the tasks', stateOf(referenceSnapshots), stateOf(disturbedSnapshots));
}
