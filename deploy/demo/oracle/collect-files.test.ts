import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { collectFiles } from './collect-files.ts';

test('files are found in all four folders, under their input keys, in the order of name, platform, service and record type', () => {
  const home = mkdtempSync(join(tmpdir(), 'collect-'));
  try {
    const paths = [
      'acme/mediation/p2/VOICE/r/processed/b.csv',
      'acme/mediation/p1/VOICE/r/error/b.csv',
      'acme/mediation/p1/VOICE/r/error/b.csv.reason.json',
      'acme/mediation/p1/VOICE/r/input/c.csv',
      'acme/mediation/p1/VOICE/r/processing/Z.csv',
      'acme/mediation/p1/SMS/r/processed/b.csv',
      'acme/mediation/p1/VOICE/r/input/.hidden',
      'acme/mediation/p1/VOICE/r/input/a.csv.part',
      'acme/mediation/p1/VOICE/r/input/a.csv.tmp',
      'acme/mediation/p1/VOICE/r/input/folder/a.csv',
      'other/mediation/p1/VOICE/r/input/a.csv',
    ];
    for (const path of paths) {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), path);
    }
    assert.deepEqual(
      collectFiles(home, 'acme').map(({ key }) => key.replace('mediation/', '')),
      [
        'p1/VOICE/r/input/Z.csv',
        'p1/SMS/r/input/b.csv',
        'p1/VOICE/r/input/b.csv',
        'p2/VOICE/r/input/b.csv',
        'p1/VOICE/r/input/c.csv',
      ],
    );
    assert.equal(collectFiles(home).length, 6);
    assert.deepEqual(collectFiles(home, 'nobody'), []);
  } finally {
    rmSync(home, { recursive: true });
  }
});
