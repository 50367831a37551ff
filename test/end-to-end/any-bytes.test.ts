import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { CODES } from '../../processors/codes.ts';
import type { GatewayEvent } from '../../streams/gateway/intake-gateway.ts';
import { HOSTILE_FILES } from './testing/hostile-files.ts';
import type { HostileFile } from './testing/hostile-files.ts';
import { call, framed, newSite, rows, settle } from './testing/site.ts';

const RUNBOOKS = new URL('../../docs/runbooks/', import.meta.url);
const FINAL = ['COMPLETED', 'REJECTED', 'DUPLICATE'];

interface FileRow {
  name: string;
  status: string;
  code: string;
  lines: number;
  details: number;
  /** Distinct record numbers in raw: a line longer than a slice has several rows. */
  raw: number;
  consumed: number;
  ledgerLines: number;
  errors: number;
  ignored: number;
  duplicates: number;
  suspended: number;
  rated: number;
  ledgerSum: number;
}

const OUTCOME = (name: string): string =>
  `(SELECT file_id, toUInt32(count()) AS n FROM errors WHERE outcome = '${name}' GROUP BY file_id)`;
const FILES = `SELECT f.file_name AS name, f.file_status AS status, f.file_code AS code,
  toUInt32(f.file_lines) AS lines, toUInt32(f.file_details) AS details, toUInt32(r.n) AS raw,
  toUInt32(p.details_consumed) AS consumed, toUInt32(p.lines_consumed) AS ledgerLines,
  e.n AS errors, i.n AS ignored, d.n AS duplicates, s.n AS suspended, t.n AS rated,
  toUInt32(p.error_records + p.ignored_records + p.duplicate_records + p.suspended_in_guiding + p.suspended_in_rating + p.rated_records) AS ledgerSum
  FROM file_state AS f
  LEFT JOIN (SELECT file_id, uniqExact(record_number) AS n FROM raw GROUP BY file_id) AS r ON r.file_id = f.file_id
  LEFT JOIN file_phases AS p ON p.file_id = f.file_id
  LEFT JOIN ${OUTCOME('ERROR')} AS e ON e.file_id = f.file_id
  LEFT JOIN ${OUTCOME('IGNORED')} AS i ON i.file_id = f.file_id
  LEFT JOIN ${OUTCOME('DUPLICATE')} AS d ON d.file_id = f.file_id
  LEFT JOIN (SELECT file_id, toUInt32(count()) AS n FROM suspended GROUP BY file_id) AS s ON s.file_id = f.file_id
  LEFT JOIN (SELECT file_id, toUInt32(uniqExact(record_number)) AS n FROM rated GROUP BY file_id) AS t ON t.file_id = f.file_id
  ORDER BY name`;

interface ErrorRow {
  name: string;
  record: number;
  position: number;
  raw: string;
  code: string;
}

const ERRORS = `SELECT f.file_name AS name, toUInt32(e.record_number) AS record, toFloat64(e.byte_position) AS position,
  hex(e.raw) AS raw, e.code AS code FROM errors AS e JOIN file_state AS f ON f.file_id = e.file_id
  WHERE e.byte_position >= 0 AND e.code != 'FILTERED'`;

