/** One thing in the warehouse that must be equal: a query that gives only what depends on the files alone. */
export interface ComparedRows {
  readonly what: string;
  /** Columns that name a row, for its order in a report; the first also spreads the rows over buckets. */
  readonly key: readonly string[];
  readonly sql: (columns: readonly string[]) => string;
  /** Table whose columns are taken, and those that a repetition may change: times, receipts. */
  readonly table: string;
  readonly exceptColumns: readonly string[];
}

function whole(table: string, key: readonly string[], exceptColumns: readonly string[]): ComparedRows {
  return {
    what: `table ${table}`,
    ...{ key, table, exceptColumns },
    sql: (columns) => `SELECT ${columns.join(', ')} FROM ${table}`,
  };
}

/**
 * Tables of topics that two stages write: which of them is first is a matter of timing, so offsets are numbered anew
 * within what one stage wrote.
 */
function ofTwoStages(
  table: string,
  key: readonly string[],
  exceptColumns: readonly string[],
  stage: string,
): ComparedRows {
  return {
    what: `table ${table}`,
    ...{ key, table, exceptColumns: [...exceptColumns, 'src_offset'] },
    sql: (columns) =>
      `SELECT ${columns.join(', ')}, dense_rank() OVER (PARTITION BY src_partition, ${stage} ORDER BY src_offset) AS place FROM ${table}`,
  };
}

const RECORD = ['file_id', 'record_number'] as const;

/** The last balance of each group, resource and bill unit, in the order in which the records were rated. */
const BALANCES: ComparedRows = {
  what: 'final balances',
  key: ['balance_group_id', 'resource', 'bill_unit'],
  ...{ table: '', exceptColumns: [] },
  sql: () =>
    `SELECT balance_group_id, resource, bill_unit, count() AS impacts,
            argMax(after, (src_partition, src_offset, src_index, charge_number, number)) AS balance
     FROM rated ARRAY JOIN impact_resource_id AS resource, impact_balance_after AS after, arrayEnumerate(impact_kind) AS number
     GROUP BY balance_group_id, resource, bill_unit`,
};

export const COMPARED_ROWS: readonly ComparedRows[] = [
  whole('files', ['file_id', 'src_offset'], ['at']),
  whole('raw', RECORD, ['loaded_at']),
  ofTwoStages('errors', RECORD, ['processed_at'], "phase = 'RATING'"),
  ofTwoStages('suspended', RECORD, ['processed_at'], "balance_group_id = ''"),
  whole('rated', [...RECORD, 'charge_number'], ['processed_at']),
  ofTwoStages('ledger', ['file_id', 'stage', 'source_offset'], ['at'], 'stage'),
  whole('billing_lines', ['line_id'], []),
  whole('billing_runs', ['run_id', 'partition'], ['at']),
  whole('billing_results', ['line_id'], ['receipt_id', 'at']),
  BALANCES,
];
