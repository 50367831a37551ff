import type { Clock } from '../../streams/engine/index.ts';
import type { StageTiming, ThroughputSeries } from './report/report-model.ts';

const SLICE_MS = 250;

/** Times the stages of a run and samples how fast counters grow. */
export class Stopwatch {
  readonly stages: StageTiming[] = [];
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Runs and times a stage; `items` says afterwards how many it did. */
  async time<Result>(
    stage: Pick<StageTiming, 'id' | 'title' | 'unit'>,
    work: () => Promise<Result>,
    items: (result: Result) => number,
  ): Promise<Result> {
    const start = this.clock.now();
    const result = await work();
    const milliseconds = Math.max(1, this.clock.now() - start);
    const done = items(result);
    this.stages.push({
      ...stage,
      milliseconds,
      items: done,
      perSecond: Math.round((done * 1000) / milliseconds),
    });
    return result;
  }
}

/** Samples counters while something runs; `stop` returns one series per counter. */
export function sampleThroughput(counters: Readonly<Record<string, { title: string; read: () => number }>>): {
  stop(): ThroughputSeries[];
} {
  const samples = Object.entries(counters).map(([stage, { title, read }]) => ({
    stage,
    title,
    read,
    last: read(),
    perSecond: [] as number[],
  }));
  const timer = setInterval(() => {
    for (const sample of samples) {
      const now = sample.read();
      sample.perSecond.push(((now - sample.last) * 1000) / SLICE_MS);
      sample.last = now;
    }
  }, SLICE_MS);
  return {
    stop() {
      clearInterval(timer);
      return samples.map(({ stage, title, perSecond }) => ({
        stage,
        title,
        sliceMilliseconds: SLICE_MS,
        perSecond,
      }));
    },
  };
}
