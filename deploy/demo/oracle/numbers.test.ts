import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Exact, fits, inRange, plain, round } from './numbers.ts';

test('the seven modes round halves and parts as their names say', () => {
  const rounded = (mode: string) =>
    ['0.5', '-0.5', '1.5', '0.4', '-0.4', '0.6'].map((text) =>
      plain(round(new Exact(text), { mode, decimals: 0 })),
    );
  assert.deepEqual(rounded('UP'), ['1', '-1', '2', '1', '-1', '1']);
  assert.deepEqual(rounded('DOWN'), ['0', '0', '1', '0', '0', '0']);
  assert.deepEqual(rounded('CEILING'), ['1', '0', '2', '1', '0', '1']);
  assert.deepEqual(rounded('FLOOR'), ['0', '-1', '1', '0', '-1', '0']);
  assert.deepEqual(rounded('HALF_UP'), ['1', '-1', '2', '0', '0', '1']);
  assert.deepEqual(rounded('HALF_DOWN'), ['0', '0', '1', '0', '0', '1']);
  assert.deepEqual(rounded('HALF_EVEN'), ['0', '0', '2', '0', '0', '1']);
  assert.throws(() => round(new Exact(1), { mode: 'SIDEWAYS', decimals: 0 }), /SIDEWAYS/);
});

test('a number fits when it is whole at its scale and within 2^53', () => {
  assert.equal(fits(new Exact('9007199.254740991'), 9), true);
  assert.equal(fits(new Exact('9007199.254740992'), 9), false);
  assert.equal(fits(new Exact('0.0000000001'), 9), false);
  assert.equal(inRange(new Exact('-9007199254740992'), 0), false);
});
