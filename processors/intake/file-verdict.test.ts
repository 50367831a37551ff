import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapping } from '../../schemas/catalog/mapping.ts';
import { FileFrame } from './file-frame.ts';
import { FileScan } from './file-scan.ts';
import { decideFile } from './file-verdict.ts';
import type { FileFacts, FileVerdict } from './file-verdict.ts';

const BASE = {
  id: 'm',
  name: 'm',
  format: { type: 'delimited' as const, columns: 3 },
  timeZone: 'UTC',
  fields: [{ name: 'at', column: 1, type: 'datetime' as const }],
  startTime: { field: 'at' },
  uniqueKey: ['at'],
};
const FRAMED = new FileFrame(
  mapping.parse({
    ...BASE,
    header: { startsWith: 'HDR,' },
    trailer: { startsWith: 'TRL,', count: { column: 2 } },
  }),
);

function facts(content: string, changes: Partial<FileFacts> = {}): FileFacts {
  const bytes = Buffer.from(content);
  const scan = new FileScan(changes.frame === undefined ? FRAMED : changes.frame);
  scan.push(bytes);
  return {
    key: 'mediation/p/s/r/input/a.csv',
    name: 'a.csv',
    hasStream: true,
    receivedBytes: bytes.length,
    gzipFault: null,
    duplicateOf: null,
    dateRequired: false,
    fileDay: NaN,
    frame: FRAMED,
    scan: scan.end(),
    ...changes,
  };
}

function codeOf(verdict: FileVerdict): string {
  return verdict.status === 'ACCEPTED' ? verdict.status : `${verdict.status} ${verdict.code}`;
}

const GOOD = 'HDR,1\na\nb\nTRL,2\n';

test('a file with the right frame is accepted, also without any detail record', () => {
  for (const content of [
    GOOD,
    '\n\nHDR,\n\na\n\nTRL, 1 ,x\n\n\n',
    'HDR,\r\nTRL,0',
    'HDR,\rTRL,00\r',
    '\u{FEFF}HDR,\nTRL,0\n',
  ]) {
    assert.equal(codeOf(decideFile(facts(content))), 'ACCEPTED', content);
  }
});

test('the first reason of the rules that applies decides', () => {
  // Every fault at once; taking away the first one shows the next.
  const steps: [string, Partial<FileFacts>][] = [
    ['REJECTED NO_STREAM', { hasStream: true }],
    ['REJECTED FILE_EMPTY', { receivedBytes: 10 }],
    ['REJECTED FILE_GZIP_CORRUPT', { gzipFault: null }],
    ['DUPLICATE FILE_DUPLICATE', { duplicateOf: null }],
    ['REJECTED FILE_DATE_MISSING', { fileDay: 20_000 }],
    ['REJECTED FILE_HEADER_MISSING', { scan: facts('HDR,\nx').scan }],
    ['REJECTED FILE_TRAILER_MISSING', { scan: facts('HDR,\nTRL,7').scan }],
    ['REJECTED FILE_TRAILER_COUNT', { scan: facts(GOOD).scan }],
  ];
  let current = facts('x', {
    hasStream: false,
    receivedBytes: 0,
    gzipFault: 'unexpected end of file',
    duplicateOf: 'b.csv',
    dateRequired: true,
  });
  for (const [code, repair] of steps) {
    assert.equal(codeOf(decideFile(current)), code);
    current = { ...current, ...repair };
  }
  assert.equal(codeOf(decideFile(current)), 'ACCEPTED');
});

test('a gzip file that unpacks to nothing is empty', () => {
  assert.equal(codeOf(decideFile(facts('', { receivedBytes: 20 }))), 'REJECTED FILE_EMPTY');
});

test('a count that is wrong, unreadable or absent rejects the file and names the line', () => {
  for (const trailer of [
    'TRL,3',
    'TRL,',
    'TRL,x',
    'TRL,-2',
    'TRL,2.0',
    'TRL,99999999999999999999',
    'TRL,"2',
  ]) {
    const verdict = decideFile(facts(`HDR,1\na\nb\n${trailer}\n\n`));
    assert.equal(codeOf(verdict), 'REJECTED FILE_TRAILER_COUNT', trailer);
    assert.ok(verdict.status === 'REJECTED' && verdict.line === 4 && verdict.reason.includes('Line 4'));
    assert.match(verdict.reason, /holds 2/);
  }
});

test('a file of empty lines only lacks its header', () => {
  const verdict = decideFile(facts('\n\r\n\r'));
  assert.equal(codeOf(verdict), 'REJECTED FILE_HEADER_MISSING');
});

test('header and trailer that are not required may be absent', () => {
  const frame = new FileFrame(
    mapping.parse({
      ...BASE,
      header: { startsWith: 'H', required: false },
      trailer: { startsWith: 'T', required: false, count: { position: 2, length: 3 } },
    }),
  );
  assert.equal(codeOf(decideFile(facts('a\nb', { frame }))), 'ACCEPTED');
  assert.equal(codeOf(decideFile(facts('H\na\nT001', { frame }))), 'ACCEPTED');
  assert.equal(codeOf(decideFile(facts('H\na\nT 01', { frame }))), 'ACCEPTED');
  assert.equal(codeOf(decideFile(facts('H\na\nT01', { frame }))), 'REJECTED FILE_TRAILER_COUNT');
});

test('the reason says what the operator does next', () => {
  const verdict = decideFile(facts('a\nTRL,1'));
  assert.ok(verdict.status === 'REJECTED');
  assert.match(verdict.reason, /Line 1, .* 'HDR,': 'a'/);
  assert.ok(verdict.whatToDo.length > 20);
});
