import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mapping } from '../../schemas/catalog/mapping.ts';
import type { Mapping } from '../../schemas/catalog/mapping.ts';
import { CODES } from '../codes.ts';
import { RecordParser } from './record-parser.ts';

const COMMON = { id: 'm', name: 'm', timeZone: 'Europe/London', uniqueKey: ['id'] };

const DELIMITED = mapping.parse({
  ...COMMON,
  format: { type: 'delimited', columns: 7 },
  maxRecordBytes: 300,
  fields: [
    { name: 'id', column: 1, type: 'string', required: true, maxLength: 8, to: 'sourceRecordId' },
    { name: 'number', column: 2, type: 'e164', country: '44', to: 'serviceId' },
    { name: 'day', column: 3, type: 'date', pattern: 'dd/MM/yyyy', required: true },
    { name: 'at', column: 4, type: 'time', pattern: 'HH:mm:ss', required: true },
    { name: 'seconds', column: 5, type: 'integer', to: 'duration' },
    { name: 'price', column: 6, type: 'decimal', to: 'wholesaleAmount' },
    { name: 'up', column: 7, type: 'decimal', to: 'volumeUp' },
  ],
  startTime: { date: 'day', time: 'at' },
});
const FIXED = mapping.parse({
  ...COMMON,
  format: { type: 'fixed', recordLength: 24 },
  fields: [
    { name: 'id', position: 1, length: 5, type: 'string', required: true, to: 'sourceRecordId' },
    { name: 'at', position: 6, length: 14, type: 'datetime', pattern: 'yyyyMMddHHmmss', required: true },
    { name: 'units', position: 20, length: 5, type: 'decimal', to: 'units' },
  ],
  startTime: { field: 'at' },
});
const JSON_LINES = mapping.parse({
  ...COMMON,
  format: { type: 'json' },
  fields: [
    { name: 'id', path: 'session.id', type: 'string', required: true, to: 'sourceRecordId' },
    { name: 'at', path: 'start', type: 'datetime', pattern: 'iso', required: true },
    { name: 'up', path: 'session.bytes.up', type: 'integer', to: 'volumeUp' },
    { name: 'flag', path: 'flag', type: 'string', maxLength: 10, to: 'flex1' },
  ],
  startTime: { field: 'at' },
});

function parse(
  of: Mapping,
  line: string | Buffer,
): { ok: boolean; parser: RecordParser; code: string; field: string; position: number; reason: string } {
  const parser = new RecordParser(of);
  const bytes = Buffer.concat([Buffer.from('##'), Buffer.from(line as string), Buffer.from('##')]);
  const ok = parser.parse(bytes, 2, bytes.length - 2);
  const { code, field, position, reason } = parser.record.fault;
  return { ok, parser, code: ok ? '' : code, field, position, reason };
}

/** Text of each field of a parsed record. */
function texts(parser: RecordParser): string[] {
  return parser.record.fields.map((field) =>
    field.textBuffer.toString('utf8', field.textStart, field.textEnd),
  );
}

/** Values of all fields as received, trimmed. */
function received(parser: RecordParser): string[] {
  return parser.record.fields.map((field) => field.buffer.toString('utf8', field.start, field.end));
}

const GOOD = 'A1,01632 960000,24/11/2026,12:00:00,60,0.0125,5';

test('a delimited record yields its values', () => {
  const { ok, parser } = parse(DELIMITED, GOOD);
  assert.ok(ok);
  assert.deepEqual(texts(parser).slice(0, 2), ['A1', '+441632960000']);
  assert.deepEqual(
    parser.record.fields.slice(4).map((field) => field.number),
    [60_000_000, 12_500_000, 5],
  );
  assert.equal(parser.record.startTime, Date.UTC(2026, 10, 24, 12) * 1000);
});

test('the event time goes through the zone of the mapping', () => {
  const { parser } = parse(DELIMITED, GOOD.replace('24/11', '24/07'));
  assert.equal(parser.record.startTime, Date.UTC(2026, 6, 24, 11) * 1000);
});

test('quotes, doubled quotes and blanks are resolved; quotes inside a plain column are data', () => {
  const of = (column: string): string => texts(parse(DELIMITED, GOOD.replace('A1', column)).parser)[0]!;
  assert.equal(of('"A,1"'), 'A,1');
  assert.equal(of('"A""1"'), 'A"1');
  assert.equal(of('""""'), '"');
  assert.equal(of('" ""x"" "'), '"x"');
  assert.equal(of('A"1"'), 'A"1"');
  assert.equal(of(' "A"'), '"A"');
  assert.equal(of('  A 1  '), 'A 1');
});

