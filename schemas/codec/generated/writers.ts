// Generated from schemas/avro and schemas/codec/codecs.ts by `npm run generate`; do not edit.

/**
 * Writers: `write(out, position, value)` returns the position behind the value; NO_ROOM when `out` is full.
 */
import { writeArrayEnd, writeArrayStart, writeBoolean, writeBytes, writeEnum, writeFixed, writeInt, writeLong, writeText } from '../avro-writer.ts';
import type { BatchFormat, MessageFormat } from '../batch-writer.ts';
import type { BillingCommandValue, BillingLineBatchHead, BillingLineBatchValue, BillingLineValue, BillingResultBatchHead, BillingResultBatchValue, BillingResultValue, BillingRunValue, ChargeHead, ChargeValue, ContainerValue, ErrorBatchHead, ErrorBatchValue, ErrorRecordValue, FileEventValue, ImpactValue, LedgerBatchValue, MediatedBatchHead, MediatedBatchValue, RatedBatchHead, RatedBatchValue, RatedRecordHead, RatedRecordValue, RatedTailValue, RawBatchValue, SuspendedBatchHead, SuspendedBatchValue, SuspendedRecordValue, SuspendedTailValue } from './values.ts';

/** Writes a whole Container. */
export function writeContainer(out: Buffer, position: number, value: ContainerValue): number {
  let p = writeLong(out, position, value.recordNumber);
  p = writeLong(out, p, value.startTime);
  p = writeLong(out, p, value.endTime);
  p = writeFixed(out, p, value.uniqueKey, 16);
  p = writeText(out, p, value.sourceRecordId);
  p = writeText(out, p, value.usageType);
  p = writeText(out, p, value.serviceId);
  p = writeText(out, p, value.callingNumber);
  p = writeText(out, p, value.calledNumber);
  p = writeLong(out, p, value.duration);
  p = writeLong(out, p, value.volumeUp);
  p = writeLong(out, p, value.volumeDown);
  p = writeLong(out, p, value.units);
  p = writeLong(out, p, value.wholesaleAmount);
  p = writeText(out, p, value.callType);
  p = writeText(out, p, value.network);
  p = writeText(out, p, value.apn);
  p = writeText(out, p, value.description);
  p = writeText(out, p, value.flex1);
  p = writeText(out, p, value.flex2);
  p = writeText(out, p, value.flex3);
  p = writeText(out, p, value.flex4);
  p = writeBoolean(out, p, value.late);
  p = writeText(out, p, value.accountId);
  p = writeText(out, p, value.subscriptionId);
  p = writeText(out, p, value.balanceGroupId);
  return p;
}

/** Writes a whole MediatedBatch. */
export function writeMediatedBatch(out: Buffer, position: number, value: MediatedBatchValue): number {
  let p = writeText(out, position, value.fileId);
  p = writeText(out, p, value.platform);
  p = writeText(out, p, value.serviceType);
  p = writeText(out, p, value.recordType);
  p = writeText(out, p, value.catalogVersion);
  p = writeLong(out, p, value.processedAt);
  p = writeArrayStart(out, p, value.records.length);
  for (const item of value.records) p = writeContainer(out, p, item);
  p = writeArrayEnd(out, p);
  return p;
}

/** Writes the fields of a MediatedBatch before its array; writeArrayStart, the items and writeArrayEnd follow. */
export function writeMediatedBatchHead(out: Buffer, position: number, value: MediatedBatchHead): number {
  let p = writeText(out, position, value.fileId);
  p = writeText(out, p, value.platform);
  p = writeText(out, p, value.serviceType);
  p = writeText(out, p, value.recordType);
  p = writeText(out, p, value.catalogVersion);
  p = writeLong(out, p, value.processedAt);
  return p;
}

export const mediatedBatchFormat: BatchFormat<MediatedBatchHead> & MessageFormat<MediatedBatchValue> = {
  schema: 'MediatedBatch',
  writeHead: writeMediatedBatchHead,
  write: writeMediatedBatch,
};

