import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startEmbeddedServer } from '../../deploy/embedded/clickhouse/server.ts';
import { dataLayout } from '../../deploy/embedded/data-layout.ts';
import { compareWarehouses } from './compare/compare-warehouse.ts';
import { proveCrashSafety } from './crash-proof.ts';
import type { CrashProofResult } from './crash-proof.ts';
import { renderResult } from './render-result.ts';

const KILLS = 25;

describe('a run that is killed again and again', () => {
  let folder: string;
  let result: CrashProofResult;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tally-crash-'));
    result = await proveCrashSafety({ folder, kills: KILLS, records: 30_000, seed: 'test' });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('makes exactly what a run in peace makes', () => {
    assert.ok(result.ok, renderResult(result, KILLS));
  });

  test('is hit in startup, recovery, intake and billing', () => {
    assert.ok(result.kills >= KILLS);
    const { startup, recovery, intake, billing } = result.killsByPhase;
    assert.ok(startup > 0 && recovery > 2 && intake > 5 && billing > 3, renderResult(result, KILLS));
    assert.ok(result.lostAnswers > 0);
  });

  test('is compared by something that sees one row too many and one row changed', async () => {
    const { clickhouse, cache } = dataLayout(join(folder, 'disturbed', 'data'));
    const server = await startEmbeddedServer({ directory: clickhouse, cacheDirectory: cache });
    for (const sql of [
      'INSERT INTO rated SELECT * FROM rated LIMIT 1',
      `INSERT INTO ledger SELECT * REPLACE (amount + toDecimal64('0.000000001', 9) AS amount) FROM ledger WHERE stage = 'RATE' LIMIT 1`,
      `ALTER TABLE ledger DELETE WHERE (file_id, source_offset, amount) IN (SELECT file_id, source_offset, min(amount) FROM ledger WHERE stage = 'RATE' GROUP BY file_id, source_offset, src_partition HAVING count() > 1) SETTINGS mutations_sync = 2`,
    ]) {
      const response = await fetch(server.url, { method: 'POST', body: sql });
      assert.ok(response.ok, await response.text());
    }
    await server.stop();
    const comparisons = await compareWarehouses(
      join(folder, 'reference', 'data'),
      join(folder, 'disturbed', 'data'),
    );
    const differing = comparisons.filter(({ difference }) => difference !== null);
    assert.deepEqual(
      differing.map(({ what }) => what),
      ['table rated', 'table ledger', 'final balances'],
    );
    assert.match(differing[1]!.difference!.details.join('\n'), /621|missing:.*added:/s);
  });
});
