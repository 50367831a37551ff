// Generated from schemas/avro and schemas/codec/codecs.ts by `npm run generate`; do not edit.

/**
 * Values of the contracts: what the writers take, and the indexes of the enums.
 */
import type { BytesValue, FixedValue } from '../avro-writer.ts';
import type { Text } from '../text.ts';

export const SyncStatus = {
  PENDING: 0,
  COMPLETE: 1,
  ERROR: 2,
  IGNORED: 3,
  INCOMPLETE: 4,
} as const;
export type SyncStatus = (typeof SyncStatus)[keyof typeof SyncStatus];
/** Symbols of SyncStatus by index. */
export const syncStatusSymbols = ['PENDING', 'COMPLETE', 'ERROR', 'IGNORED', 'INCOMPLETE'] as const;

export const Phase = {
  PARSE: 0,
  MEDIATION: 1,
  RATING: 2,
} as const;
export type Phase = (typeof Phase)[keyof typeof Phase];
/** Symbols of Phase by index. */
export const phaseSymbols = ['PARSE', 'MEDIATION', 'RATING'] as const;

export const Outcome = {
  ERROR: 0,
  IGNORED: 1,
  DUPLICATE: 2,
} as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];
/** Symbols of Outcome by index. */
export const outcomeSymbols = ['ERROR', 'IGNORED', 'DUPLICATE'] as const;

export const FileStatus = {
  RECEIVED: 0,
  ACCEPTED: 1,
  REJECTED: 2,
  DUPLICATE: 3,
  COMPLETED: 4,
} as const;
export type FileStatus = (typeof FileStatus)[keyof typeof FileStatus];
/** Symbols of FileStatus by index. */
export const fileStatusSymbols = ['RECEIVED', 'ACCEPTED', 'REJECTED', 'DUPLICATE', 'COMPLETED'] as const;

export const Stage = {
  INTAKE: 0,
  MEDIATE: 1,
  RATE: 2,
  AGGREGATE: 3,
} as const;
export type Stage = (typeof Stage)[keyof typeof Stage];
/** Symbols of Stage by index. */
export const stageSymbols = ['INTAKE', 'MEDIATE', 'RATE', 'AGGREGATE'] as const;

export const ImpactKind = {
  CURRENCY: 0,
  ALLOWANCE: 1,
  ACCUMULATOR: 2,
} as const;
export type ImpactKind = (typeof ImpactKind)[keyof typeof ImpactKind];
/** Symbols of ImpactKind by index. */
export const impactKindSymbols = ['CURRENCY', 'ALLOWANCE', 'ACCUMULATOR'] as const;

export const OfferType = {
  PRICE: 0,
  ALLOWANCE: 1,
} as const;
export type OfferType = (typeof OfferType)[keyof typeof OfferType];
/** Symbols of OfferType by index. */
export const offerTypeSymbols = ['PRICE', 'ALLOWANCE'] as const;

