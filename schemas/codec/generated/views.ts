// Generated from schemas/avro and schemas/codec/codecs.ts by `npm run generate`; do not edit.

/**
 * Views: `decode(buffer, position)` returns the position behind the record and leaves its fields in the view, strings as
 * ranges (`xStart`, `xEnd`) with a getter `x` that makes a string. A view is reused for the next record. Bad bytes: CodecError.
 */
import { decodedInt, decodedLong, readBoolean, readEnum, readFixed, readInt, readLong, readSpan, skipLong } from '../avro-reader.ts';
import { BlockReader, skipArray } from '../block-reader.ts';
import { FRAME_BYTES, embeddedSchemaIds, expectEnd } from '../schema-ids.ts';
import type { SchemaIds } from '../schema-ids.ts';
import { text } from '../text.ts';
import type { FileStatus, ImpactKind, OfferType, Outcome, Phase, Stage, SyncStatus } from './values.ts';

const NO_BYTES = Buffer.alloc(0);

function skipImpact(buffer: Buffer, position: number): number {
  let p = position;
  p = readEnum(buffer, p, 3); // kind, skipped
  p = readEnum(buffer, p, 2); // offerType, skipped
  p = readSpan(buffer, p); // resourceId, skipped
  p = skipLong(buffer, p); // tier, skipped
  p = skipLong(buffer, p); // quantity, skipped
  p = skipLong(buffer, p); // amount, skipped
  p = skipLong(buffer, p); // balanceBefore, skipped
  p = skipLong(buffer, p); // balanceAfter, skipped
  return p;
}

function skipCharge(buffer: Buffer, position: number): number {
  let p = position;
  p = skipLong(buffer, p); // chargeNumber, skipped
  p = readSpan(buffer, p); // usageType, skipped
  p = readSpan(buffer, p); // offerId, skipped
  p = readSpan(buffer, p); // model, skipped
  p = readSpan(buffer, p); // timeClass, skipped
  p = readSpan(buffer, p); // zone, skipped
  p = readSpan(buffer, p); // billUnit, skipped
  p = skipLong(buffer, p); // rawQuantity, skipped
  p = skipLong(buffer, p); // quantity, skipped
  p = readSpan(buffer, p); // unit, skipped
  p = readSpan(buffer, p); // currency, skipped
  p = skipLong(buffer, p); // gross, skipped
  p = skipLong(buffer, p); // amount, skipped
  p = skipArray(buffer, p, skipImpact); // impacts
  return p;
}

/** Container: The harmonised record that every format is mapped into. (the fields that its readers need; the others are skipped) */
export class ContainerView {
  /** The bytes that were decoded. */
  buffer: Buffer = NO_BYTES;
  /** First byte of the record. */
  start = 0;
  /** Position behind the record. */
  end = 0;
  /** Line number of the record in its file, from 1; with the batch's fileId the identity of the record for ever. */
  recordNumber = 0;
  /** Event time: start of the usage, microseconds since the epoch, UTC. */
  startTime = 0;
  /** End of the usage, microseconds since the epoch, UTC; equal to startTime for events without duration. */
  endTime = 0;
  /** 128-bit fingerprint of the business unique key (MurmurHash3 x86_128 of the mapping's key attributes); finds duplicates. */
  uniqueKeyStart = 0;
  /** Code of the usage type to be rated. */
  usageTypeStart = 0;
  usageTypeEnd = 0;
  /** Service id that the usage is guided by (a telephone number, an IMSI, a meter). */
  serviceIdStart = 0;
  serviceIdEnd = 0;
  /** A-number, E.164 where the source has it; empty when not given. */
  callingNumberStart = 0;
  callingNumberEnd = 0;
  /** B-number, E.164 where the source has it; empty when not given. */
  calledNumberStart = 0;
  calledNumberEnd = 0;
  /** Duration in seconds, scaled by 10^6. */
  duration = 0;
  /** Bytes sent by the subscriber. */
  volumeUp = 0;
  /** Bytes received by the subscriber. */
  volumeDown = 0;
  /** Quantity that the source itself states, scaled by 10^6; 0 when not given. */
  units = 0;
  /** Price that the source charges us, in the client's currency, scaled by 10^9; 0 when not given. Margin = our charge - this. */
  wholesaleAmount = 0;
  /** Kind of usage in the source's own code. */
  callTypeStart = 0;
  callTypeEnd = 0;
  /** Serving or destination network. */
  networkStart = 0;
  networkEnd = 0;
  /** Access point name of a data session. */
  apnStart = 0;
  apnEnd = 0;
  /** Flexible attribute, filled by enrichment. */
  flex1Start = 0;
  flex1End = 0;
  /** Flexible attribute, filled by enrichment. */
  flex2Start = 0;
  flex2End = 0;
  /** Flexible attribute, filled by enrichment. */
  flex3Start = 0;
  flex3End = 0;
  /** Flexible attribute, filled by enrichment. */
  flex4Start = 0;
  flex4End = 0;
  /** The usage is older, at its file's date, than the mapping's lateAfterDays. */
  late = false;
  /** Guided: account at the usage's own time; empty when guiding failed. */
  accountIdStart = 0;
  accountIdEnd = 0;
  /** Guided: subscription; empty when guiding failed. */
  subscriptionIdStart = 0;
  subscriptionIdEnd = 0;
  /** Guided: balance group that is charged; empty when guiding failed. */
  balanceGroupIdStart = 0;
  balanceGroupIdEnd = 0;

  decode(buffer: Buffer, position: number): number {
    let p = position;
    this.buffer = buffer;
    this.start = position;
    p = readLong(buffer, p);
    this.recordNumber = decodedLong[0]!;
    p = readLong(buffer, p);
    this.startTime = decodedLong[0]!;
    p = readLong(buffer, p);
    this.endTime = decodedLong[0]!;
    p = readFixed(buffer, p, 16);
    this.uniqueKeyStart = decodedInt[0]!;
    p = readSpan(buffer, p); // sourceRecordId, skipped
    p = readSpan(buffer, p);
    this.usageTypeStart = decodedInt[0]!;
    this.usageTypeEnd = p;
    p = readSpan(buffer, p);
    this.serviceIdStart = decodedInt[0]!;
    this.serviceIdEnd = p;
    p = readSpan(buffer, p);
    this.callingNumberStart = decodedInt[0]!;
    this.callingNumberEnd = p;
    p = readSpan(buffer, p);
    this.calledNumberStart = decodedInt[0]!;
    this.calledNumberEnd = p;
    p = readLong(buffer, p);
    this.duration = decodedLong[0]!;
    p = readLong(buffer, p);
    this.volumeUp = decodedLong[0]!;
    p = readLong(buffer, p);
    this.volumeDown = decodedLong[0]!;
    p = readLong(buffer, p);
    this.units = decodedLong[0]!;
    p = readLong(buffer, p);
    this.wholesaleAmount = decodedLong[0]!;
    p = readSpan(buffer, p);
    this.callTypeStart = decodedInt[0]!;
    this.callTypeEnd = p;
    p = readSpan(buffer, p);
    this.networkStart = decodedInt[0]!;
    this.networkEnd = p;
    p = readSpan(buffer, p);
    this.apnStart = decodedInt[0]!;
    this.apnEnd = p;
    p = readSpan(buffer, p); // description, skipped
    p = readSpan(buffer, p);
    this.flex1Start = decodedInt[0]!;
    this.flex1End = p;
    p = readSpan(buffer, p);
    this.flex2Start = decodedInt[0]!;
    this.flex2End = p;
    p = readSpan(buffer, p);
    this.flex3Start = decodedInt[0]!;
    this.flex3End = p;
    p = readSpan(buffer, p);
    this.flex4Start = decodedInt[0]!;
    this.flex4End = p;
    p = readBoolean(buffer, p);
    this.late = decodedInt[0] === 1;
    p = readSpan(buffer, p);
    this.accountIdStart = decodedInt[0]!;
    this.accountIdEnd = p;
    p = readSpan(buffer, p);
    this.subscriptionIdStart = decodedInt[0]!;
    this.subscriptionIdEnd = p;
    p = readSpan(buffer, p);
    this.balanceGroupIdStart = decodedInt[0]!;
    this.balanceGroupIdEnd = p;
    this.end = p;
    return p;
  }

  get uniqueKey(): Buffer {
    return this.buffer.subarray(this.uniqueKeyStart, this.uniqueKeyStart + 16);
  }

  get usageType(): string {
    return text(this.buffer, this.usageTypeStart, this.usageTypeEnd);
  }

  get serviceId(): string {
    return text(this.buffer, this.serviceIdStart, this.serviceIdEnd);
  }

  get callingNumber(): string {
    return text(this.buffer, this.callingNumberStart, this.callingNumberEnd);
  }

  get calledNumber(): string {
    return text(this.buffer, this.calledNumberStart, this.calledNumberEnd);
  }

  get callType(): string {
    return text(this.buffer, this.callTypeStart, this.callTypeEnd);
  }

  get network(): string {
    return text(this.buffer, this.networkStart, this.networkEnd);
  }

  get apn(): string {
    return text(this.buffer, this.apnStart, this.apnEnd);
  }

  get flex1(): string {
    return text(this.buffer, this.flex1Start, this.flex1End);
  }

  get flex2(): string {
    return text(this.buffer, this.flex2Start, this.flex2End);
  }

  get flex3(): string {
    return text(this.buffer, this.flex3Start, this.flex3End);
  }

  get flex4(): string {
    return text(this.buffer, this.flex4Start, this.flex4End);
  }

