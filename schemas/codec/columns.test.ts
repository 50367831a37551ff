import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { codecs } from './codecs.ts';
import { columnsOf } from './generated/rows.ts';
import type { Column, TableName } from './generated/rows.ts';

const folder = join(import.meta.dirname, '../clickhouse');
const sql = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .sort()
  .map((name) => readFileSync(join(folder, name), 'utf8'))
  .join('\n');

/** Columns of a CREATE TABLE as written, without codecs and without columns that ClickHouse computes itself. */
function createdColumns(table: string): Column[] {
  const body = new RegExp(`CREATE TABLE IF NOT EXISTS ${table}\\s*\\(\\n([\\s\\S]*?)\\n\\)`).exec(sql)?.[1];
  assert.ok(body !== undefined, `schemas/clickhouse creates ${table}`);
  const columns: Column[] = [];
  for (const line of body.split('\n')) {
    const match = /^\s+([a-z]\w*) ([A-Z]\w*(?:\(.*?\)+)?)(?: CODEC\(.*\))?,?$/.exec(line);
    if (match !== null) columns.push({ name: match[1]!, type: match[2]! });
  }
  return columns;
}

for (const { table } of codecs.tables) {
  test(`CREATE TABLE ${table} should have the columns that its transcoder writes, with the same types`, () => {
    assert.deepEqual(createdColumns(table), columnsOf(table as TableName));
  });
}
