import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { isTaken } from '../../../processors/intake/folder-path.ts';
import { compareTexts } from './difference.ts';
import type { Comparison } from './difference.ts';

/** `<path below home> <sha256>` of every file. */
function contentsOf(home: string): string[] {
  return readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `${relative(home, path)} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`)
    .sort();
}

/** Every file must be where it is in the reference, byte for byte, and none may be left on its way. */
export function compareFolders(referenceHome: string, disturbedHome: string): Comparison[] {
  const disturbed = contentsOf(disturbedHome);
  const left = disturbed.filter((line) => {
    const path = line.slice(0, line.lastIndexOf(' '));
    return /\/(input|processing)\//.test(path) && isTaken(basename(path));
  });
  return [
    compareTexts('files in the folders', contentsOf(referenceHome), disturbed),
    compareTexts('files left in input/ or processing/', [], left),
  ];
}