  get accountId(): string {
    return text(this.buffer, this.accountIdStart, this.accountIdEnd);
  }

  get subscriptionId(): string {
    return text(this.buffer, this.subscriptionIdStart, this.subscriptionIdEnd);
  }

  get balanceGroupId(): string {
    return text(this.buffer, this.balanceGroupIdStart, this.balanceGroupIdEnd);
  }
}

/** MediatedBatch: Containers of one file whose balance group falls in the partition. */
export class MediatedBatchView {
  /** The bytes that were decoded. */
  buffer: Buffer = NO_BYTES;
  /** sha256 over bucket, key, etag, length; first 16 bytes, hex. */
  fileIdStart = 0;
  fileIdEnd = 0;
  /** Source platform. */
  platformStart = 0;
  platformEnd = 0;
  /** Service type. */
  serviceTypeStart = 0;
  serviceTypeEnd = 0;
  /** Usage record type, e.g. POSTPAID. */
  recordTypeStart = 0;
  recordTypeEnd = 0;
  /** Version of the catalog that was applied. */
  catalogVersionStart = 0;
  catalogVersionEnd = 0;
  /** Processing time by the worker's clock, milliseconds since the epoch. */
  processedAt = 0;
  /** Index of `record` in the batch, from 0; -1 before the first. */
  index = -1;
  /** The record that `next` decoded. */
  readonly record = new ContainerView();
  private readonly blocks = new BlockReader();
  private readonly ids: SchemaIds;
  private later = false;

  constructor(ids: SchemaIds = embeddedSchemaIds) {
    this.ids = ids;
  }

  /** Checks the frame and decodes the header; `next` walks the records. */
  open(message: Buffer): this {
    this.later = this.ids.expect(message, 'MediatedBatch');
    this.blocks.open(message, this.decode(message, FRAME_BYTES));
    this.index = -1;
    return this;
  }

  /** Decodes the next record into `record`; false behind the last. */
  next(): boolean {
    const blocks = this.blocks;
    if (!blocks.hasNext()) {
      expectEnd(this.buffer, blocks.position, this.later);
      return false;
    }
    blocks.position = this.record.decode(this.buffer, blocks.position);
    this.index += 1;
    return true;
  }

  private decode(buffer: Buffer, position: number): number {
    let p = position;
    this.buffer = buffer;
    p = readSpan(buffer, p);
    this.fileIdStart = decodedInt[0]!;
    this.fileIdEnd = p;
    p = readSpan(buffer, p);
    this.platformStart = decodedInt[0]!;
    this.platformEnd = p;
    p = readSpan(buffer, p);
    this.serviceTypeStart = decodedInt[0]!;
    this.serviceTypeEnd = p;
    p = readSpan(buffer, p);
    this.recordTypeStart = decodedInt[0]!;
    this.recordTypeEnd = p;
    p = readSpan(buffer, p);
    this.catalogVersionStart = decodedInt[0]!;
    this.catalogVersionEnd = p;
    p = readLong(buffer, p);
    this.processedAt = decodedLong[0]!;
    return p;
  }

  get fileId(): string {
    return text(this.buffer, this.fileIdStart, this.fileIdEnd);
  }

  get platform(): string {
    return text(this.buffer, this.platformStart, this.platformEnd);
  }

  get serviceType(): string {
    return text(this.buffer, this.serviceTypeStart, this.serviceTypeEnd);
  }

  get recordType(): string {
    return text(this.buffer, this.recordTypeStart, this.recordTypeEnd);
  }

  get catalogVersion(): string {
    return text(this.buffer, this.catalogVersionStart, this.catalogVersionEnd);
  }
}

/** Impact: One change of one resource, in the order of the rating (reference: usage operations 5.4). */
export class ImpactView {
  /** The bytes that were decoded. */
  buffer: Buffer = NO_BYTES;
  /** First byte of the record. */
  start = 0;
  /** Position behind the record. */
  end = 0;
  /** Kind of resource. */
  kind = 0 as ImpactKind;
  /** PRICE for gross charges and accumulators, ALLOWANCE for consumption and its currency offset. */
  offerType = 0 as OfferType;
  /** Currency code, allowance id or accumulator id. */
  resourceIdStart = 0;
  resourceIdEnd = 0;
  /** Tier number from 1; 0 where the model has no tiers. */
  tier = 0;
  /** Quantity concerned, scaled by 10^6. */
  quantity = 0;
  /** Currency: signed change, scaled by 10^9; else 0. */
  amount = 0;
  /** Balance before: allowance remaining or accumulator total (10^6); currency total of the cycle (10^9). */
  balanceBefore = 0;
  /** Balance after, same scale. */
  balanceAfter = 0;

  decode(buffer: Buffer, position: number): number {
    let p = position;
    this.buffer = buffer;
    this.start = position;
    p = readEnum(buffer, p, 3);
    this.kind = decodedInt[0]! as ImpactKind;
    p = readEnum(buffer, p, 2);
    this.offerType = decodedInt[0]! as OfferType;
    p = readSpan(buffer, p);
    this.resourceIdStart = decodedInt[0]!;
    this.resourceIdEnd = p;
    p = readInt(buffer, p);
    this.tier = decodedInt[0]!;
    p = readLong(buffer, p);
    this.quantity = decodedLong[0]!;
    p = readLong(buffer, p);
    this.amount = decodedLong[0]!;
    p = readLong(buffer, p);
    this.balanceBefore = decodedLong[0]!;
    p = readLong(buffer, p);
    this.balanceAfter = decodedLong[0]!;
    this.end = p;
    return p;
  }

  get resourceId(): string {
    return text(this.buffer, this.resourceIdStart, this.resourceIdEnd);
  }
}

/** Walks an array of Impact: `open` at the array's start, then `next` until false. */
export class ImpactCursor {
  readonly impact = new ImpactView();
  private readonly blocks = new BlockReader();
  private buffer: Buffer = NO_BYTES;

  open(buffer: Buffer, arrayStart: number): this {
    this.buffer = buffer;
    this.blocks.open(buffer, arrayStart);
    return this;
  }

  next(): boolean {
    if (!this.blocks.hasNext()) return false;
    this.blocks.position = this.impact.decode(this.buffer, this.blocks.position);
    return true;
  }
}

/** Charge: A monetized usage record: the result of rating one charge of one record. */
export class ChargeView {
  /** The bytes that were decoded. */
  buffer: Buffer = NO_BYTES;
  /** First byte of the record. */
  start = 0;
  /** Position behind the record. */
  end = 0;
  /** From 1; several for a multi-rate usage type. */
  chargeNumber = 0;
  /** Usage type of the charge; a child's own for multi-rate. */
  usageTypeStart = 0;
  usageTypeEnd = 0;
  /** Price offer. */
  offerIdStart = 0;
  offerIdEnd = 0;
  /** Pricing model that applied. */
  modelStart = 0;
  modelEnd = 0;
  /** Time class, or empty. */
  timeClassStart = 0;
  timeClassEnd = 0;
  /** Zone, or empty. */
  zoneStart = 0;
  zoneEnd = 0;
  /** First day of the billing cycle that the event time falls in, yyyy-mm-dd in the account's time zone. */
  billUnitStart = 0;
  billUnitEnd = 0;
  /** Quantity as the rate unit yields it, before increments, scaled by 10^6. */
  rawQuantity = 0;
  /** Rated quantity after increments and minimum, scaled by 10^6. */
  quantity = 0;
  /** Unit of the quantity. */
  unitStart = 0;
  unitEnd = 0;
  /** Currency. */
  currencyStart = 0;
  currencyEnd = 0;
  /** Sum of the PRICE currency impacts, scaled by 10^9. */
  gross = 0;
  /** Net: gross and allowance offsets together, scaled by 10^9. */
  amount = 0;
  /** Where the array starts: In order. */
  impactsStart = 0;

  decode(buffer: Buffer, position: number): number {
    let p = position;
    this.buffer = buffer;
    this.start = position;
    p = readInt(buffer, p);
    this.chargeNumber = decodedInt[0]!;
    p = readSpan(buffer, p);
    this.usageTypeStart = decodedInt[0]!;
    this.usageTypeEnd = p;
    p = readSpan(buffer, p);
    this.offerIdStart = decodedInt[0]!;
    this.offerIdEnd = p;
    p = readSpan(buffer, p);
    this.modelStart = decodedInt[0]!;
    this.modelEnd = p;
    p = readSpan(buffer, p);
    this.timeClassStart = decodedInt[0]!;
    this.timeClassEnd = p;
    p = readSpan(buffer, p);
    this.zoneStart = decodedInt[0]!;
    this.zoneEnd = p;
    p = readSpan(buffer, p);
    this.billUnitStart = decodedInt[0]!;
    this.billUnitEnd = p;
    p = readLong(buffer, p);
    this.rawQuantity = decodedLong[0]!;
    p = readLong(buffer, p);
    this.quantity = decodedLong[0]!;
    p = readSpan(buffer, p);
    this.unitStart = decodedInt[0]!;
    this.unitEnd = p;
    p = readSpan(buffer, p);
    this.currencyStart = decodedInt[0]!;
    this.currencyEnd = p;
    p = readLong(buffer, p);
    this.gross = decodedLong[0]!;
    p = readLong(buffer, p);
    this.amount = decodedLong[0]!;
    this.impactsStart = p;
    p = skipArray(buffer, p, skipImpact); // impacts
    this.end = p;
    return p;
  }

  get usageType(): string {
    return text(this.buffer, this.usageTypeStart, this.usageTypeEnd);
  }

  get offerId(): string {
    return text(this.buffer, this.offerIdStart, this.offerIdEnd);
  }