/** Writes a whole Impact. */
export function writeImpact(out: Buffer, position: number, value: ImpactValue): number {
  let p = writeEnum(out, position, value.kind, 3);
  p = writeEnum(out, p, value.offerType, 2);
  p = writeText(out, p, value.resourceId);
  p = writeInt(out, p, value.tier);
  p = writeLong(out, p, value.quantity);
  p = writeLong(out, p, value.amount);
  p = writeLong(out, p, value.balanceBefore);
  p = writeLong(out, p, value.balanceAfter);
  return p;
}

/** Writes a whole Charge. */
export function writeCharge(out: Buffer, position: number, value: ChargeValue): number {
  let p = writeInt(out, position, value.chargeNumber);
  p = writeText(out, p, value.usageType);
  p = writeText(out, p, value.offerId);
  p = writeText(out, p, value.model);
  p = writeText(out, p, value.timeClass);
  p = writeText(out, p, value.zone);
  p = writeText(out, p, value.billUnit);
  p = writeLong(out, p, value.rawQuantity);
  p = writeLong(out, p, value.quantity);
  p = writeText(out, p, value.unit);
  p = writeText(out, p, value.currency);
  p = writeLong(out, p, value.gross);
  p = writeLong(out, p, value.amount);
  p = writeArrayStart(out, p, value.impacts.length);
  for (const item of value.impacts) p = writeImpact(out, p, item);
  p = writeArrayEnd(out, p);
  return p;
}

/** Writes the fields of a Charge before its array; writeArrayStart, the items and writeArrayEnd follow. */
export function writeChargeHead(out: Buffer, position: number, value: ChargeHead): number {
  let p = writeInt(out, position, value.chargeNumber);
  p = writeText(out, p, value.usageType);
  p = writeText(out, p, value.offerId);
  p = writeText(out, p, value.model);
  p = writeText(out, p, value.timeClass);
  p = writeText(out, p, value.zone);
  p = writeText(out, p, value.billUnit);
  p = writeLong(out, p, value.rawQuantity);
  p = writeLong(out, p, value.quantity);
  p = writeText(out, p, value.unit);
  p = writeText(out, p, value.currency);
  p = writeLong(out, p, value.gross);
  p = writeLong(out, p, value.amount);
  return p;
}

/** Writes a whole RatedRecord. */
export function writeRatedRecord(out: Buffer, position: number, value: RatedRecordValue): number {
  let p = writeLong(out, position, value.recordNumber);
  p = writeLong(out, p, value.startTime);
  p = writeLong(out, p, value.endTime);
  p = writeFixed(out, p, value.uniqueKey, 16);
  p = writeText(out, p, value.sourceRecordId);
  p = writeText(out, p, value.usageType);
  p = writeText(out, p, value.serviceId);
  p = writeText(out, p, value.callingNumber);
  p = writeText(out, p, value.calledNumber);
  p = writeLong(out, p, value.duration);
  p = writeLong(out, p, value.volumeUp);
  p = writeLong(out, p, value.volumeDown);
  p = writeLong(out, p, value.units);
  p = writeLong(out, p, value.wholesaleAmount);
  p = writeText(out, p, value.callType);
  p = writeText(out, p, value.network);
  p = writeText(out, p, value.apn);
  p = writeText(out, p, value.description);
  p = writeText(out, p, value.flex1);
  p = writeText(out, p, value.flex2);
  p = writeText(out, p, value.flex3);
  p = writeText(out, p, value.flex4);
  p = writeBoolean(out, p, value.late);
  p = writeText(out, p, value.accountId);
  p = writeText(out, p, value.subscriptionId);
  p = writeText(out, p, value.balanceGroupId);
  p = writeArrayStart(out, p, value.charges.length);
  for (const item of value.charges) p = writeCharge(out, p, item);
  p = writeArrayEnd(out, p);
  return p;
}

