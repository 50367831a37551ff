/**
 * The generated codecs beside avsc: decoding a MediatedBatch of 1,000 voice records, copying each container with a rated tail behind it,
 * encoding from plain objects, and transcoding the rated batch to rows of ClickHouse's `rated`. Median of three rounds, records per second
 * of CPU time; ratios within one run. avsc makes a string of every string field, the views leave ranges: `viewWithTwoStrings` is what rating
 * asks for.
 */
import { encodeText, writeArrayEnd, writeArrayStart, writeRaw } from '../schemas/codec/avro-writer.ts';
import { BatchWriter } from '../schemas/codec/batch-writer.ts';
import { writeRatedRows } from '../schemas/codec/generated/rows.ts';
import type { ChargeHead, ContainerValue, ImpactValue } from '../schemas/codec/generated/values.ts';
import { ImpactKind, OfferType } from '../schemas/codec/generated/values.ts';
import { MediatedBatchView } from '../schemas/codec/generated/views.ts';
import {
  mediatedBatchFormat,
  ratedBatchFormat,
  writeChargeHead,
  writeContainer,
  writeImpact,
} from '../schemas/codec/generated/writers.ts';
import { RowBinaryWriter } from '../schemas/codec/row-binary.ts';
import { FRAME_BYTES } from '../schemas/codec/schema-ids.ts';
import { referenceType } from '../schemas/codec/testing/reference.ts';

const RECORDS = 1000;
const MILLISECONDS = 700;
const ROUNDS = 3;

const head = {
  fileId: '0123456789abcdef0123456789abcdef',
  platform: 'MSC',
  serviceType: 'VOICE',
  recordType: 'POSTPAID',
  catalogVersion: 'v12',
  processedAt: 1_717_000_000_000,
};

/** A voice record as a mobile switch writes it: about 160 bytes. */
function container(i: number): ContainerValue & Record<string, unknown> {
  return {
    recordNumber: i + 2,
    startTime: 1_717_000_000_000_000 + i * 1_000_000,
    endTime: 1_717_000_060_000_000 + i * 1_000_000,
    uniqueKey: Buffer.alloc(16, i),
    sourceRecordId: `SRC${100_000_000 + i}`,
    usageType: 'VOICE_NAT',
    serviceId: `4179${1_000_000 + i}`,
    callingNumber: `4179${1_000_000 + i}`,
    calledNumber: `4144${2_000_000 + i}`,
    duration: (60 + (i % 300)) * 1_000_000,
    volumeUp: i * 1000,
    volumeDown: i * 100_000,
    units: 0,
    wholesaleAmount: 12_000_000,
    callType: 'MOC',
    network: '22801',
    apn: '',
    description: '',
    flex1: 'ZONE1',
    flex2: '',
    flex3: '',
    flex4: '',
    late: false,
    accountId: `ACC${10_000 + (i % 500)}`,
    subscriptionId: `SUB${10_000 + (i % 500)}`,
    balanceGroupId: `BG${10_000 + (i % 500)}`,
  };
}

const charge: ChargeHead = {
  chargeNumber: 1,
  usageType: encodeText('VOICE_NAT'),
  offerId: encodeText('OFFER_1'),
  model: encodeText('FLAT'),
  timeClass: encodeText(''),
  zone: encodeText('ZONE1'),
  billUnit: encodeText('2024-05-01'),
  rawQuantity: 60_000_000,
  quantity: 60_000_000,
  unit: encodeText('SECOND'),
  currency: encodeText('CHF'),
  gross: 25_000_000,
  amount: 25_000_000,
};
const impact: ImpactValue = {
  kind: ImpactKind.CURRENCY,
  offerType: OfferType.PRICE,
  resourceId: encodeText('CHF'),
  tier: 1,
  quantity: 60_000_000,
  amount: 25_000_000,
  balanceBefore: 1_234_000_000_000,
  balanceAfter: 1_234_025_000_000,
};

/** The container's bytes, then one charge with one impact: what rating does for each record. */
function writeRated(out: Buffer, position: number, from: MediatedBatchView): number {
  const { buffer, start, end } = from.record;
  let p = writeArrayStart(out, writeRaw(out, position, buffer, start, end), 1);
  p = writeArrayStart(out, writeChargeHead(out, p, charge), 1);
  p = writeArrayEnd(out, writeImpact(out, p, impact));
  return writeArrayEnd(out, p);
}

