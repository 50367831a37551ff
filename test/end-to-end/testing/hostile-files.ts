import { gzipSync } from 'node:zlib';
import { call } from './site.ts';
import type { RecordType } from './site.ts';

export interface HostileFile {
  readonly recordType: RecordType;
  readonly name: string;
  readonly bytes: Buffer;
}

/** Bytes that look random and are the same every time (xorshift32). */
function noise(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let index = 0; index < length; index++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[index] = state & 0xff;
  }
  return bytes;
}

const lines = (...texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');
const jsonCall = (ref: string, seconds: string): string =>
  `{"ref":"${ref}","caller":{"number":"+441000000001"},"at":"2026-01-10T12:00:00Z","seconds":${seconds}}`;

const manyCalls = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => call(`${prefix}${index}`));

/** The trailer's look-alike is the last line of the first slice of 1,000 lines, so it is held until its successor comes. */
const atBatchBorder = [...manyCalls('border', 999), 'T,not the trailer', ...manyCalls('behind', 5), 'T,1005'];

const CASES: readonly (readonly [RecordType, string, Buffer | string])[] = [
  ['OPEN', 'empty', ''],
  ['FRAMED', 'empty-framed', ''],
  ['OPEN', 'only-newlines', '\n'.repeat(5000)],
  ['FRAMED', 'only-newlines-framed', '\r\n\n\r'],
  ['OPEN', 'noise-1', noise(1, 7)],
  ['OPEN', 'noise-100', noise(100, 11)],
  ['JSON', 'noise-70000', noise(70_000, 13)],
  ['OPEN', 'noise-1000000', noise(1_000_000, 17)],
  ['FIXED', 'noise-48', noise(48, 19)],
  ['FRAMED', 'noise-framed', noise(3000, 23)],
  ['OPEN', 'five-megabytes-one-line', 'x'.repeat(5_000_000)],
  ['FRAMED', 'five-megabytes-after-header', `H,\n${'y'.repeat(5_000_000)}\nT,1\n`],
  ['TRAILED', 'five-megabytes-trailer', lines(call('big-trailer')) + `T,${'9'.repeat(5_000_000)}`],
  ['OPEN', 'nuls', Buffer.alloc(4096)],
  ['FIXED', 'nuls-and-lines', Buffer.from('\0\0\0\n'.repeat(100))],
  ['OPEN', 'not-gzip.gz', 'this is not gzip\n'],
  ['OPEN', 'empty.gz', ''],
  ['OPEN', 'gzip-of-nothing.gz', gzipSync('')],
  ['OPEN', 'cut-short.gz', gzipSync(lines(...manyCalls('cut', 2000))).subarray(0, 900)],
  ['OPEN', 'trailing-garbage.gz', Buffer.concat([gzipSync(lines(call('garbage'))), Buffer.from('garbage')])],
  ['OPEN', 'padded.gz', Buffer.concat([gzipSync(lines(call('padded'))), Buffer.alloc(512)])],
  ['OPEN', 'members.gz', Buffer.concat([gzipSync(lines(call('m1'))), gzipSync(lines(call('m2')))])],
  ['OPEN', 'bomb.gz', gzipSync(Buffer.alloc(50_000_000), { level: 1 })],
  ['OPEN', 'mixed-ends', `${call('e1')}\n${call('e2')}\r\n${call('e3')}\r\r\n\n${call('e4')}\r${call('e5')}`],
  ['OPEN', 'cr-at-chunk-border', `${'z'.repeat(65_535)}\r\n${call('border-cr')}\r\n`],
  ['OPEN', 'utf-16', Buffer.from(`\uFEFF${lines(call('wide'))}`, 'utf16le')],
  ['OPEN', 'mark-only', Buffer.from([0xef, 0xbb, 0xbf])],
  ['FRAMED', 'mark-only-framed', Buffer.from([0xef, 0xbb, 0xbf])],
  ['OPEN', 'mark-and-call', Buffer.from(`\uFEFF${lines(call('marked'))}`)],
  ['OPEN', 'mark-twice', Buffer.from(`\uFEFF\uFEFF${lines(call('marked-twice'))}`)],
  ['OPEN', 'a name with spaces', lines(call('spaces'))],
  ['OPEN', 'ünïcödé-日本語-🚀', lines(call('unicode'))],
  ['OPEN', `"quo'ted\\;$(true)\`.csv`, lines(call('quoted'))],
  ['OPEN', '--help', lines(call('option'))],
  ['OPEN', 'n'.repeat(255), lines(call('long-name'))],
  ['FRAMED', 'r'.repeat(255), 'a refused file with the longest name'],
  ['OPEN', 'new\nline', lines(call('newline-name'))],
  [
    'JSON',
    'deep',
    lines(`{"ref":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, '['.repeat(10_000), jsonCall('deep', '1')),
  ],
  [
    'JSON',
    'huge-numbers',
    lines(
      ...['1e400', '9'.repeat(400), '-0', '1.5', '9007199254740993', '00'].map((number) =>
        jsonCall(`n${number.slice(0, 9)}`, number),
      ),
    ),
  ],
  [
    'JSON',
    'not-objects',
    lines('null', '[]', '"text"', '1', 'true', '{}', '{"ref":', `${jsonCall('tail', '1')} x`),
  ],
  [
    'JSON',
    'same-key-twice',
    lines(
      `{"ref":"a","ref":"b","caller":{"number":"+441000000001"},"at":"2026-01-10T12:00:00Z","seconds":1}`,
    ),
  ],
  ['OPEN', 'many-columns', lines(','.repeat(9_999), 'a,'.repeat(400), call('columns'))],
  [
    'OPEN',
    'quotes',
    lines('"', '"""', '"a"b,,,,', '"a""b",+441000000001,,2026-01-10T12:00:00Z,1', '"never closed,,,'),
  ],
  ['FRAMED', 'header-only', 'H,acme\n'],
  ['FRAMED', 'trailer-only', 'T,0\n'],
  ['FRAMED', 'frame-only', lines('H,acme', 'T,0')],
  ['FRAMED', 'count-wrong', lines('H,acme', call('counted'), 'T,2')],
  ['FRAMED', 'count-huge', lines('H,acme', call('counted-huge'), `T,${'9'.repeat(40)}`)],
  ['FRAMED', 'count-negative', lines('H,acme', 'T,-0')],
  ['FRAMED', 'frames-inside', lines('H,acme', 'H,again', 'T,1', call('inside'), 'T,3')],
  ['TRAILED', 'trailer-at-border', lines(...atBatchBorder)],
  ['TRAILED', 'trailer-then-empty', `${lines(...manyCalls('te', 999))}T,999\n${'\n'.repeat(3000)}`],
  [
    'OPEN',
    'outcomes',
    lines(
      call('o1', 0),
      call('o2', 5, 'nobody'),
      call('o3', 5, '+441000000001', '+999'),
      call('o4', 5, '+441000000001', '+376'),
      call('o5', 5, '+441000000004'),
      'o6,+441000000001,,2026-02-30T00:00:00Z,1',
      call('o7', 5),
      call('o7', 5),
    ),
  ],
  [
    'FIXED',
    'fixed-lengths',
    lines(
      'short',
      'x'.repeat(48),
      'x'.repeat(49),
      'ü'.repeat(24),
      'f1'.padEnd(12) + '+441000000002'.padEnd(16) + '20260110120000' + '000060',
    ),
  ],
];

export const HOSTILE_FILES: readonly HostileFile[] = CASES.map(([recordType, name, bytes]) => ({
  recordType,
  name,
  bytes: Buffer.from(bytes as string),
}));