  get model(): string {
    return text(this.buffer, this.modelStart, this.modelEnd);
  }

  get timeClass(): string {
    return text(this.buffer, this.timeClassStart, this.timeClassEnd);
  }

  get zone(): string {
    return text(this.buffer, this.zoneStart, this.zoneEnd);
  }

  get billUnit(): string {
    return text(this.buffer, this.billUnitStart, this.billUnitEnd);
  }

  get unit(): string {
    return text(this.buffer, this.unitStart, this.unitEnd);
  }

  get currency(): string {
    return text(this.buffer, this.currencyStart, this.currencyEnd);
  }
}

/** Walks an array of Charge: `open` at the array's start, then `next` until false. */
export class ChargeCursor {
  readonly charge = new ChargeView();
  private readonly blocks = new BlockReader();
  private buffer: Buffer = NO_BYTES;

  open(buffer: Buffer, arrayStart: number): this {
    this.buffer = buffer;
    this.blocks.open(buffer, arrayStart);
    return this;
  }

  next(): boolean {
    if (!this.blocks.hasNext()) return false;
    this.blocks.position = this.charge.decode(this.buffer, this.blocks.position);
    return true;
  }
}

/** RatedRecord: A container's own fields, in order, followed by the result of rating; so rating appends bytes and copies the rest. */
export class RatedRecordView {
  /** The bytes that were decoded. */
  buffer: Buffer = NO_BYTES;
  /** First byte of the record. */
  start = 0;
  /** Position behind the record. */
  end = 0;
  /** Position behind the fields of the Container. */
  containerEnd = 0;
  /** Line number of the record in its file, from 1; with the batch's fileId the identity of the record for ever. */
  recordNumber = 0;
  /** Event time: start of the usage, microseconds since the epoch, UTC. */
  startTime = 0;
  /** End of the usage, microseconds since the epoch, UTC; equal to startTime for events without duration. */
  endTime = 0;
  /** 128-bit fingerprint of the business unique key (MurmurHash3 x86_128 of the mapping's key attributes); finds duplicates. */
  uniqueKeyStart = 0;
  /** The source's own record id, as received. */
  sourceRecordIdStart = 0;
  sourceRecordIdEnd = 0;
  /** Code of the usage type to be rated. */
  usageTypeStart = 0;
  usageTypeEnd = 0;
  /** Service id that the usage is guided by (a telephone number, an IMSI, a meter). */
  serviceIdStart = 0;
  serviceIdEnd = 0;
  /** A-number, E.164 where the source has it; empty when not given. */
  callingNumberStart = 0;
  callingNumberEnd = 0;
  /** B-number, E.164 where the source has it; empty when not given. */
  calledNumberStart = 0;
  calledNumberEnd = 0;
  /** Duration in seconds, scaled by 10^6. */
  duration = 0;
  /** Bytes sent by the subscriber. */
  volumeUp = 0;
  /** Bytes received by the subscriber. */
  volumeDown = 0;
  /** Quantity that the source itself states, scaled by 10^6; 0 when not given. */
  units = 0;
  /** Price that the source charges us, in the client's currency, scaled by 10^9; 0 when not given. Margin = our charge - this. */
  wholesaleAmount = 0;
  /** Kind of usage in the source's own code. */
  callTypeStart = 0;
  callTypeEnd = 0;
  /** Serving or destination network. */
  networkStart = 0;
  networkEnd = 0;
  /** Access point name of a data session. */
  apnStart = 0;
  apnEnd = 0;
  /** Free text of the source. */
  descriptionStart = 0;
  descriptionEnd = 0;
  /** Flexible attribute, filled by enrichment. */
  flex1Start = 0;
  flex1End = 0;
  /** Flexible attribute, filled by enrichment. */
  flex2Start = 0;
  flex2End = 0;
  /** Flexible attribute, filled by enrichment. */
  flex3Start = 0;
  flex3End = 0;
  /** Flexible attribute, filled by enrichment. */
  flex4Start = 0;
  flex4End = 0;
  /** The usage is older, at its file's date, than the mapping's lateAfterDays. */
  late = false;
  /** Guided: account at the usage's own time; empty when guiding failed. */
  accountIdStart = 0;
  accountIdEnd = 0;
  /** Guided: subscription; empty when guiding failed. */
  subscriptionIdStart = 0;
  subscriptionIdEnd = 0;
  /** Guided: balance group that is charged; empty when guiding failed. */
  balanceGroupIdStart = 0;
  balanceGroupIdEnd = 0;
  /** Where the array starts: In order of their numbers. */
  chargesStart = 0;

  decode(buffer: Buffer, position: number): number {
    let p = position;
    this.buffer = buffer;
    this.start = position;
    p = readLong(buffer, p);
    this.recordNumber = decodedLong[0]!;
    p = readLong(buffer, p);
    this.startTime = decodedLong[0]!;
    p = readLong(buffer, p);
    this.endTime = decodedLong[0]!;
    p = readFixed(buffer, p, 16);
    this.uniqueKeyStart = decodedInt[0]!;
    p = readSpan(buffer, p);
    this.sourceRecordIdStart = decodedInt[0]!;
    this.sourceRecordIdEnd = p;
    p = readSpan(buffer, p);
    this.usageTypeStart = decodedInt[0]!;
    this.usageTypeEnd = p;
    p = readSpan(buffer, p);
    this.serviceIdStart = decodedInt[0]!;
    this.serviceIdEnd = p;
    p = readSpan(buffer, p);
    this.callingNumberStart = decodedInt[0]!;
    this.callingNumberEnd = p;
    p = readSpan(buffer, p);
    this.calledNumberStart = decodedInt[0]!;
    this.calledNumberEnd = p;
    p = readLong(buffer, p);
    this.duration = decodedLong[0]!;
    p = readLong(buffer, p);
    this.volumeUp = decodedLong[0]!;
    p = readLong(buffer, p);
    this.volumeDown = decodedLong[0]!;
    p = readLong(buffer, p);
    this.units = decodedLong[0]!;
    p = readLong(buffer, p);
    this.wholesaleAmount = decodedLong[0]!;
    p = readSpan(buffer, p);
    this.callTypeStart = decodedInt[0]!;
    this.callTypeEnd = p;
    p = readSpan(buffer, p);
    this.networkStart = decodedInt[0]!;
    this.networkEnd = p;
    p = readSpan(buffer, p);
    this.apnStart = decodedInt[0]!;
    this.apnEnd = p;
    p = readSpan(buffer, p);
    this.descriptionStart = decodedInt[0]!;
    this.descriptionEnd = p;
    p = readSpan(buffer, p);
    this.flex1Start = decodedInt[0]!;
    this.flex1End = p;
    p = readSpan(buffer, p);
    this.flex2Start = decodedInt[0]!;
    this.flex2End = p;
    p = readSpan(buffer, p);
    this.flex3Start = decodedInt[0]!;
    this.flex3End = p;
    p = readSpan(buffer, p);
    this.flex4Start = decodedInt[0]!;
    this.flex4End = p;
    p = readBoolean(buffer, p);
    this.late = decodedInt[0] === 1;
    p = readSpan(buffer, p);
    this.accountIdStart = decodedInt[0]!;
    this.accountIdEnd = p;
    p = readSpan(buffer, p);
    this.subscriptionIdStart = decodedInt[0]!;
    this.subscriptionIdEnd = p;
    p = readSpan(buffer, p);
    this.balanceGroupIdStart = decodedInt[0]!;
    this.balanceGroupIdEnd = p;
    this.containerEnd = p;
    this.chargesStart = p;
    p = skipArray(buffer, p, skipCharge); // charges
    this.end = p;
    return p;
  }

  get uniqueKey(): Buffer {
    return this.buffer.subarray(this.uniqueKeyStart, this.uniqueKeyStart + 16);
  }

  get sourceRecordId(): string {
    return text(this.buffer, this.sourceRecordIdStart, this.sourceRecordIdEnd);
  }

  get usageType(): string {
    return text(this.buffer, this.usageTypeStart, this.usageTypeEnd);
  }

  get serviceId(): string {
    return text(this.buffer, this.serviceIdStart, this.serviceIdEnd);
  }

  get callingNumber(): string {
    return text(this.buffer, this.callingNumberStart, this.callingNumberEnd);
  }

  get calledNumber(): string {
    return text(this.buffer, this.calledNumberStart, this.calledNumberEnd);
  }

  get callType(): string {
    return text(this.buffer, this.callTypeStart, this.callTypeEnd);
  }

  get network(): string {
    return text(this.buffer, this.networkStart, this.networkEnd);
  }

  get apn(): string {
    return text(this.buffer, this.apnStart, this.apnEnd);
  }

  get description(): string {
    return text(this.buffer, this.descriptionStart, this.descriptionEnd);
  }

  get flex1(): string {
    return text(this.buffer, this.flex1Start, this.flex1End);
  }

  get flex2(): string {
    return text(this.buffer, this.flex2Start, this.flex2End);
  }

  get flex3(): string {
    return text(this.buffer, this.flex3Start, this.flex3End);
  }

  get flex4(): string {
    return text(this.buffer, this.flex4Start, this.flex4End);
  }

  get accountId(): string {
    return text(this.buffer, this.accountIdStart, this.accountIdEnd);
  }

  get subscriptionId(): string {
    return text(this.buffer, this.subscriptionIdStart, this.subscriptionIdEnd);
  }

  get balanceGroupId(): string {
    return text(this.buffer, this.balanceGroupIdStart, this.balanceGroupIdEnd);
  }
}

