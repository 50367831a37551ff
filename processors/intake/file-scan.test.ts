import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mapping } from '../../schemas/catalog/mapping.ts';
import { LineCutter } from '../parsing/line-cutter.ts';
import { BatchCutter } from './batch-cutter.ts';
import type { Slice } from './batch-cutter.ts';
import { FileFrame } from './file-frame.ts';
import { FileScan } from './file-scan.ts';
import type { FileScanResult } from './file-scan.ts';

const FRAME = new FileFrame(
  mapping.parse({
    id: 'm',
    name: 'm',
    format: { type: 'delimited', columns: 3 },
    timeZone: 'UTC',
    header: { startsWith: 'HDR,' },
    trailer: { startsWith: 'TRL,', count: { column: 2 } },
    fields: [{ name: 'at', column: 1, type: 'datetime' }],
    startTime: { field: 'at' },
    uniqueKey: ['at'],
  }),
);

/** Cuts the bytes at the given places. */
function chunksOf(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((to, index) => bytes.subarray(places[index], to));
}

function scan(bytes: Buffer, cuts: readonly number[] = []): FileScanResult {
  const result = new FileScan(FRAME);
  for (const chunk of chunksOf(bytes, cuts)) result.push(chunk);
  return result.end();
}

function slices(
  bytes: Buffer,
  cuts: readonly number[],
  limits: Partial<ConstructorParameters<typeof BatchCutter>[0]>,
): Slice[] {
  const cutter = new BatchCutter(limits);
  return [...chunksOf(bytes, cuts).flatMap((chunk) => cutter.push(chunk)), ...cutter.end()];
}

/** Lines by the rules' own words, on text where every character is a byte. */
function modelLines(bytes: Buffer): string[] {
  const lines = bytes.toString('latin1').split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  if (lines[0]?.startsWith('\u00ef\u00bb\u00bf') === true) lines[0] = lines[0].slice(3);
  return lines;
}

/** Bytes with many line ends, frames and byte order marks. */
const fileBytes = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('\n', '\r', '\r\n', '\n\n') },
      { weight: 3, arbitrary: fc.stringMatching(/^[a-d,]{1,6}$/) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('HDR,', 'TRL,', 'TRL,1', 'TRL, 2 ,x', '\u00ef\u00bb\u00bf', '\u00ef'),
      },
    ),
    { maxLength: 30 },
  )
  .map((parts) => Buffer.from(parts.join(''), 'latin1'));
const cutPlaces = fc.array(fc.nat(200), { maxLength: 8 });

test('a scan finds what the words of the rules say, for any bytes', () => {
  fc.assert(
    fc.property(fileBytes, cutPlaces, (bytes, cuts) => {
      const result = scan(bytes, cuts);
      const lines = bytes.length === 0 ? [] : modelLines(bytes);
      // A byte order mark alone is a line without content.
      if (bytes.equals(Buffer.from([0xef, 0xbb, 0xbf]))) lines.splice(0, lines.length, '');
      const content = lines.filter((line) => line !== '');
      const header = content[0]?.startsWith('HDR,') === true;
      const trailer = content.length > (header ? 1 : 0) && content.at(-1)!.startsWith('TRL,');
      assert.equal(result.bytes, bytes.length);
      assert.equal(result.lines, lines.length);
      assert.equal(result.emptyLines, lines.length - content.length);
      assert.equal(result.headerPresent, header);
      assert.equal(result.trailerPresent, trailer);
      assert.equal(result.details, content.length - (header ? 1 : 0) - (trailer ? 1 : 0));
      assert.equal(result.firstLine, lines.findIndex((line) => line !== '') + 1);
      assert.equal(result.lastLine, lines.findLastIndex((line) => line !== '') + 1);
      assert.equal(result.firstBytes.toString('latin1'), content[0] ?? '');
      assert.equal(result.lastBytes.toString('latin1'), content.at(-1) ?? '');
    }),
    { numRuns: 500 },
  );
});