/** Writes the fields of a RatedRecord before its array; writeArrayStart, the items and writeArrayEnd follow. */
export function writeRatedRecordHead(out: Buffer, position: number, value: RatedRecordHead): number {
  let p = writeLong(out, position, value.recordNumber);
  p = writeLong(out, p, value.startTime);
  p = writeLong(out, p, value.endTime);
  p = writeFixed(out, p, value.uniqueKey, 16);
  p = writeText(out, p, value.sourceRecordId);
  p = writeText(out, p, value.usageType);
  p = writeText(out, p, value.serviceId);
  p = writeText(out, p, value.callingNumber);
  p = writeText(out, p, value.calledNumber);
  p = writeLong(out, p, value.duration);
  p = writeLong(out, p, value.volumeUp);
  p = writeLong(out, p, value.volumeDown);
  p = writeLong(out, p, value.units);
  p = writeLong(out, p, value.wholesaleAmount);
  p = writeText(out, p, value.callType);
  p = writeText(out, p, value.network);
  p = writeText(out, p, value.apn);
  p = writeText(out, p, value.description);
  p = writeText(out, p, value.flex1);
  p = writeText(out, p, value.flex2);
  p = writeText(out, p, value.flex3);
  p = writeText(out, p, value.flex4);
  p = writeBoolean(out, p, value.late);
  p = writeText(out, p, value.accountId);
  p = writeText(out, p, value.subscriptionId);
  p = writeText(out, p, value.balanceGroupId);
  return p;
}

/** Writes what follows a copied Container in a RatedRecord. */
export function writeRatedTail(out: Buffer, position: number, value: RatedTailValue): number {
  let p = writeArrayStart(out, position, value.charges.length);
  for (const item of value.charges) p = writeCharge(out, p, item);
  p = writeArrayEnd(out, p);
  return p;
}

/** Writes a whole RatedBatch. */
export function writeRatedBatch(out: Buffer, position: number, value: RatedBatchValue): number {
  let p = writeText(out, position, value.fileId);
  p = writeText(out, p, value.platform);
  p = writeText(out, p, value.serviceType);
  p = writeText(out, p, value.recordType);
  p = writeText(out, p, value.catalogVersion);
  p = writeLong(out, p, value.processedAt);
  p = writeArrayStart(out, p, value.records.length);
  for (const item of value.records) p = writeRatedRecord(out, p, item);
  p = writeArrayEnd(out, p);
  return p;
}

/** Writes the fields of a RatedBatch before its array; writeArrayStart, the items and writeArrayEnd follow. */
export function writeRatedBatchHead(out: Buffer, position: number, value: RatedBatchHead): number {
  let p = writeText(out, position, value.fileId);
  p = writeText(out, p, value.platform);
  p = writeText(out, p, value.serviceType);
  p = writeText(out, p, value.recordType);
  p = writeText(out, p, value.catalogVersion);
  p = writeLong(out, p, value.processedAt);
  return p;
}

export const ratedBatchFormat: BatchFormat<RatedBatchHead> & MessageFormat<RatedBatchValue> = {
  schema: 'RatedBatch',
  writeHead: writeRatedBatchHead,
  write: writeRatedBatch,
};

/** Writes a whole SuspendedRecord. */
export function writeSuspendedRecord(out: Buffer, position: number, value: SuspendedRecordValue): number {
  let p = writeLong(out, position, value.recordNumber);
  p = writeLong(out, p, value.startTime);
  p = writeLong(out, p, value.endTime);
  p = writeFixed(out, p, value.uniqueKey, 16);
  p = writeText(out, p, value.sourceRecordId);
  p = writeText(out, p, value.usageType);
  p = writeText(out, p, value.serviceId);
  p = writeText(out, p, value.callingNumber);
  p = writeText(out, p, value.calledNumber);
  p = writeLong(out, p, value.duration);
  p = writeLong(out, p, value.volumeUp);
  p = writeLong(out, p, value.volumeDown);
  p = writeLong(out, p, value.units);
  p = writeLong(out, p, value.wholesaleAmount);
  p = writeText(out, p, value.callType);
  p = writeText(out, p, value.network);
  p = writeText(out, p, value.apn);
  p = writeText(out, p, value.description);
  p = writeText(out, p, value.flex1);
  p = writeText(out, p, value.flex2);
  p = writeText(out, p, value.flex3);
  p = writeText(out, p, value.flex4);
  p = writeBoolean(out, p, value.late);
  p = writeText(out, p, value.accountId);
  p = writeText(out, p, value.subscriptionId);
  p = writeText(out, p, value.balanceGroupId);
  p = writeText(out, p, value.code);
  p = writeText(out, p, value.reason);
  return p;
}

