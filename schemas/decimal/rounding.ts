/** Rounding methods (usage operations 5.12; General Decimal Arithmetic names). */
export const ROUNDING_MODES = [
  'UP',
  'DOWN',
  'CEILING',
  'FLOOR',
  'HALF_UP',
  'HALF_DOWN',
  'HALF_EVEN',
] as const;
export type RoundingMode = (typeof ROUNDING_MODES)[number];

const LIMIT = Number.MAX_SAFE_INTEGER;

/** Whether the part cut off moves the truncated quotient one step away from zero. `remainder` is not zero. */
function stepsAway(whole: number, remainder: number, divisor: number, mode: RoundingMode): boolean {
  switch (mode) {
    case 'UP':
      return true;
    case 'DOWN':
      return false;
    case 'CEILING':
      return remainder > 0;
    case 'FLOOR':
      return remainder < 0;
    case 'HALF_UP':
      return 2 * Math.abs(remainder) >= divisor;
    case 'HALF_DOWN':
      return 2 * Math.abs(remainder) > divisor;
    case 'HALF_EVEN': {
      const twice = 2 * Math.abs(remainder);
      return twice === divisor ? whole % 2 !== 0 : twice > divisor;
    }
  }
}

/** `whole` + `remainder` / `divisor`, rounded. The remainder has the sign of the exact quotient; the divisor is positive. */
function settle(whole: number, remainder: number, divisor: number, mode: RoundingMode): number {
  let result = whole;
  if (remainder !== 0 && stepsAway(whole, remainder, divisor, mode)) result += remainder > 0 ? 1 : -1;
  // Adding zero turns -0 into 0.
  return Math.abs(result) <= LIMIT ? result + 0 : Number.NaN;
}

/**
 * numerator / denominator, rounded once to an integer.
 * Both must be safe integers; the denominator may be negative. Zero as denominator or NaN as input gives NaN.
 */
export function roundQuotient(numerator: number, denominator: number, mode: RoundingMode): number {
  const dividend = denominator < 0 ? -numerator : numerator;
  const divisor = Math.abs(denominator);
  // The remainder of doubles is exact and what is left is a multiple of the divisor, so this division is exact too.
  const remainder = dividend % divisor;
  return settle((dividend - remainder) / divisor, remainder, divisor, mode);
}

/**
 * a * b / divisor with an exact product, rounded once to an integer. Allocates nothing while the product, or the
 * product of the remainders of both factors by the divisor, is below 2^53: always so for divisors up to 94_906_265.
 * Inputs must be safe integers; NaN or zero as divisor, and a result beyond 2^53, give NaN: callers map it to a code.
 */
export function multiplyDivide(a: number, b: number, divisor: number, mode: RoundingMode): number {
  const product = a * b;
  if (Math.abs(product) <= LIMIT) return roundQuotient(product, divisor, mode);
  return divisor < 0 ? divideWide(-a, b, -divisor, mode) : divideWide(a, b, divisor, mode);
}

/**
 * With a = qa*d + ra and b = qb*d + rb: a*b/d = a*qb + qa*rb + ra*rb/d. All terms have the sign of a*b, so a partial
 * sum beyond 2^53 proves that the result is.
 */
function divideWide(a: number, b: number, divisor: number, mode: RoundingMode): number {
  const restA = a % divisor;
  const restB = b % divisor;
  const product = restA * restB;
  if (!(Math.abs(product) <= LIMIT)) return divideExact(a, b, divisor, mode);
  const remainder = product % divisor;
  const first = a * ((b - restB) / divisor);
  const second = ((a - restA) / divisor) * restB;
  if (Math.abs(first) > LIMIT || Math.abs(second) > LIMIT) return Number.NaN;
  const both = first + second;
  if (Math.abs(both) > LIMIT) return Number.NaN;
  const whole = both + (product - remainder) / divisor;
  return Math.abs(whole) > LIMIT ? Number.NaN : settle(whole, remainder, divisor, mode);
}

function divideExact(a: number, b: number, divisor: number, mode: RoundingMode): number {
  if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b) || !Number.isSafeInteger(divisor))
    return Number.NaN;
  if (divisor === 0) return Number.NaN;
  const product = BigInt(a) * BigInt(b);
  const by = BigInt(divisor);
  const whole = Number(product / by);
  if (Math.abs(whole) > LIMIT) return Number.NaN;
  return settle(whole, Number(product % by), divisor, mode);
}

/** 10^exponent for 0 to 15; larger powers are not safe integers. */
export const POWERS_OF_TEN: readonly number[] = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

/**
 * Rounds a value scaled by 10^scale to `decimals` decimals; the result keeps the scale.
 * Scale minus decimals must be at most 15. A result beyond 2^53 is NaN.
 */
export function roundToDecimals(value: number, scale: number, decimals: number, mode: RoundingMode): number {
  if (decimals >= scale) return value;
  const step = POWERS_OF_TEN[scale - decimals] ?? Number.NaN;
  const result = roundQuotient(value, step, mode) * step;
  return Math.abs(result) <= LIMIT ? result : Number.NaN;
}
