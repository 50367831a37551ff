import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { encodeText, writeArrayEnd, writeArrayStart, writeRaw } from './avro-writer.ts';
import { BatchWriter, writeMessage } from './batch-writer.ts';
import { CodecError } from './codec-error.ts';
import type {
  ChargeValue,
  ContainerValue,
  MediatedBatchHead,
  RatedTailValue,
  SuspendedTailValue,
} from './generated/values.ts';
import { MediatedBatchView, RatedBatchView } from './generated/views.ts';
import {
  billingRunFormat,
  mediatedBatchFormat,
  ratedBatchFormat,
  suspendedBatchFormat,
  writeChargeHead,
  writeContainer,
  writeImpact,
  writeRatedTail,
  writeSuspendedTail,
} from './generated/writers.ts';
import { FRAME_BYTES, readSchemaId, SchemaIds } from './schema-ids.ts';
import { anyRecord, contracts, referenceType, toOurs } from './testing/reference.ts';

type Value = Record<string, unknown>;
const any = (name: string) => anyRecord(contracts.get(name)!);
// The caller says which generated type the random value is of; toOurs makes it from the contract.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
const ours = <T>(name: string, value: Value): T => toOurs(contracts.get(name)!, value) as T;

test('a batch should be the frame, the header and the records, as avsc writes them', () => {
  const writer = new BatchWriter(mediatedBatchFormat);
  fc.assert(
    fc.property(any('MediatedBatch'), fc.nat({ max: 4000 }), (value, copies) => {
      const records = value['records'] as Value[];
      const many =
        records.length === 0 ? [] : Array.from({ length: copies }, (_, i) => records[i % records.length]!);
      for (const record of many) writer.append(writeContainer, ours<ContainerValue>('Container', record));
      assert.equal(writer.count, many.length);
      const message = writer.finish(ours<MediatedBatchHead>('MediatedBatch', value));
      assert.equal(readSchemaId(message), 3);
      assert.deepEqual(
        message.subarray(FRAME_BYTES),
        referenceType('MediatedBatch').toBuffer({ ...value, records: many }),
      );
      assert.equal(writer.count, 0);
    }),
    { numRuns: 40 },
  );
});

test('a record that does not fit should leave the batch as it was when it fails for another reason', () => {
  const writer = new BatchWriter<MediatedBatchHead>(mediatedBatchFormat);
  fc.assert(
    fc.property(any('MediatedBatch'), (value) => {
      const records = value['records'] as Value[];
      for (const record of records) {
        const container = ours<ContainerValue>('Container', record);
        writer.append(writeContainer, container);
        assert.throws(() => writer.append(writeContainer, { ...container, duration: 2 ** 53 }), CodecError);
        assert.throws(() => writer.append(writeContainer, { ...container, duration: NaN }), CodecError);
      }
      const message = writer.finish(ours<MediatedBatchHead>('MediatedBatch', value));
      assert.deepEqual(message.subarray(FRAME_BYTES), referenceType('MediatedBatch').toBuffer(value));
    }),
  );
});

test('a header that cannot be written should leave the records for another finish', () => {
  const writer = new BatchWriter<MediatedBatchHead>(mediatedBatchFormat);
  fc.assert(
    fc.property(any('MediatedBatch'), (value) => {
      const head = ours<MediatedBatchHead>('MediatedBatch', value);
      for (const record of value['records'] as Value[])
        writer.append(writeContainer, ours<ContainerValue>('Container', record));
      assert.throws(() => writer.finish({ ...head, processedAt: NaN }), CodecError);
      assert.deepEqual(
        writer.finish(head).subarray(FRAME_BYTES),
        referenceType('MediatedBatch').toBuffer(value),
      );
    }),
  );
});

test('a batch should take records and headers that are larger than its first buffers', () => {
  const writer = new BatchWriter(mediatedBatchFormat);
  const long = 'ä'.repeat(100_000);
  fc.assert(
    fc.property(any('MediatedBatch'), any('Container'), (head, record) => {
      const [batch, container] = [
        { ...head, platform: long },
        { ...record, description: long },
      ];
      writer.append(writeContainer, ours<ContainerValue>('Container', container));
      const message = writer.finish(ours<MediatedBatchHead>('MediatedBatch', batch));
      const expected = referenceType('MediatedBatch').toBuffer({ ...batch, records: [container] });
      assert.ok(message.subarray(FRAME_BYTES).equals(expected));
    }),
    { numRuns: 5 },
  );
});

interface Appended<Tail> {
  readonly from: MediatedBatchView;
  readonly tail: Tail;
}
const copyContainer = (out: Buffer, position: number, { from }: Appended<unknown>): number =>
  writeRaw(out, position, from.record.buffer, from.record.start, from.record.end);

