import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseCatalog } from './load-catalog.ts';

const DEMO = new URL('../../deploy/demo/catalog/', import.meta.url);
const GOLDEN = new URL('testdata/demo-catalog.json', import.meta.url);
const files = ['client.yaml', 'mediation.yaml', 'pricing.yaml'].map((path) => {
  return { path, text: readFileSync(new URL(path, DEMO), 'utf8') };
});

test('the demo catalog loads without a warning and is, whole, what the golden file says', () => {
  const result = parseCatalog(files);
  assert.ok(result.ok, JSON.stringify(result));
  assert.deepEqual(result.warnings, []);
  // After a wanted change of the demo catalog: UPDATE_GOLDEN=1, then read the difference before committing it.
  if (process.env['UPDATE_GOLDEN'] === '1')
    writeFileSync(GOLDEN, `${JSON.stringify(result.catalog, null, 2)}\n`);
  assert.deepEqual(JSON.parse(JSON.stringify(result.catalog)), JSON.parse(readFileSync(GOLDEN, 'utf8')));
});

test('the order of files and the layout of text do not change the version, the content does', () => {
  const version = (sources: typeof files) => {
    const result = parseCatalog(sources);
    assert.ok(result.ok);
    return result.version;
  };
  const first = version(files);
  assert.match(first, /^[0-9a-f]{12}$/);
  assert.equal(version([...files].reverse()), first);
  const edit = (from: string, to: string) =>
    files.map(({ path, text }) => ({ path, text: text.replace(from, to) }));
  assert.equal(
    version(edit("upTo: 36000, price: '0.12', per: 60", "per: 60.0, price: 0.120, upTo: '36000'")),
    first,
  );
  assert.notEqual(version(edit("price: '0.12'", "price: '0.13'")), first);
});

test('the order of assignments is part of the version, because they run in it', () => {
  const set = `set: { usageType: "'DATA'", flex1: "lookup('apn-class', apn)" }`;
  const swapped = `set: { flex1: "lookup('apn-class', apn)", usageType: "'DATA'" }`;
  const original = parseCatalog(files);
  const changed = parseCatalog(files.map(({ path, text }) => ({ path, text: text.replace(set, swapped) })));
  assert.ok(original.ok && changed.ok);
  assert.notEqual(original.version, changed.version);
});
