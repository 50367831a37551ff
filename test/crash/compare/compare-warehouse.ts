import { startEmbeddedServer } from '../../../deploy/embedded/clickhouse/server.ts';
import { dataLayout } from '../../../deploy/embedded/data-layout.ts';
import { compareTexts } from './difference.ts';
import type { Comparison } from './difference.ts';
import { COMPARED_ROWS } from './warehouse-tables.ts';
import type { ComparedRows } from './warehouse-tables.ts';

const BUCKETS = 256;
/** Buckets of differing rows that are read out in full. */
const SHOWN_BUCKETS = 3;

async function query(url: string, sql: string): Promise<string[]> {
  const response = await fetch(`${url}/?output_format_json_quote_64bit_integers=1`, {
    method: 'POST',
    body: sql,
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${sql}\n${text}`);
  return text.split('\n').filter((line) => line !== '');
}

async function columnsOf(url: string, { table, exceptColumns }: ComparedRows): Promise<string[]> {
  if (table === '') return [];
  const names = await query(
    url,
    `SELECT name FROM system.columns WHERE database = currentDatabase() AND table = '${table}' ORDER BY position FORMAT TSV`,
  );
  return names.filter((name) => !exceptColumns.includes(name));
}

/** Count and two sums of hashes per bucket: rows that differ, that are missing or that are there twice change them. */
async function digest(url: string, rows: string, key: string): Promise<Map<string, string>> {
  const lines = await query(
    url,
    `SELECT cityHash64(${key}) % ${BUCKETS} AS bucket, count(), sum(hash), sum(bitRotateLeft(hash, 17) * hash)
     FROM (SELECT ${key}, cityHash64(*) AS hash FROM (${rows})) GROUP BY bucket FORMAT TSV`,
  );
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('\t')), line]));
}

function rowsIn(digests: Map<string, string>): number {
  let rows = 0;
  for (const line of digests.values()) rows += Number(line.split('\t')[1]);
  return rows;
}

async function compareRows(urls: readonly [string, string], compared: ComparedRows): Promise<Comparison> {
  const rows = compared.sql(await columnsOf(urls[0], compared));
  const key = compared.key[0]!;
  const [expected, found] = await Promise.all([digest(urls[0], rows, key), digest(urls[1], rows, key)]);
  const differing = [...new Set([...expected.keys(), ...found.keys()])].filter(
    (bucket) => expected.get(bucket) !== found.get(bucket),
  );
  if (differing.length === 0) return { what: compared.what, items: rowsIn(found), difference: null };
  const shown = differing.slice(0, SHOWN_BUCKETS).join(', ');
  const sql = `SELECT * FROM (${rows}) WHERE cityHash64(${key}) % ${BUCKETS} IN (${shown}) ORDER BY ${compared.key.join(', ')} FORMAT JSONEachRow`;
  const [left, right] = await Promise.all([query(urls[0], sql), query(urls[1], sql)]);
  const { difference } = compareTexts(compared.what, left, right);
  const details = [
    `${rowsIn(expected)} rows expected, ${rowsIn(found)} found; ${differing.length} of ${BUCKETS} buckets differ`,
    ...(difference?.details.slice(1) ?? []),
  ];
  return { what: compared.what, items: rowsIn(found), difference: { what: compared.what, details } };
}

/** Compares everything that two runs have stored, by hashes first and row by row where these differ. */
export async function compareWarehouses(referenceData: string, disturbedData: string): Promise<Comparison[]> {
  const open = async (data: string) => {
    const { clickhouse, cache } = dataLayout(data);
    return startEmbeddedServer({ directory: clickhouse, cacheDirectory: cache });
  };
  const reference = await open(referenceData);
  try {
    const disturbed = await open(disturbedData);
    try {
      const comparisons: Comparison[] = [];
      for (const rows of COMPARED_ROWS)
        comparisons.push(await compareRows([reference.url, disturbed.url], rows));
      return comparisons;
    } finally {
      await disturbed.stop();
    }
  } finally {
    await reference.stop();
  }
}
