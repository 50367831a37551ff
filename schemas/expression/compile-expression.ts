import { arithmetic, negate, toScale } from './arithmetic.ts';
import { needBoolean, needNumber } from './checks.ts';
import { compareBooleans, compareNumbers, compareTexts, numberIn, textIn } from './comparison.ts';
import { ExpressionFault } from './expression-fault.ts';
import { buildCall } from './functions.ts';
import type { ExpressionTable, PreparedTable, Tables } from './functions.ts';
import { suggestion } from './nearest-name.ts';
import { parseExpression } from './parser.ts';
import type { AttributeNode, ComparisonNode, InNode, LogicalNode, SyntaxNode } from './syntax.ts';
import type { AttributeReader, BooleanRun, Typed } from './typed.ts';

/** Type of an attribute; a number is an integer scaled by 10^scale, scale 0 to 9. */
export type AttributeType =
  { readonly type: 'text' | 'boolean' } | { readonly type: 'number'; readonly scale: number };

export type ExpressionType = 'boolean' | 'text' | 'number';

export interface ExpressionOptions<Type extends ExpressionType> {
  /** By name. An attribute's index for AttributeReader is its place in this object, from 0. */
  readonly attributes: Readonly<Record<string, AttributeType>>;
  readonly lookupTables: readonly ExpressionTable[];
  readonly expect: Type;
  /** Decimals of a number's result, 0 to 9: fewer than the expression has are rounded HALF_UP. Its own when absent. */
  readonly resultScale?: number;
}

interface CompiledBase {
  /** Indices of the attributes read, ascending. */
  readonly attributes: readonly number[];
}
interface CompiledByType {
  number: CompiledBase & {
    readonly type: 'number';
    readonly scale: number;
    /** Scaled integer, NaN when the expression fails. */
    evaluate(reader: AttributeReader): number;
  };
  text: CompiledBase & {
    readonly type: 'text';
    /** undefined when the expression fails. */
    evaluate(reader: AttributeReader): string | undefined;
  };
  boolean: CompiledBase & {
    readonly type: 'boolean';
    /** undefined when the expression fails. */
    evaluate(reader: AttributeReader): boolean | undefined;
  };
}
export type CompiledExpression<Type extends ExpressionType = ExpressionType> = CompiledByType[Type];

export type ExpressionResult<Type extends ExpressionType> =
  | { readonly ok: true; readonly value: CompiledExpression<Type> }
  | { readonly ok: false; readonly position: number; readonly message: string };

interface Context {
  readonly attributes: ReadonlyMap<string, AttributeType & { readonly index: number }>;
  readonly tables: Tables;
  readonly used: Set<number>;
}

function buildAttribute({ name, position }: AttributeNode, { attributes, used }: Context): Typed {
  const attribute = attributes.get(name);
  if (attribute === undefined)
    throw new ExpressionFault(position, `unknown attribute "${name}"${suggestion(name, attributes.keys())}`);
  const { index } = attribute;
  used.add(index);
  switch (attribute.type) {
    case 'text':
      return { type: 'text', position, run: (reader) => reader.text(index) };
    case 'boolean':
      return { type: 'boolean', position, run: (reader) => reader.number(index) !== 0 };
    case 'number':
      return { type: 'number', position, scale: attribute.scale, run: (reader) => reader.number(index) };
  }
}

function buildLogical({ operator, position, left, right }: LogicalNode, context: Context): Typed {
  const runA = needBoolean(build(left, context), operator).run;
  const runB = needBoolean(build(right, context), operator).run;
  const decides = operator === 'or';
  const run: BooleanRun = (reader) => {
    const a = runA(reader);
    return a === undefined || a === decides ? a : runB(reader);
  };
  return { type: 'boolean', position, run };
}

function buildComparison({ operator, position, left, right }: ComparisonNode, context: Context): Typed {
  const a = build(left, context);
  const b = build(right, context);
  if (a.type === 'number' && b.type === 'number')
    return { type: 'boolean', position, run: compareNumbers(operator, a, b) };
  if (a.type === 'text' && b.type === 'text')
    return { type: 'boolean', position, run: compareTexts(operator, a, b) };
  if (a.type !== 'boolean' || b.type !== 'boolean')
    throw new ExpressionFault(position, `${a.type} cannot be compared with ${b.type}`);
  if (operator !== '=' && operator !== '!=')
    throw new ExpressionFault(position, `"${operator}" compares numbers or texts, these are conditions`);
  return { type: 'boolean', position, run: compareBooleans(operator === '=', a, b) };
}