/** Writes what follows a copied Container in a SuspendedRecord. */
export function writeSuspendedTail(out: Buffer, position: number, value: SuspendedTailValue): number {
  let p = writeText(out, position, value.code);
  p = writeText(out, p, value.reason);
  return p;
}

/** Writes a whole SuspendedBatch. */
export function writeSuspendedBatch(out: Buffer, position: number, value: SuspendedBatchValue): number {
  let p = writeText(out, position, value.fileId);
  p = writeText(out, p, value.platform);
  p = writeText(out, p, value.serviceType);
  p = writeText(out, p, value.recordType);
  p = writeText(out, p, value.catalogVersion);
  p = writeLong(out, p, value.processedAt);
  p = writeArrayStart(out, p, value.records.length);
  for (const item of value.records) p = writeSuspendedRecord(out, p, item);
  p = writeArrayEnd(out, p);
  return p;
}

/** Writes the fields of a SuspendedBatch before its array; writeArrayStart, the items and writeArrayEnd follow. */
export function writeSuspendedBatchHead(out: Buffer, position: number, value: SuspendedBatchHead): number {
  let p = writeText(out, position, value.fileId);
  p = writeText(out, p, value.platform);
  p = writeText(out, p, value.serviceType);
  p = writeText(out, p, value.recordType);
  p = writeText(out, p, value.catalogVersion);
  p = writeLong(out, p, value.processedAt);
  return p;
}

export const suspendedBatchFormat: BatchFormat<SuspendedBatchHead> & MessageFormat<SuspendedBatchValue> = {
  schema: 'SuspendedBatch',
  writeHead: writeSuspendedBatchHead,
  write: writeSuspendedBatch,
};

/** Writes a whole ErrorRecord. */
export function writeErrorRecord(out: Buffer, position: number, value: ErrorRecordValue): number {
  let p = writeLong(out, position, value.recordNumber);
  p = writeLong(out, p, value.bytePosition);
  p = writeEnum(out, p, value.phase, 3);
  p = writeEnum(out, p, value.outcome, 3);
  p = writeText(out, p, value.code);
  p = writeText(out, p, value.reason);
  p = writeText(out, p, value.field);
  p = writeInt(out, p, value.fieldPosition);
  p = writeLong(out, p, value.startTime);
  p = writeBytes(out, p, value.raw);
  return p;
}

/** Writes a whole ErrorBatch. */
export function writeErrorBatch(out: Buffer, position: number, value: ErrorBatchValue): number {
  let p = writeText(out, position, value.fileId);
  p = writeText(out, p, value.platform);
  p = writeText(out, p, value.serviceType);
  p = writeText(out, p, value.recordType);
  p = writeText(out, p, value.catalogVersion);
  p = writeLong(out, p, value.processedAt);
  p = writeArrayStart(out, p, value.records.length);
  for (const item of value.records) p = writeErrorRecord(out, p, item);
  p = writeArrayEnd(out, p);
  return p;
}

/** Writes the fields of a ErrorBatch before its array; writeArrayStart, the items and writeArrayEnd follow. */
export function writeErrorBatchHead(out: Buffer, position: number, value: ErrorBatchHead): number {
  let p = writeText(out, position, value.fileId);
  p = writeText(out, p, value.platform);
  p = writeText(out, p, value.serviceType);
  p = writeText(out, p, value.recordType);
  p = writeText(out, p, value.catalogVersion);
  p = writeLong(out, p, value.processedAt);
  return p;
}

