import { setTimeout as delay } from 'node:timers/promises';
import { tailOf } from './child.ts';
import { RECOVERY_MS } from './kill-plan.ts';
import type { KillPhase, KillPlan, PlannedKill } from './kill-plan.ts';
import type { RunFolders } from './scene.ts';
import { startTally } from './tally.ts';
import type { Tally } from './tally.ts';

/** A kill -9 that hit a running process. */
export interface Kill {
  readonly phase: KillPhase;
  readonly during: PlannedKill['during'];
  /** Milliseconds since the ready line; since the start for `startup`. */
  readonly afterMs: number;
}

export interface DisturbedRun {
  readonly kills: readonly Kill[];
  /** Unfinished writes that a restart found at the end of the log and cut off. */
  readonly tornTails: number;
  /** Things said that must never be said. */
  readonly alarms: readonly string[];
}

export interface DisturbedOptions {
  readonly folders: RunFolders;
  readonly billing: string;
  readonly plan: KillPlan;
  readonly records: number;
  /** Milliseconds that this machine takes from start to ready. */
  readonly startMs: number;
  readonly onKill: (kill: Kill, number: number) => void;
}

/** A life that takes longer works on nothing any more: its kill or its end would come long before, on a slow machine too. */
const LONGEST_LIFE_MS = 240_000;

/** Restores and restarts take time away from the work that a pace allows, so a little less is asked for. */
const PACE_MARGIN = 0.9;

type Outcome = { readonly type: 'killed'; readonly kill: Kill } | { readonly type: 'ended' };

/** Kills a run by plan, starts it again after each kill with the same folders, and lets it come to its end. */
export class DisturbedRunner {
  private readonly options: DisturbedOptions;
  private readonly kills: Kill[] = [];
  private readonly alarms: string[] = [];
  private tornTails = 0;
  private isOrdered = false;
  private readonly pace: number;

  constructor(options: DisturbedOptions) {
    this.options = options;
    this.pace = Math.ceil((options.records * PACE_MARGIN * 1000) / options.plan.workMs.intake);
  }

  /** @throws Error when a life ends by itself with anything but success */
  async run(): Promise<DisturbedRun> {
    for (const planned of this.options.plan.kills) {
      for (const share of planned.startups) await this.killStartup(planned, share * this.options.startMs);
      const outcome = await this.live(planned);
      if (outcome.type === 'ended') return this.result();
      this.note(outcome.kill);
    }
    await this.live(null);
    return this.result();
  }

  private start(planned: PlannedKill | null): Tally {
    const { folders, billing } = this.options;
    return startTally({
      ...{ catalog: folders.catalog, home: folders.home, data: folders.data },
      ...{ billing, logFile: folders.logFile },
      ...(planned?.during === 'intake' ? { recordsPerSecond: this.pace } : {}),
    });
  }

  /** One life up to its kill, or to its end. */
  private async live(planned: PlannedKill | null): Promise<Outcome> {
    const tally = this.start(planned);
    void tally.ordered.then(() => (this.isOrdered = true));
    const end = tally.ended.then(() => 'ended' as const);
    if ((await tally.ready) === null) throw await this.failure(tally);
    const readyAt = performance.now();
    const moment = planned === null ? new Promise<never>(() => undefined) : this.momentOf(tally, planned);
    const first = await Promise.race([end, moment, delay(LONGEST_LIFE_MS, 'stuck' as const, { ref: false })]);
    if (first === 'stuck') {
      tally.kill('SIGKILL');
      throw await this.failure(tally);
    }
    if (first === 'ended') {
      await this.settle(tally);
      const { code } = await tally.ended;
      if (code !== 0) throw await this.failure(tally);
      return { type: 'ended' };
    }
    const afterMs = performance.now() - readyAt;
    tally.kill('SIGKILL');
    const { signal } = await tally.ended;
    await this.settle(tally);
    if (signal !== 'SIGKILL') return { type: 'ended' };
    const during = this.isOrdered ? 'billing' : 'intake';
    return { type: 'killed', kill: { during, afterMs, phase: afterMs <= RECOVERY_MS ? 'recovery' : during } };
  }

  private async momentOf(tally: Tally, { during, delayMs }: PlannedKill): Promise<'now'> {
    if (during === 'billing' && !this.isOrdered) await tally.ordered;
    await delay(delayMs);
    return 'now';
  }

  /** Kills before the ready line; a machine that was quicker than expected is given less time in another life. */
  private async killStartup(planned: PlannedKill, afterMs: number): Promise<void> {
    const tally = this.start(planned);
    const isReady = await Promise.race([tally.ready.then(() => true), delay(afterMs).then(() => false)]);
    tally.kill('SIGKILL');
    await tally.ended;
    await this.settle(tally);
    const during = this.isOrdered ? 'billing' : 'intake';
    this.note({ phase: isReady ? 'recovery' : 'startup', during, afterMs: isReady ? 0 : afterMs });
    if (isReady) await this.killStartup(planned, afterMs / 2);
  }

  private note(kill: Kill): void {
    this.kills.push(kill);
    this.options.onKill(kill, this.kills.length);
  }

  private async settle(tally: Tally): Promise<void> {
    await tally.ended;
    this.alarms.push(...tally.alarms);
    this.tornTails += tally.tornTails;
  }

  private async failure(tally: Tally): Promise<Error> {
    const { code, signal } = await tally.ended;
    const { logFile } = this.options.folders;
    return new Error(
      `tally run ended with ${signal ?? code} after ${LONGEST_LIFE_MS / 1000} s or by itself, after ${this.kills.length} kills; ${logFile} ends with:\n${tailOf(logFile)}`,
    );
  }

  private result(): DisturbedRun {
    return { kills: this.kills, tornTails: this.tornTails, alarms: this.alarms };
  }
}