/** RatedBatch: Rated records of one mediated batch. */
export class RatedBatchView {
  /** The bytes that were decoded. */
  buffer: Buffer = NO_BYTES;
  /** sha256 over bucket, key, etag, length; first 16 bytes, hex. */
  fileIdStart = 0;
  fileIdEnd = 0;
  /** Source platform. */
  platformStart = 0;
  platformEnd = 0;
  /** Service type. */
  serviceTypeStart = 0;
  serviceTypeEnd = 0;
  /** Usage record type, e.g. POSTPAID. */
  recordTypeStart = 0;
  recordTypeEnd = 0;
  /** Version of the catalog that was applied. */
  catalogVersionStart = 0;
  catalogVersionEnd = 0;
  /** Processing time by the worker's clock, milliseconds since the epoch. */
  processedAt = 0;
  /** Index of `record` in the batch, from 0; -1 before the first. */
  index = -1;
  /** The record that `next` decoded. */
  readonly record = new RatedRecordView();
  private readonly blocks = new BlockReader();
  private readonly ids: SchemaIds;
  private later = false;

  constructor(ids: SchemaIds = embeddedSchemaIds) {
    this.ids = ids;
  }

  /** Checks the frame and decodes the header; `next` walks the records. */
  open(message: Buffer): this {
    this.later = this.ids.expect(message, 'RatedBatch');
    this.blocks.open(message, this.decode(message, FRAME_BYTES));
    this.index = -1;
    return this;
  }

  /** Decodes the next record into `record`; false behind the last. */
  next(): boolean {
    const blocks = this.blocks;
    if (!blocks.hasNext()) {
      expectEnd(this.buffer, blocks.position, this.later);
      return false;
    }
    blocks.position = this.record.decode(this.buffer, blocks.position);
    this.index += 1;
    return true;
  }

  private decode(buffer: Buffer, position: number): number {
    let p = position;
    this.buffer = buffer;
    p = readSpan(buffer, p);
    this.fileIdStart = decodedInt[0]!;
    this.fileIdEnd = p;
    p = readSpan(buffer, p);
    this.platformStart = decodedInt[0]!;
    this.platformEnd = p;
    p = readSpan(buffer, p);
    this.serviceTypeStart = decodedInt[0]!;
    this.serviceTypeEnd = p;
    p = readSpan(buffer, p);
    this.recordTypeStart = decodedInt[0]!;
    this.recordTypeEnd = p;
    p = readSpan(buffer, p);
    this.catalogVersionStart = decodedInt[0]!;
    this.catalogVersionEnd = p;
    p = readLong(buffer, p);
    this.processedAt = decodedLong[0]!;
    return p;
  }

  get fileId(): string {
    return text(this.buffer, this.fileIdStart, this.fileIdEnd);
  }

  get platform(): string {
    return text(this.buffer, this.platformStart, this.platformEnd);
  }

  get serviceType(): string {
    return text(this.buffer, this.serviceTypeStart, this.serviceTypeEnd);
  }

  get recordType(): string {
    return text(this.buffer, this.recordTypeStart, this.recordTypeEnd);
  }

  get catalogVersion(): string {
    return text(this.buffer, this.catalogVersionStart, this.catalogVersionEnd);
  }
}

/** SuspendedRecord: A container's own fields followed by why it could not be rated. */
export class SuspendedRecordView {
  /** The bytes that were decoded. */
  buffer: Buffer = NO_BYTES;
  /** First byte of the record. */
  start = 0;
  /** Position behind the record. */
  end = 0;
  /** Position behind the fields of the Container. */
  containerEnd = 0;
  /** Line number of the record in its file, from 1; with the batch's fileId the identity of the record for ever. */
  recordNumber = 0;
  /** Event time: start of the usage, microseconds since the epoch, UTC. */
  startTime = 0;
  /** End of the usage, microseconds since the epoch, UTC; equal to startTime for events without duration. */
  endTime = 0;
  /** 128-bit fingerprint of the business unique key (MurmurHash3 x86_128 of the mapping's key attributes); finds duplicates. */
  uniqueKeyStart = 0;
  /** The source's own record id, as received. */
  sourceRecordIdStart = 0;
  sourceRecordIdEnd = 0;
  /** Code of the usage type to be rated. */
  usageTypeStart = 0;
  usageTypeEnd = 0;
  /** Service id that the usage is guided by (a telephone number, an IMSI, a meter). */
  serviceIdStart = 0;
  serviceIdEnd = 0;
  /** A-number, E.164 where the source has it; empty when not given. */
  callingNumberStart = 0;
  callingNumberEnd = 0;
  /** B-number, E.164 where the source has it; empty when not given. */
  calledNumberStart = 0;
  calledNumberEnd = 0;
  /** Duration in seconds, scaled by 10^6. */
  duration = 0;
  /** Bytes sent by the subscriber. */
  volumeUp = 0;
  /** Bytes received by the subscriber. */
  volumeDown = 0;
  /** Quantity that the source itself states, scaled by 10^6; 0 when not given. */
  units = 0;
  /** Price that the source charges us, in the client's currency, scaled by 10^9; 0 when not given. Margin = our charge - this. */
  wholesaleAmount = 0;
  /** Kind of usage in the source's own code. */
  callTypeStart = 0;
  callTypeEnd = 0;
  /** Serving or destination network. */
  networkStart = 0;
  networkEnd = 0;
  /** Access point name of a data session. */
  apnStart = 0;
  apnEnd = 0;
  /** Free text of the source. */
  descriptionStart = 0;
  descriptionEnd = 0;
  /** Flexible attribute, filled by enrichment. */
  flex1Start = 0;
  flex1End = 0;
  /** Flexible attribute, filled by enrichment. */
  flex2Start = 0;
  flex2End = 0;
  /** Flexible attribute, filled by enrichment. */
  flex3Start = 0;
  flex3End = 0;
  /** Flexible attribute, filled by enrichment. */
  flex4Start = 0;
  flex4End = 0;
  /** The usage is older, at its file's date, than the mapping's lateAfterDays. */
  late = false;
  /** Guided: account at the usage's own time; empty when guiding failed. */
  accountIdStart = 0;
  accountIdEnd = 0;
  /** Guided: subscription; empty when guiding failed. */
  subscriptionIdStart = 0;
  subscriptionIdEnd = 0;
  /** Guided: balance group that is charged; empty when guiding failed. */
  balanceGroupIdStart = 0;
  balanceGroupIdEnd = 0;
  /** Suspense code; each has a runbook page. */
  codeStart = 0;
  codeEnd = 0;
  /** The reason in words, with the values that matter. */
  reasonStart = 0;
  reasonEnd = 0;

  decode(buffer: Buffer, position: number): number {
    let p = position;
    this.buffer = buffer;
    this.start = position;
    p = readLong(buffer, p);
    this.recordNumber = decodedLong[0]!;
    p = readLong(buffer, p);
    this.startTime = decodedLong[0]!;
    p = readLong(buffer, p);
    this.endTime = decodedLong[0]!;
    p = readFixed(buffer, p, 16);
    this.uniqueKeyStart = decodedInt[0]!;
    p = readSpan(buffer, p);
    this.sourceRecordIdStart = decodedInt[0]!;
    this.sourceRecordIdEnd = p;
    p = readSpan(buffer, p);
    this.usageTypeStart = decodedInt[0]!;
    this.usageTypeEnd = p;
    p = readSpan(buffer, p);
    this.serviceIdStart = decodedInt[0]!;
    this.serviceIdEnd = p;
    p = readSpan(buffer, p);
    this.callingNumberStart = decodedInt[0]!;
    this.callingNumberEnd = p;
    p = readSpan(buffer, p);
    this.calledNumberStart = decodedInt[0]!;
    this.calledNumberEnd = p;
    p = readLong(buffer, p);
    this.duration = decodedLong[0]!;
    p = readLong(buffer, p);
    this.volumeUp = decodedLong[0]!;
    p = readLong(buffer, p);
    this.volumeDown = decodedLong[0]!;
    p = readLong(buffer, p);
    this.units = decodedLong[0]!;
    p = readLong(buffer, p);
    this.wholesaleAmount = decodedLong[0]!;
    p = readSpan(buffer, p);
    this.callTypeStart = decodedInt[0]!;
    this.callTypeEnd = p;
    p = readSpan(buffer, p);
    this.networkStart = decodedInt[0]!;
    this.networkEnd = p;
    p = readSpan(buffer, p);
    this.apnStart = decodedInt[0]!;
    this.apnEnd = p;
    p = readSpan(buffer, p);
    this.descriptionStart = decodedInt[0]!;
    this.descriptionEnd = p;
    p = readSpan(buffer, p);
    this.flex1Start = decodedInt[0]!;
    this.flex1End = p;
    p = readSpan(buffer, p);
    this.flex2Start = decodedInt[0]!;
    this.flex2End = p;
    p = readSpan(buffer, p);
    this.flex3Start = decodedInt[0]!;
    this.flex3End = p;
    p = readSpan(buffer, p);
    this.flex4Start = decodedInt[0]!;
    this.flex4End = p;
    p = readBoolean(buffer, p);
    this.late = decodedInt[0] === 1;
    p = readSpan(buffer, p);
    this.accountIdStart = decodedInt[0]!;
    this.accountIdEnd = p;
    p = readSpan(buffer, p);
    this.subscriptionIdStart = decodedInt[0]!;
    this.subscriptionIdEnd = p;
    p = readSpan(buffer, p);
    this.balanceGroupIdStart = decodedInt[0]!;
    this.balanceGroupIdEnd = p;
    this.containerEnd = p;
    p = readSpan(buffer, p);
    this.codeStart = decodedInt[0]!;
    this.codeEnd = p;
    p = readSpan(buffer, p);
    this.reasonStart = decodedInt[0]!;
    this.reasonEnd = p;
    this.end = p;
    return p;
  }

