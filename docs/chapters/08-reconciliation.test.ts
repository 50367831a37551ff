/**
 * Chapter 8: Reconciliation
 *
 * What the workers do ends up in ClickHouse: every line of every file, every outcome, every charge, every billing line, every answer of
 * billing, and the control totals that each stage published. So the books can be checked against themselves, by anybody who can write SQL.
 *
 * This chapter starts a real ClickHouse out of the engine library, applies the migrations of schemas/clickhouse, lets a site on the memory
 * transport work a few files off (support/audited-site.ts), and then asks. The queries here are short ones; docs/queries.md has those that an
 * auditor needs, and docs/queries.test.ts runs them all on this same site.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openAuditedSite } from './support/audited-site.ts';

const site = await openAuditedSite();
after(() => site.close());

test('every file has a state, the refused ones as well', async () => {
  const rows = await site.query(
    `SELECT file_name, file_status, file_code, file_details FROM file_state ORDER BY file_name`,
  );
  assert.deepEqual(
    rows.map((row) => Object.values(row).map(String).join(' ').trim()),
    [
      '20261005_switch-1_0001.csv COMPLETED  8',
      // Its bytes were accepted before, under the name above.
      '20261005_switch-1_0002.csv DUPLICATE FILE_DUPLICATE 8',
      '20261006_switch-1_0001.csv COMPLETED  5',
      '20261006_switch-1_0002.csv REJECTED FILE_TRAILER_COUNT 5',
      '20261006_switch-1_0004.csv COMPLETED  2',
    ],
  );
});

/** Files whose stages do not hand on what they got, or whose rows are not what the stages told. */
const LOST = `
  SELECT file_name, file_details - (rows_rated + rows_ended) AS missing
  FROM file_state
  LEFT JOIN (SELECT file_id, uniqExact(record_number) AS rows_rated FROM rated GROUP BY file_id) AS r USING (file_id)
  LEFT JOIN
  (
      SELECT file_id, count() AS rows_ended
      FROM (SELECT file_id FROM errors UNION ALL SELECT file_id FROM suspended)
      GROUP BY file_id
  ) AS e USING (file_id)
  WHERE file_status = 'COMPLETED' AND missing != 0
  ORDER BY file_name`;

test('the records of each accepted file add up', async () => {
  assert.deepEqual(await site.query(LOST), []);
});

test('the stages tell the same numbers as the rows', async () => {
  const [row] = await site.query(`
    SELECT details_consumed, guided, error_records, ignored_records, suspended_in_guiding,
        rating_total, rated_records, duplicate_records, suspended_in_rating
    FROM file_phases
    WHERE file_id IN (SELECT file_id FROM file_state WHERE file_name = '20261006_switch-1_0001.csv')`);
  assert.deepEqual(Object.values(row!).map(Number), [
    // Mediation: five records came, none was lost, all were guided.
    ...[5, 5, 0, 0, 0],
    // Rating: of the five it got, one was a copy and one had no price.
    ...[5, 3, 1, 1],
  ]);
});

test('a record can be followed from its bytes to the line that billing has', async () => {
  // The run is the one whose cuts enclose the message of the charge; the line is that of its group.
  const [row] = await site.query(`
    SELECT w.line AS received, toString(r.amount) AS charge, l.line_id AS line_id, toString(l.amount) AS line_amount, l.status AS status
    FROM rated AS r
    INNER JOIN raw AS w ON w.file_id = r.file_id AND w.record_number = r.record_number
    INNER JOIN billing_runs AS b ON b.partition = r.src_partition
    INNER JOIN line_state AS l ON l.run_id = b.run_id AND l.src_partition = r.src_partition
        AND l.subscription_id = r.subscription_id AND l.bill_unit = r.bill_unit AND l.usage_type = r.usage_type
    WHERE r.src_offset >= b.previous_cut_offset AND r.src_offset < b.cut_offset AND r.source_record_id = 'C-1'`);
  assert.match(String(row!['received']), /^V,,\+447911000001,\+33140000000,05\/10\/2026,10:00:00,90,/);
  assert.deepEqual([row!['charge'], row!['line_amount'], row!['status']], ['0.38', '0.38', 'COMPLETE']);
});

test('and a line back to its records: the line that billing refused, for instance', async () => {
  const rows = await site.query(`
    SELECT l.line_id, l.error_code, r.source_record_id AS record, r.charge_usage_type AS charge, toString(r.amount) AS amount
    FROM line_state AS l
    INNER JOIN billing_runs AS b ON b.run_id = l.run_id AND b.partition = l.src_partition
    INNER JOIN rated AS r ON r.src_partition = l.src_partition AND r.subscription_id = l.subscription_id
        AND r.bill_unit = l.bill_unit AND r.usage_type = l.usage_type
    WHERE r.src_offset >= b.previous_cut_offset AND r.src_offset < b.cut_offset
        AND l.status = 'ERROR' AND l.usage_type = 'PREMIUM_CALL'
    ORDER BY r.charge_number`);
  assert.deepEqual(
    rows.map((row) => [row['record'], row['charge'], row['amount']]),
    [
      // One call, three charges, one line: the catalog invoices the parent.
      ['C-5', 'PREMIUM_CONNECTION', '0.3'],
      ['C-5', 'PREMIUM_TIME', '1.8'],
      ['C-5', 'PREMIUM_SURCHARGE', '0.09'],
    ],
  );
  // 14047: billing does not know the plan instance. It waits for a person; nothing is sent again by itself.
  assert.equal(rows[0]!['error_code'], 14047);
});

test('money is the same on both sides of a run', async () => {
  const rows = await site.query(`
    SELECT l.run_id AS run, toString(sum(l.amount)) AS in_lines, (SELECT toString(sum(amount)) FROM billing_runs WHERE run_id = run) AS told
    FROM billing_lines AS l GROUP BY run ORDER BY run`);
  assert.deepEqual(
    rows.map((row) => Object.values(row)),
    [
      ['R000001', '2.87', '2.87'],
      ['R000002', '0.27', '0.27'],
    ],
  );
});

test('a block that comes twice under one token is kept once', async () => {
  // This is how a delivery of the warehouse worker is repeated without harm: its id is the token (chapter 7).
  const deliver = (): Promise<unknown> =>
    site.client.insert({
      table: 'billing_runs',
      values: [{ run_id: 'TEST', partition: 0 }],
      format: 'JSONEachRow',
      clickhouse_settings: { async_insert: 0, insert_deduplication_token: 'billing.runs/0/7-7' },
    });
  await deliver();
  await deliver();
  const rows = await site.query(`SELECT partition FROM billing_runs WHERE run_id = 'TEST'`);
  assert.equal(rows.length, 1);
});

test('a lost row is found, with its file', async () => {
  // What a careless hand could do. Nothing in the product deletes rows.
  await site.client.command({
    query: `ALTER TABLE rated DELETE WHERE source_record_id = 'C-3'`,
    clickhouse_settings: { mutations_sync: '1' },
  });
  assert.deepEqual(await site.query(LOST), [{ file_name: '20261005_switch-1_0001.csv', missing: 1 }]);
});
