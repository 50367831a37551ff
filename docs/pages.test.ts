/** Links, commands and options of the pages exist. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..');

function pages(): string[] {
  const folders = ['docs', 'schemas', 'processors', 'streams', 'deploy', 'bench'];
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((path) => path.endsWith('.md'));
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
/** Prose of a page: patterns and examples in code may look like links. */
const withoutCode = (page: string): string => page.replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, '');

test('every link between pages leads somewhere', () => {
  const broken = pages().flatMap((page) =>
    [...withoutCode(read(page)).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map((match) => match[1]!)
      .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(root, dirname(page), target)))
      .map((target) => `${page}: ${target}`),
  );
  assert.deepEqual(broken, []);
});

test('the list of chapters is complete', () => {
  const chapters = readdirSync(join(root, 'docs/chapters')).filter((name) => name.endsWith('.test.ts'));
  const listed = [...read('docs/README.md').matchAll(/^\d+\. \[[^\]]+\]\(chapters\/([^)]+)\)/gm)].map(
    ([, name]) => name,
  );
  assert.deepEqual(listed, chapters.sort());
});

test('commands and options of operations.md are those of the command line', () => {
  const page = read('docs/operations.md');
  const commands = new Set([...page.matchAll(/\btally ([a-z]+)\b/g)].map((match) => match[1]!));
  assert.ok(commands.has('run') && commands.size >= 3);
  const help = [...commands].map((command) =>
    execFileSync(process.execPath, ['--import', 'tsx', 'deploy/cli/main.ts', command, '--help'], {
      cwd: root,
      encoding: 'utf8',
    }),
  );
  [...commands].forEach((command, index) =>
    assert.match(help[index]!, new RegExp(`^Usage: tally ${command} `)),
  );
  const known = new Set(help.join('\n').match(/--[a-z][a-z-]+/g));
  const unknown = [...new Set(page.match(/--[a-z][a-z-]+/g))].filter((option) => !known.has(option));
  assert.deepEqual(unknown, []);
});

test('codes of the engine that operations.md names are explained in its README', () => {
  const explained = read('streams/engine/README.md');
  const codes = ['LOG_LOCKED', 'DISK_FULL', 'LOG_DAMAGED', 'LOG_VERSION', 'STORE_FORMAT'];
  const page = read('docs/operations.md');
  for (const code of codes) {
    assert.ok(page.includes(code), `the page names ${code}`);
    assert.ok(explained.includes(code), `the engine explains ${code}`);
  }
});
