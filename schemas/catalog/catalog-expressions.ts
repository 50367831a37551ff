import { AMOUNT_SCALE, QUANTITY_SCALE } from '../decimal/scaled.ts';
import { compileExpression } from '../expression/compile-expression.ts';
import type { AttributeType, ExpressionResult } from '../expression/compile-expression.ts';
import { CONTAINER_ATTRIBUTES } from './mapping.ts';
import type { ContainerAttribute } from './mapping.ts';
import type { LookupTable } from './rules.ts';

const TYPES = {
  text: { type: 'text' },
  quantity: { type: 'number', scale: QUANTITY_SCALE },
  integer: { type: 'number', scale: 0 },
  amount: { type: 'number', scale: AMOUNT_SCALE },
} as const satisfies Record<(typeof CONTAINER_ATTRIBUTES)[ContainerAttribute], AttributeType>;

/**
 * What expressions of a catalog may read: all container attributes. An attribute's index for AttributeReader is its
 * place in CONTAINER_ATTRIBUTES.
 */
export const EXPRESSION_ATTRIBUTES = Object.fromEntries(
  Object.entries(CONTAINER_ATTRIBUTES).map(([name, kind]) => [name, TYPES[kind]]),
) as Readonly<Record<ContainerAttribute, (typeof TYPES)[keyof typeof TYPES]>>;

type Tables = readonly LookupTable[];

/** `when` of a filter or an enrichment. */
export function compileCondition(text: string, lookupTables: Tables): ExpressionResult<'boolean'> {
  return compileExpression(text, { attributes: EXPRESSION_ATTRIBUTES, lookupTables, expect: 'boolean' });
}

/** A value for a container attribute: of its type, a number at its scale. */
export function compileAssignment(
  attribute: ContainerAttribute,
  text: string,
  lookupTables: Tables,
): ExpressionResult<'text' | 'number'> {
  const target = EXPRESSION_ATTRIBUTES[attribute];
  const common = { attributes: EXPRESSION_ATTRIBUTES, lookupTables };
  if (target.type === 'text') return compileExpression(text, { ...common, expect: 'text' });
  return compileExpression(text, { ...common, expect: 'number', resultScale: target.scale });
}

/** `quantity` of a rate unit: a number scaled by 10^6. */
export function compileQuantity(text: string, lookupTables: Tables): ExpressionResult<'number'> {
  const options = { attributes: EXPRESSION_ATTRIBUTES, lookupTables, resultScale: QUANTITY_SCALE };
  return compileExpression(text, { ...options, expect: 'number' });
}
