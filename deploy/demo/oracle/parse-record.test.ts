import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BASE, outcomesOf, PENNY, runWorld, S1 } from './test-world.ts';
import { splitDelimited } from './parse-delimited.ts';
import { parseJsonObject, textAt } from './parse-json.ts';

test('quotes count only at the beginning of a column, and a doubled quote is one', () => {
  const split = (line: string) => splitDelimited(line, ',', '"');
  assert.deepEqual(split('a,b,'), ['a', 'b', '']);
  assert.deepEqual(split(''), ['']);
  assert.deepEqual(split('"a,b",c'), ['a,b', 'c']);
  assert.deepEqual(split('"a ""b""",c'), ['a "b"', 'c']);
  assert.deepEqual(split('a "b",c'), ['a "b"', 'c']);
  assert.deepEqual(split(' "b",c'), [' "b"', 'c']);
  assert.deepEqual(split('"",""'), ['', '']);
  assert.equal(split('"a"b,c'), null);
  assert.equal(split('a,"b'), null);
  assert.deepEqual(split('a,'), ['a', '']);
  assert.deepEqual(split('"a",'), ['a', '']);
});

test('a delimited record fails with the code of its first fault', () => {
  const lines = [
    '1,100,,2026-07-01 12:00:00,5',
    '2,100,2026-07-01 12:00:00,5',
    '3,100,"x"y,2026-07-01 12:00:00,5',
    '4,,,bad,5',
    '5,100,,bad,-5',
    '6,100,,2026-07-01 12:00:00,-5',
    `7,100,${'9'.repeat(201)},2026-07-01 12:00:00,5`,
  ];
  const result = runWorld({
    catalog: [BASE, PENNY],
    subscriptions: [S1],
    files: { 'a.csv': lines.join('\n') },
  });
  assert.deepEqual(outcomesOf(result), [
    ...['rated', 'error COLUMN_COUNT', 'error QUOTE_INVALID', 'error FIELD_MISSING', 'error FIELD_TYPE'],
    ...['error FIELD_RANGE', 'error FIELD_TOO_LONG'],
  ]);
});

test('invalid UTF-8 counts in mapped columns only, too long records before all', () => {
  const mapping = BASE.replace('columns: 5', 'columns: 6').replace(
    'uniqueKey:',
    'maxRecordBytes: 50\n    uniqueKey:',
  );
  const line = (id: Buffer | string, last: Buffer | string) =>
    Buffer.concat([
      Buffer.from(id),
      Buffer.from(',100,,2026-07-01 12:00:00,5,'),
      Buffer.from(last),
      Buffer.from('\n'),
    ]);
  const bad = Buffer.from([0xc3, 0x28]);
  const file = Buffer.concat([
    ...[
      line('é', 'ok'),
      line('2', bad),
      line(bad, 'x'),
      line('4', 'x'.repeat(19)),
      line('5', 'x'.repeat(22)),
    ],
  ]);
  const result = runWorld({ catalog: [mapping, PENNY], subscriptions: [S1], files: { 'a.csv': file } });
  // `4,100,,2026-07-01 12:00:00,5,` is 29 bytes: with 19 more 48, with 22 more 51.
  assert.deepEqual(outcomesOf(result), [
    'rated',
    'rated',
    'error INVALID_ENCODING',
    'rated',
    'error RECORD_TOO_LONG',
  ]);
});

const FIXED = BASE.replace('{ type: delimited, columns: 5 }', '{ type: fixed, recordLength: 30 }')
  .replace('name: id, column: 1', 'name: id, position: 1, length: 3')
  .replace('name: service, column: 2', 'name: service, position: 4, length: 5')
  .replace(/ *- \{ name: number.*\n/, '')
  .replace('name: start, column: 4', 'name: start, position: 9, length: 19')
  .replace('name: duration, column: 5', 'name: duration, position: 28, length: 3');

test('fixed-width records are exact in bytes and their values trimmed', () => {
  const lines = [
    '1  100  2026-07-01 12:00:00 60',
    '1  100  2026-07-01 12:00:00 6',
    '2  é00 2026-07-01 12:00:00  7',
  ];
  const result = runWorld({
    catalog: [FIXED, PENNY],
    subscriptions: [S1],
    files: { 'a.txt': lines.join('\r\n') },
  });
  assert.deepEqual(outcomesOf(result), ['rated', 'error RECORD_LENGTH', 'suspended SVC_NOT_FOUND']);
  assert.equal(result.totals.amount, '0.6');
});

test('JSON numbers are kept as received, and values of the wrong kind are told apart from absent ones', () => {
  const object = parseJsonObject('{"a":{"b":1.50,"s":"-1 \\"2\\" 3"},"t":true,"n":null,"l":[1],"e":1e3}')!;
  assert.equal(textAt(object, 'a.b'), '1.50');
  assert.equal(textAt(object, 'a.s'), '-1 "2" 3');
  assert.equal(textAt(object, 't'), 'true');
  assert.equal(textAt(object, 'n'), '');
  assert.equal(textAt(object, 'a.x.y'), '');
  assert.equal(textAt(object, 'e'), '1e3');
  assert.equal(textAt(object, 'l'), null);
  assert.equal(textAt(object, 'a'), null);
  assert.equal(parseJsonObject('[1]'), null);
  assert.equal(parseJsonObject('{"a":1} x'), null);
  assert.equal(parseJsonObject('{"a":01}'), null);
});

const JSON_BASE = BASE.replace('{ type: delimited, columns: 5 }', '{ type: json }')
  .replace('name: id, column: 1', 'name: id, path: id')
  .replace('name: service, column: 2', 'name: service, path: who.service')
  .replace(/ *- \{ name: number.*\n/, '')
  .replace(
    "name: start, column: 4, type: datetime, pattern: 'yyyy-MM-dd HH:mm:ss'",
    'name: start, path: at, type: datetime, pattern: iso',
  )
  .replace('name: duration, column: 5', 'name: duration, path: s');

test('JSON records are one object a line, in UTF-8 throughout', () => {
  const of = (s: string, more = '') =>
    `{"id":1,"who":{"service":100},"at":"2026-07-01T12:00:00Z","s":${s}${more}}`;
  const lines = [of('1.5'), of('[1]'), of('"2"', ',"id":2'), of('null'), of('1,}')].map((line) =>
    Buffer.from(`${line}\n`),
  );
  const invalid = Buffer.from(`${of('1', ',"x":"\xff"')}\n`, 'latin1');
  const file = Buffer.concat([...lines, invalid]);
  const result = runWorld({ catalog: [JSON_BASE, PENNY], subscriptions: [S1], files: { 'a.json': file } });
  assert.deepEqual(outcomesOf(result), [
    ...[
      'rated',
      'error FIELD_TYPE',
      'rated',
      'error FIELD_MISSING',
      'error JSON_INVALID',
      'error INVALID_ENCODING',
    ],
  ]);
  // 1.5 and 2 seconds at a penny.
  assert.equal(result.totals.amount, '0.035');
});
