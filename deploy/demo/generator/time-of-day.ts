const STEPS = 4096;

/** How busy each hour of a day is; only the proportions count. */
const PROFILES = {
  voice: [4, 2, 1, 1, 1, 3, 10, 28, 55, 74, 80, 78, 70, 68, 74, 78, 80, 76, 62, 48, 38, 28, 16, 8],
  sms: [10, 5, 3, 2, 2, 4, 14, 32, 45, 50, 52, 54, 58, 56, 54, 55, 58, 64, 68, 66, 60, 52, 38, 22],
  data: [22, 14, 9, 7, 7, 10, 24, 42, 52, 54, 55, 58, 64, 60, 58, 60, 64, 70, 74, 78, 80, 76, 62, 40],
} as const satisfies Record<string, readonly number[]>;
export type Profile = keyof typeof PROFILES;

function quantiles(hours: readonly number[]): Int32Array {
  const total = hours.reduce((sum, weight) => sum + weight, 0);
  const table = new Int32Array(STEPS + 1);
  let hour = 0;
  let before = 0;
  for (let step = 0; step < STEPS; step++) {
    while ((before + hours[hour]!) * STEPS <= step * total) before += hours[hour++]!;
    const inside = (step * total - before * STEPS) / (hours[hour]! * STEPS);
    table[step] = hour * 3600 + Math.floor(inside * 3600);
  }
  table[STEPS] = 86_399;
  return table;
}

const TABLES: Record<Profile, Int32Array> = {
  voice: quantiles(PROFILES.voice),
  sms: quantiles(PROFILES.sms),
  data: quantiles(PROFILES.data),
};

/** Second of the day that lies `position` of the way (0 <= position < 1) through the day's traffic. */
export function secondAt(profile: Profile, position: number): number {
  const table = TABLES[profile];
  const step = Math.floor(position * STEPS);
  const from = table[step]!;
  const width = table[step + 1]! - from;
  return from + Math.floor((position * STEPS - step) * width);
}
