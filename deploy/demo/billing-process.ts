import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { BillingTarget } from '../embedded/service.ts';
import type { BillingSummary } from './build-report/reconciliation.ts';

/** The billing simulator as a process of its own. */
export interface BillingProcess {
  readonly target: BillingTarget;
  /** What it has in its books. */
  summary(): Promise<BillingSummary>;
  stop(): Promise<void>;
}

const SERVER = fileURLToPath(new URL('./billing-simulator/server.ts', import.meta.url));

/** Starts it; `faults` as its --fault options. It ends with `stop`, its books stay in `journal`. */
export async function startBillingProcess(
  journal: string,
  faults: readonly string[],
): Promise<BillingProcess> {
  const args = [
    '--import',
    'tsx',
    SERVER,
    '--journal',
    journal,
    ...faults.flatMap((fault) => ['--fault', fault]),
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const ready = await Promise.race([once(child.stdout, 'data'), ended.then(() => null)]);
  if (ready === null) throw new Error('The billing simulator did not start (see above).');
  const { port } = JSON.parse(String(ready[0])) as { port: number };
  const url = `http://127.0.0.1:${port}`;
  return {
    target: { url: `${url}/`, clientNo: '5025550', authKey: 'demo-auth-key' },
    async summary() {
      return (await (await fetch(`${url}/summary`)).json()) as BillingSummary;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
