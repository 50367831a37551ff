import { join } from 'node:path';
import { dataLayout } from '../../deploy/embedded/data-layout.ts';
import { tailOf } from './child.ts';
import { compareBilling } from './compare/compare-billing.ts';
import { compareFolders } from './compare/compare-folders.ts';
import { compareState } from './compare/compare-state.ts';
import { compareWarehouses } from './compare/compare-warehouse.ts';
import { compareTexts } from './compare/difference.ts';
import type { Comparison } from './compare/difference.ts';
import { DisturbedRunner } from './disturbed-run.ts';
import type { DisturbedRun, Kill } from './disturbed-run.ts';
import { planKills } from './kill-plan.ts';
import type { KillPhase } from './kill-plan.ts';
import { createScene } from './scene.ts';
import type { RunFolders } from './scene.ts';
import { startSimulator } from './simulator.ts';
import type { Simulator } from './simulator.ts';
import { startTally } from './tally.ts';

export interface CrashProofOptions {
  /** An empty folder for everything that the proof makes. */
  readonly folder: string;
  readonly kills: number;
  readonly records: number;
  readonly seed: string;
  readonly onProgress?: (line: string) => void;
}

export interface CrashProofResult {
  readonly seed: string;
  readonly records: number;
  /** Kills after the ready line; the `startup` ones come on top. */
  readonly kills: number;
  readonly killsByPhase: Readonly<Record<KillPhase, number>>;
  /** Of the `recovery` kills, those after the billing run was ordered. */
  readonly recoveriesInBilling: number;
  readonly tornTails: number;
  readonly billingCalls: number;
  readonly lostAnswers: number;
  readonly comparisons: readonly Comparison[];
  /** True when as many kills as asked for hit and nothing differs. */
  readonly ok: boolean;
}

/** Answers get lost and calls fail, so that deliveries are repeated without any kill too. */
const FAULTS = ['lost:7', 'error:11'];
/** Calls under way at a time, as the billing-sync worker has them. */
const CALLS_AT_ONCE = 2;
/** The calls must outlast the kills planned for them: lives end before their calls do. */
const CALL_MARGIN = 1.5;

interface ReferenceRun {
  readonly simulator: Simulator;
  readonly calls: number;
  readonly startMs: number;
}

async function runReference(folders: RunFolders): Promise<ReferenceRun> {
  const { journal, logFile, simulatorLog } = folders;
  const simulator = await startSimulator({ journal, logFile: simulatorLog, faults: [] });
  const startedAt = performance.now();
  const tally = startTally({ ...folders, billing: simulator.url, logFile });
  await tally.ready;
  const startMs = performance.now() - startedAt;
  const { code } = await tally.ended;
  if (code !== 0)
    throw new Error(`The undisturbed run ended with ${code}; ${logFile} ends with:\n${tailOf(logFile)}`);
  const { calls } = await simulator.summary();
  if (calls === 0) throw new Error('The undisturbed run billed nothing: too few records to prove anything');
  return { simulator, calls, startMs };
}

function countByPhase(kills: readonly Kill[]): Record<KillPhase, number> {
  const counts = { startup: 0, recovery: 0, intake: 0, billing: 0 };
  for (const { phase } of kills) counts[phase]++;
  return counts;
}

function describeKill({ phase, during, afterMs }: Kill, number: number, total: number): string {
  const since = phase === 'startup' ? 'start' : 'ready';
  return `kill ${String(number).padStart(3)}/${total}  ${phase.padEnd(8)} of ${during.padEnd(7)} ${afterMs.toFixed(0).padStart(5)} ms after ${since}`;
}

async function compareAll(
  folders: { reference: RunFolders; disturbed: RunFolders },
  simulators: { reference: Simulator; disturbed: Simulator },
  run: DisturbedRun,
): Promise<Comparison[]> {
  const { reference, disturbed } = folders;
  return [
    ...(await compareWarehouses(reference.data, disturbed.data)),
    compareState(dataLayout(reference.data).snapshots, dataLayout(disturbed.data).snapshots),
    ...(await compareBilling(simulators.reference, simulators.disturbed)),
    ...compareFolders(reference.home, disturbed.home),
    compareTexts('dead letters and unusable snapshots', [], run.alarms),
  ];
}

/**
 * Runs generated usage once in peace and once with kill -9 at drawn moments, and compares everything that the two have
 * made.
 * @throws Error when a process ends by itself with anything but success
 */
export async function proveCrashSafety(options: CrashProofOptions): Promise<CrashProofResult> {
  const { folder, records, seed, onProgress = () => undefined } = options;
  const plan = planKills(options.kills, seed);
  const total = plan.kills.reduce((sum, { startups }) => sum + startups.length + 1, 0);
  const scene = await createScene({ folder: join(folder), records, seed });
  const reference = await runReference(scene.reference);
  onProgress(
    `undisturbed run done: ready after ${reference.startMs.toFixed(0)} ms, ${reference.calls} billing calls`,
  );
  const callMs = Math.ceil((plan.workMs.billing * CALL_MARGIN * CALLS_AT_ONCE) / reference.calls);
  const { journal, simulatorLog: logFile } = scene.disturbed;
  const faults = [...FAULTS, `slow:1:${callMs}`];
  const simulator = await startSimulator({ journal, logFile, faults });
  try {
    const run = await new DisturbedRunner({
      ...{ folders: scene.disturbed, billing: simulator.url, plan, records, startMs: reference.startMs },
      onKill: (kill, number) => onProgress(describeKill(kill, number, total)),
    }).run();
    onProgress('disturbed run done, comparing');
    const simulators = { reference: reference.simulator, disturbed: simulator };
    const comparisons = await compareAll(scene, simulators, run);
    const { calls, lostAnswers } = await simulator.summary();
    const killsByPhase = countByPhase(run.kills);
    const kills = run.kills.length - killsByPhase.startup;
    return {
      ...{ seed, records, kills, killsByPhase, tornTails: run.tornTails, lostAnswers, comparisons },
      billingCalls: calls,
      recoveriesInBilling: run.kills.filter(
        ({ phase, during }) => phase === 'recovery' && during === 'billing',
      ).length,
      ok: kills >= options.kills && comparisons.every(({ difference }) => difference === null),
    };
  } finally {
    await simulator.stop();
    await reference.simulator.stop();
  }
}
