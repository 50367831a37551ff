import type { ClickHouseClient } from '@clickhouse/client';
import { collectFiles } from '../oracle/collect-files.ts';
import { compareWithActual } from '../oracle/compare.ts';
import type { Comparison } from '../oracle/compare.ts';
import { runOracle } from '../oracle/run-oracle.ts';
import type { JudgeCheck } from '../report/report-model.ts';
import { readActual } from './actual-results.ts';

export interface JudgeOptions {
  readonly client: ClickHouseClient;
  readonly home: string;
  readonly catalogDirectory: string;
  /** Partitions of the service: duplicates are sought in each. */
  readonly partitions: number;
  readonly onProgress?: (records: number) => void;
}

const EXAMPLES = 5;

function checksOf({ compared, totals, differences }: Comparison): JudgeCheck[] {
  const kinds = [
    ['file', 'files: identity, verdict, lines, details', compared.files],
    ['record', 'records: outcome, code, account, charges, impacts', compared.records],
    ['balance', 'balances: allowances, accumulators, currency', compared.balances],
    ['line', 'billing lines: quantity, amount, rounding', compared.lines],
  ] as const;
  return kinds.map(([kind, name, count]) => ({
    ...{ name, compared: count },
    differences: Object.entries(totals).reduce(
      (sum, [what, number]) => (what.startsWith(`${kind} `) ? sum + number : sum),
      0,
    ),
    examples: differences
      .filter((difference) => difference.kind === kind)
      .slice(0, EXAMPLES)
      .map(
        ({ problem, key, paths, expected, actual }) =>
          `${problem} ${key} ${paths.join(', ')}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(actual)}`,
      ),
  }));
}

/** Computes everything a second time from files and catalog and compares it with what the product left in ClickHouse, one by one. */
export async function judge({
  client,
  home,
  catalogDirectory,
  partitions,
  onProgress,
}: JudgeOptions): Promise<JudgeCheck[]> {
  const expected = runOracle({
    ...{ catalogDirectory, files: collectFiles(home), partitions },
    onProgress: ({ records }) => onProgress?.(records),
  });
  return checksOf(await compareWithActual(expected, await readActual(client)));
}