  get uniqueKey(): Buffer {
    return this.buffer.subarray(this.uniqueKeyStart, this.uniqueKeyStart + 16);
  }

  get sourceRecordId(): string {
    return text(this.buffer, this.sourceRecordIdStart, this.sourceRecordIdEnd);
  }

  get usageType(): string {
    return text(this.buffer, this.usageTypeStart, this.usageTypeEnd);
  }

  get serviceId(): string {
    return text(this.buffer, this.serviceIdStart, this.serviceIdEnd);
  }

  get callingNumber(): string {
    return text(this.buffer, this.callingNumberStart, this.callingNumberEnd);
  }

  get calledNumber(): string {
    return text(this.buffer, this.calledNumberStart, this.calledNumberEnd);
  }

  get callType(): string {
    return text(this.buffer, this.callTypeStart, this.callTypeEnd);
  }

  get network(): string {
    return text(this.buffer, this.networkStart, this.networkEnd);
  }

  get apn(): string {
    return text(this.buffer, this.apnStart, this.apnEnd);
  }

  get description(): string {
    return text(this.buffer, this.descriptionStart, this.descriptionEnd);
  }

  get flex1(): string {
    return text(this.buffer, this.flex1Start, this.flex1End);
  }

  get flex2(): string {
    return text(this.buffer, this.flex2Start, this.flex2End);
  }

  get flex3(): string {
    return text(this.buffer, this.flex3Start, this.flex3End);
  }

  get flex4(): string {
    return text(this.buffer, this.flex4Start, this.flex4End);
  }

  get accountId(): string {
    return text(this.buffer, this.accountIdStart, this.accountIdEnd);
  }

  get subscriptionId(): string {
    return text(this.buffer, this.subscriptionIdStart, this.subscriptionIdEnd);
  }

  get balanceGroupId(): string {
    return text(this.buffer, this.balanceGroupIdStart, this.balanceGroupIdEnd);
  }

  get code(): string {
    return text(this.buffer, this.codeStart, this.codeEnd);
  }

  get reason(): string {
    return text(this.buffer, this.reasonStart, this.reasonEnd);
  }
}

/** SuspendedBatch: Records that passed mediation and could not be guided or rated. */
export class SuspendedBatchView {
  /** The bytes that were decoded. */
  buffer: Buffer = NO_BYTES;
  /** sha256 over bucket, key, etag, length; first 16 bytes, hex. */
  fileIdStart = 0;
  fileIdEnd = 0;
  /** Source platform. */
  platformStart = 0;
  platformEnd = 0;
  /** Service type. */
  serviceTypeStart = 0;
  serviceTypeEnd = 0;
  /** Usage record type, e.g. POSTPAID. */
  recordTypeStart = 0;
  recordTypeEnd = 0;
  /** Version of the catalog that was applied. */
  catalogVersionStart = 0;
  catalogVersionEnd = 0;
  /** Processing time by the worker's clock, milliseconds since the epoch. */
  processedAt = 0;
  /** Index of `record` in the batch, from 0; -1 before the first. */
  index = -1;
  /** The record that `next` decoded. */
  readonly record = new SuspendedRecordView();
  private readonly blocks = new BlockReader();
  private readonly ids: SchemaIds;
  private later = false;

  constructor(ids: SchemaIds = embeddedSchemaIds) {
    this.ids = ids;
  }

  /** Checks the frame and decodes the header; `next` walks the records. */
  open(message: Buffer): this {
    this.later = this.ids.expect(message, 'SuspendedBatch');
    this.blocks.open(message, this.decode(message, FRAME_BYTES));
    this.index = -1;
    return this;
  }

  /** Decodes the next record into `record`; false behind the last. */
  next(): boolean {
    const blocks = this.blocks;
    if (!blocks.hasNext()) {
      expectEnd(this.buffer, blocks.position, this.later);
      return false;
    }
    blocks.position = this.record.decode(this.buffer, blocks.position);
    this.index += 1;
    return true;
  }

  private decode(buffer: Buffer, position: number): number {
    let p = position;
    this.buffer = buffer;
    p = readSpan(buffer, p);
    this.fileIdStart = decodedInt[0]!;
    this.fileIdEnd = p;
    p = readSpan(buffer, p);
    this.platformStart = decodedInt[0]!;
    this.platformEnd = p;
    p = readSpan(buffer, p);
    this.serviceTypeStart = decodedInt[0]!;
    this.serviceTypeEnd = p;
    p = readSpan(buffer, p);
    this.recordTypeStart = decodedInt[0]!;
    this.recordTypeEnd = p;
    p = readSpan(buffer, p);
    this.catalogVersionStart = decodedInt[0]!;
    this.catalogVersionEnd = p;
    p = readLong(buffer, p);
    this.processedAt = decodedLong[0]!;
    return p;
  }

  get fileId(): string {
    return text(this.buffer, this.fileIdStart, this.fileIdEnd);
  }

  get platform(): string {
    return text(this.buffer, this.platformStart, this.platformEnd);
  }

  get serviceType(): string {
    return text(this.buffer, this.serviceTypeStart, this.serviceTypeEnd);
  }

  get recordType(): string {
    return text(this.buffer, this.recordTypeStart, this.recordTypeEnd);
  }

  get catalogVersion(): string {
    return text(this.buffer, this.catalogVersionStart, this.catalogVersionEnd);
  }
}

/** ErrorRecord: One record with its outcome. */
export class ErrorRecordView {
  /** The bytes that were decoded. */
  buffer: Buffer = NO_BYTES;
  /** First byte of the record. */
  start = 0;
  /** Position behind the record. */
  end = 0;
  /** Line number in the file, from 1. */
  recordNumber = 0;
  /** Position of the record's first byte in the (decompressed) file, from 0. */
  bytePosition = 0;
  /** Phase in which the record ended. */
  phase = 0 as Phase;
  /** How it ended. */
  outcome = 0 as Outcome;
  /** Code; each has a runbook page. */
  codeStart = 0;
  codeEnd = 0;
  /** The reason in words. */
  reasonStart = 0;
  reasonEnd = 0;
  /** Field concerned, or empty. */
  fieldStart = 0;
  fieldEnd = 0;
  /** Byte position inside the record where the fault was seen, from 0; -1 when it concerns the whole. */
  fieldPosition = 0;
  /** Event time where known, microseconds; else 0. */
  startTime = 0;
  /** The record's bytes as received; empty for duplicates found in rating (the raw table has them). */
  rawStart = 0;
  rawEnd = 0;

  decode(buffer: Buffer, position: number): number {
    let p = position;
    this.buffer = buffer;
    this.start = position;
    p = readLong(buffer, p);
    this.recordNumber = decodedLong[0]!;
    p = readLong(buffer, p);
    this.bytePosition = decodedLong[0]!;
    p = readEnum(buffer, p, 3);
    this.phase = decodedInt[0]! as Phase;
    p = readEnum(buffer, p, 3);
    this.outcome = decodedInt[0]! as Outcome;
    p = readSpan(buffer, p);
    this.codeStart = decodedInt[0]!;
    this.codeEnd = p;
    p = readSpan(buffer, p);
    this.reasonStart = decodedInt[0]!;
    this.reasonEnd = p;
    p = readSpan(buffer, p);
    this.fieldStart = decodedInt[0]!;
    this.fieldEnd = p;
    p = readInt(buffer, p);
    this.fieldPosition = decodedInt[0]!;
    p = readLong(buffer, p);
    this.startTime = decodedLong[0]!;
    p = readSpan(buffer, p);
    this.rawStart = decodedInt[0]!;
    this.rawEnd = p;
    this.end = p;
    return p;
  }

  get code(): string {
    return text(this.buffer, this.codeStart, this.codeEnd);
  }

  get reason(): string {
    return text(this.buffer, this.reasonStart, this.reasonEnd);
  }

  get field(): string {
    return text(this.buffer, this.fieldStart, this.fieldEnd);
  }

  get raw(): Buffer {
    return this.buffer.subarray(this.rawStart, this.rawEnd);
  }
}

/** ErrorBatch: Records that end before rating: not parseable, not mappable, ignored by a filter rule, or duplicates. */
export class ErrorBatchView {
  /** The bytes that were decoded. */
  buffer: Buffer = NO_BYTES;
  /** sha256 over bucket, key, etag, length; first 16 bytes, hex. */
  fileIdStart = 0;
  fileIdEnd = 0;
  /** Source platform. */
  platformStart = 0;
  platformEnd = 0;
  /** Service type. */
  serviceTypeStart = 0;
  serviceTypeEnd = 0;
  /** Usage record type, e.g. POSTPAID. */
  recordTypeStart = 0;
  recordTypeEnd = 0;
  /** Version of the catalog that was applied. */
  catalogVersionStart = 0;
  catalogVersionEnd = 0;
  /** Processing time by the worker's clock, milliseconds since the epoch. */
  processedAt = 0;
  /** Index of `record` in the batch, from 0; -1 before the first. */
  index = -1;
  /** The record that `next` decoded. */
  readonly record = new ErrorRecordView();
  private readonly blocks = new BlockReader();
  private readonly ids: SchemaIds;
  private later = false;

  constructor(ids: SchemaIds = embeddedSchemaIds) {
    this.ids = ids;
  }

