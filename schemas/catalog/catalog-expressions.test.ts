import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  compileAssignment,
  compileCondition,
  compileQuantity,
  EXPRESSION_ATTRIBUTES,
} from './catalog-expressions.ts';
import { CONTAINER_ATTRIBUTES } from './mapping.ts';

const reader = { text: () => '+449', number: () => 1_500_000 };

test('attributes are numbered in the order of the container', () => {
  assert.deepEqual(Object.keys(EXPRESSION_ATTRIBUTES), Object.keys(CONTAINER_ATTRIBUTES));
  assert.deepEqual(EXPRESSION_ATTRIBUTES.duration, { type: 'number', scale: 6 });
  assert.deepEqual(EXPRESSION_ATTRIBUTES.wholesaleAmount, { type: 'number', scale: 9 });
});

test('an assignment takes the type and scale of its attribute', () => {
  const volume = compileAssignment('volumeUp', 'duration', []);
  assert.ok(volume.ok && volume.value.type === 'number');
  assert.deepEqual([volume.value.scale, volume.value.evaluate(reader)], [0, 2]);
  const usageType = compileAssignment('usageType', 'duration', []);
  assert.deepEqual(usageType, {
    ok: false,
    position: 0,
    message: 'the result must be text, this expression yields number',
  });
});

test('a quantity is scaled by 10^6 and a condition is boolean', () => {
  const quantity = compileQuantity('volumeUp / 1000', []);
  assert.ok(quantity.ok);
  assert.equal(quantity.value.evaluate(reader), 1_500_000_000);
  const condition = compileCondition("startsWith(calledNumber, '+449')", []);
  assert.ok(condition.ok);
  assert.equal(condition.value.evaluate(reader), true);
  assert.equal(compileCondition('duration', []).ok, false);
});
