import { ExpressionFault } from './expression-fault.ts';

export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'symbol' | 'end';
  /** The token as written; of a text literal its value. */
  readonly text: string;
  /** Offset in the expression, from 0. */
  readonly position: number;
}

const BLANK = /[ \t\r\n]+/y;
const NUMBER = /\d+(?:\.\d+)?/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const SYMBOL = /!=|<=|>=|[=<>+\-*/%(),]/y;
const TEXT = /'((?:[^']|'')*)'/y;

function match(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(text);
}

function numberToken(text: string, position: number, written: string): Token {
  const next = text[position + written.length];
  if (next !== undefined && /[A-Za-z0-9_.]/.test(next))
    throw new ExpressionFault(position, 'a number is digits, with decimals after a point (123 or 0.5)');
  return { kind: 'number', text: written, position };
}

function unexpected(text: string, position: number): ExpressionFault {
  const character = String.fromCodePoint(text.codePointAt(position)!);
  if (character === "'") return new ExpressionFault(position, "text without its closing quote (')");
  if (character === '"') return new ExpressionFault(position, "text is written in single quotes ('text')");
  if (text.startsWith('==', position))
    return new ExpressionFault(position, 'equality is written with a single =');
  return new ExpressionFault(position, `unexpected character ${JSON.stringify(character)}`);
}

function tokenAt(text: string, position: number): Token {
  const number = match(NUMBER, text, position);
  if (number !== null) return numberToken(text, position, number[0]);
  const name = match(NAME, text, position);
  if (name !== null) return { kind: 'name', text: name[0], position };
  if (text.startsWith('==', position)) throw unexpected(text, position);
  const symbol = match(SYMBOL, text, position);
  if (symbol !== null) return { kind: 'symbol', text: symbol[0], position };
  throw unexpected(text, position);
}

/** Cuts an expression into tokens; the last one is `end`. Throws ExpressionFault. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  for (;;) {
    position += match(BLANK, text, position)?.[0].length ?? 0;
    if (position === text.length) break;
    const quoted = match(TEXT, text, position);
    if (quoted !== null) {
      tokens.push({ kind: 'text', text: quoted[1]!.replaceAll("''", "'"), position });
      position += quoted[0].length;
      continue;
    }
    const token = tokenAt(text, position);
    tokens.push(token);
    position += token.text.length;
  }
  tokens.push({ kind: 'end', text: 'the end', position });
  return tokens;
}
