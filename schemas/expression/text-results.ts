import { parseExpression } from './parser.ts';
import type { SyntaxNode } from './syntax.ts';

/** A text that an expression may yield as it stands, with its offset. */
export interface TextResult {
  readonly value: string;
  readonly position: number;
}

function collect(node: SyntaxNode, results: TextResult[]): void {
  if (node.kind === 'text') results.push({ value: node.value, position: node.position });
  if (node.kind !== 'call' || node.name !== 'if') return;
  for (const branch of node.args.slice(1)) collect(branch, results);
}

/** The literal texts among an expression's results, through all branches of `if`. The expression must compile. */
export function textResults(text: string): TextResult[] {
  const results: TextResult[] = [];
  collect(parseExpression(text), results);
  return results;
}
