/** Charging steps, scaled by 10^6. */
export interface Increments {
  readonly minimum: number;
  readonly first: number;
  readonly following: number;
}

/**
 * Rated quantity (docs/rules.md 7.3): zero stays zero; else `first` plus as many `following` as reach the quantity, at least `minimum`.
 * NaN when it is beyond 2^53.
 */
export function steppedQuantity(quantity: number, increments: Increments): number {
  if (quantity === 0) return 0;
  const { minimum, first, following } = increments;
  let stepped = first;
  if (quantity > first) {
    const rest = (quantity - first) % following;
    stepped = rest === 0 ? quantity : quantity + (following - rest);
  }
  if (stepped > Number.MAX_SAFE_INTEGER) return Number.NaN;
  return stepped < minimum ? minimum : stepped;
}