  /** Checks the frame and decodes the header; `next` walks the records. */
  open(message: Buffer): this {
    this.later = this.ids.expect(message, 'ErrorBatch');
    this.blocks.open(message, this.decode(message, FRAME_BYTES));
    this.index = -1;
    return this;
  }

  /** Decodes the next record into `record`; false behind the last. */
  next(): boolean {
    const blocks = this.blocks;
    if (!blocks.hasNext()) {
      expectEnd(this.buffer, blocks.position, this.later);
      return false;
    }
    blocks.position = this.record.decode(this.buffer, blocks.position);
    this.index += 1;
    return true;
  }

  private decode(buffer: Buffer, position: number): number {
    let p = position;
    this.buffer = buffer;
    p = readSpan(buffer, p);
    this.fileIdStart = decodedInt[0]!;
    this.fileIdEnd = p;
    p = readSpan(buffer, p);
    this.platformStart = decodedInt[0]!;
    this.platformEnd = p;
    p = readSpan(buffer, p);
    this.serviceTypeStart = decodedInt[0]!;
    this.serviceTypeEnd = p;
    p = readSpan(buffer, p);
    this.recordTypeStart = decodedInt[0]!;
    this.recordTypeEnd = p;
    p = readSpan(buffer, p);
    this.catalogVersionStart = decodedInt[0]!;
    this.catalogVersionEnd = p;
    p = readLong(buffer, p);
    this.processedAt = decodedLong[0]!;
    return p;
  }

  get fileId(): string {
    return text(this.buffer, this.fileIdStart, this.fileIdEnd);
  }

  get platform(): string {
    return text(this.buffer, this.platformStart, this.platformEnd);
  }

  get serviceType(): string {
    return text(this.buffer, this.serviceTypeStart, this.serviceTypeEnd);
  }

  get recordType(): string {
    return text(this.buffer, this.recordTypeStart, this.recordTypeEnd);
  }

  get catalogVersion(): string {
    return text(this.buffer, this.catalogVersionStart, this.catalogVersionEnd);
  }
}

/** RawBatch: A slice of one file: whole lines, unmodified, line ends included. Framed byte for byte by NiFi, so strings come first and payload is last. */
export class RawBatchView {
  /** The bytes that were decoded. */
  buffer: Buffer = NO_BYTES;
  /** sha256 over bucket, key, etag, length; first 16 bytes, hex. */
  fileIdStart = 0;
  fileIdEnd = 0;
  /** Bucket, or the home folder's name. */
  bucketStart = 0;
  bucketEnd = 0;
  /** Object key, or path below the home folder, as received in input/. */
  keyStart = 0;
  keyEnd = 0;
  /** Source platform, from the path. */
  platformStart = 0;
  platformEnd = 0;
  /** Service type, from the path. */
  serviceTypeStart = 0;
  serviceTypeEnd = 0;
  /** Usage record type, from the path. */
  recordTypeStart = 0;
  recordTypeEnd = 0;
  /** Record number of the first line of the payload; lines count from 1, header and empty lines included. */
  firstRecordNumber = 0;
  /** No batch of this file follows. */
  lastBatch = false;
  /** Slice of the (decompressed) file. */
  payloadStart = 0;
  payloadEnd = 0;
  private readonly ids: SchemaIds;
  private later = false;

  constructor(ids: SchemaIds = embeddedSchemaIds) {
    this.ids = ids;
  }

  /** Checks the frame and decodes the message. */
  open(message: Buffer): this {
    this.later = this.ids.expect(message, 'RawBatch');
    expectEnd(message, this.decode(message, FRAME_BYTES), this.later);
    return this;
  }

  private decode(buffer: Buffer, position: number): number {
    let p = position;
    this.buffer = buffer;
    p = readSpan(buffer, p);
    this.fileIdStart = decodedInt[0]!;
    this.fileIdEnd = p;
    p = readSpan(buffer, p);
    this.bucketStart = decodedInt[0]!;
    this.bucketEnd = p;
    p = readSpan(buffer, p);
    this.keyStart = decodedInt[0]!;
    this.keyEnd = p;
    p = readSpan(buffer, p);
    this.platformStart = decodedInt[0]!;
    this.platformEnd = p;
    p = readSpan(buffer, p);
    this.serviceTypeStart = decodedInt[0]!;
    this.serviceTypeEnd = p;
    p = readSpan(buffer, p);
    this.recordTypeStart = decodedInt[0]!;
    this.recordTypeEnd = p;
    p = readLong(buffer, p);
    this.firstRecordNumber = decodedLong[0]!;
    p = readBoolean(buffer, p);
    this.lastBatch = decodedInt[0] === 1;
    p = readSpan(buffer, p);
    this.payloadStart = decodedInt[0]!;
    this.payloadEnd = p;
    return p;
  }

  get fileId(): string {
    return text(this.buffer, this.fileIdStart, this.fileIdEnd);
  }

  get bucket(): string {
    return text(this.buffer, this.bucketStart, this.bucketEnd);
  }

  get key(): string {
    return text(this.buffer, this.keyStart, this.keyEnd);
  }

  get platform(): string {
    return text(this.buffer, this.platformStart, this.platformEnd);
  }

  get serviceType(): string {
    return text(this.buffer, this.serviceTypeStart, this.serviceTypeEnd);
  }

  get recordType(): string {
    return text(this.buffer, this.recordTypeStart, this.recordTypeEnd);
  }

  get payload(): Buffer {
    return this.buffer.subarray(this.payloadStart, this.payloadEnd);
  }
}

/** FileEvent: A step in the life of a file; the newest event of a file id is its state. */
export class FileEventView {
  /** The bytes that were decoded. */
  buffer: Buffer = NO_BYTES;
  /** Identity of the file. */
  fileIdStart = 0;
  fileIdEnd = 0;
  /** Bucket, or the home folder's name. */
  bucketStart = 0;
  bucketEnd = 0;
  /** Object key as received in input/. */
  keyStart = 0;
  keyEnd = 0;
  /** Source platform. */
  platformStart = 0;
  platformEnd = 0;
  /** Service type. */
  serviceTypeStart = 0;
  serviceTypeEnd = 0;
  /** Usage record type. */
  recordTypeStart = 0;
  recordTypeEnd = 0;
  /** RECEIVED, then ACCEPTED, REJECTED or DUPLICATE by the file-level checks, then COMPLETED when all batches are published. */
  status = 0 as FileStatus;
  /** Reason code of a rejection or duplicate; else empty. */
  codeStart = 0;
  codeEnd = 0;
  /** The reason in words, with line and byte position; else empty. */
  reasonStart = 0;
  reasonEnd = 0;
  /** sha256 of the object's bytes, hex. */
  sha256Start = 0;
  sha256End = 0;
  /** Length of the object. */
  bytes = 0;
  /** Lines of the (decompressed) file, header, trailer and empty ones included. */
  lines = 0;
  /** Detail records: lines less header, trailer and empty lines. */
  details = 0;
  /** Raw batches published (COMPLETED) or 0. */
  batches = 0;
  /** File id of the first file with the same content; else empty. */
  duplicateOfStart = 0;
  duplicateOfEnd = 0;
  /** Business date of the file, yyyy-mm-dd. */
  fileDateStart = 0;
  fileDateEnd = 0;
  /** Milliseconds since the epoch. */
  at = 0;
  private readonly ids: SchemaIds;
  private later = false;

  constructor(ids: SchemaIds = embeddedSchemaIds) {
    this.ids = ids;
  }

  /** Checks the frame and decodes the message. */
  open(message: Buffer): this {
    this.later = this.ids.expect(message, 'FileEvent');
    expectEnd(message, this.decode(message, FRAME_BYTES), this.later);
    return this;
  }

  private decode(buffer: Buffer, position: number): number {
    let p = position;
    this.buffer = buffer;
    p = readSpan(buffer, p);
    this.fileIdStart = decodedInt[0]!;
    this.fileIdEnd = p;
    p = readSpan(buffer, p);
    this.bucketStart = decodedInt[0]!;
    this.bucketEnd = p;
    p = readSpan(buffer, p);
    this.keyStart = decodedInt[0]!;
    this.keyEnd = p;
    p = readSpan(buffer, p);
    this.platformStart = decodedInt[0]!;
    this.platformEnd = p;
    p = readSpan(buffer, p);
    this.serviceTypeStart = decodedInt[0]!;
    this.serviceTypeEnd = p;
    p = readSpan(buffer, p);
    this.recordTypeStart = decodedInt[0]!;
    this.recordTypeEnd = p;
    p = readEnum(buffer, p, 5);
    this.status = decodedInt[0]! as FileStatus;
    p = readSpan(buffer, p);
    this.codeStart = decodedInt[0]!;
    this.codeEnd = p;
    p = readSpan(buffer, p);
    this.reasonStart = decodedInt[0]!;
    this.reasonEnd = p;
    p = readSpan(buffer, p);
    this.sha256Start = decodedInt[0]!;
    this.sha256End = p;
    p = readLong(buffer, p);
    this.bytes = decodedLong[0]!;
    p = readLong(buffer, p);
    this.lines = decodedLong[0]!;
    p = readLong(buffer, p);
    this.details = decodedLong[0]!;
    p = readLong(buffer, p);
    this.batches = decodedLong[0]!;
    p = readSpan(buffer, p);
    this.duplicateOfStart = decodedInt[0]!;
    this.duplicateOfEnd = p;
    p = readSpan(buffer, p);
    this.fileDateStart = decodedInt[0]!;
    this.fileDateEnd = p;
    p = readLong(buffer, p);
    this.at = decodedLong[0]!;
    return p;
  }