test('each fault of a delimited record has its code, field and position', () => {
  const cases: [string | Buffer, string, string, number][] = [
    ['x'.repeat(301), 'RECORD_TOO_LONG', '', -1],
    ['a,b', 'COLUMN_COUNT', '', -1],
    [`${GOOD},`, 'COLUMN_COUNT', '', -1],
    [GOOD.replace('A1', '"A1'), 'QUOTE_INVALID', '', 0],
    [GOOD.replace('A1', '"A"1'), 'QUOTE_INVALID', '', 3],
    [GOOD.replace(',5', ',"5" '), 'QUOTE_INVALID', '', GOOD.length + 2],
    [GOOD.replace('A1', '   '), 'FIELD_MISSING', 'id', 0],
    [GOOD.replace('A1', '""'), 'FIELD_MISSING', 'id', 1],
    [GOOD.replace('A1', '123456789'), 'FIELD_TOO_LONG', 'id', 0],
    [Buffer.from(GOOD.replace('A1', '\u00ff\u00fe'), 'latin1'), 'INVALID_ENCODING', 'id', 0],
    [Buffer.from(GOOD.replace('0.0125', '0\u00e9'), 'latin1'), 'INVALID_ENCODING', 'price', 40],
    [GOOD.replace('24/11', '31/11'), 'FIELD_TYPE', 'day', 16],
    [GOOD.replace('12:00:00', '12:00'), 'FIELD_TYPE', 'at', 27],
    [GOOD.replace('12:00:00', ''), 'FIELD_MISSING', 'at', 27],
    [GOOD.replace('60,', '6x,'), 'FIELD_TYPE', 'seconds', 36],
    [GOOD.replace(',60,', ',-60,'), 'FIELD_RANGE', 'seconds', 36],
    [GOOD.replace(',60,', ',9007199255,'), 'FIELD_RANGE', 'seconds', 36],
    [GOOD.replace('0.0125', '0.0000000001'), 'FIELD_RANGE', 'price', 39],
    [GOOD.replace(',5', ',5.5'), 'FIELD_RANGE', 'up', 46],
    [GOOD.replace(',5', ',-5'), 'FIELD_RANGE', 'up', 46],
    [GOOD.replace(',5', ',9007199254740992'), 'FIELD_RANGE', 'up', 46],
  ];
  for (const [line, code, field, position] of cases) {
    const found = parse(DELIMITED, line);
    assert.deepEqual([found.code, found.field, found.position], [code, field, position], String(line));
  }
});

test('values at the limits are taken', () => {
  for (const line of [
    GOOD.replace('A1', 'ünïcödé '),
    GOOD.replace(',60,', ',9007199254,'),
    GOOD.replace(',60,', ',,'),
    GOOD.replace(',60,', ',-0,'),
    GOOD.replace('0.0125', '-0.0125'),
    GOOD.replace(',5', ',5.00'),
    GOOD.replace(',5', ',9007199254740991'),
    GOOD.replace('01632 960000', ''),
  ]) {
    assert.equal(parse(DELIMITED, line).code, '', line);
  }
});

test('the reason shows the offending value, shortened and printable', () => {
  const { reason } = parse(DELIMITED, GOOD.replace('24/11/2026', `\u0001${'x'.repeat(60)}`));
  assert.match(reason, /^day is not a valid date dd\/MM\/yyyy: '\\x01x{39}' … \(61 bytes\)$/);
});

test('other delimiters and quotes work, also of more than one byte', () => {
  const of = mapping.parse({
    ...DELIMITED,
    format: { type: 'delimited', columns: 7, delimiter: '¦', quote: '»' },
  });
  const line = GOOD.replaceAll(',', '¦').replace('A1', '»A¦»»1»');
  assert.equal(texts(parse(of, line).parser)[0], 'A¦»1');
});

