import { createRandom } from '../../deploy/demo/generator/random.ts';

/**
 * What the process is doing when it dies: `startup` before its ready line (log recovery, ClickHouse start), `recovery` in
 * the first 300 ms after it (state restored, open deliveries repeated), `intake` later (files, rating, ClickHouse),
 * `billing` once the billing run was ordered.
 */
export type KillPhase = 'startup' | 'recovery' | 'intake' | 'billing';

export const RECOVERY_MS = 300;
const LONGEST_MS = 800;
/** Of all kills: shares that fall behind the order of the billing run, and right after the ready line. */
const BILLING_SHARE = 0.4;
const RECOVERY_SHARE = 0.25;
const STARTUP_SHARE = 0.1;

/** One planned kill. */
export interface PlannedKill {
  /** What has to be under way. */
  readonly during: 'intake' | 'billing';
  /** Milliseconds after the ready line; for the first of `billing` after the billing run was ordered. */
  readonly delayMs: number;
  /** Kills before the ready line that precede this one, as shares of the usual time until ready. */
  readonly startups: readonly number[];
}

export interface KillPlan {
  readonly kills: readonly PlannedKill[];
  /** Milliseconds of work between ready and kill, in all, by what is under way. */
  readonly workMs: Readonly<Record<PlannedKill['during'], number>>;
}

/**
 * Draws the moments of `count` kills. The same seed gives the same plan.
 * @throws RangeError when there are too few for every phase to be hit
 */
export function planKills(count: number, seed: string): KillPlan {
  if (!Number.isSafeInteger(count) || count < 8)
    throw new RangeError(`kills must be at least 8, got ${count}`);
  const random = createRandom(`${seed}/kills`);
  const billing = Math.ceil(count * BILLING_SHARE);
  const delaysOf = (number: number): number[] => {
    const early = Math.ceil(number * RECOVERY_SHARE);
    const delays = Array.from({ length: number }, (_, index) =>
      index < early ? random.below(RECOVERY_MS) : RECOVERY_MS + 1 + random.below(LONGEST_MS - RECOVERY_MS),
    );
    return shuffle(delays, (bound) => random.below(bound));
  };
  const startupEvery = Math.floor(1 / STARTUP_SHARE);
  const planned = [
    ...delaysOf(count - billing).map((delayMs) => ({ during: 'intake' as const, delayMs })),
    ...delaysOf(billing).map((delayMs) => ({ during: 'billing' as const, delayMs })),
  ];
  const kills = planned.map((kill, index): PlannedKill => ({
    ...kill,
    startups: index % startupEvery === startupEvery / 2 ? [0.2 + random.below(700) / 1000] : [],
  }));
  const sum = (during: PlannedKill['during']): number =>
    kills.reduce((total, kill) => total + (kill.during === during ? kill.delayMs : 0), 0);
  return { kills, workMs: { intake: sum('intake'), billing: sum('billing') } };
}

function shuffle(values: number[], below: (bound: number) => number): number[] {
  for (let left = values.length - 1; left > 0; left--) {
    const other = below(left + 1);
    [values[left], values[other]] = [values[other]!, values[left]!];
  }
  return values;
}