/** Order to cut a run in each partition of the aggregate worker. */
export interface BillingCommandValue {
  /** Run, alphanumeric. */
  readonly runId: Text;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Lines of one run and partition, at most one API call's worth. */
export interface BillingLineBatchValue {
  /** Run. */
  readonly runId: Text;
  /** Aggregated (batch) id, alphanumeric, part of client_receipt_id. */
  readonly batchId: Text;
  /** In order of their ids. */
  readonly lines: readonly BillingLineValue[];
}

/** Fields of BillingLineBatch before its array. */
export interface BillingLineBatchHead {
  /** Run. */
  readonly runId: Text;
  /** Aggregated (batch) id, alphanumeric, part of client_receipt_id. */
  readonly batchId: Text;
}

/** One line for billing, covering the monetized records of one group in one run. */
export interface BillingLineValue {
  /** client_record_id: run, partition, sequence; stable for ever. */
  readonly lineId: Text;
  /** Run. */
  readonly runId: Text;
  /** Account. */
  readonly accountId: Text;
  /** Subscription (plan instance). */
  readonly subscriptionId: Text;
  /** Usage type on the invoice; the parent's for multi-rate. */
  readonly usageType: Text;
  /** First day of the billing cycle. */
  readonly billUnit: Text;
  /** Currency. */
  readonly currency: Text;
  /** Unit. */
  readonly unit: Text;
  /** Monetized records in the line. */
  readonly charges: number;
  /** Usage records in the line. */
  readonly records: number;
  /** Sum, scaled by 10^6. */
  readonly quantity: number;
  /** Exact sum of net amounts, scaled by 10^9. */
  readonly amount: number;
  /** Amount sent to billing: rounded as the catalog says, scaled by 10^9. */
  readonly billedAmount: number;
  /** Earliest event time, microseconds. */
  readonly firstUsage: number;
  /** Latest event time, microseconds. */
  readonly lastUsage: number;
}

/** Billing's answer for each line of a batch. */
export interface BillingResultBatchValue {
  /** Run. */
  readonly runId: Text;
  /** Batch. */
  readonly batchId: Text;
  /** client_receipt_id of the call that settled it. */
  readonly receiptId: Text;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** In the order of the lines. */
  readonly results: readonly BillingResultValue[];
}

/** Fields of BillingResultBatch before its array. */
export interface BillingResultBatchHead {
  /** Run. */
  readonly runId: Text;
  /** Batch. */
  readonly batchId: Text;
  /** client_receipt_id of the call that settled it. */
  readonly receiptId: Text;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Answer for one line. */
export interface BillingResultValue {
  /** client_record_id. */
  readonly lineId: Text;
  /** Status of the line (usage operations 7.5). */
  readonly status: SyncStatus;
  /** Code of the billing API; 0 when accepted. */
  readonly errorCode: number;
  /** Text of the billing API. */
  readonly errorMessage: Text;
  /** Amount accepted, scaled by 10^9; 0 when not accepted. */
  readonly billedAmount: number;
}

/** A run in one partition with its cut: rated offsets below the cut, and above the previous run's cut, are in it. */
export interface BillingRunValue {
  /** Run. */
  readonly runId: Text;
  /** Partition. */
  readonly partition: number;
  /** First offset of usage.rated that is not in the run. */
  readonly cutOffset: number;
  /** The same of the run before. */
  readonly previousCutOffset: number;
  /** Aggregated lines written. */
  readonly lines: number;
  /** Monetized records in them. */
  readonly charges: number;
  /** Sum over all units, plain decimal text: a run may pass what a long holds exactly everywhere. */
  readonly quantity: Text;
  /** Sum, plain decimal text in the currencies of the lines. */
  readonly amount: Text;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The harmonised record that every format is mapped into. */
export interface ContainerValue {
  /** Line number of the record in its file, from 1; with the batch's fileId the identity of the record for ever. */
  readonly recordNumber: number;
  /** Event time: start of the usage, microseconds since the epoch, UTC. */
  readonly startTime: number;
  /** End of the usage, microseconds since the epoch, UTC; equal to startTime for events without duration. */
  readonly endTime: number;
  /** 128-bit fingerprint of the business unique key (MurmurHash3 x86_128 of the mapping's key attributes); finds duplicates. */
  readonly uniqueKey: FixedValue;
  /** The source's own record id, as received. */
  readonly sourceRecordId: Text;
  /** Code of the usage type to be rated. */
  readonly usageType: Text;
  /** Service id that the usage is guided by (a telephone number, an IMSI, a meter). */
  readonly serviceId: Text;
  /** A-number, E.164 where the source has it; empty when not given. */
  readonly callingNumber: Text;
  /** B-number, E.164 where the source has it; empty when not given. */
  readonly calledNumber: Text;
  /** Duration in seconds, scaled by 10^6. */
  readonly duration: number;
  /** Bytes sent by the subscriber. */
  readonly volumeUp: number;
  /** Bytes received by the subscriber. */
  readonly volumeDown: number;
  /** Quantity that the source itself states, scaled by 10^6; 0 when not given. */
  readonly units: number;
  /** Price that the source charges us, in the client's currency, scaled by 10^9; 0 when not given. Margin = our charge - this. */
  readonly wholesaleAmount: number;
  /** Kind of usage in the source's own code. */
  readonly callType: Text;
  /** Serving or destination network. */
  readonly network: Text;
  /** Access point name of a data session. */
  readonly apn: Text;
  /** Free text of the source. */
  readonly description: Text;
  /** Flexible attribute, filled by enrichment. */
  readonly flex1: Text;
  /** Flexible attribute, filled by enrichment. */
  readonly flex2: Text;
  /** Flexible attribute, filled by enrichment. */
  readonly flex3: Text;
  /** Flexible attribute, filled by enrichment. */
  readonly flex4: Text;
  /** The usage is older, at its file's date, than the mapping's lateAfterDays. */
  readonly late: boolean;
  /** Guided: account at the usage's own time; empty when guiding failed. */
  readonly accountId: Text;
  /** Guided: subscription; empty when guiding failed. */
  readonly subscriptionId: Text;
  /** Guided: balance group that is charged; empty when guiding failed. */
  readonly balanceGroupId: Text;
}

/** Records that end before rating: not parseable, not mappable, ignored by a filter rule, or duplicates. */
export interface ErrorBatchValue {
  /** sha256 over bucket, key, etag, length; first 16 bytes, hex. */
  readonly fileId: Text;
  /** Source platform. */
  readonly platform: Text;
  /** Service type. */
  readonly serviceType: Text;
  /** Usage record type, e.g. POSTPAID. */
  readonly recordType: Text;
  /** Version of the catalog that was applied. */
  readonly catalogVersion: Text;
  /** Processing time by the worker's clock, milliseconds since the epoch. */
  readonly processedAt: number;
  /** In order. */
  readonly records: readonly ErrorRecordValue[];
}

/** Fields of ErrorBatch before its array. */
export interface ErrorBatchHead {
  /** sha256 over bucket, key, etag, length; first 16 bytes, hex. */
  readonly fileId: Text;
  /** Source platform. */
  readonly platform: Text;
  /** Service type. */
  readonly serviceType: Text;
  /** Usage record type, e.g. POSTPAID. */
  readonly recordType: Text;
  /** Version of the catalog that was applied. */
  readonly catalogVersion: Text;
  /** Processing time by the worker's clock, milliseconds since the epoch. */
  readonly processedAt: number;
}

/** One record with its outcome. */
export interface ErrorRecordValue {
  /** Line number in the file, from 1. */
  readonly recordNumber: number;
  /** Position of the record's first byte in the (decompressed) file, from 0. */
  readonly bytePosition: number;
  /** Phase in which the record ended. */
  readonly phase: Phase;
  /** How it ended. */
  readonly outcome: Outcome;
  /** Code; each has a runbook page. */
  readonly code: Text;
  /** The reason in words. */
  readonly reason: Text;
  /** Field concerned, or empty. */
  readonly field: Text;
  /** Byte position inside the record where the fault was seen, from 0; -1 when it concerns the whole. */
  readonly fieldPosition: number;
  /** Event time where known, microseconds; else 0. */
  readonly startTime: number;
  /** The record's bytes as received; empty for duplicates found in rating (the raw table has them). */
  readonly raw: BytesValue;
}

/** A step in the life of a file; the newest event of a file id is its state. */
export interface FileEventValue {
  /** Identity of the file. */
  readonly fileId: Text;
  /** Bucket, or the home folder's name. */
  readonly bucket: Text;
  /** Object key as received in input/. */
  readonly key: Text;
  /** Source platform. */
  readonly platform: Text;
  /** Service type. */
  readonly serviceType: Text;
  /** Usage record type. */
  readonly recordType: Text;
  /** RECEIVED, then ACCEPTED, REJECTED or DUPLICATE by the file-level checks, then COMPLETED when all batches are published. */
  readonly status: FileStatus;
  /** Reason code of a rejection or duplicate; else empty. */
  readonly code: Text;
  /** The reason in words, with line and byte position; else empty. */
  readonly reason: Text;
  /** sha256 of the object's bytes, hex. */
  readonly sha256: Text;
  /** Length of the object. */
  readonly bytes: number;
  /** Lines of the (decompressed) file, header, trailer and empty ones included. */
  readonly lines: number;
  /** Detail records: lines less header, trailer and empty lines. */
  readonly details: number;
  /** Raw batches published (COMPLETED) or 0. */
  readonly batches: number;
  /** File id of the first file with the same content; else empty. */
  readonly duplicateOf: Text;
  /** Business date of the file, yyyy-mm-dd. */
  readonly fileDate: Text;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Control totals of one worker for one input batch: what came in and how each record left. */
export interface LedgerBatchValue {
  /** sha256 over bucket, key, etag, length; first 16 bytes, hex. */
  readonly fileId: Text;
  /** Source platform. */
  readonly platform: Text;
  /** Service type. */
  readonly serviceType: Text;
  /** Usage record type, e.g. POSTPAID. */
  readonly recordType: Text;
  /** Who counts. */
  readonly stage: Stage;
  /** Input partition. */
  readonly sourcePartition: number;
  /** Input offset. */
  readonly sourceOffset: number;
  /** Lines read (MEDIATE). */
  readonly lines: number;
  /** Header, trailer and empty lines (MEDIATE). */
  readonly skipped: number;
  /** Records that entered the stage. */
  readonly details: number;
  /** Records handed to the next stage. */
  readonly processed: number;
  /** Excluded by filter rules. */
  readonly ignored: number;
  /** Ended in error. */
  readonly errors: number;
  /** Suspended. */
  readonly suspended: number;
  /** Duplicates. */
  readonly duplicates: number;
  /** Monetized records written (RATE) or aggregated (AGGREGATE). */
  readonly charges: number;
  /** Sum of rated quantities, scaled by 10^6. */
  readonly quantity: number;
  /** Sum of net amounts, scaled by 10^9. */
  readonly amount: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Containers of one file whose balance group falls in the partition. */
export interface MediatedBatchValue {
  /** sha256 over bucket, key, etag, length; first 16 bytes, hex. */
  readonly fileId: Text;
  /** Source platform. */
  readonly platform: Text;
  /** Service type. */
  readonly serviceType: Text;
  /** Usage record type, e.g. POSTPAID. */
  readonly recordType: Text;
  /** Version of the catalog that was applied. */
  readonly catalogVersion: Text;
  /** Processing time by the worker's clock, milliseconds since the epoch. */
  readonly processedAt: number;
  /** In file order. */
  readonly records: readonly ContainerValue[];
}

/** Fields of MediatedBatch before its array. */
export interface MediatedBatchHead {
  /** sha256 over bucket, key, etag, length; first 16 bytes, hex. */
  readonly fileId: Text;
  /** Source platform. */
  readonly platform: Text;
  /** Service type. */
  readonly serviceType: Text;
  /** Usage record type, e.g. POSTPAID. */
  readonly recordType: Text;
  /** Version of the catalog that was applied. */
  readonly catalogVersion: Text;
  /** Processing time by the worker's clock, milliseconds since the epoch. */
  readonly processedAt: number;
}

/** Rated records of one mediated batch. */
export interface RatedBatchValue {
  /** sha256 over bucket, key, etag, length; first 16 bytes, hex. */
  readonly fileId: Text;
  /** Source platform. */
  readonly platform: Text;
  /** Service type. */
  readonly serviceType: Text;
  /** Usage record type, e.g. POSTPAID. */
  readonly recordType: Text;
  /** Version of the catalog that was applied. */
  readonly catalogVersion: Text;
  /** Processing time by the worker's clock, milliseconds since the epoch. */
  readonly processedAt: number;
  /** In the order of rating. */
  readonly records: readonly RatedRecordValue[];
}

/** Fields of RatedBatch before its array. */
export interface RatedBatchHead {
  /** sha256 over bucket, key, etag, length; first 16 bytes, hex. */
  readonly fileId: Text;
  /** Source platform. */
  readonly platform: Text;
  /** Service type. */
  readonly serviceType: Text;
  /** Usage record type, e.g. POSTPAID. */
  readonly recordType: Text;
  /** Version of the catalog that was applied. */
  readonly catalogVersion: Text;
  /** Processing time by the worker's clock, milliseconds since the epoch. */
  readonly processedAt: number;
}

/** A container's own fields, in order, followed by the result of rating; so rating appends bytes and copies the rest. */
export interface RatedRecordValue {
  /** Line number of the record in its file, from 1; with the batch's fileId the identity of the record for ever. */
  readonly recordNumber: number;
  /** Event time: start of the usage, microseconds since the epoch, UTC. */
  readonly startTime: number;
  /** End of the usage, microseconds since the epoch, UTC; equal to startTime for events without duration. */
  readonly endTime: number;
  /** 128-bit fingerprint of the business unique key (MurmurHash3 x86_128 of the mapping's key attributes); finds duplicates. */
  readonly uniqueKey: FixedValue;
  /** The source's own record id, as received. */
  readonly sourceRecordId: Text;
  /** Code of the usage type to be rated. */
  readonly usageType: Text;
  /** Service id that the usage is guided by (a telephone number, an IMSI, a meter). */
  readonly serviceId: Text;
  /** A-number, E.164 where the source has it; empty when not given. */
  readonly callingNumber: Text;
  /** B-number, E.164 where the source has it; empty when not given. */
  readonly calledNumber: Text;
  /** Duration in seconds, scaled by 10^6. */
  readonly duration: number;
  /** Bytes sent by the subscriber. */
  readonly volumeUp: number;
  /** Bytes received by the subscriber. */
  readonly volumeDown: number;
  /** Quantity that the source itself states, scaled by 10^6; 0 when not given. */
  readonly units: number;
  /** Price that the source charges us, in the client's currency, scaled by 10^9; 0 when not given. Margin = our charge - this. */
  readonly wholesaleAmount: number;
  /** Kind of usage in the source's own code. */
  readonly callType: Text;
  /** Serving or destination network. */
  readonly network: Text;
  /** Access point name of a data session. */
  readonly apn: Text;
  /** Free text of the source. */
  readonly description: Text;
  /** Flexible attribute, filled by enrichment. */
  readonly flex1: Text;
  /** Flexible attribute, filled by enrichment. */
  readonly flex2: Text;
  /** Flexible attribute, filled by enrichment. */
  readonly flex3: Text;
  /** Flexible attribute, filled by enrichment. */
  readonly flex4: Text;
  /** The usage is older, at its file's date, than the mapping's lateAfterDays. */
  readonly late: boolean;
  /** Guided: account at the usage's own time; empty when guiding failed. */
  readonly accountId: Text;
  /** Guided: subscription; empty when guiding failed. */
  readonly subscriptionId: Text;
  /** Guided: balance group that is charged; empty when guiding failed. */
  readonly balanceGroupId: Text;
  /** In order of their numbers. */
  readonly charges: readonly ChargeValue[];
}

/** Fields of RatedRecord before its array. */
export interface RatedRecordHead {
  /** Line number of the record in its file, from 1; with the batch's fileId the identity of the record for ever. */
  readonly recordNumber: number;
  /** Event time: start of the usage, microseconds since the epoch, UTC. */
  readonly startTime: number;
  /** End of the usage, microseconds since the epoch, UTC; equal to startTime for events without duration. */
  readonly endTime: number;
  /** 128-bit fingerprint of the business unique key (MurmurHash3 x86_128 of the mapping's key attributes); finds duplicates. */
  readonly uniqueKey: FixedValue;
  /** The source's own record id, as received. */
  readonly sourceRecordId: Text;
  /** Code of the usage type to be rated. */
  readonly usageType: Text;
  /** Service id that the usage is guided by (a telephone number, an IMSI, a meter). */
  readonly serviceId: Text;
  /** A-number, E.164 where the source has it; empty when not given. */
  readonly callingNumber: Text;
  /** B-number, E.164 where the source has it; empty when not given. */
  readonly calledNumber: Text;
  /** Duration in seconds, scaled by 10^6. */
  readonly duration: number;
  /** Bytes sent by the subscriber. */
  readonly volumeUp: number;
  /** Bytes received by the subscriber. */
  readonly volumeDown: number;
  /** Quantity that the source itself states, scaled by 10^6; 0 when not given. */
  readonly units: number;
  /** Price that the source charges us, in the client's currency, scaled by 10^9; 0 when not given. Margin = our charge - this. */
  readonly wholesaleAmount: number;
  /** Kind of usage in the source's own code. */
  readonly callType: Text;
  /** Serving or destination network. */
  readonly network: Text;
  /** Access point name of a data session. */
  readonly apn: Text;
  /** Free text of the source. */
  readonly description: Text;
  /** Flexible attribute, filled by enrichment. */
  readonly flex1: Text;
  /** Flexible attribute, filled by enrichment. */
  readonly flex2: Text;
  /** Flexible attribute, filled by enrichment. */
  readonly flex3: Text;
  /** Flexible attribute, filled by enrichment. */
  readonly flex4: Text;
  /** The usage is older, at its file's date, than the mapping's lateAfterDays. */
  readonly late: boolean;
  /** Guided: account at the usage's own time; empty when guiding failed. */
  readonly accountId: Text;
  /** Guided: subscription; empty when guiding failed. */
  readonly subscriptionId: Text;
  /** Guided: balance group that is charged; empty when guiding failed. */
  readonly balanceGroupId: Text;
}

/** A monetized usage record: the result of rating one charge of one record. */
export interface ChargeValue {
  /** From 1; several for a multi-rate usage type. */
  readonly chargeNumber: number;
  /** Usage type of the charge; a child's own for multi-rate. */
  readonly usageType: Text;
  /** Price offer. */
  readonly offerId: Text;
  /** Pricing model that applied. */
  readonly model: Text;
  /** Time class, or empty. */
  readonly timeClass: Text;
  /** Zone, or empty. */
  readonly zone: Text;
  /** First day of the billing cycle that the event time falls in, yyyy-mm-dd in the account's time zone. */
  readonly billUnit: Text;
  /** Quantity as the rate unit yields it, before increments, scaled by 10^6. */
  readonly rawQuantity: number;
  /** Rated quantity after increments and minimum, scaled by 10^6. */
  readonly quantity: number;
  /** Unit of the quantity. */
  readonly unit: Text;
  /** Currency. */
  readonly currency: Text;
  /** Sum of the PRICE currency impacts, scaled by 10^9. */
  readonly gross: number;
  /** Net: gross and allowance offsets together, scaled by 10^9. */
  readonly amount: number;
  /** In order. */
  readonly impacts: readonly ImpactValue[];
}

/** Fields of Charge before its array. */
export interface ChargeHead {
  /** From 1; several for a multi-rate usage type. */
  readonly chargeNumber: number;
  /** Usage type of the charge; a child's own for multi-rate. */
  readonly usageType: Text;
  /** Price offer. */
  readonly offerId: Text;
  /** Pricing model that applied. */
  readonly model: Text;
  /** Time class, or empty. */
  readonly timeClass: Text;
  /** Zone, or empty. */
  readonly zone: Text;
  /** First day of the billing cycle that the event time falls in, yyyy-mm-dd in the account's time zone. */
  readonly billUnit: Text;
  /** Quantity as the rate unit yields it, before increments, scaled by 10^6. */
  readonly rawQuantity: number;
  /** Rated quantity after increments and minimum, scaled by 10^6. */
  readonly quantity: number;
  /** Unit of the quantity. */
  readonly unit: Text;
  /** Currency. */
  readonly currency: Text;
  /** Sum of the PRICE currency impacts, scaled by 10^9. */
  readonly gross: number;
  /** Net: gross and allowance offsets together, scaled by 10^9. */
  readonly amount: number;
}

/** One change of one resource, in the order of the rating (reference: usage operations 5.4). */
export interface ImpactValue {
  /** Kind of resource. */
  readonly kind: ImpactKind;
  /** PRICE for gross charges and accumulators, ALLOWANCE for consumption and its currency offset. */
  readonly offerType: OfferType;
  /** Currency code, allowance id or accumulator id. */
  readonly resourceId: Text;
  /** Tier number from 1; 0 where the model has no tiers. */
  readonly tier: number;
  /** Quantity concerned, scaled by 10^6. */
  readonly quantity: number;
  /** Currency: signed change, scaled by 10^9; else 0. */
  readonly amount: number;
  /** Balance before: allowance remaining or accumulator total (10^6); currency total of the cycle (10^9). */
  readonly balanceBefore: number;
  /** Balance after, same scale. */
  readonly balanceAfter: number;
}

/** A slice of one file: whole lines, unmodified, line ends included. Framed byte for byte by NiFi, so strings come first and payload is last. */
export interface RawBatchValue {
  /** sha256 over bucket, key, etag, length; first 16 bytes, hex. */
  readonly fileId: Text;
  /** Bucket, or the home folder's name. */
  readonly bucket: Text;
  /** Object key, or path below the home folder, as received in input/. */
  readonly key: Text;
  /** Source platform, from the path. */
  readonly platform: Text;
  /** Service type, from the path. */
  readonly serviceType: Text;
  /** Usage record type, from the path. */
  readonly recordType: Text;
  /** Record number of the first line of the payload; lines count from 1, header and empty lines included. */
  readonly firstRecordNumber: number;
  /** No batch of this file follows. */
  readonly lastBatch: boolean;
  /** Slice of the (decompressed) file. */
  readonly payload: BytesValue;
}

/** Records that passed mediation and could not be guided or rated. */
export interface SuspendedBatchValue {
  /** sha256 over bucket, key, etag, length; first 16 bytes, hex. */
  readonly fileId: Text;
  /** Source platform. */
  readonly platform: Text;
  /** Service type. */
  readonly serviceType: Text;
  /** Usage record type, e.g. POSTPAID. */
  readonly recordType: Text;
  /** Version of the catalog that was applied. */
  readonly catalogVersion: Text;
  /** Processing time by the worker's clock, milliseconds since the epoch. */
  readonly processedAt: number;
  /** In order. */
  readonly records: readonly SuspendedRecordValue[];
}

/** Fields of SuspendedBatch before its array. */
export interface SuspendedBatchHead {
  /** sha256 over bucket, key, etag, length; first 16 bytes, hex. */
  readonly fileId: Text;
  /** Source platform. */
  readonly platform: Text;
  /** Service type. */
  readonly serviceType: Text;
  /** Usage record type, e.g. POSTPAID. */
  readonly recordType: Text;
  /** Version of the catalog that was applied. */
  readonly catalogVersion: Text;
  /** Processing time by the worker's clock, milliseconds since the epoch. */
  readonly processedAt: number;
}

/** A container's own fields followed by why it could not be rated. */
export interface SuspendedRecordValue {
  /** Line number of the record in its file, from 1; with the batch's fileId the identity of the record for ever. */
  readonly recordNumber: number;
  /** Event time: start of the usage, microseconds since the epoch, UTC. */
  readonly startTime: number;
  /** End of the usage, microseconds since the epoch, UTC; equal to startTime for events without duration. */
  readonly endTime: number;
  /** 128-bit fingerprint of the business unique key (MurmurHash3 x86_128 of the mapping's key attributes); finds duplicates. */
  readonly uniqueKey: FixedValue;
  /** The source's own record id, as received. */
  readonly sourceRecordId: Text;
  /** Code of the usage type to be rated. */
  readonly usageType: Text;
  /** Service id that the usage is guided by (a telephone number, an IMSI, a meter). */
  readonly serviceId: Text;
  /** A-number, E.164 where the source has it; empty when not given. */
  readonly callingNumber: Text;
  /** B-number, E.164 where the source has it; empty when not given. */
  readonly calledNumber: Text;
  /** Duration in seconds, scaled by 10^6. */
  readonly duration: number;
  /** Bytes sent by the subscriber. */
  readonly volumeUp: number;
  /** Bytes received by the subscriber. */
  readonly volumeDown: number;
  /** Quantity that the source itself states, scaled by 10^6; 0 when not given. */
  readonly units: number;
  /** Price that the source charges us, in the client's currency, scaled by 10^9; 0 when not given. Margin = our charge - this. */
  readonly wholesaleAmount: number;
  /** Kind of usage in the source's own code. */
  readonly callType: Text;
  /** Serving or destination network. */
  readonly network: Text;
  /** Access point name of a data session. */
  readonly apn: Text;
  /** Free text of the source. */
  readonly description: Text;
  /** Flexible attribute, filled by enrichment. */
  readonly flex1: Text;
  /** Flexible attribute, filled by enrichment. */
  readonly flex2: Text;
  /** Flexible attribute, filled by enrichment. */
  readonly flex3: Text;
  /** Flexible attribute, filled by enrichment. */
  readonly flex4: Text;
  /** The usage is older, at its file's date, than the mapping's lateAfterDays. */
  readonly late: boolean;
  /** Guided: account at the usage's own time; empty when guiding failed. */
  readonly accountId: Text;
  /** Guided: subscription; empty when guiding failed. */
  readonly subscriptionId: Text;
  /** Guided: balance group that is charged; empty when guiding failed. */
  readonly balanceGroupId: Text;
  /** Suspense code; each has a runbook page. */
  readonly code: Text;
  /** The reason in words, with the values that matter. */
  readonly reason: Text;
}

/** Fields of RatedRecord behind those of Container. */
export interface RatedTailValue {
  /** In order of their numbers. */
  readonly charges: readonly ChargeValue[];
}

/** Fields of SuspendedRecord behind those of Container. */
export interface SuspendedTailValue {
  /** Suspense code; each has a runbook page. */
  readonly code: Text;
  /** The reason in words, with the values that matter. */
  readonly reason: Text;
}