test('a fixed-width record yields its values and each fault has its code', () => {
  const good = 'R1   20261124120000 1.50';
  const { ok, parser } = parse(FIXED, good);
  assert.ok(ok);
  assert.equal(texts(parser)[0], 'R1');
  assert.equal(parser.record.fields[2]!.number, 1_500_000);
  const cases: [string | Buffer, string, string, number][] = [
    [`${good} `, 'RECORD_LENGTH', '', -1],
    [good.slice(1), 'RECORD_LENGTH', '', -1],
    [good.replace('R1', '  '), 'FIELD_MISSING', 'id', 0],
    [good.replace('1124', '1324'), 'FIELD_TYPE', 'at', 5],
    [good.replace(' 1.50', '-1.50'), 'FIELD_RANGE', 'units', 19],
    [Buffer.from(good.replace('R1   ', 'R\u00e1\u00e2 '.padEnd(5)), 'latin1'), 'INVALID_ENCODING', 'id', 1],
  ];
  for (const [line, code, field, position] of cases) {
    const found = parse(FIXED, line);
    assert.deepEqual([found.code, found.field, found.position], [code, field, position], String(line));
  }
});

const GOOD_JSON = '{"session":{"id":"S1","bytes":{"up":7}},"start":"2026-11-24T12:00:00Z","flag":true}';

test('a JSON record yields its values; escapes are resolved and the last of repeated keys counts', () => {
  const { ok, parser } = parse(JSON_LINES, GOOD_JSON);
  assert.ok(ok);
  assert.deepEqual(received(parser), ['S1', '2026-11-24T12:00:00Z', '7', 'true']);
  const flag = (json: string): string =>
    texts(parse(JSON_LINES, GOOD_JSON.replace('"flag":true', json)).parser)[3]!;
  assert.equal(flag('"flag":"a\\u00e9\\n"'), 'aé\n');
  assert.equal(flag('"fl\\u0061g":" x "'), 'x');
  assert.equal(flag('"flag":1,"flag":2'), '2');
  assert.equal(flag('"flag":1,"flag":null'), '');
  assert.equal(flag('"other":[[{"flag":1}],{}]'), '');
  assert.equal(flag('"flag":"\\ud800"'), '\u{FFFD}');
  assert.equal(flag('"flag":-0.50e+1'), '-0.50e+1');
  const replaced = parse(JSON_LINES, GOOD_JSON.replace('"flag":true', '"session":{"id":"S2"}'));
  assert.deepEqual(received(replaced.parser), ['S2', '2026-11-24T12:00:00Z', '', '']);
});

test('each fault of a JSON record has its code', () => {
  const cases: [string | Buffer, string, string][] = [
    ['', 'JSON_INVALID', ''],
    ['[]', 'JSON_INVALID', ''],
    ['"x"', 'JSON_INVALID', ''],
    [`${GOOD_JSON}x`, 'JSON_INVALID', ''],
    [`${GOOD_JSON} {}`, 'JSON_INVALID', ''],
    [GOOD_JSON.slice(0, -1), 'JSON_INVALID', ''],
    [GOOD_JSON.replace('true', 'TRUE'), 'JSON_INVALID', ''],
    [GOOD_JSON.replace('true', '01'), 'JSON_INVALID', ''],
    [GOOD_JSON.replace('true', '"\t"'), 'JSON_INVALID', ''],
    [GOOD_JSON.replace('true', '"\\x"'), 'JSON_INVALID', ''],
    [Buffer.from(GOOD_JSON.replace('true', '"\u00e9"'), 'latin1'), 'INVALID_ENCODING', ''],
    [Buffer.from(GOOD_JSON.replace('true', '\u00e9'), 'latin1'), 'INVALID_ENCODING', ''],
    [GOOD_JSON.replace('true', '[1]'), 'FIELD_TYPE', 'flag'],
    [GOOD_JSON.replace('true', '{}'), 'FIELD_TYPE', 'flag'],
    [GOOD_JSON.replace('"S1"', 'null'), 'FIELD_MISSING', 'id'],
    [GOOD_JSON.replace('{"id":"S1","bytes":{"up":7}}', '5'), 'FIELD_MISSING', 'id'],
    [GOOD_JSON.replace('7', '1e3'), 'FIELD_TYPE', 'up'],
    [GOOD_JSON.replace('7', '-7'), 'FIELD_RANGE', 'up'],
    [GOOD_JSON.replace('true', '"12345678901"'), 'FIELD_TOO_LONG', 'flag'],
  ];
  for (const [line, code, field] of cases) {
    const found = parse(JSON_LINES, line);
    assert.deepEqual([found.code, found.field], [code, field], String(line));
  }
});

