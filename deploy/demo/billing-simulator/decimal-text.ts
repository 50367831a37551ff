/** Plain decimal text; at most 15 significant digits when it came as a JSON number, which is as far as a double is faithful. */
const PLAIN = /^-?\d{1,18}(\.\d{1,18})?$/;
const FAITHFUL_DIGITS = 15;

/**
 * Decimal text of a JSON value, kept as received: no arithmetic, no rounding.
 * @returns null when it is not a plain decimal or a JSON number had more digits than a double keeps
 */
export function decimalText(value: unknown): string | null {
  if (typeof value === 'string') return PLAIN.test(value) ? value : null;
  if (typeof value !== 'number') return null;
  const text = String(value);
  if (!PLAIN.test(text)) return null;
  return text.replace(/^-?0*\.?0*|\./g, '').length <= FAITHFUL_DIGITS ? text : null;
}

/** Number of digits after the point. */
export function decimalsOf(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

/** The value as an integer scaled by 10^decimals; exact. The text must have no more decimals than that. */
export function scaled(text: string, decimals: number): bigint {
  return BigInt(text.replace('.', '') + '0'.repeat(decimals - decimalsOf(text)));
}

/** Inverse of scaled(). */
export function unscaled(value: bigint, decimals: number): string {
  const sign = value < 0n ? '-' : '';
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0');
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