test("a container's bytes followed by a tail should be the record that avsc writes", () => {
  const containers = new BatchWriter(mediatedBatchFormat);
  const rated = new BatchWriter(ratedBatchFormat);
  const suspended = new BatchWriter(suspendedBatchFormat);
  fc.assert(
    fc.property(
      any('MediatedBatch'),
      any('RatedRecord'),
      any('SuspendedRecord'),
      (batch, ratedEnd, suspendedEnd) => {
        const head = ours<MediatedBatchHead>('MediatedBatch', batch);
        const records = batch['records'] as Value[];
        for (const record of records)
          containers.append(writeContainer, ours<ContainerValue>('Container', record));
        const from = new MediatedBatchView().open(containers.finish(head));
        const ratedTail = { from, tail: ours<RatedTailValue>('RatedRecord', ratedEnd) };
        const suspendedTail = { from, tail: ours<SuspendedTailValue>('SuspendedRecord', suspendedEnd) };
        while (from.next()) {
          rated.append(
            (out, p, value) => writeRatedTail(out, copyContainer(out, p, value), value.tail),
            ratedTail,
          );
          suspended.append(
            (out, p, value) => writeSuspendedTail(out, copyContainer(out, p, value), value.tail),
            suspendedTail,
          );
        }
        const { charges } = ratedEnd;
        const { code, reason } = suspendedEnd;
        const expectedRated = { ...batch, records: records.map((record) => ({ ...record, charges })) };
        const expectedSuspended = {
          ...batch,
          records: records.map((record) => ({ ...record, code, reason })),
        };
        assert.deepEqual(
          rated.finish(head).subarray(FRAME_BYTES),
          referenceType('RatedBatch').toBuffer(expectedRated),
        );
        assert.deepEqual(
          suspended.finish(head).subarray(FRAME_BYTES),
          referenceType('SuspendedBatch').toBuffer(expectedSuspended),
        );
      },
    ),
  );
});

function writePieces(out: Buffer, position: number, charges: readonly ChargeValue[]): number {
  let p = writeArrayStart(out, position, charges.length);
  for (const charge of charges) {
    p = writeArrayStart(out, writeChargeHead(out, p, charge), charge.impacts.length);
    for (const impact of charge.impacts) p = writeImpact(out, p, impact);
    p = writeArrayEnd(out, p);
  }
  return writeArrayEnd(out, p);
}

test('charges and impacts written piece by piece should be what the whole tail writes', () => {
  const [whole, pieces] = [Buffer.alloc(1 << 20), Buffer.alloc(1 << 20)];
  fc.assert(
    fc.property(any('RatedRecord'), (value) => {
      const tail = ours<RatedTailValue>('RatedRecord', value);
      const end = writeRatedTail(whole, 0, tail);
      assert.equal(writePieces(pieces, 0, tail.charges), end);
      assert.ok(pieces.subarray(0, end).equals(whole.subarray(0, end)));
    }),
  );
});

test('an encoded text, a byte range and a string should write the same, also where a buffer is nearly full', () => {
  const [a, b, c] = [Buffer.alloc(2000), Buffer.alloc(2000), Buffer.alloc(2000)];
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), any('Container'), (value, random) => {
      const container = ours<ContainerValue>('Container', { ...random, description: value });
      const bytes = Buffer.from(`<${value}>`);
      const end = writeContainerOrFull(a, container);
      const range = { buffer: bytes, start: 1, end: bytes.length - 1 };
      assert.equal(writeContainerOrFull(b, { ...container, description: encodeText(value) }), end);
      assert.equal(writeContainerOrFull(c, { ...container, description: range }), end);
      if (end > 0)
        assert.ok(
          a.subarray(0, end).equals(b.subarray(0, end)) && a.subarray(0, end).equals(c.subarray(0, end)),
        );
    }),
  );
});

/** Position behind the container, -1 when the buffer is full. */
function writeContainerOrFull(out: Buffer, value: ContainerValue): number {
  try {
    return writeContainer(out, 0, value);
  } catch (error) {
    assert.ok(error instanceof CodecError && error.code === 'NO_ROOM');
    return -1;
  }
}

test('a lone surrogate should be written as the replacement character', () => {
  assert.deepEqual(encodeText('a\ud800b').bytes, new Uint8Array([10, 0x61, 0xef, 0xbf, 0xbd, 0x62]));
  assert.deepEqual(encodeText('\udc00').bytes, new Uint8Array([6, 0xef, 0xbf, 0xbd]));
});

test('a message should be framed with the id of its schema, and one of another schema or id refused by name', () => {
  const run = {
    runId: 'R1',
    partition: 2,
    cutOffset: 5,
    previousCutOffset: 1,
    lines: 1,
    charges: 4,
    quantity: '9.5',
    amount: '-7',
    at: 1,
  };
  const message = writeMessage(billingRunFormat, run);
  assert.equal(readSchemaId(message), 9);
  assert.deepEqual(message.subarray(FRAME_BYTES), referenceType('BillingRun').toBuffer(run));
  assert.throws(
    () => new RatedBatchView().open(message),
    /BillingRun \(schema id 9\), expected a RatedBatch/,
  );
  assert.throws(
    () => new RatedBatchView(new SchemaIds([{ name: 'RatedBatch', id: 4 }])).open(message),
    /Magic 0, unknown schema id 9/,
  );
  message[0] = 1;
  assert.throws(() => new RatedBatchView().open(message), /Magic 1 is not 0 \(schema id would be 9\)/);
  assert.throws(() => readSchemaId(Buffer.alloc(4)), CodecError);
});

test('schema ids of a registry should replace the static ones', () => {
  const ids = new SchemaIds([
    { name: 'MediatedBatch', id: 70_001, later: true },
    { name: 'MediatedBatch', id: 70_000 },
  ]);
  const writer = new BatchWriter(mediatedBatchFormat, ids);
  const head = {
    fileId: 'f',
    platform: 'p',
    serviceType: 's',
    recordType: 'r',
    catalogVersion: 'c',
    processedAt: 1,
  };
  const message = writer.finish(head);
  assert.equal(readSchemaId(message), 70_000);
  assert.equal(new MediatedBatchView(ids).open(message).fileId, 'f');
  assert.throws(() => new BatchWriter(ratedBatchFormat, ids), /RatedBatch has no id/);
  assert.throws(
    () =>
      new SchemaIds([
        { name: 'A', id: 1 },
        { name: 'B', id: 1 },
      ]),
    /id 1 is given twice/,
  );
});
