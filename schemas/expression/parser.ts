import { parseScaled } from '../decimal/scaled.ts';
import { ExpressionFault } from './expression-fault.ts';
import type {
  ArithmeticOperator,
  ComparisonOperator,
  LogicalOperator,
  NumberLiteral,
  SyntaxNode,
  TextLiteral,
} from './syntax.ts';
import { tokenize } from './tokenizer.ts';
import type { Token } from './tokenizer.ts';

/** Most decimals that a number of the language has. */
export const MAX_SCALE = 9;
const MAX_LENGTH = 4000;
const MAX_DEPTH = 100;
const COMPARISONS: readonly string[] = ['=', '!=', '<', '<=', '>', '>='] satisfies ComparisonOperator[];
const KEYWORDS: readonly string[] = ['and', 'or', 'not', 'in', 'true', 'false'];

class Parser {
  private readonly tokens: readonly Token[];
  private index = 0;
  private depth = 0;

  constructor(text: string) {
    this.tokens = tokenize(text);
  }

  private get token(): Token {
    return this.tokens[this.index]!;
  }

  private next(): Token {
    const token = this.token;
    if (token.kind !== 'end') this.index++;
    return token;
  }

  private isSymbol(...symbols: readonly string[]): boolean {
    return this.token.kind === 'symbol' && symbols.includes(this.token.text);
  }

  private isKeyword(keyword: string): boolean {
    return this.token.kind === 'name' && this.token.text === keyword;
  }

  private unexpected(wanted: string): ExpressionFault {
    const { kind, text, position } = this.token;
    const found = kind === 'end' ? 'the end' : kind === 'text' ? 'text' : `"${text}"`;
    return new ExpressionFault(position, `expected ${wanted}, found ${found}`);
  }

  private take(symbol: string, wanted: string): void {
    if (!this.isSymbol(symbol)) throw this.unexpected(wanted);
    this.index++;
  }

  parse(): SyntaxNode {
    const node = this.or();
    if (this.token.kind !== 'end') throw this.unexpected('an operator or the end');
    return node;
  }

  private logical(operator: LogicalOperator, operand: () => SyntaxNode): SyntaxNode {
    let left = operand();
    while (this.isKeyword(operator)) {
      const { position } = this.next();
      left = { kind: 'logical', operator, position, left, right: operand() };
    }
    return left;
  }

  private or(): SyntaxNode {
    if (++this.depth > MAX_DEPTH) throw new ExpressionFault(this.token.position, 'nested too deeply');
    const node = this.logical('or', () => this.logical('and', () => this.not()));
    this.depth--;
    return node;
  }

  private not(): SyntaxNode {
    const negations: number[] = [];
    while (this.isKeyword('not')) negations.push(this.next().position);
    const operand = this.comparison();
    return negations.reduceRight<SyntaxNode>(
      (node, position) => ({ kind: 'not', position, operand: node }),
      operand,
    );
  }

  private comparison(): SyntaxNode {
    const left = this.sum();
    const { position } = this.token;
    let node: SyntaxNode = left;
    if (this.isSymbol(...COMPARISONS)) {
      const operator = this.next().text as ComparisonOperator;
      node = { kind: 'comparison', operator, position, left, right: this.sum() };
    } else if (this.isKeyword('in')) {
      this.index++;
      node = { kind: 'in', position, operand: left, list: this.list() };
    }
    if (node !== left && (this.isSymbol(...COMPARISONS) || this.isKeyword('in')))
      throw new ExpressionFault(this.token.position, 'comparisons cannot be chained, join them with "and"');
    return node;
  }

  private list(): (NumberLiteral | TextLiteral)[] {
    this.take('(', '"(" and the values');
    const items: (NumberLiteral | TextLiteral)[] = [];
    do items.push(this.literal());
    while (this.skip(','));
    this.take(')', '"," or ")"');
    return items;
  }

  private skip(symbol: string): boolean {
    const found = this.isSymbol(symbol);
    if (found) this.index++;
    return found;
  }

  private literal(): NumberLiteral | TextLiteral {
    const { position } = this.token;
    const negative = this.skip('-');
    if (this.token.kind === 'number') {
      const literal = numberLiteral(this.next());
      return negative ? { ...literal, value: 0 - literal.value, position } : literal;
    }
    if (negative || this.token.kind !== 'text') throw this.unexpected('a literal text or number');
    return { kind: 'text', position, value: this.next().text };
  }

  private arithmetic(operators: readonly ArithmeticOperator[], operand: () => SyntaxNode): SyntaxNode {
    let left = operand();
    while (this.isSymbol(...operators)) {
      const { position, text } = this.next();
      left = { kind: 'arithmetic', operator: text as ArithmeticOperator, position, left, right: operand() };
    }
    return left;
  }

  private sum(): SyntaxNode {
    return this.arithmetic(['+', '-'], () => this.arithmetic(['*', '/', '%'], () => this.unary()));
  }

  private unary(): SyntaxNode {
    const signs: number[] = [];
    while (this.isSymbol('-')) signs.push(this.next().position);
    const operand = this.primary();
    return signs.reduceRight<SyntaxNode>(
      (node, position) => ({ kind: 'negate', position, operand: node }),
      operand,
    );
  }

  private primary(): SyntaxNode {
    const token = this.token;
    if (token.kind === 'number' || token.kind === 'text') return this.literal();
    if (token.kind === 'name') return this.named(token);
    this.take('(', 'a value');
    const node = this.or();
    this.take(')', '")"');
    return node;
  }

  private named(token: Token): SyntaxNode {
    const { text, position } = token;
    if (text === 'true' || text === 'false') {
      this.index++;
      return { kind: 'boolean', position, value: text === 'true' };
    }
    if (KEYWORDS.includes(text)) throw this.unexpected('a value');
    this.index++;
    if (!this.skip('(')) return { kind: 'attribute', position, name: text };
    const args: SyntaxNode[] = [];
    if (!this.isSymbol(')')) {
      do args.push(this.or());
      while (this.skip(','));
    }
    this.take(')', '"," or ")"');
    return { kind: 'call', position, name: text, args };
  }
}

function numberLiteral({ text, position }: Token): NumberLiteral {
  const scale = /\.(\d*[1-9])0*$/.exec(text)?.[1]?.length ?? 0;
  if (scale > MAX_SCALE) throw new ExpressionFault(position, `a number has at most ${MAX_SCALE} decimals`);
  const value = parseScaled(text, scale);
  if (value === null) throw new ExpressionFault(position, 'the number is too large');
  return { kind: 'number', position, value, scale };
}

/** Parses an expression; see docs/expressions.md for the grammar. Throws ExpressionFault with the position. */
export function parseExpression(text: string): SyntaxNode {
  if (text.length > MAX_LENGTH) throw new ExpressionFault(MAX_LENGTH, `longer than ${MAX_LENGTH} characters`);
  return new Parser(text).parse();
}
