/** Round values from 0 to at least `most`, for the axis of a chart: 1, 2 or 5 times a power of ten apart. */
export function ticks(most: number, wanted = 4): number[] {
  if (most <= 0) return [0, 1];
  const rough = most / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const values: number[] = [];
  for (let i = 0; i * step < most + step; i++) values.push(i * step);
  return values;
}

/** 1,500 as "1.5k" where space is short. */
export function shortNumber(value: number): string {
  if (value >= 1_000_000) return `${trim(value / 1_000_000)}M`;
  return value >= 1000 ? `${trim(value / 1000)}k` : trim(value);
}

const trim = (value: number) => value.toFixed(1).replace(/\.0$/, '');

/** Coordinate with two decimals at most. */
export const at = (value: number) => String(Math.round(value * 100) / 100);
