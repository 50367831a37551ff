import { ExpressionFault } from './expression-fault.ts';
import type { Typed, TypedBoolean, TypedNumber, TypedText } from './typed.ts';

/** The value as a number; throws ExpressionFault naming who wants it (`"+" needs numbers`). */
export function needNumber(typed: Typed, who: string): TypedNumber {
  if (typed.type === 'number') return typed;
  throw new ExpressionFault(typed.position, `${who} needs a number here, this is ${typed.type}`);
}

/** The value as text, or ExpressionFault. */
export function needText(typed: Typed, who: string): TypedText {
  if (typed.type === 'text') return typed;
  throw new ExpressionFault(typed.position, `${who} needs a text here, this is ${typed.type}`);
}

/** The value as a boolean, or ExpressionFault. */
export function needBoolean(typed: Typed, who: string): TypedBoolean {
  if (typed.type === 'boolean') return typed;
  throw new ExpressionFault(typed.position, `${who} needs a condition here, this is ${typed.type}`);
}

/** The value as a number without decimals, or ExpressionFault. */
export function needWhole(typed: Typed, who: string): TypedNumber {
  const number = needNumber(typed, who);
  if (number.scale === 0) return number;
  throw new ExpressionFault(number.position, `${who} needs a whole number here, use floorTo(…, 1)`);
}
