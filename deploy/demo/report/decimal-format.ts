import type { DecimalText } from './report-model.ts';

function parts(text: DecimalText): { sign: string; whole: string; fraction: string } {
  const sign = text.startsWith('-') ? '-' : '';
  const [whole = '0', fraction = ''] = text.slice(sign.length).split('.');
  return { sign, whole, fraction };
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A whole number with groups of three: 1,234,567. */
export function formatCount(count: number): string {
  return count < 0 ? `-${grouped(String(-count))}` : grouped(String(count));
}

/** The exact value with groups; trailing zeros beyond `minimum` decimals are left away. */
export function formatExact(text: DecimalText, minimum = 0): string {
  const { sign, whole, fraction } = parts(text);
  const shown = fraction.replace(/0+$/, '').padEnd(minimum, '0');
  return sign + grouped(whole) + (shown === '' ? '' : `.${shown}`);
}

/** Rounded half away from zero, for headlines only; where it is shown the exact value must be within reach. */
export function formatRounded(text: DecimalText, decimals: number): string {
  const { sign, whole, fraction } = parts(text);
  const kept = BigInt(whole + fraction.padEnd(decimals, '0').slice(0, decimals));
  const rounded = (fraction[decimals] ?? '0') >= '5' ? kept + 1n : kept;
  const digits = rounded.toString().padStart(decimals + 1, '0');
  const cut = digits.length - decimals;
  const shown = grouped(digits.slice(0, cut)) + (decimals === 0 ? '' : `.${digits.slice(cut)}`);
  return rounded === 0n ? shown : sign + shown;
}

function scaledBy(text: DecimalText, decimals: number): bigint {
  const { sign, whole, fraction } = parts(text);
  return BigInt(sign + whole + fraction.padEnd(decimals, '0'));
}

/** Exact sum of decimal texts. */
export function addDecimals(texts: readonly DecimalText[]): DecimalText {
  const decimals = texts.reduce((most, text) => Math.max(most, parts(text).fraction.length), 0);
  const sum = texts.reduce((total, text) => total + scaledBy(text, decimals), 0n);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(decimals + 1, '0');
  const cut = digits.length - decimals;
  const fraction = digits.slice(cut).replace(/0+$/, '');
  return `${sum < 0n ? '-' : ''}${digits.slice(0, cut)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** A number near enough to draw a bar with; never shown, never summed. */
export function drawable(text: DecimalText): number {
  return Number(text);
}

/** 950 ms, 12.3 s, 4 min 05 s */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 100_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** 1.2 GB, powers of a thousand */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${BYTE_UNITS[unit]!}`;
}

/** 1,234/s below ten thousand, else 12.3k/s or 1.23M/s */
export function formatRate(perSecond: number): string {
  if (perSecond < 10_000) return `${formatCount(Math.round(perSecond))}/s`;
  if (perSecond < 1_000_000) return `${(perSecond / 1000).toFixed(1)}k/s`;
  return `${(perSecond / 1_000_000).toFixed(2)}M/s`;
}

/** A share of a whole in percent with two significant places; "0 %" only for nothing. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0 || part === 0) return '0 %';
  const percent = (part / whole) * 100;
  if (percent < 0.01) return '<0.01 %';
  return `${percent >= 10 ? percent.toFixed(1) : percent.toFixed(2)} %`;
}