/** Content of a file as positions count it. */
function contentOf({ name, bytes }: HostileFile): Buffer {
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** Lines by the words of the rules; the last needs no end. */
function lineCount(content: Buffer): number {
  const text = content.toString('latin1');
  return text.split(/\r\n|\r|\n/).length - (text === '' || /[\r\n]$/.test(text) ? 1 : 0);
}

/** Number of the line that begins at a position. */
function lineAt(content: Buffer, position: number): number {
  return lineCount(content.subarray(0, position)) + (position > 0 ? 1 : 0) || 1;
}

function checkConservation(row: FileRow): void {
  const { status, details, errors, ignored, duplicates, suspended, rated } = row;
  assert.ok(FINAL.includes(status), `${row.name} ended as ${status}`);
  if (status !== 'COMPLETED') {
    assert.ok(row.code in CODES, row.name);
    assert.equal(row.raw + row.consumed, 0, `${row.name}: records of a refused file were loaded`);
    return;
  }
  assert.equal(row.raw, row.lines, `${row.name}: lines and raw rows`);
  assert.equal(row.ledgerLines, row.lines, `${row.name}: lines and ledger`);
  assert.equal(row.consumed, details, `${row.name}: details and ledger`);
  assert.equal(
    errors + ignored + duplicates + suspended + rated,
    details,
    `${row.name}: details and outcomes`,
  );
  assert.equal(row.ledgerSum, details, `${row.name}: outcomes in the ledger`);
}

/** The raw record that was kept must stand in the file at the position and in the line that it names. */
function checkPlace({ name, record, position, raw }: ErrorRow, content: Buffer): void {
  const kept = Buffer.from(raw, 'hex');
  assert.ok(kept.length > 0, `${name} record ${record}: the raw record was not kept`);
  assert.ok(
    content.subarray(position, position + kept.length).equals(kept),
    `${name} record ${record}: other bytes at ${position}`,
  );
  const mark = content.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0;
  if (content.length < 2_000_000)
    assert.equal(position <= mark ? 1 : lineAt(content, position), record, `${name} at ${position}`);
}

test('any bytes in an input folder end as a clear outcome, and what is good is rated', async (t) => {
  const site = newSite();
  t.after(() => site.remove());
  const byName = new Map(HOSTILE_FILES.map((file) => [file.name, file]));
  for (const { recordType, name, bytes } of HOSTILE_FILES) site.put(recordType, name, bytes);
  site.put('NOWHERE', 'no-stream', call('nowhere'));
  mkdirSync(join(site.folder('OPEN', 'input'), 'a-folder'));
  symlinkSync('/etc/hostname', join(site.folder('OPEN', 'input'), 'a-link'));
  const blocked: string[] = [];
  const service = await site.open({
    onEvent: (event) => {
      assert.notEqual(event.type, 'dead-letter');
      if (event.type === 'file-blocked') blocked.push((event as GatewayEvent).file);
    },
  });
  t.after(() => service.stop());
  await settle(service);
  const good = framed([call('good-1'), call('good-2')]);
  site.put('FRAMED', 'zz-good', good);
  await settle(service);
  const { url } = service.warehouse;
  const found = await rows<FileRow>(url, FILES);

  assert.deepEqual(
    found.map(({ name }) => name).sort(),
    [...byName.keys(), 'no-stream', 'zz-good'].sort(),
    'every file has one outcome',
  );
  for (const row of found) checkConservation(row);
  const last = found.find(({ name }) => name === 'zz-good')!;
  assert.deepEqual([last.status, last.rated], ['COMPLETED', 2]);
  for (const row of found.filter(({ name, status }) => status === 'COMPLETED' && byName.has(name)))
    assert.equal(row.lines, lineCount(contentOf(byName.get(row.name)!)), row.name);

  assert.deepEqual(blocked, [join(site.folder('OPEN', 'input'), 'a-link')]);
  assert.deepEqual(readdirSync(site.folder('OPEN', 'input')).sort(), ['a-folder', 'a-link']);
  assert.deepEqual(readdirSync(site.folder('OPEN', 'processing')), []);

  const contents = new Map<string, Buffer>();
  const errors = await rows<ErrorRow>(url, ERRORS);
  assert.ok(errors.length > 8000);
  for (const error of errors) {
    const content = contents.get(error.name) ?? contentOf(byName.get(error.name)!);
    contents.set(error.name, content);
    // Noise has thousands of errors; looking at some is enough for the line numbers.
    if (error.record < 200) checkPlace(error, content);
  }

  const codes = await rows<{ code: string }>(
    url,
    "SELECT DISTINCT code FROM (SELECT code FROM errors UNION ALL SELECT code FROM suspended UNION ALL SELECT code FROM files WHERE code != '')",
  );
  assert.ok(codes.length >= 20, codes.map(({ code }) => code).join());
  for (const { code } of codes) assert.ok(existsSync(new URL(`${code}.md`, RUNBOOKS)), code);
});

test('a rejected file keeps its bytes and says why beside it', async (t) => {
  const site = newSite();
  t.after(() => site.remove());
  site.put('FRAMED', 'bad', 'no frame at all');
  const service = await site.open();
  await settle(service);
  await service.stop();
  assert.equal(readFileSync(join(site.folder('FRAMED', 'error'), 'bad'), 'utf8'), 'no frame at all');
  const reason = JSON.parse(
    readFileSync(join(site.folder('FRAMED', 'error'), 'bad.reason.json'), 'utf8'),
  ) as Record<string, string>;
  assert.equal(reason['code'], 'FILE_HEADER_MISSING');
  assert.match(reason['reason']!, /Line 1.*'no frame at all'/);
});
