import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { compileExpression } from './compile-expression.ts';
import type { AttributeType, ExpressionType } from './compile-expression.ts';
import type { ExpressionTable } from './functions.ts';
import type { AttributeReader } from './typed.ts';

/*
 * A second implementation of docs/expressions.md, slow and plain: an expression is drawn as a tree that carries its own
 * text (with brackets only where precedence needs them) and its own meaning over decimal.js numbers.
 */
const Exact = Decimal.clone({ precision: 100 });

interface Num {
  readonly value: Decimal;
  readonly scale: number;
}
type Result = Num | string | boolean | null;
type Row = readonly (number | string)[];

interface Tree {
  readonly text: string;
  /** Binding strength, 1 (or) to 8 (primary). */
  readonly level: number;
  readonly type: ExpressionType;
  readonly scale: number;
  readonly eval: (row: Row) => Result;
}

const ATTRIBUTES: Record<string, AttributeType> = {
  small: { type: 'number', scale: 0 },
  big: { type: 'number', scale: 0 },
  duration: { type: 'number', scale: 6 },
  amount: { type: 'number', scale: 9 },
  name: { type: 'text' },
  other: { type: 'text' },
  flag: { type: 'boolean' },
};
const NAMES = Object.keys(ATTRIBUTES);
const TABLES: readonly ExpressionTable[] = [
  { id: 'open', entries: { a: 'one', "b'": 'two', constructor: 'three' } },
  { id: 'closed', default: 'none', entries: { a: 'one' } },
];
const LIMIT = new Exact(2).pow(53).minus(1);

/** A number at a scale: rounded HALF_UP when it has more decimals, null beyond 2^53. */
function num(value: Decimal, scale: number): Num | null {
  if (!value.isFinite()) return null;
  const rounded = value.toDecimalPlaces(scale, Decimal.ROUND_HALF_UP);
  return rounded.abs().mul(new Exact(10).pow(scale)).gt(LIMIT) ? null : { value: rounded, scale };
}

function wrap(tree: Tree, level: number): string {
  return tree.level < level ? `(${tree.text})` : tree.text;
}

function both(left: Tree, right: Tree, then: (a: Num, b: Num) => Result): (row: Row) => Result {
  return (row) => {
    const a = left.eval(row);
    const b = right.eval(row);
    return a === null || b === null ? null : then(a as Num, b as Num);
  };
}

const literal = fc
  .tuple(fc.oneof(fc.integer({ min: 0, max: 99 }), fc.constantFrom(1, 10, 100, 1000, 1_000_000)), fc.nat(4))
  .map(([digits, decimals]): Tree => {
    const value = new Exact(digits).div(new Exact(10).pow(decimals));
    const text = value.toFixed(decimals);
    return {
      text,
      level: 8,
      type: 'number',
      scale: value.decimalPlaces(),
      eval: () => num(value, value.decimalPlaces()),
    };
  });

const numberAttribute = fc.constantFrom('small', 'big', 'duration', 'amount').map((name): Tree => {
  const { scale } = ATTRIBUTES[name] as { scale: number };
  const read = (row: Row) =>
    num(new Exact(row[NAMES.indexOf(name)] as number).div(new Exact(10).pow(scale)), scale);
  return { text: name, level: 8, type: 'number', scale, eval: read };
});

const text = fc.oneof(
  fc.constantFrom('name', 'other').map((name): Tree => {
    return {
      text: name,
      level: 8,
      type: 'text',
      scale: 0,
      eval: (row) => row[NAMES.indexOf(name)] as string,
    };
  }),
  fc.constantFrom('', 'a', "b'", 'constructor', 'one', 'é👍').map((value): Tree => {
    return { text: `'${value.replaceAll("'", "''")}'`, level: 8, type: 'text', scale: 0, eval: () => value };
  }),
);

function isPowerOfTen(tree: Tree): Decimal | null {
  if (!/^[0-9.]+$/.test(tree.text)) return null;
  const value = new Exact(tree.text);
  return value.gt(0) && value.log(10).isInteger() ? value : null;
}

