#!/usr/bin/env -S node --import tsx
/**
 * tsx deploy/demo/billing-simulator/server.ts --journal FILE [--port 0] [--client-no N] [--auth-key KEY]
 *   [--unknown-accounts 150] [--unknown-plans 50] (of ten thousand ids) [--fault error:7] [--fault lost:11] [--fault slow:5:200]
 * Prints one line {"ready":true,"port":…,"pid":…} on standard output when it takes calls. SIGTERM and SIGINT stop it.
 */
import { parseArgs } from 'node:util';
import { systemClock } from '../../../streams/engine/clock.ts';
import { startBillingSimulator } from './billing-simulator.ts';
import type { SimulatorOptions } from './billing-simulator.ts';
import { parseFault } from './fault-plan.ts';

function wholeNumber(name: string, text: string, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max)
    throw new RangeError(`--${name} must be a whole number up to ${max}`);
  return value;
}

function parseOptions(): SimulatorOptions {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      journal: { type: 'string' },
      'client-no': { type: 'string', default: '5025550' },
      'auth-key': { type: 'string', default: 'demo-auth-key' },
      'unknown-accounts': { type: 'string', default: '150' },
      'unknown-plans': { type: 'string', default: '50' },
      fault: { type: 'string', multiple: true, default: [] },
    },
  });
  if (values.journal === undefined) throw new RangeError('--journal FILE is required');
  return {
    port: wholeNumber('port', values.port, 65_535),
    journal: values.journal,
    credentials: { clientNo: values['client-no'], authKey: values['auth-key'] },
    unknown: {
      accounts: wholeNumber('unknown-accounts', values['unknown-accounts'], 10_000),
      planInstances: wholeNumber('unknown-plans', values['unknown-plans'], 10_000),
    },
    faults: values.fault.map(parseFault),
    clock: systemClock,
  };
}

async function main(): Promise<void> {
  const simulator = await startBillingSimulator(parseOptions());
  const stop = () => void simulator.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.stdout.write(`${JSON.stringify({ ready: true, port: simulator.port, pid: process.pid })}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
