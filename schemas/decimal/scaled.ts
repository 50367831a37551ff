/** Decimals of an amount of money: 1 GBP = 1_000_000_000. */
export const AMOUNT_SCALE = 9;
/** Decimals of a quantity in its unit: 1 second = 1_000_000. */
export const QUANTITY_SCALE = 6;

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * Parses plain decimal text to an integer scaled by 10^scale, exactly.
 * Returns null when the text is no plain decimal, has more non-zero decimals than the scale, or exceeds 2^53.
 */
export function parseScaled(text: string, scale: number): number | null {
  const match = DECIMAL.exec(text);
  if (match === null) return null;
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > scale) return null;
  const digits = (match[2] ?? '') + fraction.padEnd(scale, '0');
  const value = Number(digits);
  if (!Number.isSafeInteger(value)) return null;
  return match[1] === '-' && value !== 0 ? -value : value;
}

/** Text of a scaled integer, without trailing zeros unless `minDecimals` asks for them. */
export function formatScaled(value: number | bigint, scale: number, minDecimals = 0): string {
  const negative = value < 0;
  const digits = String(negative ? -value : value).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  let fraction = scale === 0 ? '' : digits.slice(-scale);
  while (fraction.length > minDecimals && fraction.endsWith('0')) fraction = fraction.slice(0, -1);
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