  get fileId(): string {
    return text(this.buffer, this.fileIdStart, this.fileIdEnd);
  }

  get bucket(): string {
    return text(this.buffer, this.bucketStart, this.bucketEnd);
  }

  get key(): string {
    return text(this.buffer, this.keyStart, this.keyEnd);
  }

  get platform(): string {
    return text(this.buffer, this.platformStart, this.platformEnd);
  }

  get serviceType(): string {
    return text(this.buffer, this.serviceTypeStart, this.serviceTypeEnd);
  }

  get recordType(): string {
    return text(this.buffer, this.recordTypeStart, this.recordTypeEnd);
  }

  get code(): string {
    return text(this.buffer, this.codeStart, this.codeEnd);
  }

  get reason(): string {
    return text(this.buffer, this.reasonStart, this.reasonEnd);
  }

  get sha256(): string {
    return text(this.buffer, this.sha256Start, this.sha256End);
  }

  get duplicateOf(): string {
    return text(this.buffer, this.duplicateOfStart, this.duplicateOfEnd);
  }

  get fileDate(): string {
    return text(this.buffer, this.fileDateStart, this.fileDateEnd);
  }
}

/** LedgerBatch: Control totals of one worker for one input batch: what came in and how each record left. */
export class LedgerBatchView {
  /** The bytes that were decoded. */
  buffer: Buffer = NO_BYTES;
  /** sha256 over bucket, key, etag, length; first 16 bytes, hex. */
  fileIdStart = 0;
  fileIdEnd = 0;
  /** Source platform. */
  platformStart = 0;
  platformEnd = 0;
  /** Service type. */
  serviceTypeStart = 0;
  serviceTypeEnd = 0;
  /** Usage record type, e.g. POSTPAID. */
  recordTypeStart = 0;
  recordTypeEnd = 0;
  /** Who counts. */
  stage = 0 as Stage;
  /** Input partition. */
  sourcePartition = 0;
  /** Input offset. */
  sourceOffset = 0;
  /** Lines read (MEDIATE). */
  lines = 0;
  /** Header, trailer and empty lines (MEDIATE). */
  skipped = 0;
  /** Records that entered the stage. */
  details = 0;
  /** Records handed to the next stage. */
  processed = 0;
  /** Excluded by filter rules. */
  ignored = 0;
  /** Ended in error. */
  errors = 0;
  /** Suspended. */
  suspended = 0;
  /** Duplicates. */
  duplicates = 0;
  /** Monetized records written (RATE) or aggregated (AGGREGATE). */
  charges = 0;
  /** Sum of rated quantities, scaled by 10^6. */
  quantity = 0;
  /** Sum of net amounts, scaled by 10^9. */
  amount = 0;
  /** Milliseconds since the epoch. */
  at = 0;
  private readonly ids: SchemaIds;
  private later = false;

  constructor(ids: SchemaIds = embeddedSchemaIds) {
    this.ids = ids;
  }

  /** Checks the frame and decodes the message. */
  open(message: Buffer): this {
    this.later = this.ids.expect(message, 'LedgerBatch');
    expectEnd(message, this.decode(message, FRAME_BYTES), this.later);
    return this;
  }

  private decode(buffer: Buffer, position: number): number {
    let p = position;
    this.buffer = buffer;
    p = readSpan(buffer, p);
    this.fileIdStart = decodedInt[0]!;
    this.fileIdEnd = p;
    p = readSpan(buffer, p);
    this.platformStart = decodedInt[0]!;
    this.platformEnd = p;
    p = readSpan(buffer, p);
    this.serviceTypeStart = decodedInt[0]!;
    this.serviceTypeEnd = p;
    p = readSpan(buffer, p);
    this.recordTypeStart = decodedInt[0]!;
    this.recordTypeEnd = p;
    p = readEnum(buffer, p, 4);
    this.stage = decodedInt[0]! as Stage;
    p = readInt(buffer, p);
    this.sourcePartition = decodedInt[0]!;
    p = readLong(buffer, p);
    this.sourceOffset = decodedLong[0]!;
    p = readLong(buffer, p);
    this.lines = decodedLong[0]!;
    p = readLong(buffer, p);
    this.skipped = decodedLong[0]!;
    p = readLong(buffer, p);
    this.details = decodedLong[0]!;
    p = readLong(buffer, p);
    this.processed = decodedLong[0]!;
    p = readLong(buffer, p);
    this.ignored = decodedLong[0]!;
    p = readLong(buffer, p);
    this.errors = decodedLong[0]!;
    p = readLong(buffer, p);
    this.suspended = decodedLong[0]!;
    p = readLong(buffer, p);
    this.duplicates = decodedLong[0]!;
    p = readLong(buffer, p);
    this.charges = decodedLong[0]!;
    p = readLong(buffer, p);
    this.quantity = decodedLong[0]!;
    p = readLong(buffer, p);
    this.amount = decodedLong[0]!;
    p = readLong(buffer, p);
    this.at = decodedLong[0]!;
    return p;
  }

  get fileId(): string {
    return text(this.buffer, this.fileIdStart, this.fileIdEnd);
  }

  get platform(): string {
    return text(this.buffer, this.platformStart, this.platformEnd);
  }

  get serviceType(): string {
    return text(this.buffer, this.serviceTypeStart, this.serviceTypeEnd);
  }

  get recordType(): string {
    return text(this.buffer, this.recordTypeStart, this.recordTypeEnd);
  }
}

/** BillingCommand: Order to cut a run in each partition of the aggregate worker. */
export class BillingCommandView {
  /** The bytes that were decoded. */
  buffer: Buffer = NO_BYTES;
  /** Run, alphanumeric. */
  runIdStart = 0;
  runIdEnd = 0;
  /** Milliseconds since the epoch. */
  at = 0;
  private readonly ids: SchemaIds;
  private later = false;

  constructor(ids: SchemaIds = embeddedSchemaIds) {
    this.ids = ids;
  }

  /** Checks the frame and decodes the message. */
  open(message: Buffer): this {
    this.later = this.ids.expect(message, 'BillingCommand');
    expectEnd(message, this.decode(message, FRAME_BYTES), this.later);
    return this;
  }

  private decode(buffer: Buffer, position: number): number {
    let p = position;
    this.buffer = buffer;
    p = readSpan(buffer, p);
    this.runIdStart = decodedInt[0]!;
    this.runIdEnd = p;
    p = readLong(buffer, p);
    this.at = decodedLong[0]!;
    return p;
  }

  get runId(): string {
    return text(this.buffer, this.runIdStart, this.runIdEnd);
  }
}

/** BillingRun: A run in one partition with its cut: rated offsets below the cut, and above the previous run's cut, are in it. */
export class BillingRunView {
  /** The bytes that were decoded. */
  buffer: Buffer = NO_BYTES;
  /** Run. */
  runIdStart = 0;
  runIdEnd = 0;
  /** Partition. */
  partition = 0;
  /** First offset of usage.rated that is not in the run. */
  cutOffset = 0;
  /** The same of the run before. */
  previousCutOffset = 0;
  /** Aggregated lines written. */
  lines = 0;
  /** Monetized records in them. */
  charges = 0;
  /** Sum over all units, plain decimal text: a run may pass what a long holds exactly everywhere. */
  quantityStart = 0;
  quantityEnd = 0;
  /** Sum, plain decimal text in the currencies of the lines. */
  amountStart = 0;
  amountEnd = 0;
  /** Milliseconds since the epoch. */
  at = 0;
  private readonly ids: SchemaIds;
  private later = false;

  constructor(ids: SchemaIds = embeddedSchemaIds) {
    this.ids = ids;
  }

  /** Checks the frame and decodes the message. */
  open(message: Buffer): this {
    this.later = this.ids.expect(message, 'BillingRun');
    expectEnd(message, this.decode(message, FRAME_BYTES), this.later);
    return this;
  }

  private decode(buffer: Buffer, position: number): number {
    let p = position;
    this.buffer = buffer;
    p = readSpan(buffer, p);
    this.runIdStart = decodedInt[0]!;
    this.runIdEnd = p;
    p = readInt(buffer, p);
    this.partition = decodedInt[0]!;
    p = readLong(buffer, p);
    this.cutOffset = decodedLong[0]!;
    p = readLong(buffer, p);
    this.previousCutOffset = decodedLong[0]!;
    p = readLong(buffer, p);
    this.lines = decodedLong[0]!;
    p = readLong(buffer, p);
    this.charges = decodedLong[0]!;
    p = readSpan(buffer, p);
    this.quantityStart = decodedInt[0]!;
    this.quantityEnd = p;
    p = readSpan(buffer, p);
    this.amountStart = decodedInt[0]!;
    this.amountEnd = p;
    p = readLong(buffer, p);
    this.at = decodedLong[0]!;
    return p;
  }

  get runId(): string {
    return text(this.buffer, this.runIdStart, this.runIdEnd);
  }

  get quantity(): string {
    return text(this.buffer, this.quantityStart, this.quantityEnd);
  }

  get amount(): string {
    return text(this.buffer, this.amountStart, this.amountEnd);
  }
}