export const errorBatchFormat: BatchFormat<ErrorBatchHead> & MessageFormat<ErrorBatchValue> = {
  schema: 'ErrorBatch',
  writeHead: writeErrorBatchHead,
  write: writeErrorBatch,
};

/** Writes a whole RawBatch. */
export function writeRawBatch(out: Buffer, position: number, value: RawBatchValue): number {
  let p = writeText(out, position, value.fileId);
  p = writeText(out, p, value.bucket);
  p = writeText(out, p, value.key);
  p = writeText(out, p, value.platform);
  p = writeText(out, p, value.serviceType);
  p = writeText(out, p, value.recordType);
  p = writeLong(out, p, value.firstRecordNumber);
  p = writeBoolean(out, p, value.lastBatch);
  p = writeBytes(out, p, value.payload);
  return p;
}

export const rawBatchFormat: MessageFormat<RawBatchValue> = {
  schema: 'RawBatch',
  write: writeRawBatch,
};

/** Writes a whole FileEvent. */
export function writeFileEvent(out: Buffer, position: number, value: FileEventValue): number {
  let p = writeText(out, position, value.fileId);
  p = writeText(out, p, value.bucket);
  p = writeText(out, p, value.key);
  p = writeText(out, p, value.platform);
  p = writeText(out, p, value.serviceType);
  p = writeText(out, p, value.recordType);
  p = writeEnum(out, p, value.status, 5);
  p = writeText(out, p, value.code);
  p = writeText(out, p, value.reason);
  p = writeText(out, p, value.sha256);
  p = writeLong(out, p, value.bytes);
  p = writeLong(out, p, value.lines);
  p = writeLong(out, p, value.details);
  p = writeLong(out, p, value.batches);
  p = writeText(out, p, value.duplicateOf);
  p = writeText(out, p, value.fileDate);
  p = writeLong(out, p, value.at);
  return p;
}

export const fileEventFormat: MessageFormat<FileEventValue> = {
  schema: 'FileEvent',
  write: writeFileEvent,
};

/** Writes a whole LedgerBatch. */
export function writeLedgerBatch(out: Buffer, position: number, value: LedgerBatchValue): number {
  let p = writeText(out, position, value.fileId);
  p = writeText(out, p, value.platform);
  p = writeText(out, p, value.serviceType);
  p = writeText(out, p, value.recordType);
  p = writeEnum(out, p, value.stage, 4);
  p = writeInt(out, p, value.sourcePartition);
  p = writeLong(out, p, value.sourceOffset);
  p = writeLong(out, p, value.lines);
  p = writeLong(out, p, value.skipped);
  p = writeLong(out, p, value.details);
  p = writeLong(out, p, value.processed);
  p = writeLong(out, p, value.ignored);
  p = writeLong(out, p, value.errors);
  p = writeLong(out, p, value.suspended);
  p = writeLong(out, p, value.duplicates);
  p = writeLong(out, p, value.charges);
  p = writeLong(out, p, value.quantity);
  p = writeLong(out, p, value.amount);
  p = writeLong(out, p, value.at);
  return p;
}

export const ledgerBatchFormat: MessageFormat<LedgerBatchValue> = {
  schema: 'LedgerBatch',
  write: writeLedgerBatch,
};

/** Writes a whole BillingCommand. */
export function writeBillingCommand(out: Buffer, position: number, value: BillingCommandValue): number {
  let p = writeText(out, position, value.runId);
  p = writeLong(out, p, value.at);
  return p;
}

export const billingCommandFormat: MessageFormat<BillingCommandValue> = {
  schema: 'BillingCommand',
  write: writeBillingCommand,
};

