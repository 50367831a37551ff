import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { collectFiles } from './collect-files.ts';
import { runOracle, type OracleInput, type OracleResult } from './run-oracle.ts';
import { recordKey, type RecordOutcome } from './results.ts';

/** A small carrier for tests: everything that is not in question is as simple as it can be. */
export const BASE = `
client: { id: acme, name: Acme, timeZone: Europe/London, currency: GBP }
currencies:
  - { id: GBP, name: Pound, rounding: { mode: HALF_UP, decimals: 4 }, billing: { mode: HALF_UP, decimals: 2 } }
usageTypes:
  - { id: CALL, name: Call, serviceType: VOICE }
rateUnits:
  - { id: seconds, name: Seconds, unit: SECOND, quantity: duration }
  - { id: event, name: Event, unit: EVENT, quantity: 1 }
rateUnitMap:
  - { serviceType: VOICE, rateUnit: seconds }
mappings:
  - id: csv
    name: Calls
    format: { type: delimited, columns: 5 }
    timeZone: Europe/London
    fields:
      - { name: id, column: 1, type: string, required: true, to: sourceRecordId }
      - { name: service, column: 2, type: string, required: true, to: serviceId }
      - { name: number, column: 3, type: e164, country: '44', to: calledNumber }
      - { name: start, column: 4, type: datetime, pattern: 'yyyy-MM-dd HH:mm:ss', required: true }
      - { name: duration, column: 5, type: decimal, required: true, to: duration }
    startTime: { field: start }
    endTime: duration
    uniqueKey: [id]
rules:
  - { id: type, name: Type, type: enrich, set: { usageType: "'CALL'" } }
streams:
  - { platform: p, serviceType: VOICE, recordType: r, mapping: csv, rules: [type] }
`;

/** One offer of a penny a unit for calls, on the plan that every test subscription has. */
export const PENNY = `
offers:
  - { id: penny, name: Penny, usageTypes: [CALL], currency: GBP, rows: [{ price: { model: unit, price: '0.01' } }] }
plans: [{ id: PLAN, name: Plan, offers: [penny] }]
`;

/** Subscription S1 of account A1 on plan PLAN with voice service 100, effective from 2020 on. */
export const S1 = subscription('S1', '100');

export function subscription(id: string, service: string, more: Record<string, unknown> = {}): string {
  return JSON.stringify({
    ...{ account: `A${id.slice(1)}`, subscription: id, plan: 'PLAN', from: '2020-01-01T00:00:00Z' },
    services: [{ serviceType: 'VOICE', id: service }],
    ...more,
  });
}

export interface World {
  /** Texts of the catalog's YAML files. */
  catalog: string[];
  /** Lines of the accounts file. */
  subscriptions: string[];
  /** File name, or path below mediation/ when it holds slashes, to content; a bare name goes to p/VOICE/r/input. */
  files: Record<string, string | Buffer>;
  options?: Partial<Pick<OracleInput, 'partitions' | 'order' | 'onRecord'>>;
}

/** Writes the world to a temporary folder, runs the oracle over it and removes it. */
export function runWorld(world: World): OracleResult {
  const home = mkdtempSync(join(tmpdir(), 'oracle-'));
  try {
    const catalogDirectory = join(home, 'catalog');
    write(join(catalogDirectory, 'accounts', 'all.jsonl'), world.subscriptions.join('\n'));
    world.catalog.forEach((text, index) => {
      write(join(catalogDirectory, `${index}.yaml`), text);
    });
    for (const [name, content] of Object.entries(world.files)) {
      write(join(home, 'acme', 'mediation', name.includes('/') ? name : `p/VOICE/r/input/${name}`), content);
    }
    return runOracle({ catalogDirectory, files: collectFiles(home, 'acme'), ...world.options });
  } finally {
    rmSync(home, { recursive: true });
  }
}

function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** Outcome of a record of the n-th file (from 0). */
export function outcomeOf(result: OracleResult, recordNumber: number, file = 0): RecordOutcome {
  const outcome = result.records.get(recordKey(result.files[file]!.fileId, recordNumber));
  if (outcome === undefined) throw new Error(`no outcome of record ${recordNumber}`);
  return outcome;
}

/** `outcome code` of every record of a file in the order of its lines. */
export function outcomesOf(result: OracleResult, file = 0): string[] {
  const { fileId } = result.files[file]!;
  return [...result.records.keys()]
    .filter((key) => key.startsWith(fileId))
    .map((key) => `${result.records.get(key)!.outcome} ${result.records.get(key)!.code}`.trim());
}

/** Impacts of a charge as short text: kind/offer type, resource, tier, quantity, amount, before and after. */
export function impactsOf(outcome: RecordOutcome, charge = 0): string[] {
  return outcome.charges![charge]!.impacts.map((impact) =>
    [
      ...[
        `${impact.kind}/${impact.offerType}`,
        impact.resourceId,
        impact.tier,
        impact.quantity,
        impact.amount,
      ],
      `${impact.balanceBefore}>${impact.balanceAfter}`,
    ].join(' '),
  );
}
