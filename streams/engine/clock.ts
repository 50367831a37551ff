/** Time source handed to everything that needs the time; milliseconds since the Unix epoch. */
export interface Clock {
  now(): number;
}

/** A clock that moves only when told to; for tests and virtual time. */
export interface ManualClock extends Clock {
  set(epochMs: number): void;
  advance(ms: number): void;
}

/** The one place that reads the system time. */
export const systemClock: Clock = {
  // eslint-disable-next-line no-restricted-syntax -- this module is the injected clock
  now: () => Date.now(),
};

export function manualClock(startMs = 0): ManualClock {
  let current = startMs;
  return {
    now: () => current,
    set(epochMs) {
      current = epochMs;
    },
    advance(ms) {
      current += ms;
    },
  };
}