/** Writes a whole BillingRun. */
export function writeBillingRun(out: Buffer, position: number, value: BillingRunValue): number {
  let p = writeText(out, position, value.runId);
  p = writeInt(out, p, value.partition);
  p = writeLong(out, p, value.cutOffset);
  p = writeLong(out, p, value.previousCutOffset);
  p = writeLong(out, p, value.lines);
  p = writeLong(out, p, value.charges);
  p = writeText(out, p, value.quantity);
  p = writeText(out, p, value.amount);
  p = writeLong(out, p, value.at);
  return p;
}

export const billingRunFormat: MessageFormat<BillingRunValue> = {
  schema: 'BillingRun',
  write: writeBillingRun,
};

/** Writes a whole BillingLine. */
export function writeBillingLine(out: Buffer, position: number, value: BillingLineValue): number {
  let p = writeText(out, position, value.lineId);
  p = writeText(out, p, value.runId);
  p = writeText(out, p, value.accountId);
  p = writeText(out, p, value.subscriptionId);
  p = writeText(out, p, value.usageType);
  p = writeText(out, p, value.billUnit);
  p = writeText(out, p, value.currency);
  p = writeText(out, p, value.unit);
  p = writeLong(out, p, value.charges);
  p = writeLong(out, p, value.records);
  p = writeLong(out, p, value.quantity);
  p = writeLong(out, p, value.amount);
  p = writeLong(out, p, value.billedAmount);
  p = writeLong(out, p, value.firstUsage);
  p = writeLong(out, p, value.lastUsage);
  return p;
}

/** Writes a whole BillingLineBatch. */
export function writeBillingLineBatch(out: Buffer, position: number, value: BillingLineBatchValue): number {
  let p = writeText(out, position, value.runId);
  p = writeText(out, p, value.batchId);
  p = writeArrayStart(out, p, value.lines.length);
  for (const item of value.lines) p = writeBillingLine(out, p, item);
  p = writeArrayEnd(out, p);
  return p;
}

/** Writes the fields of a BillingLineBatch before its array; writeArrayStart, the items and writeArrayEnd follow. */
export function writeBillingLineBatchHead(out: Buffer, position: number, value: BillingLineBatchHead): number {
  let p = writeText(out, position, value.runId);
  p = writeText(out, p, value.batchId);
  return p;
}

export const billingLineBatchFormat: BatchFormat<BillingLineBatchHead> & MessageFormat<BillingLineBatchValue> = {
  schema: 'BillingLineBatch',
  writeHead: writeBillingLineBatchHead,
  write: writeBillingLineBatch,
};

/** Writes a whole BillingResult. */
export function writeBillingResult(out: Buffer, position: number, value: BillingResultValue): number {
  let p = writeText(out, position, value.lineId);
  p = writeEnum(out, p, value.status, 5);
  p = writeInt(out, p, value.errorCode);
  p = writeText(out, p, value.errorMessage);
  p = writeLong(out, p, value.billedAmount);
  return p;
}

/** Writes a whole BillingResultBatch. */
export function writeBillingResultBatch(out: Buffer, position: number, value: BillingResultBatchValue): number {
  let p = writeText(out, position, value.runId);
  p = writeText(out, p, value.batchId);
  p = writeText(out, p, value.receiptId);
  p = writeLong(out, p, value.at);
  p = writeArrayStart(out, p, value.results.length);
  for (const item of value.results) p = writeBillingResult(out, p, item);
  p = writeArrayEnd(out, p);
  return p;
}

/** Writes the fields of a BillingResultBatch before its array; writeArrayStart, the items and writeArrayEnd follow. */
export function writeBillingResultBatchHead(out: Buffer, position: number, value: BillingResultBatchHead): number {
  let p = writeText(out, position, value.runId);
  p = writeText(out, p, value.batchId);
  p = writeText(out, p, value.receiptId);
  p = writeLong(out, p, value.at);
  return p;
}

export const billingResultBatchFormat: BatchFormat<BillingResultBatchHead> & MessageFormat<BillingResultBatchValue> = {
  schema: 'BillingResultBatch',
  writeHead: writeBillingResultBatchHead,
  write: writeBillingResultBatch,
};
