import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareTexts } from './difference.ts';

test('the same texts in another order are equal', () => {
  assert.deepEqual(compareTexts('x', ['a', 'b', 'b'], ['b', 'a', 'b']), {
    what: 'x',
    items: 3,
    difference: null,
  });
});

test('a missing, an added and a repeated text are shown', () => {
  assert.deepEqual(compareTexts('x', ['a', 'b'], ['b', 'b', 'c']).difference!.details, [
    '2 expected, 3 found',
    'missing: a',
    'added:   b',
    'added:   c',
  ]);
});

test('of many differences the first are shown and the rest are counted', () => {
  const many = Array.from({ length: 9 }, (_, index) => `t${index}`);
  assert.deepEqual(compareTexts('x', many, []).difference!.details.slice(-2), [
    'missing: t5',
    'missing: … and 3 more',
  ]);
});