function arithmetic(operator: string, left: Tree, right: Tree): Tree {
  const common = Math.max(left.scale, right.scale);
  const power = operator === '/' ? isPowerOfTen(right) : null;
  const level = operator === '+' || operator === '-' ? 5 : 6;
  const shifted = power === null ? 9 : Math.min(9, Math.max(0, left.scale + power.log(10).toNumber()));
  const scale =
    operator === '/' ? shifted : operator === '*' ? Math.min(9, left.scale + right.scale) : common;
  const compute = (a: Num, b: Num): Result => {
    if (operator === '+') return num(a.value.plus(b.value), scale);
    if (operator === '-') return num(a.value.minus(b.value), scale);
    if (operator === '*') return num(a.value.mul(b.value), scale);
    if (b.value.isZero()) return null;
    if (operator === '/') return num(a.value.div(b.value), scale);
    return num(a.value.mod(b.value), scale);
  };
  return {
    text: `${wrap(left, level)} ${operator} ${wrap(right, level + 1)}`,
    level,
    type: 'number',
    scale,
    eval: both(left, right, compute),
  };
}

function numberCall(name: string, left: Tree, right: Tree): Tree {
  const scale = name.endsWith('To') ? right.scale : Math.max(left.scale, right.scale);
  const compute = (a: Num, b: Num): Result => {
    if (name === 'min') return num(Exact.min(a.value, b.value), scale);
    if (name === 'max') return num(Exact.max(a.value, b.value), scale);
    if (!b.value.gt(0)) return null;
    const steps = a.value.div(b.value);
    return num((name === 'ceilTo' ? steps.ceil() : steps.floor()).mul(b.value), scale);
  };
  return {
    text: `${name}(${left.text}, ${right.text})`,
    level: 8,
    type: 'number',
    scale,
    eval: both(left, right, compute),
  };
}

function compare(operator: string, left: Tree, right: Tree): Tree {
  const compute = (a: Result, b: Result): Result => {
    const order =
      typeof a === 'object'
        ? (a as Num).value.cmp((b as Num).value)
        : a === b
          ? 0
          : a < (b as string)
            ? -1
            : 1;
    const holds = {
      '=': order === 0,
      '!=': order !== 0,
      '<': order < 0,
      '<=': order <= 0,
      '>': order > 0,
      '>=': order >= 0,
    };
    return holds[operator as '='];
  };
  return {
    text: `${wrap(left, 5)}${operator}${wrap(right, 5)}`,
    level: 4,
    type: 'boolean',
    scale: 0,
    eval: both(left, right, compute),
  };
}

function conditional(condition: Tree, yes: Tree, no: Tree): Tree {
  const scale = Math.max(yes.scale, no.scale);
  const evaluate = (row: Row): Result => {
    const holds = condition.eval(row);
    if (holds === null) return null;
    const result = (holds === true ? yes : no).eval(row);
    return result !== null && typeof result === 'object' ? num(result.value, scale) : result;
  };
  return {
    text: `if(${condition.text}, ${yes.text}, ${no.text})`,
    level: 8,
    type: yes.type,
    scale,
    eval: evaluate,
  };
}

function logical(operator: 'and' | 'or', left: Tree, right: Tree): Tree {
  const level = operator === 'or' ? 1 : 2;
  const evaluate = (row: Row): Result => {
    const a = left.eval(row);
    return a === null || a === (operator === 'or') ? a : right.eval(row);
  };
  return {
    text: `${wrap(left, level)} ${operator} ${wrap(right, level + 1)}`,
    level,
    type: 'boolean',
    scale: 0,
    eval: evaluate,
  };
}

function lookup(table: ExpressionTable, key: Tree): Tree {
  const evaluate = (row: Row): Result => {
    const found = key.eval(row);
    if (found === null) return null;
    const entry = Object.entries(table.entries).find(([name]) => name === found);
    return entry?.[1] ?? table.default ?? null;
  };
  return { text: `lookup('${table.id}', ${key.text})`, level: 8, type: 'text', scale: 0, eval: evaluate };
}

