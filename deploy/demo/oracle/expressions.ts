import { decimalsOf, type Container } from './attributes.ts';
import type { LookupTable } from './catalog.ts';
import { parseExpression, type Expression, type Value } from './expression-parser.ts';
import { Exact, fits, inRange } from './numbers.ts';

type Numeric = Exclude<Value, string | boolean>;

/** Evaluates expressions; null = the expression failed (docs/expressions.md). Wrong types and names throw: they are faults of the catalog. */
export class Expressions {
  readonly #tables: ReadonlyMap<string, LookupTable>;
  readonly #parsed = new Map<string, Expression>();

  constructor(tables: ReadonlyMap<string, LookupTable>) {
    this.#tables = tables;
  }

  evaluate(source: string, container: Container): Value | null {
    let expression = this.#parsed.get(source);
    if (expression === undefined) {
      expression = parseExpression(source);
      this.#parsed.set(source, expression);
    }
    return this.#value(expression, container);
  }

  #value(expression: Expression, container: Container): Value | null {
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'attribute': {
        const value = container[expression.name];
        if (value === undefined) throw new Error(`unknown attribute ${expression.name}`);
        return typeof value === 'string'
          ? value
          : { number: value, decimals: decimalsOf(expression.name) ?? 0 };
      }
      case 'call':
        return this.#call(expression.name, expression.args, container);
    }
  }

  #call(name: string, args: Expression[], container: Container): Value | null {
    if (name === 'if' || name === 'and' || name === 'or') return this.#branch(name, args, container);
    if (name === '/' && isPowerOfTen(args[1]!)) return this.#shift(args, container);
    const values: Value[] = [];
    for (const arg of args) {
      const value = this.#value(arg, container);
      if (value === null) return null;
      values.push(value);
    }
    if (name === 'lookup') return this.#lookup(text(values[0]), text(values[1]));
    const operation = OPERATIONS[name];
    if (operation === undefined) throw new Error(`unknown function ${name}`);
    return operation(values);
  }

  /** The parts that are not reached are not evaluated, so they cannot fail. */
  #branch(name: string, args: Expression[], container: Container): Value | null {
    const first = this.#value(args[0]!, container);
    if (first === null) return null;
    const holds = truth(first);
    if (name === 'if') return this.#value(args[holds ? 1 : 2]!, container);
    return holds === (name === 'or') ? holds : this.#value(args[1]!, container);
  }

  /** Division by a literal power of ten is exact. */
  #shift(args: Expression[], container: Container): Value | null {
    const left = this.#value(args[0]!, container);
    if (left === null) return null;
    const { number, decimals } = numeric(left);
    const quotient = number.div(numeric((args[1] as { value: Value }).value).number);
    return checked(quotient, Math.max(decimals, quotient.decimalPlaces()));
  }

  #lookup(tableId: string, key: string): Value | null {
    const table = this.#tables.get(tableId);
    if (table === undefined) throw new Error(`unknown lookup table ${tableId}`);
    return table.entries.get(key) ?? table.byDefault;
  }
}

function isPowerOfTen(expression: Expression): boolean {
  if (expression.kind !== 'literal' || typeof expression.value !== 'object') return false;
  return /^10*$|^0\.0*1$/.test(expression.value.number.toFixed());
}

/** A number held in the decimals given, at most 9, rounded HALF_UP to them; null when it does not fit. */
function checked(number: Exact, decimals: number): Value | null {
  const held = Math.min(decimals, 9);
  const rounded = number.toDecimalPlaces(held, Exact.ROUND_HALF_UP);
  return fits(rounded, held) ? { number: rounded, decimals: held } : null;
}

function numeric(value: Value | undefined): Numeric {
  if (typeof value !== 'object') throw new Error('expected a number');
  return value;
}

function text(value: Value | undefined): string {
  if (typeof value !== 'string') throw new Error('expected a text');
  return value;
}

export function truth(value: Value | undefined): boolean {
  if (typeof value !== 'boolean') throw new Error('expected true or false');
  return value;
}

