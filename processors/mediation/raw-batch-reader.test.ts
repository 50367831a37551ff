import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mapping } from '../../schemas/catalog/mapping.ts';
import { BatchCutter } from '../intake/batch-cutter.ts';
import { FileFrame } from '../intake/file-frame.ts';
import { FileScan } from '../intake/file-scan.ts';
import { newFileProgress, newLineCounts } from './file-progress.ts';
import type { FileProgress, LineCounts } from './file-progress.ts';
import { KEPT_OF_LONG_LINE, RawBatchReader } from './raw-batch-reader.ts';
import type { RawBatchPart } from './raw-batch-reader.ts';

const FRAME = new FileFrame(
  mapping.parse({
    id: 'm',
    name: 'm',
    format: { type: 'delimited', columns: 1 },
    timeZone: 'UTC',
    header: { startsWith: 'HDR', required: false },
    trailer: { startsWith: 'TRL', required: false },
    fields: [{ name: 'at', column: 1, type: 'datetime' }],
    startTime: { field: 'at' },
    uniqueKey: ['at'],
  }),
);

interface Detail {
  readonly text: string;
  readonly number: number;
  readonly position: number;
  readonly tooLong: boolean;
}

/** Payloads are embedded between foreign bytes, as in a message. */
function part(payload: Buffer, firstRecordNumber: number, lastBatch: boolean): RawBatchPart {
  const buffer = Buffer.concat([Buffer.from('\n#'), payload, Buffer.from('#\n')]);
  return { firstRecordNumber, lastBatch, buffer, payloadStart: 2, payloadEnd: 2 + payload.length };
}

function readAll(
  parts: readonly RawBatchPart[],
  progress: FileProgress = newFileProgress(),
): { details: Detail[]; counts: LineCounts } {
  const reader = new RawBatchReader(FRAME);
  const details: Detail[] = [];
  const counts = newLineCounts();
  const sink = {
    detail(
      bytes: Buffer,
      start: number,
      end: number,
      number: number,
      position: number,
      tooLong: number,
    ): void {
      details.push({ text: bytes.toString('latin1', start, end), number, position, tooLong: tooLong > 0 });
    },
  };
  for (const one of parts) {
    assert.equal(reader.read(one, progress, sink), 'READ');
    for (const key of Object.keys(counts) as (keyof LineCounts)[]) counts[key] += reader.counts[key];
  }
  return { details, counts };
}

function partsOf(file: Buffer, limits: object): RawBatchPart[] {
  const cutter = new BatchCutter(limits);
  return [...cutter.push(file), ...cutter.end()].map((slice) =>
    part(slice.payload, slice.firstRecordNumber, slice.last),
  );
}

const lines = (...payloads: string[]): RawBatchPart[] => {
  let next = 1;
  return payloads.map((payload, index) => {
    const result = part(Buffer.from(payload), next, index === payloads.length - 1);
    next += payload.split('\n').length - 1;
    return result;
  });
};

test('details come with their record number and byte position; header, trailer and empty lines do not', () => {
  const { details, counts } = readAll(lines('\n\nHDR\na\n', 'b\n\n', 'c\nTRL\n\n'));
  assert.deepEqual(details, [
    { text: 'a', number: 4, position: 6, tooLong: false },
    { text: 'b', number: 5, position: 8, tooLong: false },
    { text: 'c', number: 7, position: 11, tooLong: false },
  ]);
  assert.deepEqual(counts, { lines: 9, header: 1, trailer: 1, empty: 4, details: 3 });
});

test('a trailer is found alone in the last batch, and in an earlier batch when only empty lines follow', () => {
  assert.deepEqual(readAll(lines('HDR\na\n', 'TRL\n')).counts, {
    lines: 3,
    header: 1,
    trailer: 1,
    empty: 0,
    details: 1,
  });
  assert.deepEqual(readAll(lines('HDR\na\nTRL\n', '\n\n', '\n')).counts, {
    lines: 6,
    header: 1,
    trailer: 1,
    empty: 3,
    details: 1,
  });
});

test('a line like a trailer that another line follows is a detail, in its place', () => {
  const { details, counts } = readAll(lines('HDR\nTRL1\n', '\n', 'b\nTRL\n'));
  assert.deepEqual(
    details.map(({ text, number, position }) => [text, number, position]),
    [
      ['TRL1', 2, 4],
      ['b', 4, 10],
    ],
  );
  assert.deepEqual(counts, { lines: 5, header: 1, trailer: 1, empty: 1, details: 2 });
});

test('a second line like a header is a detail, and a lone line like a trailer is the trailer', () => {
  assert.deepEqual(
    readAll(lines('HDR\n', 'HDR\n')).details.map(({ text }) => text),
    ['HDR'],
  );
  assert.equal(readAll(lines('TRL')).counts.trailer, 1);
});

