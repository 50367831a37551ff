import { embeddedSchemaIds, FRAME_BYTES, writeFrame } from '../../../schemas/codec/schema-ids.ts';
import { referenceType } from '../../../schemas/codec/testing/reference.ts';

/** A message as Avro's reference library writes it; nothing of our own codecs is in it but the frame. */
export function encode(schema: string, value: object): Buffer {
  const body = referenceType(schema).toBuffer(value);
  const message = Buffer.alloc(FRAME_BYTES + body.length);
  writeFrame(message, 0, embeddedSchemaIds.idOf(schema));
  body.copy(message, FRAME_BYTES);
  return message;
}

/** Reads a message by the contract that its frame names. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows what the topic holds
export function decode<Value>(message: Buffer): Value {
  const type = referenceType(embeddedSchemaIds.nameIn(message));
  return type.fromBuffer(message.subarray(FRAME_BYTES)) as Value;
}

export interface LedgerEntry {
  readonly stage: string;
  readonly sourceOffset: number;
  readonly lines: number;
  readonly skipped: number;
  readonly details: number;
  readonly processed: number;
  readonly ignored: number;
  readonly errors: number;
  readonly suspended: number;
  readonly duplicates: number;
  readonly charges: number;
  readonly quantity: number;
  readonly amount: number;
}

export interface DecodedCharge {
  readonly usageType: string;
  readonly quantity: number;
  readonly gross: number;
  readonly amount: number;
}

export interface DecodedRecord {
  readonly recordNumber: number;
  readonly sourceRecordId: string;
  readonly balanceGroupId: string;
  readonly code: string;
  readonly outcome: string;
  readonly charges: readonly DecodedCharge[];
}

export interface DecodedBatch {
  readonly fileId: string;
  readonly records: readonly DecodedRecord[];
}

export const FILE_ID = 'ab'.repeat(16);

/** A slice of a file of the test catalog's stream. */
export function rawBatch(
  recordType: string,
  payload: string,
  at: { firstRecordNumber?: number; lastBatch?: boolean; fileId?: string } = {},
): Buffer {
  const { firstRecordNumber = 1, lastBatch = true, fileId = FILE_ID } = at;
  return encode('RawBatch', {
    ...{ fileId, bucket: 'acme', key: `mediation/switch/VOICE/${recordType}/input/file.csv` },
    ...{ platform: 'switch', serviceType: 'VOICE', recordType, firstRecordNumber, lastBatch },
    payload: Buffer.from(payload),
  });
}

/** A call record of the test catalog's CSV mappings. */
export function call(
  ref: string,
  seconds = 60,
  options: { caller?: string; called?: string; at?: string } = {},
): string {
  const { caller = '+441000000001', called = '+441999', at = '2026-01-10T12:00:00Z' } = options;
  return `${ref},${caller},${called},${at},${seconds}\n`;
}