type Operation = (values: Value[]) => Value | null;

/** An operation on two numbers whose result is held in decimals made of theirs. */
function arithmetic(
  compute: (a: Exact, b: Exact) => Exact,
  decimals: (a: number, b: number) => number,
): Operation {
  return ([left, right]) => {
    const [a, b] = [numeric(left), numeric(right)];
    return checked(compute(a.number, b.number), decimals(a.decimals, b.decimals));
  };
}

/** Like `arithmetic`, but fails on a second operand of 0 or, for steps, below. */
function divided(
  compute: (a: Exact, b: Exact) => Exact,
  decimals: (a: number, b: number) => number,
): Operation {
  const operation = arithmetic(compute, decimals);
  return (values) => (numeric(values[1]).number.isZero() ? null : operation(values));
}

function stepped(rounding: 'ceil' | 'floor'): Operation {
  const operation = divided((x, step) => x.div(step)[rounding]().times(step), Math.max);
  return (values) => (numeric(values[1]).number.lt(0) ? null : operation(values));
}

function equal(left: Value | undefined, right: Value | undefined): boolean {
  return typeof left === 'object' ? left.number.eq(numeric(right).number) : left === right;
}

/** Negative, zero or positive; text compares by code unit. */
function order(left: Value | undefined, right: Value | undefined): number {
  if (typeof left === 'object') return left.number.cmp(numeric(right).number);
  const [a, b] = [text(left), text(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

function substring(value: string, from: Exact, length: Exact): string {
  const start = Math.max(from.toNumber() - 1, 0);
  return value.slice(start, start + Math.max(length.toNumber(), 0));
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  not: ([value]) => !truth(value),
  in: ([value, ...list]) => list.some((item) => equal(value, item)),
  '=': ([left, right]) => equal(left, right),
  '!=': ([left, right]) => !equal(left, right),
  '<': ([left, right]) => order(left, right) < 0,
  '<=': ([left, right]) => order(left, right) <= 0,
  '>': ([left, right]) => order(left, right) > 0,
  '>=': ([left, right]) => order(left, right) >= 0,
  '+': arithmetic((a, b) => a.plus(b), Math.max),
  '-': arithmetic((a, b) => a.minus(b), Math.max),
  '*': arithmetic(
    (a, b) => a.times(b),
    (a, b) => a + b,
  ),
  '/': divided(
    (a, b) => a.div(b).toDecimalPlaces(9, Exact.ROUND_HALF_UP),
    () => 9,
  ),
  '%': divided((a, b) => a.mod(b), Math.max),
  negate: ([value]) => ({ number: numeric(value).number.neg(), decimals: numeric(value).decimals }),
  min: arithmetic((a, b) => (a.lte(b) ? a : b), Math.max),
  max: arithmetic((a, b) => (a.gte(b) ? a : b), Math.max),
  abs: ([value]) => ({ number: numeric(value).number.abs(), decimals: numeric(value).decimals }),
  ceilTo: stepped('ceil'),
  floorTo: stepped('floor'),
  startsWith: ([value, part]) => text(value).startsWith(text(part)),
  endsWith: ([value, part]) => text(value).endsWith(text(part)),
  contains: ([value, part]) => text(value).includes(text(part)),
  length: ([value]) => ({ number: new Exact(text(value).length), decimals: 0 }),
  substring: ([value, from, length]) => substring(text(value), numeric(from).number, numeric(length).number),
  upper: ([value]) => text(value).toUpperCase(),
  lower: ([value]) => text(value).toLowerCase(),
  concat: (values) => values.map(text).join(''),
};

/** A number as an attribute or quantity of so many decimals, rounded HALF_UP to them; null when it does not fit. */
export function asAttribute(value: Value, decimals: number): Exact | null {
  const number = numeric(value).number.toDecimalPlaces(decimals, Exact.ROUND_HALF_UP);
  return inRange(number, decimals) ? number : null;
}