test('a byte order mark belongs to no line but counts in the positions', () => {
  const { details } = readAll(lines('\u{FEFF}a\n', '\u{FEFF}b\n'));
  assert.deepEqual(
    details.map(({ text, position }) => [text, position]),
    [
      ['a', 3],
      ['\u00ef\u00bb\u00bfb', 5],
    ],
  );
  assert.equal(readAll(lines('\u{FEFF}\nHDR\n')).counts.header, 1);
});

test('a batch that was read before is dropped, also after the last one; a hole is told', () => {
  const [first, second, third] = lines('HDR\na\n', 'b\n', 'TRL\n');
  const reader = new RawBatchReader(FRAME);
  const progress = newFileProgress();
  const sink = { detail: (): void => undefined };
  assert.equal(reader.read(second!, progress, sink), 'GAP');
  assert.deepEqual(progress, newFileProgress());
  assert.equal(reader.read(first!, progress, sink), 'READ');
  assert.equal(reader.read(first!, progress, sink), 'REPEATED');
  assert.equal(reader.read(third!, progress, sink), 'GAP');
  assert.equal(reader.read(second!, progress, sink), 'READ');
  assert.equal(reader.read(third!, progress, sink), 'READ');
  for (const batch of [first!, second!, third!]) assert.equal(reader.read(batch, progress, sink), 'REPEATED');
});

test('a line in pieces is one record, reported once, and repeated pieces are dropped', () => {
  const file = Buffer.from(`HDR\n${'x'.repeat(100)}\r\nb\nTRL`);
  const parts = partsOf(file, { maxBytes: 30, maxRecordBytes: 20 });
  assert.ok(parts.length > 4);
  const { details, counts } = readAll(parts);
  assert.deepEqual(details, [
    { text: 'x'.repeat(30), number: 2, position: 4, tooLong: true },
    { text: 'b', number: 3, position: 106, tooLong: false },
  ]);
  assert.deepEqual(counts, { lines: 4, header: 1, trailer: 1, empty: 0, details: 2 });
  const reader = new RawBatchReader(FRAME);
  const progress = newFileProgress();
  const sink = { detail: (): void => undefined };
  for (const [index, batch] of parts.entries()) {
    assert.equal(reader.read(batch, progress, sink), 'READ');
    for (const earlier of parts.slice(0, index + 1))
      assert.equal(reader.read(earlier, progress, sink), 'REPEATED');
    for (const later of parts.slice(index + 2)) assert.notEqual(reader.read(later, progress, sink), 'READ');
  }
});

test('of a line in pieces no more than the first 64 KiB are handed on', () => {
  const file = Buffer.alloc(3 << 20, 'y');
  const { details, counts } = readAll(partsOf(file, {}));
  assert.deepEqual(
    details.map(({ text, tooLong }) => [text.length, tooLong]),
    [[KEPT_OF_LONG_LINE, true]],
  );
  assert.deepEqual([counts.lines, counts.details], [1, 1]);
});

test('however a file is cut, the reader finds what the scan found and the details are the same', () => {
  const bytes = fc
    .array(
      fc.constantFrom(
        '\n',
        '\r\n',
        '\r',
        '\n\n\n',
        'a',
        'bcdefghijklm',
        'HDR',
        'TRL',
        'TRLx',
        '\u00ef\u00bb\u00bf',
      ),
      { maxLength: 25 },
    )
    .map((parts) => Buffer.from(parts.join(''), 'latin1'));
  const limits = fc.record({
    maxLines: fc.integer({ min: 1, max: 4 }),
    maxBytes: fc.integer({ min: 1, max: 12 }),
    maxRecordBytes: fc.integer({ min: 8, max: 12 }),
  });
  fc.assert(
    fc.property(bytes, limits, (file, limit) => {
      const scan = new FileScan(FRAME);
      scan.push(file);
      const expected = scan.end();
      const { details, counts } = readAll(partsOf(file, limit));
      assert.deepEqual(counts, {
        lines: expected.lines,
        header: expected.headerPresent ? 1 : 0,
        trailer: expected.trailerPresent ? 1 : 0,
        empty: expected.emptyLines,
        details: expected.details,
      });
      const whole = file.length === 0 ? [] : readAll([part(file, 1, true)]).details;
      assert.equal(details.length, whole.length);
      for (const [index, detail] of details.entries()) {
        const { text, number, position } = whole[index]!;
        assert.deepEqual([detail.number, detail.position], [number, position]);
        assert.ok(detail.tooLong ? text.startsWith(detail.text) : text === detail.text);
        assert.equal(file.toString('latin1', position, position + text.length), text);
        if (detail.tooLong) assert.ok(text.length > limit.maxRecordBytes);
      }
    }),
    { numRuns: 500 },
  );
});
