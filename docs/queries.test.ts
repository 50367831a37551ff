/** Runs every query of docs/queries.md on the tables of schemas/clickhouse, so that none is ever stale. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { openAuditedSite } from './chapters/support/audited-site.ts';

interface DocumentedQuery {
  readonly title: string;
  readonly sql: string;
  /** The page says that the good answer is empty. */
  readonly isProof: boolean;
}

function documentedQueries(): DocumentedQuery[] {
  const page = readFileSync(new URL('queries.md', import.meta.url), 'utf8');
  return page
    .split(/^### /m)
    .slice(1)
    .map((section) => {
      const [title = ''] = section.split('\n');
      const [, sql = ''] = /```sql\n([\s\S]*?)```/.exec(section) ?? [];
      return { title, sql, isProof: section.includes('no row is the good answer') };
    });
}

const queries = documentedQueries();
const proofs = queries.filter(({ isProof }) => isProof);
const site = await openAuditedSite();
after(() => site.close());

test('the page has queries and each has its SQL', () => {
  assert.ok(queries.length >= 15);
  assert.equal(proofs.length, 4);
  for (const { title, sql } of queries) assert.match(sql, /^SELECT/, title);
});

for (const { title, sql, isProof } of queries) {
  test(title, async () => {
    const rows = await site.query(sql);
    if (isProof) assert.deepEqual(rows, []);
    else assert.ok(rows.length > 0, 'it finds what these files hold');
  });
}

test('a row that was slipped into the books is found by every query that proves their order', async () => {
  await site.client.command({
    query: `INSERT INTO rated SELECT * REPLACE (record_number + 100 AS record_number) FROM rated WHERE source_record_id = 'C-1'`,
  });
  for (const { title, sql } of proofs) assert.ok((await site.query(sql)).length > 0, title);
});
