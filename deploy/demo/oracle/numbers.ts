import { Decimal } from 'decimal.js';

/** Decimals with room for every product of two 16-digit values; a quotient is cut at 60 digits, far beyond any rounding asked for. */
export const Exact = Decimal.clone({
  precision: 60,
  rounding: Decimal.ROUND_HALF_UP,
  toExpNeg: -60,
  toExpPos: 60,
});
export type Exact = Decimal;

export const ZERO = new Exact(0);

/** Decimals of money and of quantities (docs/rules.md section 1). */
export const AMOUNT_DECIMALS = 9;
export const QUANTITY_DECIMALS = 6;

/** How and to how many decimals an amount is rounded. */
export interface Rounding {
  mode: string;
  decimals: number;
}

const MODES: Readonly<Record<string, Decimal.Rounding>> = {
  UP: Decimal.ROUND_UP,
  DOWN: Decimal.ROUND_DOWN,
  CEILING: Decimal.ROUND_CEIL,
  FLOOR: Decimal.ROUND_FLOOR,
  HALF_UP: Decimal.ROUND_HALF_UP,
  HALF_DOWN: Decimal.ROUND_HALF_DOWN,
  HALF_EVEN: Decimal.ROUND_HALF_EVEN,
};

/** Rounds once by a declared mode; throws on a mode that the rules do not name (a fault of the catalog). */
export function round(value: Exact, rounding: Rounding): Exact {
  const mode = MODES[rounding.mode];
  if (mode === undefined) throw new Error(`unknown rounding mode ${rounding.mode}`);
  return value.toDecimalPlaces(rounding.decimals, mode);
}

/** The greatest value that is held with 0 to 9 decimals. */
const LIMITS = Array.from({ length: 10 }, (_, decimals) =>
  new Exact(Number.MAX_SAFE_INTEGER).div(10 ** decimals),
);

/** Whether the value, held as an integer with that many decimals, is whole and within 2^53. */
export function fits(value: Exact, decimals: number): boolean {
  return value.decimalPlaces() <= decimals && inRange(value, decimals);
}

/** Whether the value, held with that many decimals (at most 9), is within 2^53. */
export function inRange(value: Exact, decimals: number): boolean {
  return value.abs().lte(LIMITS[decimals]!);
}

/** Plain decimal text without exponent and without trailing zeros; never "-0". */
export function plain(value: Exact): string {
  return value.isZero() ? '0' : value.toFixed();
}