function buildIn({ position, operand, list }: InNode, context: Context): Typed {
  const value = build(operand, context);
  if (value.type === 'boolean')
    throw new ExpressionFault(position, '"in" needs a text or a number before it');
  const texts: string[] = [];
  const numbers: { value: number; scale: number }[] = [];
  for (const item of list) {
    if (item.kind !== value.type)
      throw new ExpressionFault(item.position, `"in" compares ${value.type} with ${item.kind}`);
    if (item.kind === 'text') texts.push(item.value);
    else numbers.push(item);
  }
  const run = value.type === 'text' ? textIn(value, texts) : numberIn(value, numbers);
  return { type: 'boolean', position, run };
}

function buildNot(position: number, operand: Typed): Typed {
  const { run } = needBoolean(operand, 'not');
  return {
    type: 'boolean',
    position,
    run: (reader) => {
      const holds = run(reader);
      return holds === undefined ? undefined : !holds;
    },
  };
}

function build(node: SyntaxNode, context: Context): Typed {
  const { position } = node;
  switch (node.kind) {
    case 'number': {
      const { value, scale } = node;
      return { type: 'number', position, scale, run: () => value, literal: value };
    }
    case 'text': {
      const { value } = node;
      return { type: 'text', position, run: () => value, literal: value };
    }
    case 'boolean': {
      const { value } = node;
      return { type: 'boolean', position, run: () => value };
    }
    case 'attribute':
      return buildAttribute(node, context);
    case 'negate':
      return negate(position, needNumber(build(node.operand, context), '"-"'));
    case 'not':
      return buildNot(position, build(node.operand, context));
    case 'arithmetic': {
      const who = `"${node.operator}"`;
      const left = needNumber(build(node.left, context), who);
      return arithmetic(node.operator, position, left, needNumber(build(node.right, context), who));
    }
    case 'comparison':
      return buildComparison(node, context);
    case 'logical':
      return buildLogical(node, context);
    case 'in':
      return buildIn(node, context);
    case 'call':
      return buildCall(
        node.name,
        position,
        node.args.map((arg) => build(arg, context)),
        context.tables,
      );
  }
}

/** The maps of tables already seen, so that rules of one catalog share them. */
const preparedTables = new WeakMap<ExpressionTable, PreparedTable>();

function prepare(table: ExpressionTable): PreparedTable {
  const known = preparedTables.get(table);
  if (known !== undefined) return known;
  const prepared = { values: new Map(Object.entries(table.entries)), default: table.default };
  preparedTables.set(table, prepared);
  return prepared;
}

function contextOf(options: ExpressionOptions<ExpressionType>): Context {
  const attributes = Object.entries(options.attributes).map(
    ([name, attribute], index) => [name, { ...attribute, index }] as const,
  );
  const tables = options.lookupTables.map((table) => [table.id, prepare(table)] as const);
  return { attributes: new Map(attributes), tables: new Map(tables), used: new Set() };
}

function finish(
  typed: Typed,
  { expect, resultScale }: ExpressionOptions<ExpressionType>,
  context: Context,
): CompiledExpression {
  if (typed.type !== expect)
    throw new ExpressionFault(0, `the result must be ${expect}, this expression yields ${typed.type}`);
  const attributes = [...context.used].sort((a, b) => a - b);
  if (typed.type === 'text') return { type: 'text', attributes, evaluate: typed.run };
  if (typed.type === 'boolean') return { type: 'boolean', attributes, evaluate: typed.run };
  const scale = resultScale ?? typed.scale;
  return { type: 'number', attributes, scale, evaluate: toScale(typed, scale) };
}

/**
 * Parses, types and compiles an expression to closures; nothing is ever evaluated as program text.
 * Failures of evaluation (overflow, division by zero, missing lookup) are values: see CompiledExpression.
 */
export function compileExpression<Type extends ExpressionType>(
  text: string,
  options: ExpressionOptions<Type>,
): ExpressionResult<Type> {
  try {
    const context = contextOf(options);
    const typed = build(parseExpression(text), context);
    // `finish` has checked that the result has the type asked for.
    return { ok: true, value: finish(typed, options, context) as CompiledExpression<Type> };
  } catch (fault) {
    if (fault instanceof ExpressionFault)
      return { ok: false, position: fault.position, message: fault.message };
    throw fault;
  }
}
