import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { linesOf } from './lines.ts';
import { dayInName, fileIdOf } from './read-file.ts';
import { BASE, outcomesOf, PENNY, runWorld, S1 } from './test-world.ts';

const CALL = '1,100,,2026-07-01 12:00:00,5';
const OTHER = '2,100,,2026-07-01 12:00:00,5';

function run(files: Record<string, string | Buffer>, mapping = '') {
  const catalog = [BASE.replace('    uniqueKey:', `${mapping}    uniqueKey:`), PENNY];
  return runWorld({ catalog, subscriptions: [S1], files });
}

/** File name, status, code, lines, details. */
function verdicts(files: Record<string, string | Buffer>, mapping = ''): string[] {
  return run(files, mapping).files.map((file) =>
    [file.key.split('/').at(-1), file.status, file.code, file.lines, file.details]
      .join(' ')
      .replace('  ', ' '),
  );
}

test('lines end at LF, CRLF or a lone CR, and a byte order mark belongs to none', () => {
  const lines = (text: string) =>
    [...linesOf(Buffer.from(text))].map(({ number, bytes }) => `${number}${bytes.toString()}`);
  assert.deepEqual(lines('a\nb\r\nc\rd'), ['1a', '2b', '3c', '4d']);
  assert.deepEqual(lines('\uFEFFa\n\n\r\r\n'), ['1a', '2', '3', '4']);
  assert.deepEqual(lines('a\n'), ['1a']);
  assert.deepEqual(lines(''), []);
  assert.deepEqual(lines('a\uFEFF'), ['1a\uFEFF']);
});

test('the file id hashes bucket, key, etag and length', () => {
  const etag = createHash('sha256').update('x').digest('hex');
  const key = 'mediation/p/VOICE/r/input/a.csv';
  const whole = createHash('sha256').update(`acme\0${key}\0${etag}\x001`).digest('hex');
  assert.equal(fileIdOf('acme', key, etag, 1), whole.slice(0, 32));
  assert.equal(run({ 'a.csv': 'x' }).files[0]!.fileId, whole.slice(0, 32));
});

test('files without frame are accepted line by line, empty lines counted apart', () => {
  assert.deepEqual(verdicts({ 'a.csv': `\n${CALL}\r\n\r\n${OTHER}` }), ['a.csv ACCEPTED 4 2']);
});

test('a file is rejected with the first verdict that applies', () => {
  const files = {
    'a.csv': '',
    'b.csv.gz': Buffer.from('no gzip'),
    'c.csv.gz': Buffer.concat([gzipSync(`${CALL}\n`), gzipSync(OTHER)]),
    'x/VOICE/r/input/d.csv': CALL,
    'e.csv': CALL,
    'f.csv': CALL,
  };
  assert.deepEqual(verdicts(files), [
    ...['a.csv REJECTED FILE_EMPTY 0 0', 'b.csv.gz REJECTED FILE_GZIP_CORRUPT 0 0', 'c.csv.gz ACCEPTED 2 2'],
    ...['d.csv REJECTED NO_STREAM 1 1', 'e.csv ACCEPTED 1 1', 'f.csv DUPLICATE FILE_DUPLICATE 1 1'],
  ]);
  const result = run(files);
  // The call of e.csv is the first one of c.csv.gz again; a rejected or duplicate file has no record outcomes.
  assert.deepEqual(outcomesOf(result, 2), ['rated', 'rated']);
  assert.deepEqual(outcomesOf(result, 4), ['duplicate DUPLICATE_RECORD']);
  assert.deepEqual(outcomesOf(result, 5), []);
  assert.equal(result.totals.detailsNotLoaded, 2);
});

const FRAME = `    header: { startsWith: 'H,' }
    trailer: { startsWith: 'T,', count: { column: 2 } }
`;

test('header and trailer are the first and last line that is not empty, and the count is that of the details', () => {
  const files = {
    'a.csv': `H,1\n${CALL}\nT,1\n\n`,
    'b.csv': `${CALL}\nT,1`,
    'c.csv': `H,1\n${CALL}`,
    'd.csv': `H,1\n${CALL}\nT,2`,
    'e.csv': `H,1\n${CALL}\nT,x`,
    'f.csv': 'H,1\nT,0',
    'g.csv': `\n\nH,1\nH,1\n${OTHER}\nT," 2 "`,
    'h.csv': 'H,1',
  };
  assert.deepEqual(verdicts(files, FRAME), [
    ...[
      'a.csv ACCEPTED 4 1',
      'b.csv REJECTED FILE_HEADER_MISSING 2 1',
      'c.csv REJECTED FILE_TRAILER_MISSING 2 1',
    ],
    ...[
      'd.csv REJECTED FILE_TRAILER_COUNT 3 1',
      'e.csv REJECTED FILE_TRAILER_COUNT 3 1',
      'f.csv ACCEPTED 2 0',
    ],
    ...['g.csv ACCEPTED 6 2', 'h.csv REJECTED FILE_TRAILER_MISSING 1 0'],
  ]);
  // The second header line of g.csv is an ordinary record that cannot be parsed.
  assert.deepEqual(outcomesOf(run(files, FRAME), 6), ['error COLUMN_COUNT', 'rated']);
});

test('a frame that is not required may be absent, and a count may stand at a position', () => {
  const frame = FRAME.replace("'H,'", "'H,', required: false")
    .replace("'T,'", "'T,', required: false")
    .replace('column: 2', 'position: 3, length: 4');
  const files = { 'a.csv': CALL, 'b.csv': `${CALL}\nT,0001`, 'c.csv': `${CALL}\nT,0002` };
  assert.deepEqual(verdicts(files, frame), [
    ...['a.csv ACCEPTED 1 1', 'b.csv ACCEPTED 2 1', 'c.csv REJECTED FILE_TRAILER_COUNT 2 1'],
  ]);
});

test('the file date is the first run of exactly eight digits that is a date', () => {
  const date = (name: string) => {
    const day = dayInName(name);
    return day === null ? null : new Date(day * 86_400_000).toISOString().slice(0, 10);
  };
  assert.equal(date('CDR_20260701.csv'), '2026-07-01');
  assert.equal(date('CDR_20261301_20260702.csv'), '2026-07-02');
  assert.equal(date('CDR_202607011.csv'), null);
  assert.deepEqual(verdicts({ 'a.csv': CALL, 'b20260701.csv': OTHER }, '    fileDate: fileName\n'), [
    ...['a.csv REJECTED FILE_DATE_MISSING 1 1', 'b20260701.csv ACCEPTED 1 1'],
  ]);
});

test('a file that is a duplicate of a rejected file is judged on its own', () => {
  const files = { 'a.csv': CALL, 'b20260701.csv': CALL };
  assert.deepEqual(verdicts(files, '    fileDate: fileName\n').at(-1), 'b20260701.csv ACCEPTED 1 1');
});