test('a line is JSON_INVALID exactly when JSON.parse refuses it or yields no object', () => {
  const of = mapping.parse({
    ...JSON_LINES,
    fields: [{ name: 'at', path: 'at', type: 'datetime', pattern: 'iso' }],
    uniqueKey: ['at'],
  });
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '"a"',
    '"at"',
    '1',
    '-',
    '0',
    '.5',
    'e1',
    'true',
    'null',
    ' ',
    '\\',
    '\\u12',
    'x',
  );
  const nearly = fc
    .tuple(fc.json(), fc.nat(30), piece)
    .map(([json, at, text]) => json.slice(0, at) + text + json.slice(at));
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        nearly,
        fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
      ),
      (line) => {
        let valid: boolean;
        try {
          const value: unknown = JSON.parse(line);
          valid = typeof value === 'object' && value !== null && !Array.isArray(value);
        } catch {
          valid = false;
        }
        assert.equal(parse(of, line).code === 'JSON_INVALID', !valid, line);
      },
    ),
    { numRuns: 1000 },
  );
});

test('deep nesting is read without recursion', () => {
  const deep = '['.repeat(30_000) + ']'.repeat(30_000);
  assert.equal(parse(JSON_LINES, GOOD_JSON.replace('"flag":true', `"other":${deep}`)).code, '');
});

test('any bytes as a line give an outcome and never throw, in all three formats', () => {
  const parsers = [DELIMITED, FIXED, JSON_LINES].map((of) => new RecordParser(of));
  const damaged = fc
    .tuple(
      fc.constantFrom(GOOD, 'R1   20261124120000 1.50', GOOD_JSON),
      fc.array(fc.tuple(fc.nat(90), fc.nat(255)), { maxLength: 4 }),
    )
    .map(([text, changes]) => {
      const bytes = Buffer.from(text);
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      return bytes;
    });
  const line = fc.oneof(
    damaged,
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    fc.uint8Array({ minLength: 24, maxLength: 24 }).map((bytes) => Buffer.from(bytes)),
  );
  fc.assert(
    fc.property(line, (bytes) => {
      for (const parser of parsers) {
        if (parser.parse(bytes, 0, bytes.length)) {
          assert.ok(Number.isSafeInteger(parser.record.startTime));
        } else {
          const { code, position, reason } = parser.record.fault;
          assert.ok(code in CODES && reason.length > 0);
          assert.ok(position >= -1 && position <= bytes.length);
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test('generated valid records parse to their values', () => {
  const record = fc.record({
    id: fc.stringMatching(/^[a-z",é]{1,8}$/),
    start: fc.integer({ min: 0, max: 2 ** 32 }),
    seconds: fc.integer({ min: 0, max: 9_007_199_254 }),
    price: fc.integer({ min: -(10 ** 12), max: 10 ** 12 }),
    up: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  });
  const utc = mapping.parse({ ...DELIMITED, timeZone: 'UTC' });
  fc.assert(
    fc.property(record, ({ id, start, seconds, price, up }) => {
      const iso = new Date(start * 1000).toISOString();
      const [year, month, day] = iso.slice(0, 10).split('-');
      const sign = price < 0 ? '-' : '';
      const digits = String(Math.abs(price)).padStart(10, '0');
      const line = [
        `"${id.replaceAll('"', '""')}"`,
        '',
        `${day}/${month}/${year}`,
        iso.slice(11, 19),
        seconds,
        `${sign}${digits.slice(0, -9)}.${digits.slice(-9)}`,
        up,
      ].join(',');
      const { code, parser } = parse(utc, line);
      assert.equal(code, '', line);
      assert.equal(texts(parser)[0], id);
      assert.equal(parser.record.startTime, start * 1_000_000);
      assert.deepEqual(
        parser.record.fields.slice(4).map((field) => field.number),
        [seconds * 1_000_000, price, up],
      );
    }),
  );
});

test('a mapping that contradicts itself is refused by name', () => {
  const broken = (changes: object): RecordParser =>
    new RecordParser(mapping.parse({ ...DELIMITED, ...changes }));
  assert.throws(() => broken({ format: { type: 'delimited', columns: 6 } }), /up/);
  assert.throws(() => broken({ startTime: { field: 'day' } }), /day/);
  assert.throws(() => broken({ startTime: { field: 'nothing' } }), /nothing/);
  assert.throws(() => broken({ format: { type: 'json' } }), /path/);
  assert.throws(() => broken({ format: { type: 'fixed', recordLength: 9 } }), /position/);
});
