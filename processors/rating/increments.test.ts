import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { steppedQuantity } from './increments.ts';

const steps = fc.record({
  minimum: fc.integer({ min: 0, max: 1000 }),
  first: fc.integer({ min: 1, max: 1000 }),
  following: fc.integer({ min: 1, max: 1000 }),
});

test('the rated quantity is the least of first, first + following, ... that reaches the quantity, and at least the minimum', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), steps, (quantity, increments) => {
      let expected = increments.first;
      while (expected < quantity) expected += increments.following;
      assert.equal(steppedQuantity(quantity, increments), Math.max(expected, increments.minimum));
    }),
  );
});

test('zero stays zero, whatever the minimum', () => {
  assert.equal(steppedQuantity(0, { minimum: 5, first: 60, following: 60 }), 0);
});

test('a quantity beyond 2^53 is not a number', () => {
  const increments = { minimum: 0, first: 2, following: Number.MAX_SAFE_INTEGER };
  assert.ok(
    Number.isNaN(
      steppedQuantity(Number.MAX_SAFE_INTEGER, { ...increments, following: 1_000_000_000_000_000 }),
    ),
  );
  assert.equal(
    steppedQuantity(Number.MAX_SAFE_INTEGER, { ...increments, following: 1 }),
    Number.MAX_SAFE_INTEGER,
  );
});
