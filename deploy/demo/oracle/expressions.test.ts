import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyContainer } from './attributes.ts';
import { asAttribute, Expressions } from './expressions.ts';
import { Exact } from './numbers.ts';

const TABLES = new Map([
  ['strict', { byDefault: null, entries: new Map([['a', 'A']]) }],
  ['lenient', { byDefault: 'Z', entries: new Map([['a', 'A']]) }],
]);

/** Result as text, or null when the expression failed. */
function value(source: string, attributes: Record<string, string | number> = {}): string | null {
  const container = emptyContainer();
  for (const [name, one] of Object.entries(attributes))
    container[name] = typeof one === 'number' ? new Exact(one) : one;
  const result = new Expressions(TABLES).evaluate(source, container);
  if (result === null) return null;
  return typeof result === 'object' ? result.number.toFixed() : String(result);
}

test('operators bind as documented', () => {
  assert.equal(value('1 + 2 * 3 - -4'), '11');
  assert.equal(value('(1 + 2) * 3 % 4'), '1');
  assert.equal(value('7 % 4 * 2'), '6');
  assert.equal(value('not 1 = 2 and true'), 'true');
  assert.equal(value('true or false and false'), 'true');
  assert.equal(value("'b' in ('a', 'b')"), 'true');
  assert.equal(value("callType in ('a', 'b') or 1 > 2"), 'false');
  assert.equal(value('-duration < -1', { duration: 2 }), 'true');
});

test('text compares by code unit and equality holds on every type', () => {
  assert.equal(value("'a' < 'B'"), 'false');
  assert.equal(value("'it''s' = 'it''s'"), 'true');
  assert.equal(value('true != false'), 'true');
  assert.equal(value('1.0 = 1'), 'true');
});

test('division by a literal power of ten is exact, any other is rounded half up to 9 decimals', () => {
  assert.equal(value('(volumeUp + volumeDown) / 1000000', { volumeUp: 1, volumeDown: 2 }), '0.000003');
  assert.equal(value('1 / 3'), '0.333333333');
  assert.equal(value('2 / 3'), '0.666666667');
  assert.equal(value('-2 / 3'), '-0.666666667');
  // 1 / 2^10 = 0.0009765625: the tenth decimal, a 5, rounds up.
  assert.equal(value('1 / 1024'), '0.000976563');
});

test('zero divisors, results beyond 2^53 and missing keys fail the expression', () => {
  assert.equal(value('1 / duration'), null);
  assert.equal(value('1 % duration'), null);
  assert.equal(value('9007199254740991 + 0'), '9007199254740991');
  assert.equal(value('9007199254740991 + 1'), null);
  assert.equal(value('volumeUp * 1.5', { volumeUp: 9_007_199_254_740_991 }), null);
  // duration has 6 decimals: 2 x 5*10^9 x 10^6 > 2^53.
  assert.equal(value('duration + duration', { duration: 5_000_000_000 }), null);
  assert.equal(value("lookup('strict', 'b')"), null);
  assert.equal(value("lookup('strict', 'a')"), 'A');
  assert.equal(value("lookup('lenient', 'b')"), 'Z');
  assert.equal(value('ceilTo(1, 0)'), null);
});

test('what is not reached does not fail', () => {
  assert.equal(value('if(duration = 0, 0, 1 / duration)'), '0');
  assert.equal(value('duration = 0 or 1 / duration > 1'), 'true');
  assert.equal(value('duration > 0 and 1 / duration > 1'), 'false');
});

test('functions do what their names say', () => {
  assert.equal(value("startsWith(calledNumber, '+44')", { calledNumber: '+4420' }), 'true');
  assert.equal(value("endsWith('abc', 'bc') and contains('abc', 'b')"), 'true');
  assert.equal(value("length('abc')"), '3');
  assert.equal(value("substring('abcdef', 2, 3)"), 'bcd');
  assert.equal(value("concat(upper('a'), lower('B'), 'c')"), 'Abc');
  assert.equal(value('min(1, 2) + max(1, 2) * abs(-3)'), '7');
  assert.equal(value('ceilTo(61, 60)'), '120');
  assert.equal(value('ceilTo(60, 60)'), '60');
  assert.equal(value('floorTo(119.5, 60)'), '60');
});

test('a value becomes an attribute only when it fits its decimals', () => {
  assert.equal(asAttribute({ number: new Exact('0.000001'), decimals: 9 }, 6)?.toFixed(), '0.000001');
  assert.equal(asAttribute({ number: new Exact('0.0000005'), decimals: 9 }, 6)?.toFixed(), '0.000001');
});

test('nonsense is refused with its place', () => {
  for (const source of ['1 +', '(1', "'a", '1 = 2 = 3', 'unknown + 1', 'sqrt(4)', '1 & 2', '']) {
    assert.throws(() => value(source), Error, source);
  }
});
