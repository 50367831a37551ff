import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  buildPath,
  compareIntake,
  FILE_FOLDERS,
  fileKey,
  folderKey,
  isTaken,
  parsePath,
} from './folder-path.ts';

const part = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,10}$/);

test('a path that is built is parsed to what it was built of', () => {
  const path = fc.record(
    {
      client: part,
      platform: part,
      serviceType: part,
      recordType: part,
      folder: fc.constantFrom(...FILE_FOLDERS),
      name: part,
    },
    { noNullPrototype: true },
  );
  fc.assert(fc.property(path, (value) => assert.deepEqual(parsePath(buildPath(value)), value)));
});

test('the key of a file is its path below the client', () => {
  const source = { platform: 'switch-1', serviceType: 'VOICE', recordType: 'POSTPAID' };
  assert.equal(folderKey(source, 'error'), 'mediation/switch-1/VOICE/POSTPAID/error');
  assert.equal(
    fileKey({ ...source, folder: 'input', name: 'a.csv' }),
    'mediation/switch-1/VOICE/POSTPAID/input/a.csv',
  );
});

test('paths that are no usage file are refused', () => {
  for (const path of [
    '',
    'c/mediation/p/s/r/input',
    'c/mediation/p/s/r/elsewhere/a.csv',
    'c/other/p/s/r/input/a.csv',
    'c/mediation/p/s/r/input/sub/a.csv',
    'c/mediation/p//r/input/a.csv',
    'c/mediation/../s/r/input/a.csv',
  ]) {
    assert.equal(parsePath(path), null, path);
  }
});

test('hidden and unfinished files are left alone', () => {
  assert.ok(isTaken('a.csv'));
  assert.ok(isTaken('a.tmp.csv'));
  for (const name of ['', '.a.csv', 'a.csv.tmp', 'a.part']) assert.ok(!isTaken(name), name);
});

test('files are taken by name first, compared byte by byte', () => {
  const file = (name: string, platform = 'p', serviceType = 's', recordType = 'r') => ({
    name,
    platform,
    serviceType,
    recordType,
  });
  const sorted = [
    file('B'),
    file('a', 'p', 's', 'a'),
    file('a', 'p', 't', 'a'),
    file('a', 'q'),
    file('ü'),
    file('\u{1F600}'),
  ];
  // U+FFFD sorts before the emoji in bytes, behind it in UTF-16 units.
  sorted.splice(5, 0, file('\u{FFFD}'));
  assert.deepEqual([...sorted].reverse().sort(compareIntake), sorted);
  assert.equal(compareIntake(file('a'), file('a')), 0);
});
