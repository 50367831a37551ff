import { startChild, tailOf } from './child.ts';
import type { Child } from './child.ts';

/** A line that the billing system has charged, as GET /accepted gives it. */
export type AcceptedLine = Readonly<Record<string, unknown>> & { readonly client_record_id: string };

export interface SimulatorSummary {
  readonly lines: number;
  readonly amount: string;
  readonly repeatedLines: number;
  readonly calls: number;
  readonly refusedCalls: number;
  readonly lostAnswers: number;
}

/** The billing simulator in a process of its own, which outlives the processes that are killed. */
export interface Simulator {
  readonly url: string;
  accepted(): Promise<AcceptedLine[]>;
  summary(): Promise<SimulatorSummary>;
  stop(): Promise<void>;
}

export interface SimulatorOptions {
  readonly journal: string;
  readonly logFile: string;
  /** For example `slow:1:200`, `lost:7`. */
  readonly faults: readonly string[];
}

async function get(url: string, path: string): Promise<string> {
  const response = await fetch(`${url}${path}`);
  if (!response.ok) throw new Error(`${url}${path} answers ${response.status}`);
  return response.text();
}

export async function startSimulator({ journal, logFile, faults }: SimulatorOptions): Promise<Simulator> {
  const child: Child = startChild({
    script: 'deploy/demo/billing-simulator/server.ts',
    args: ['--journal', journal, ...faults.flatMap((fault) => ['--fault', fault])],
    logFile,
  });
  const ready = await child.ready;
  if (ready === null) throw new Error(`The billing simulator did not start:\n${tailOf(logFile)}`);
  const url = `http://127.0.0.1:${String(ready['port'])}`;
  return {
    url,
    async accepted() {
      const text = await get(url, '/accepted');
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as AcceptedLine);
    },
    async summary() {
      return JSON.parse(await get(url, '/summary')) as SimulatorSummary;
    },
    async stop() {
      child.kill('SIGKILL');
      await child.ended;
    },
  };
}
