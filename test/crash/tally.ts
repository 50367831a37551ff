import { startChild } from './child.ts';
import type { Child } from './child.ts';

export interface TallyOptions {
  readonly catalog: string;
  readonly home: string;
  readonly data: string;
  readonly billing: string | null;
  readonly logFile: string;
  readonly recordsPerSecond?: number;
}

/** One life of `tally run`, from its start to its end or its kill. */
export interface Tally extends Child {
  /** Resolves when the billing run is ordered, in this life. */
  readonly ordered: Promise<void>;
  /** What it said that nobody should ever hear, whatever was killed before. */
  readonly alarms: readonly string[];
  readonly tornTails: number;
}

const ALARM = /^dead letter of |is not used: /;
const TORN_TAIL = / of an unfinished write at /;
const ORDERED = /^billing run \S+ ordered$/;

export function startTally(options: TallyOptions): Tally {
  const { catalog, home, data, billing, logFile, recordsPerSecond } = options;
  const alarms: string[] = [];
  let tornTails = 0;
  let order: () => void = () => undefined;
  const ordered = new Promise<void>((resolve) => {
    order = resolve;
  });
  const child = startChild({
    script: 'deploy/cli/main.ts',
    args: [
      ...['run', '--catalog', catalog, '--home', home, '--data', data, '--until-done'],
      ...(billing === null ? [] : ['--billing', billing]),
      ...(recordsPerSecond === undefined ? [] : ['--records-per-second', String(recordsPerSecond)]),
    ],
    logFile,
    onLine: (line) => {
      if (ALARM.test(line)) alarms.push(line);
      if (TORN_TAIL.test(line)) tornTails++;
      if (ORDERED.test(line)) order();
    },
  });
  return {
    ...child,
    ordered,
    alarms,
    get tornTails() {
      return tornTails;
    },
  };
}
