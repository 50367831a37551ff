import type { Clock } from '../../../streams/engine/clock.ts';
import { formatCount, formatDuration, formatRate } from './decimal-format.ts';

/** Where progress is written: usually standard error. */
export interface ProgressOutput {
  write(text: string): unknown;
  readonly isTerminal: boolean;
  /** Characters in a line. */
  readonly width: number;
}

export interface ProgressOptions {
  output: ProgressOutput;
  clock: Clock;
  /** Plain lines when the output is no terminal come at most this often. Default 5,000 ms. */
  plainIntervalMs?: number;
}

/** Shows one stage after the other: how far, how fast, how long still. */
export interface Progress {
  /** Begins a stage; `total` null when it is unknown. */
  start(title: string, total: number | null, unit: string): void;
  /** Items done so far, all in all. Cheap: writes a few times a second at most. */
  update(done: number, total?: number): void;
  /** Ends the stage with a line that stays. */
  finish(done?: number): void;
}

const REDRAW_MS = 100;
const BAR = 24;
const SMOOTHING_MS = 3000;

interface Stage {
  title: string;
  unit: string;
  total: number | null;
  done: number;
  startedAt: number;
  shownAt: number;
  /** Start of the window over which the current rate is taken. */
  windowAt: number;
  windowDone: number;
  rate: number;
}

function bar(share: number): string {
  const filled = Math.max(0, Math.min(BAR, Math.floor(share * BAR)));
  return `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}`;
}

function updateRate(stage: Stage, now: number): void {
  const elapsed = now - stage.windowAt;
  if (elapsed <= 0) return;
  stage.rate = ((stage.done - stage.windowDone) * 1000) / elapsed;
  if (elapsed < SMOOTHING_MS) return;
  stage.windowAt = now - elapsed / 2;
  stage.windowDone = stage.done - (stage.done - stage.windowDone) / 2;
}

function describe(stage: Stage, withBar: boolean): string {
  const { total, done, rate, title, unit } = stage;
  const speed = rate > 0 ? `  ${formatRate(rate)}` : '';
  if (total === null || total === 0) return `${title}  ${formatCount(done)} ${unit}${speed}`;
  const share = Math.min(1, done / total);
  const rest = rate > 0 && done < total ? `  ${formatDuration(((total - done) * 1000) / rate)} left` : '';
  const drawn = withBar ? `${bar(share)} ` : '';
  const percent = `${Math.floor(share * 100)}`.padStart(3);
  return `${title}  ${drawn}${percent} %  ${formatCount(done)} of ${formatCount(total)} ${unit}${speed}${rest}`;
}

export function createProgress({ output, clock, plainIntervalMs = 5000 }: ProgressOptions): Progress {
  let stage: Stage | null = null;
  const interval = output.isTerminal ? REDRAW_MS : plainIntervalMs;

  function show(current: Stage): void {
    const text = describe(current, output.isTerminal);
    if (!output.isTerminal) output.write(`${text}\n`);
    else
      output.write(
        `\r\u001b[K${Array.from(text)
          .slice(0, Math.max(10, output.width - 1))
          .join('')}`,
      );
  }

  return {
    start(title, total, unit) {
      const now = clock.now();
      const fresh = {
        title,
        unit,
        total,
        done: 0,
        rate: 0,
        windowDone: 0,
        startedAt: now,
        shownAt: now,
        windowAt: now,
      };
      stage = fresh;
      if (output.isTerminal) show(fresh);
    },
    update(done, total) {
      if (stage === null) return;
      stage.done = done;
      if (total !== undefined) stage.total = total;
      const now = clock.now();
      if (now - stage.shownAt < interval) return;
      stage.shownAt = now;
      updateRate(stage, now);
      show(stage);
    },
    finish(done) {
      if (stage === null) return;
      const items = done ?? stage.done;
      const elapsed = clock.now() - stage.startedAt;
      const rate = elapsed > 0 && items > 0 ? `, ${formatRate((items * 1000) / elapsed)}` : '';
      const erase = output.isTerminal ? '\r\u001b[K' : '';
      output.write(
        `${erase}${stage.title}: ${formatCount(items)} ${stage.unit} in ${formatDuration(elapsed)}${rate}\n`,
      );
      stage = null;
    },
  };
}
