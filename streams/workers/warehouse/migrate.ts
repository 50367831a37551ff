import { createHash } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';

/** One numbered file of schemas/clickhouse. */
export interface Migration {
  /** File name, e.g. 0001_files.sql; the order of names is the order of application. */
  readonly name: string;
  readonly sql: string;
}

class MigrationError extends Error {}

interface AppliedMigration {
  readonly name: string;
  readonly checksum: string;
}

function checksum(sql: string): string {
  return createHash('sha256').update(sql).digest('hex').slice(0, 16);
}

/** Statements end with a semicolon at the end of a line. */
function statements(sql: string): string[] {
  return sql
    .split(/;[ \t]*(?:\r?\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement.replaceAll(/--.*$/gm, '').trim() !== '');
}

async function appliedMigrations(client: ClickHouseClient): Promise<Map<string, string>> {
  await client.command({
    query: `CREATE TABLE IF NOT EXISTS schema_migrations (name String, checksum String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3))
            ENGINE = MergeTree ORDER BY name`,
  });
  const result = await client.query({
    query: 'SELECT name, checksum FROM schema_migrations',
    format: 'JSONEachRow',
  });
  const rows = await result.json<AppliedMigration>();
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

/**
 * Applies what is missing, in order. Every statement is idempotent (IF NOT EXISTS, OR REPLACE), so a migration that was
 * interrupted is simply applied again.
 * @throws MigrationError when an applied file was changed afterwards.
 */
export async function migrate(client: ClickHouseClient, migrations: readonly Migration[]): Promise<string[]> {
  const applied = await appliedMigrations(client);
  const done: string[] = [];
  for (const { name, sql } of [...migrations].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const sum = checksum(sql);
    const before = applied.get(name);
    if (before === sum) continue;
    if (before !== undefined) {
      throw new MigrationError(
        `${name} was applied with checksum ${before} and is now ${sum}: restore the file and write a new migration.`,
      );
    }
    for (const query of statements(sql)) await client.command({ query });
    await client.insert({
      table: 'schema_migrations',
      values: [{ name, checksum: sum }],
      format: 'JSONEachRow',
    });
    done.push(name);
  }
  return done;
}
