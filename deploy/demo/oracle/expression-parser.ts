import { Exact } from './numbers.ts';

/** A number with the decimals it is held in (docs/expressions.md), a text or a truth value. */
export type Value = { number: Exact; decimals: number } | string | boolean;

/** Syntax tree: operators and functions alike are calls. */
export type Expression =
  | { kind: 'literal'; value: Value }
  | { kind: 'attribute'; name: string }
  | { kind: 'call'; name: string; args: Expression[] };

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|'((?:[^']|'')*)'|([A-Za-z_][A-Za-z0-9_]*)|(<=|>=|!=|[=<>+\-*/%(),]))/y;

interface Token {
  kind: 'number' | 'text' | 'word' | 'sign' | 'end';
  text: string;
}

/** Parses an expression; throws with the place when it is not one (a fault of the catalog). */
export function parseExpression(source: string): Expression {
  const parser = new Parser(source, tokenize(source));
  return parser.whole();
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const text = source.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new Error(`expression ${source}: cannot read from character ${at + 1}`);
    const [, number, quoted, word, sign] = match;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replaceAll("''", "'") });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else tokens.push({ kind: 'sign', text: sign ?? '' });
  }
  return tokens;
}

const END: Token = { kind: 'end', text: '' };
const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='];

class Parser {
  readonly #source: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(source: string, tokens: readonly Token[]) {
    this.#source = source;
    this.#tokens = tokens;
  }

  whole(): Expression {
    const expression = this.#or();
    if (this.#peek().kind !== 'end') this.#fail();
    return expression;
  }

  #or(): Expression {
    let left = this.#and();
    while (this.#take('word', 'or')) left = call('or', left, this.#and());
    return left;
  }

  #and(): Expression {
    let left = this.#not();
    while (this.#take('word', 'and')) left = call('and', left, this.#not());
    return left;
  }

  #not(): Expression {
    return this.#take('word', 'not') ? call('not', this.#not()) : this.#comparison();
  }

  #comparison(): Expression {
    const left = this.#sum();
    if (this.#take('word', 'in')) return call('in', left, ...this.#list());
    const sign = this.#takeOneOf(COMPARISONS);
    return sign === null ? left : call(sign, left, this.#sum());
  }

  #sum(): Expression {
    let left = this.#product();
    for (let sign = this.#takeOneOf(['+', '-']); sign !== null; sign = this.#takeOneOf(['+', '-'])) {
      left = call(sign, left, this.#product());
    }
    return left;
  }

  #product(): Expression {
    let left = this.#unary();
    for (
      let sign = this.#takeOneOf(['*', '/', '%']);
      sign !== null;
      sign = this.#takeOneOf(['*', '/', '%'])
    ) {
      left = call(sign, left, this.#unary());
    }
    return left;
  }

  #unary(): Expression {
    return this.#take('sign', '-') ? call('negate', this.#unary()) : this.#primary();
  }

  #primary(): Expression {
    if (this.#take('sign', '(')) {
      const inner = this.#or();
      this.#expect(')');
      return inner;
    }
    const token = this.#peek();
    this.#at++;
    if (token.kind === 'text') return { kind: 'literal', value: token.text };
    if (token.kind === 'number') {
      const decimals = token.text.split('.')[1]?.length ?? 0;
      return { kind: 'literal', value: { number: new Exact(token.text), decimals } };
    }
    if (token.kind !== 'word') return this.#fail();
    if (token.text === 'true' || token.text === 'false')
      return { kind: 'literal', value: token.text === 'true' };
    if (this.#peek().text === '(' && this.#peek().kind === 'sign') return call(token.text, ...this.#list());
    return { kind: 'attribute', name: token.text };
  }

  #list(): Expression[] {
    this.#expect('(');
    const items = [this.#or()];
    while (this.#take('sign', ',')) items.push(this.#or());
    this.#expect(')');
    return items;
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? END;
  }

  #take(kind: Token['kind'], text: string): boolean {
    const token = this.#peek();
    if (token.kind !== kind || token.text !== text) return false;
    this.#at++;
    return true;
  }

  #takeOneOf(signs: readonly string[]): string | null {
    return signs.find((sign) => this.#take('sign', sign)) ?? null;
  }

  #expect(sign: string): void {
    if (!this.#take('sign', sign)) this.#fail();
  }

  #fail(): never {
    throw new Error(`expression ${this.#source}: unexpected ${this.#peek().text || 'end'}`);
  }
}

function call(name: string, ...args: Expression[]): Expression {
  return { kind: 'call', name, args };
}
