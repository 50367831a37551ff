import type { Rounding } from '../../schemas/catalog/primitives.ts';
import { AMOUNT_SCALE } from '../../schemas/decimal/scaled.ts';
import { multiplyDivide, POWERS_OF_TEN, roundQuotient } from '../../schemas/decimal/rounding.ts';
import type { RoundingMode } from '../../schemas/decimal/rounding.ts';

/**
 * A price per so many units with its currency's rounding: amount = factor * value / divisor, rounded once to the currency's decimals.
 * The fraction is reduced when the catalog is compiled, so that products of everyday prices stay below 2^53.
 */
export class UnitRate {
  private readonly factor: number;
  /** Not exact when it is beyond 2^53; `wideDivisor` is then used. */
  private readonly divisor: number;
  private readonly wideDivisor: bigint | null;
  private readonly mode: RoundingMode;
  /** Smallest amount that the rounding leaves: 10^(9 - decimals). */
  private readonly step: number;

  /** `price` (10^9, of any sign) for `per` units (10^6, above zero). */
  constructor(price: number, per: number, rounding: Rounding) {
    this.step = POWERS_OF_TEN[AMOUNT_SCALE - rounding.decimals]!;
    this.mode = rounding.mode;
    const whole = BigInt(per) * BigInt(this.step);
    const common = greatestCommonDivisor(BigInt(Math.abs(price)), whole);
    const divisor = whole / common;
    this.factor = Number(BigInt(price) / common);
    this.divisor = Number(divisor);
    this.wideDivisor = Number.isSafeInteger(this.divisor) ? null : divisor;
  }

  /** Amount (10^9) of a quantity (10^6), or of a basis amount for percentages; NaN when it is beyond 2^53. */
  amountOf(value: number): number {
    const steps =
      this.wideDivisor === null
        ? multiplyDivide(this.factor, value, this.divisor, this.mode)
        : this.wideSteps(value, this.wideDivisor);
    const amount = steps * this.step;
    return amount <= Number.MAX_SAFE_INTEGER && amount >= Number.MIN_SAFE_INTEGER ? amount : Number.NaN;
  }

  /** For prices with many digits in a currency with few decimals. */
  private wideSteps(value: number, divisor: bigint): number {
    if (!Number.isSafeInteger(value)) return Number.NaN;
    const product = BigInt(this.factor) * BigInt(value);
    const whole = Number(product / divisor);
    // A divisor beyond 2^53 means a step of at least 10, so four times the steps of any valid amount are below 2^53.
    return roundQuotient(whole * 4 + quarters(product % divisor, divisor), 4, this.mode);
  }
}

/** A fraction as quarters that round like it: 1 for less than a half, 2 for a half, 3 for more; with the sign of the remainder. */
function quarters(remainder: bigint, divisor: bigint): number {
  if (remainder === 0n) return 0;
  const sign = remainder < 0n ? -1 : 1;
  const twice = remainder * 2n * BigInt(sign);
  if (twice === divisor) return 2 * sign;
  return (twice < divisor ? 1 : 3) * sign;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