/** Records per CPU-second of the process, median of three rounds; `batch` handles RECORDS records. */
function perCpuSecond(batch: () => void): number {
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const cpu = process.cpuUsage();
    const end = performance.now() + MILLISECONDS;
    let records = 0;
    for (; performance.now() < end; records += RECORDS) batch();
    const used = process.cpuUsage(cpu);
    rates.push(records / ((used.user + used.system) / 1e6));
  }
  return Math.round(rates.sort((left, right) => left - right)[ROUNDS >> 1]!);
}

/** Codec speeds in records per CPU-second, each beside avsc's in the same run, and the ratios. */
// eslint-disable-next-line @typescript-eslint/require-await
export async function run(): Promise<object> {
  const values = Array.from({ length: RECORDS }, (_, i) => container(i));
  const writer = new BatchWriter(mediatedBatchFormat);
  const encode = (): Buffer => {
    for (const value of values) writer.append(writeContainer, value);
    return writer.finish(head);
  };
  const message = encode();
  const body = message.subarray(FRAME_BYTES);
  const avsc = referenceType('MediatedBatch');
  const view = new MediatedBatchView();
  let seen = 0;
  const decode = perCpuSecond(() => {
    view.open(message);
    while (view.next()) seen += view.record.duration + view.record.serviceIdStart;
  });
  const decodeText = perCpuSecond(() => {
    view.open(message);
    while (view.next()) seen += view.record.serviceId.length + view.record.usageType.length;
  });
  const avscDecode = perCpuSecond(
    () => (seen += (avsc.fromBuffer(body) as { records: unknown[] }).records.length),
  );
  const rated = new BatchWriter(ratedBatchFormat);
  const rate = (): Buffer => {
    view.open(message);
    while (view.next()) rated.append(writeRated, view);
    return rated.finish(head);
  };
  const decodeAppend = perCpuSecond(rate);
  const ratedAvsc = referenceType('RatedBatch');
  const avscRated = ratedAvsc.fromBuffer(rate().subarray(FRAME_BYTES)) as { records: { charges: unknown }[] };
  const charges = avscRated.records[0]!.charges;
  // As fast as avsc goes: the decoded objects themselves get their charges, and the encoder has a buffer that is large enough.
  const avscOut = Buffer.allocUnsafeSlow(4 << 20);
  const avscWrite = (type: typeof avsc, value: object): Buffer =>
    Buffer.from(avscOut.subarray(0, type.encode(value, avscOut, 0)));
  const avscDecodeEncode = perCpuSecond(() => {
    const batch = avsc.fromBuffer(body) as { records: { charges?: unknown }[] };
    for (const record of batch.records) record.charges = charges;
    seen += avscWrite(ratedAvsc, batch).length;
  });
  const encodeRate = perCpuSecond(() => (seen += encode().length));
  const avscEncode = perCpuSecond(() => (seen += avscWrite(avsc, { ...head, records: values }).length));
  const ratedMessage = rate();
  const rows = new RowBinaryWriter();
  let rowBytes = 0;
  const transcode = perCpuSecond(() => {
    writeRatedRows(rows, ratedMessage, { partition: 0, offset: 1 });
    rowBytes = rows.take().length;
  });
  const ratio = (own: number, other: number): number => Math.round((own / other) * 10) / 10;
  return {
    unit: 'records per CPU-second',
    bytesPerRecord: Math.round(message.length / RECORDS),
    rowBytesPerRecord: Math.round(rowBytes / RECORDS),
    decode: {
      view: decode,
      viewWithTwoStrings: decodeText,
      avsc: avscDecode,
      ratio: ratio(decode, avscDecode),
    },
    decodeAndAppendTail: {
      view: decodeAppend,
      avscDecodeAndEncode: avscDecodeEncode,
      ratio: ratio(decodeAppend, avscDecodeEncode),
    },
    appendTail: Math.round(1 / (1 / decodeAppend - 1 / decode)),
    encode: { writer: encodeRate, avsc: avscEncode, ratio: ratio(encodeRate, avscEncode) },
    ratedToRowBinary: { transcoder: transcode },
    checksum: seen,
  };
}
