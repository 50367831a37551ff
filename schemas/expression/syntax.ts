export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';
export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type LogicalOperator = 'and' | 'or';

interface At {
  /** Offset in the expression, from 0; of an operation the operator's. */
  readonly position: number;
}

export interface NumberLiteral extends At {
  readonly kind: 'number';
  /** Scaled by 10^scale, with the smallest scale that holds it. */
  readonly value: number;
  readonly scale: number;
}
export interface TextLiteral extends At {
  readonly kind: 'text';
  readonly value: string;
}
interface BooleanLiteral extends At {
  readonly kind: 'boolean';
  readonly value: boolean;
}
export interface AttributeNode extends At {
  readonly kind: 'attribute';
  readonly name: string;
}
interface UnaryNode extends At {
  readonly kind: 'negate' | 'not';
  readonly operand: SyntaxNode;
}
interface ArithmeticNode extends At {
  readonly kind: 'arithmetic';
  readonly operator: ArithmeticOperator;
  readonly left: SyntaxNode;
  readonly right: SyntaxNode;
}
export interface ComparisonNode extends At {
  readonly kind: 'comparison';
  readonly operator: ComparisonOperator;
  readonly left: SyntaxNode;
  readonly right: SyntaxNode;
}
export interface LogicalNode extends At {
  readonly kind: 'logical';
  readonly operator: LogicalOperator;
  readonly left: SyntaxNode;
  readonly right: SyntaxNode;
}
export interface InNode extends At {
  readonly kind: 'in';
  readonly operand: SyntaxNode;
  readonly list: readonly (NumberLiteral | TextLiteral)[];
}
interface CallNode extends At {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly SyntaxNode[];
}

/** An expression as parsed; types are not checked yet. */
export type SyntaxNode =
  | NumberLiteral
  | TextLiteral
  | BooleanLiteral
  | AttributeNode
  | UnaryNode
  | ArithmeticNode
  | ComparisonNode
  | LogicalNode
  | InNode
  | CallNode;
