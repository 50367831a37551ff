import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CODES } from './codes.ts';
import { SUSPENSE_CODES } from './suspense/suspense-code.ts';

const RUNBOOKS = new URL('../docs/runbooks/', import.meta.url);
const RULES = readFileSync(new URL('../docs/rules.md', import.meta.url), 'utf8');

const STREAMS = fileURLToPath(new URL('../streams/', import.meta.url));
/** Of the transport that exists for tests. */
const TEST_CODES = ['PLACED_ABORT', 'PLACED_LOSS'];

/** Codes of the machinery: what engine, workers and gateway give to errors of the classes in streams/engine/errors.ts. */
function machineCodes(): string[] {
  const found = readdirSync(STREAMS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|(^|\/)(testing|examples)\//.test(name))
    .flatMap((name) => [
      ...readFileSync(join(STREAMS, name), 'utf8').matchAll(/new \w+Error\(\s*'([A-Z]+(?:_[A-Z]+)*)'/g),
    ])
    .map((match) => match[1]!);
  return [...new Set(found)].filter((code) => !TEST_CODES.includes(code));
}

test('every code of a record, a file or the machinery has a runbook page, and every page a code', () => {
  const pages = readdirSync(RUNBOOKS).filter((name) => /^[A-Z_]+\.md$/.test(name) && name !== 'README.md');
  const written = new Set(pages.map((name) => name.slice(0, -3)));
  for (const code of Object.keys(CODES))
    assert.ok(written.delete(code), `docs/runbooks/${code}.md is missing`);
  const machine = machineCodes().filter((code) => !(code in CODES));
  assert.ok(machine.length > 50, String(machine.length));
  for (const code of machine) assert.ok(written.delete(code), `docs/runbooks/${code}.md is missing`);
  assert.deepEqual([...written], [], 'pages of codes that nobody gives');
  for (const code of machine) {
    const page = readFileSync(new URL(`${code}.md`, RUNBOOKS), 'utf8');
    assert.ok(page.startsWith(`# ${code}: `), code);
    assert.match(page, /^Phase: infrastructure\. \S/m, code);
    for (const heading of ['## What happened', '## What to check', '## How to repair'])
      assert.match(page, new RegExp(`^${heading}\n\n\\S`, 'm'), `${code}: ${heading}`);
  }
});

test('each page says what happened, what to check and how to repair', () => {
  for (const [code, { title, whatToDo }] of Object.entries(CODES)) {
    const page = readFileSync(new URL(`${code}.md`, RUNBOOKS), 'utf8');
    assert.ok(page.startsWith(`# ${code}: ${title}\n`), code);
    assert.ok(page.includes(whatToDo), code);
    for (const heading of ['## What happened', '## What to check', '## How to repair'])
      assert.ok(page.includes(heading), `${code}: ${heading}`);
    const lines = page.trimEnd().split('\n').length;
    assert.ok(lines >= 10 && lines <= 25, `${code} has ${lines} lines`);
  }
});

test('every code that the rules name in capitals and code marks is in the list', () => {
  const named = [...RULES.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map((match) => match[1]!);
  const known = new Set<string>([...Object.keys(CODES), 'HALF_UP', 'HALF_DOWN', 'HALF_EVEN']);
  assert.ok(named.length > 20);
  for (const code of named) assert.ok(known.has(code), code);
});

test('every suspense code is in the list with the outcome SUSPENDED', () => {
  const suspended = Object.entries(CODES).filter(([, { outcome }]) => outcome === 'SUSPENDED');
  assert.deepEqual(
    suspended.map(([code]) => code).sort(),
    SUSPENSE_CODES.filter((code) => code !== '').sort(),
  );
});
