import type { Rounding } from '../../schemas/catalog/primitives.ts';
import { AMOUNT_SCALE } from '../../schemas/decimal/scaled.ts';
import { multiplyDivide, POWERS_OF_TEN } from '../../schemas/decimal/rounding.ts';
import type { RoundingMode } from '../../schemas/decimal/rounding.ts';

/**
 * A price per so many units with its currency's rounding: amount = factor * value / divisor, rounded once to the currency's decimals.
 * The fraction is reduced when the catalog is compiled, so that products of everyday prices stay below 2^53.
 */
export class UnitRate {
  private readonly factor: number;
  private readonly divisor: number;
  private readonly mode: RoundingMode;
  /** Smallest amount that the rounding leaves: 10^(9 - decimals). */
  private readonly step: number;

  /** Null when the reduced divisor is beyond 2^53: such a price cannot be computed exactly. */
  static of(price: number, per: number, rounding: Rounding): UnitRate | null {
    const step = POWERS_OF_TEN[AMOUNT_SCALE - rounding.decimals]!;
    const wholeDivisor = BigInt(per) * BigInt(step);
    const common = greatestCommonDivisor(BigInt(Math.abs(price)), wholeDivisor);
    const divisor = Number(wholeDivisor / common);
    if (!Number.isSafeInteger(divisor)) return null;
    return new UnitRate(Number(BigInt(price) / common), divisor, rounding.mode, step);
  }

  private constructor(factor: number, divisor: number, mode: RoundingMode, step: number) {
    this.factor = factor;
    this.divisor = divisor;
    this.mode = mode;
    this.step = step;
  }

  /** Amount (10^9) of a quantity (10^6), or of a basis amount for percentages; NaN when it is beyond 2^53. */
  amountOf(value: number): number {
    const amount = multiplyDivide(this.factor, value, this.divisor, this.mode) * this.step;
    return amount <= Number.MAX_SAFE_INTEGER && amount >= Number.MIN_SAFE_INTEGER ? amount : Number.NaN;
  }
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
