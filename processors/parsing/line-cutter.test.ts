import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LineCutter } from './line-cutter.ts';

function cut(text: string, from = 0): string[] {
  const bytes = Buffer.from(text, 'latin1');
  const cutter = new LineCutter();
  const count = cutter.cut(bytes, from, bytes.length);
  return Array.from({ length: count }, (_, i) => bytes.toString('latin1', cutter.starts[i], cutter.ends[i]));
}

test('lines end at LF, CRLF and a lone CR, and the last line needs no end', () => {
  assert.deepEqual(cut('a\nb\r\nc\rd'), ['a', 'b', 'c', 'd']);
  assert.deepEqual(cut('\r\r\n\n\r'), ['', '', '', '']);
  assert.deepEqual(cut(''), []);
  assert.deepEqual(cut('xx\na\n', 3), ['a']);
});

test('the lines are those of a split by regular expression, for any bytes', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ab\r\n]{0,40}$/), (text) => {
      const expected = text.split(/\r\n|\r|\n/);
      if (expected.at(-1) === '') expected.pop();
      assert.deepEqual(cut(text), expected);
    }),
  );
});

test('closed says whether the payload ends with a line end, and bytes behind it are not looked at', () => {
  const cutter = new LineCutter();
  const bytes = Buffer.from('a\nb\r\n');
  for (const [end, count, closed] of [
    [0, 0, true],
    [1, 1, false],
    [2, 1, true],
    [3, 2, false],
    [4, 2, true],
    [5, 2, true],
  ] as const) {
    assert.equal(cutter.cut(bytes, 0, end), count);
    assert.equal(cutter.closed, closed);
  }
});

test('more lines than ever before make the arrays grow', () => {
  assert.equal(cut('\n'.repeat(10_000)).length, 10_000);
});