const trees = fc.letrec<{ number: Tree; text: Tree; boolean: Tree }>((tie) => ({
  number: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(numberAttribute, literal),
    fc
      .tuple(fc.constantFrom('+', '-', '*', '/', '%'), tie('number'), tie('number'))
      .map((a) => arithmetic(...a)),
    fc.tuple(tie('number'), literal).map(([left, right]) => arithmetic('/', left, right)),
    fc
      .tuple(fc.constantFrom('min', 'max', 'ceilTo', 'floorTo'), tie('number'), tie('number'))
      .map((a) => numberCall(...a)),
    fc.tuple(tie('boolean'), tie('number'), tie('number')).map((a) => conditional(...a)),
    tie('number').map((tree): Tree => {
      const evaluate = (row: Row) => {
        const result = tree.eval(row) as Num | null;
        return result && { value: result.value.neg(), scale: result.scale };
      };
      return { ...tree, text: `-${wrap(tree, 7)}`, level: 7, eval: evaluate };
    }),
    tie('text').map((tree): Tree => {
      const evaluate = (row: Row) => {
        const result = tree.eval(row) as string | null;
        return result === null ? null : num(new Exact(result.length), 0);
      };
      return { text: `length(${tree.text})`, level: 8, type: 'number', scale: 0, eval: evaluate };
    }),
  ),
  text: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.tuple(fc.constantFrom(...TABLES), tie('text')).map((a) => lookup(...a)),
    fc.tuple(tie('boolean'), tie('text'), tie('text')).map((a) => conditional(...a)),
  ),
  boolean: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Tree>(
      { text: 'true', level: 8, type: 'boolean', scale: 0, eval: () => true },
      { text: 'flag', level: 8, type: 'boolean', scale: 0, eval: (row) => row[6] !== 0 },
    ),
    fc
      .tuple(fc.constantFrom('=', '!=', '<', '<=', '>', '>='), tie('number'), tie('number'))
      .map((a) => compare(...a)),
    fc
      .tuple(fc.constantFrom('=', '!=', '<', '<=', '>', '>='), tie('text'), tie('text'))
      .map((a) => compare(...a)),
    fc.tuple(fc.constantFrom('and', 'or'), tie('boolean'), tie('boolean')).map((a) => logical(...a)),
    tie('boolean').map((tree): Tree => {
      const evaluate = (row: Row) => {
        const result = tree.eval(row);
        return result === null ? null : result === false;
      };
      return { ...tree, text: `not ${wrap(tree, 3)}`, level: 3, eval: evaluate };
    }),
    fc
      .tuple(tie('number'), fc.array(literal, { minLength: 1, maxLength: 3 }))
      .map(([operand, list]): Tree => {
        const evaluate = (row: Row) => {
          const result = operand.eval(row) as Num | null;
          return result && list.some((item) => (item.eval(row) as Num).value.eq(result.value));
        };
        const items = list.map((item) => item.text).join(', ');
        return {
          text: `${wrap(operand, 5)} in (${items})`,
          level: 4,
          type: 'boolean',
          scale: 0,
          eval: evaluate,
        };
      }),
  ),
}));

const wide = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.integer(), fc.maxSafeInteger());
const word = fc.constantFrom('', 'a', "b'", 'constructor', 'toString', 'one', 'z');
const row: fc.Arbitrary<Row> = fc.tuple(
  fc.integer({ min: -50, max: 50 }),
  wide,
  wide,
  wide,
  word,
  word,
  fc.nat(1),
);

function readerOf(values: Row): AttributeReader {
  return { text: (index) => values[index] as string, number: (index) => values[index] as number };
}

const seen = { failed: 0, succeeded: 0 };

function agree(tree: Tree, values: Row): void {
  const compiled = compileExpression(tree.text, {
    attributes: ATTRIBUTES,
    lookupTables: TABLES,
    expect: tree.type,
  });
  assert.ok(compiled.ok, tree.text);
  const actual = compiled.value.evaluate(readerOf(values));
  const expected = tree.eval(values);
  if (expected === null) seen.failed++;
  else seen.succeeded++;
  if (compiled.value.type !== 'number') {
    assert.equal(actual, expected ?? undefined);
    return;
  }
  assert.equal(compiled.value.scale, tree.scale, tree.text);
  const number = expected as Num | null;
  const scaled = number === null ? NaN : number.value.mul(new Exact(10).pow(tree.scale)).toNumber() + 0;
  assert.equal(actual, scaled, `${tree.text} over ${JSON.stringify(values)}`);
}

test('numbers evaluate as decimal.js evaluates them, failures included', () => {
  fc.assert(fc.property(trees.number, row, agree), { numRuns: 4000 });
});

test('texts and conditions evaluate as the slow interpreter does', () => {
  fc.assert(fc.property(fc.oneof(trees.text, trees.boolean), row, agree), { numRuns: 4000 });
});

test('a literal behind two minuses is no literal power of ten', () => {
  const scaleOf = (text: string): number | undefined => {
    const compiled = compileExpression(text, {
      attributes: ATTRIBUTES,
      lookupTables: TABLES,
      expect: 'number',
    });
    return compiled.ok ? compiled.value.scale : undefined;
  };
  assert.equal(scaleOf('small / 1'), 0);
  assert.equal(scaleOf('small / --1'), 9);
});

test('the properties have seen both results and failures', () => {
  assert.ok(seen.failed > 100 && seen.succeeded > 1000, JSON.stringify(seen));
});