/** BillingLine: One line for billing, covering the monetized records of one group in one run. */
export class BillingLineView {
  /** The bytes that were decoded. */
  buffer: Buffer = NO_BYTES;
  /** First byte of the record. */
  start = 0;
  /** Position behind the record. */
  end = 0;
  /** client_record_id: run, partition, sequence; stable for ever. */
  lineIdStart = 0;
  lineIdEnd = 0;
  /** Run. */
  runIdStart = 0;
  runIdEnd = 0;
  /** Account. */
  accountIdStart = 0;
  accountIdEnd = 0;
  /** Subscription (plan instance). */
  subscriptionIdStart = 0;
  subscriptionIdEnd = 0;
  /** Usage type on the invoice; the parent's for multi-rate. */
  usageTypeStart = 0;
  usageTypeEnd = 0;
  /** First day of the billing cycle. */
  billUnitStart = 0;
  billUnitEnd = 0;
  /** Currency. */
  currencyStart = 0;
  currencyEnd = 0;
  /** Unit. */
  unitStart = 0;
  unitEnd = 0;
  /** Monetized records in the line. */
  charges = 0;
  /** Usage records in the line. */
  records = 0;
  /** Sum, scaled by 10^6. */
  quantity = 0;
  /** Exact sum of net amounts, scaled by 10^9. */
  amount = 0;
  /** Amount sent to billing: rounded as the catalog says, scaled by 10^9. */
  billedAmount = 0;
  /** Earliest event time, microseconds. */
  firstUsage = 0;
  /** Latest event time, microseconds. */
  lastUsage = 0;

  decode(buffer: Buffer, position: number): number {
    let p = position;
    this.buffer = buffer;
    this.start = position;
    p = readSpan(buffer, p);
    this.lineIdStart = decodedInt[0]!;
    this.lineIdEnd = p;
    p = readSpan(buffer, p);
    this.runIdStart = decodedInt[0]!;
    this.runIdEnd = p;
    p = readSpan(buffer, p);
    this.accountIdStart = decodedInt[0]!;
    this.accountIdEnd = p;
    p = readSpan(buffer, p);
    this.subscriptionIdStart = decodedInt[0]!;
    this.subscriptionIdEnd = p;
    p = readSpan(buffer, p);
    this.usageTypeStart = decodedInt[0]!;
    this.usageTypeEnd = p;
    p = readSpan(buffer, p);
    this.billUnitStart = decodedInt[0]!;
    this.billUnitEnd = p;
    p = readSpan(buffer, p);
    this.currencyStart = decodedInt[0]!;
    this.currencyEnd = p;
    p = readSpan(buffer, p);
    this.unitStart = decodedInt[0]!;
    this.unitEnd = p;
    p = readLong(buffer, p);
    this.charges = decodedLong[0]!;
    p = readLong(buffer, p);
    this.records = decodedLong[0]!;
    p = readLong(buffer, p);
    this.quantity = decodedLong[0]!;
    p = readLong(buffer, p);
    this.amount = decodedLong[0]!;
    p = readLong(buffer, p);
    this.billedAmount = decodedLong[0]!;
    p = readLong(buffer, p);
    this.firstUsage = decodedLong[0]!;
    p = readLong(buffer, p);
    this.lastUsage = decodedLong[0]!;
    this.end = p;
    return p;
  }

  get lineId(): string {
    return text(this.buffer, this.lineIdStart, this.lineIdEnd);
  }

  get runId(): string {
    return text(this.buffer, this.runIdStart, this.runIdEnd);
  }

  get accountId(): string {
    return text(this.buffer, this.accountIdStart, this.accountIdEnd);
  }

  get subscriptionId(): string {
    return text(this.buffer, this.subscriptionIdStart, this.subscriptionIdEnd);
  }

  get usageType(): string {
    return text(this.buffer, this.usageTypeStart, this.usageTypeEnd);
  }

  get billUnit(): string {
    return text(this.buffer, this.billUnitStart, this.billUnitEnd);
  }

  get currency(): string {
    return text(this.buffer, this.currencyStart, this.currencyEnd);
  }

  get unit(): string {
    return text(this.buffer, this.unitStart, this.unitEnd);
  }
}

/** BillingLineBatch: Lines of one run and partition, at most one API call's worth. */
export class BillingLineBatchView {
  /** The bytes that were decoded. */
  buffer: Buffer = NO_BYTES;
  /** Run. */
  runIdStart = 0;
  runIdEnd = 0;
  /** Aggregated (batch) id, alphanumeric, part of client_receipt_id. */
  batchIdStart = 0;
  batchIdEnd = 0;
  /** Index of `record` in the batch, from 0; -1 before the first. */
  index = -1;
  /** The record that `next` decoded. */
  readonly record = new BillingLineView();
  private readonly blocks = new BlockReader();
  private readonly ids: SchemaIds;
  private later = false;

  constructor(ids: SchemaIds = embeddedSchemaIds) {
    this.ids = ids;
  }

  /** Checks the frame and decodes the header; `next` walks the records. */
  open(message: Buffer): this {
    this.later = this.ids.expect(message, 'BillingLineBatch');
    this.blocks.open(message, this.decode(message, FRAME_BYTES));
    this.index = -1;
    return this;
  }

  /** Decodes the next record into `record`; false behind the last. */
  next(): boolean {
    const blocks = this.blocks;
    if (!blocks.hasNext()) {
      expectEnd(this.buffer, blocks.position, this.later);
      return false;
    }
    blocks.position = this.record.decode(this.buffer, blocks.position);
    this.index += 1;
    return true;
  }

  private decode(buffer: Buffer, position: number): number {
    let p = position;
    this.buffer = buffer;
    p = readSpan(buffer, p);
    this.runIdStart = decodedInt[0]!;
    this.runIdEnd = p;
    p = readSpan(buffer, p);
    this.batchIdStart = decodedInt[0]!;
    this.batchIdEnd = p;
    return p;
  }

  get runId(): string {
    return text(this.buffer, this.runIdStart, this.runIdEnd);
  }

  get batchId(): string {
    return text(this.buffer, this.batchIdStart, this.batchIdEnd);
  }
}

/** BillingResult: Answer for one line. */
export class BillingResultView {
  /** The bytes that were decoded. */
  buffer: Buffer = NO_BYTES;
  /** First byte of the record. */
  start = 0;
  /** Position behind the record. */
  end = 0;
  /** client_record_id. */
  lineIdStart = 0;
  lineIdEnd = 0;
  /** Status of the line (usage operations 7.5). */
  status = 0 as SyncStatus;
  /** Code of the billing API; 0 when accepted. */
  errorCode = 0;
  /** Text of the billing API. */
  errorMessageStart = 0;
  errorMessageEnd = 0;
  /** Amount accepted, scaled by 10^9; 0 when not accepted. */
  billedAmount = 0;

  decode(buffer: Buffer, position: number): number {
    let p = position;
    this.buffer = buffer;
    this.start = position;
    p = readSpan(buffer, p);
    this.lineIdStart = decodedInt[0]!;
    this.lineIdEnd = p;
    p = readEnum(buffer, p, 5);
    this.status = decodedInt[0]! as SyncStatus;
    p = readInt(buffer, p);
    this.errorCode = decodedInt[0]!;
    p = readSpan(buffer, p);
    this.errorMessageStart = decodedInt[0]!;
    this.errorMessageEnd = p;
    p = readLong(buffer, p);
    this.billedAmount = decodedLong[0]!;
    this.end = p;
    return p;
  }

  get lineId(): string {
    return text(this.buffer, this.lineIdStart, this.lineIdEnd);
  }

  get errorMessage(): string {
    return text(this.buffer, this.errorMessageStart, this.errorMessageEnd);
  }
}

/** BillingResultBatch: Billing's answer for each line of a batch. */
export class BillingResultBatchView {
  /** The bytes that were decoded. */
  buffer: Buffer = NO_BYTES;
  /** Run. */
  runIdStart = 0;
  runIdEnd = 0;
  /** Batch. */
  batchIdStart = 0;
  batchIdEnd = 0;
  /** client_receipt_id of the call that settled it. */
  receiptIdStart = 0;
  receiptIdEnd = 0;
  /** Milliseconds since the epoch. */
  at = 0;
  /** Index of `record` in the batch, from 0; -1 before the first. */
  index = -1;
  /** The record that `next` decoded. */
  readonly record = new BillingResultView();
  private readonly blocks = new BlockReader();
  private readonly ids: SchemaIds;
  private later = false;

  constructor(ids: SchemaIds = embeddedSchemaIds) {
    this.ids = ids;
  }

  /** Checks the frame and decodes the header; `next` walks the records. */
  open(message: Buffer): this {
    this.later = this.ids.expect(message, 'BillingResultBatch');
    this.blocks.open(message, this.decode(message, FRAME_BYTES));
    this.index = -1;
    return this;
  }

  /** Decodes the next record into `record`; false behind the last. */
  next(): boolean {
    const blocks = this.blocks;
    if (!blocks.hasNext()) {
      expectEnd(this.buffer, blocks.position, this.later);
      return false;
    }
    blocks.position = this.record.decode(this.buffer, blocks.position);
    this.index += 1;
    return true;
  }

  private decode(buffer: Buffer, position: number): number {
    let p = position;
    this.buffer = buffer;
    p = readSpan(buffer, p);
    this.runIdStart = decodedInt[0]!;
    this.runIdEnd = p;
    p = readSpan(buffer, p);
    this.batchIdStart = decodedInt[0]!;
    this.batchIdEnd = p;
    p = readSpan(buffer, p);
    this.receiptIdStart = decodedInt[0]!;
    this.receiptIdEnd = p;
    p = readLong(buffer, p);
    this.at = decodedLong[0]!;
    return p;
  }

  get runId(): string {
    return text(this.buffer, this.runIdStart, this.runIdEnd);
  }

  get batchId(): string {
    return text(this.buffer, this.batchIdStart, this.batchIdEnd);
  }

  get receiptId(): string {
    return text(this.buffer, this.receiptIdStart, this.receiptIdEnd);
  }
}
