import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogReference } from './reference.ts';

const FILE = new URL('REFERENCE.md', import.meta.url);

test('REFERENCE.md is what the schemas say', () => {
  const text = catalogReference();
  // After a change of the schemas: UPDATE_GOLDEN=1.
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(FILE, text);
  assert.equal(text, readFileSync(FILE, 'utf8'));
});

test('a key has its value, its default and its meaning', () => {
  const lines = catalogReference().split('\n');
  const row = (start: string) => lines.find((line) => line.startsWith(`| \`${start}\` |`));
  assert.equal(
    row('rows[].price (model: unit).per'),
    '| `rows[].price (model: unit).per` | decimal | `1` | A quantity in the unit of its context; at most 6 decimals. |',
  );
  assert.match(row('maxAgeDays')!, /\| whole number 1 to 400 \| `40` \| Records older than this/);
  assert.match(row('startTime.field')!, /\| text \| required \|/);
});
