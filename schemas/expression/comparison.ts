import { powerOfTen } from './arithmetic.ts';
import type { ComparisonOperator } from './syntax.ts';
import type { BooleanRun, TypedBoolean, TypedNumber, TypedText } from './typed.ts';

/** Whether the operator holds for a left side that is below (-1), equal to (0) or above (1) the right side. */
const HOLDS: Record<ComparisonOperator, (order: number) => boolean> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/**
 * Compares numbers of any scales exactly: an aligned side that leaves 2^53 is no longer exact, but then it is beyond
 * every value that the other side can have.
 */
export function compareNumbers(
  operator: ComparisonOperator,
  left: TypedNumber,
  right: TypedNumber,
): BooleanRun {
  const scale = Math.max(left.scale, right.scale);
  const factorA = powerOfTen(scale - left.scale);
  const factorB = powerOfTen(scale - right.scale);
  const runA = left.run;
  const runB = right.run;
  const holds = HOLDS[operator];
  return (reader) => {
    const a = runA(reader) * factorA;
    const b = runB(reader) * factorB;
    if (a !== a || b !== b) return undefined;
    return holds(a < b ? -1 : a > b ? 1 : 0);
  };
}

/** Compares texts by UTF-16 code units. */
export function compareTexts(operator: ComparisonOperator, left: TypedText, right: TypedText): BooleanRun {
  const runA = left.run;
  const runB = right.run;
  const holds = HOLDS[operator];
  return (reader) => {
    const a = runA(reader);
    const b = runB(reader);
    if (a === undefined || b === undefined) return undefined;
    return holds(a < b ? -1 : a > b ? 1 : 0);
  };
}

/** `=` and `!=` of booleans. */
export function compareBooleans(equal: boolean, left: TypedBoolean, right: TypedBoolean): BooleanRun {
  const runA = left.run;
  const runB = right.run;
  return (reader) => {
    const a = runA(reader);
    const b = runB(reader);
    if (a === undefined || b === undefined) return undefined;
    return (a === b) === equal;
  };
}

/** `in` over literal texts. */
export function textIn(operand: TypedText, values: readonly string[]): BooleanRun {
  const { run } = operand;
  const known = new Set(values);
  return (reader) => {
    const text = run(reader);
    return text === undefined ? undefined : known.has(text);
  };
}

/** `in` over literal numbers, each with its scale. */
export function numberIn(
  operand: TypedNumber,
  values: readonly { readonly value: number; readonly scale: number }[],
): BooleanRun {
  const equals = values.map(({ value, scale }) =>
    compareNumbers('=', operand, { type: 'number', position: 0, scale, run: () => value }),
  );
  return (reader) => {
    for (const equal of equals) {
      const result = equal(reader);
      if (result !== false) return result;
    }
    return false;
  };
}