test('slices put together are the file, their numbers follow, and the chunk sizes change nothing', () => {
  const limits = fc.record({
    maxLines: fc.integer({ min: 1, max: 5 }),
    maxBytes: fc.integer({ min: 1, max: 30 }),
    maxRecordBytes: fc.integer({ min: 1, max: 20 }),
  });
  fc.assert(
    fc.property(fileBytes, cutPlaces, limits, (bytes, cuts, limit) => {
      const found = slices(bytes, cuts, limit);
      assert.deepEqual(found, slices(bytes, [], limit));
      assert.deepEqual(Buffer.concat(found.map((slice) => slice.payload)), bytes);
      assert.deepEqual(
        found.map((slice) => slice.last),
        found.map((_, index) => index === found.length - 1),
      );
      const longest = Math.max(limit.maxBytes, limit.maxRecordBytes + 3);
      for (const { payload } of found) assert.ok(payload.length <= longest + 2, `${payload.length} bytes`);
    }),
    { numRuns: 500 },
  );
});

test('scan, batch cutter and line cutter count the same lines, for any bytes', () => {
  const anyBytes = fc.oneof(
    fileBytes,
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  );
  fc.assert(
    fc.property(anyBytes, cutPlaces, fc.integer({ min: 1, max: 4 }), (bytes, cuts, maxLines) => {
      const whole = scan(bytes, cuts).lines;
      const cutter = new LineCutter();
      assert.equal(cutter.cut(bytes, 0, bytes.length), whole);
      let next = 1;
      for (const slice of slices(bytes, cuts, { maxLines })) {
        assert.equal(slice.firstRecordNumber, next);
        const lines = cutter.cut(slice.payload, 0, slice.payload.length);
        assert.ok(lines <= maxLines);
        next += lines;
      }
      assert.equal(next - 1, whole);
    }),
    { numRuns: 500 },
  );
});

test('the count of the trailer is read from its column, also when the trailer is cut between chunks', () => {
  const file = Buffer.from('HDR,x\r\na,b,c\r\nTRL,"1",z\r\n\r\n');
  for (let at = 0; at < file.length; at++) {
    const result = scan(file, [at]);
    assert.equal(result.trailerCount, 1);
    assert.equal(result.details, 1);
    assert.equal(result.emptyLines, 1);
  }
});

test('a line of many megabytes without an end costs bounded memory and is one line', () => {
  const chunk = Buffer.alloc(1 << 20, 'x');
  const cutter = new BatchCutter();
  const fileScan = new FileScan(null);
  let bytes = 0;
  for (let i = 0; i < 20; i++) {
    fileScan.push(chunk);
    for (const slice of cutter.push(chunk)) {
      assert.equal(slice.payload.length, 512 * 1024);
      bytes += slice.payload.length;
    }
  }
  for (const slice of cutter.end()) bytes += slice.payload.length;
  assert.equal(bytes, 20 << 20);
  const result = fileScan.end();
  assert.deepEqual([result.lines, result.details, result.bytes], [1, 1, 20 << 20]);
});

test('a record of the longest allowed length is never cut, one byte more is', () => {
  const limits = { maxBytes: 10, maxRecordBytes: 20 };
  const whole = slices(Buffer.from(`a\n${'x'.repeat(20)}\r\nb`), [], limits);
  assert.deepEqual(
    whole.map((slice) => [slice.firstRecordNumber, slice.payload.length]),
    [
      [1, 2],
      [2, 22],
      [3, 1],
    ],
  );
  const cut = slices(Buffer.from(`a\n${'x'.repeat(24)}\r\nb`), [], limits);
  assert.deepEqual(
    cut.map((slice) => [slice.firstRecordNumber, slice.payload.length]),
    [
      [1, 2],
      [2, 23],
      [2 + 2 ** 32, 3],
      [3, 1],
    ],
  );
});
