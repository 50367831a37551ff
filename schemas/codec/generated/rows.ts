// Generated from schemas/avro and schemas/codec/codecs.ts by `npm run generate`; do not edit.

/**
 * Transcoders: a framed message becomes RowBinary rows, bytes to bytes. Each returns the number of rows; when it throws (CodecError),
 * nothing of the message is in the writer.
 */
import { CodecError } from '../codec-error.ts';
import { encodeSymbols, writeAtomically } from '../row-binary.ts';
import { ItemList } from '../block-reader.ts';
import type { RowBinaryWriter, RowSource } from '../row-binary.ts';
import { embeddedSchemaIds } from '../schema-ids.ts';
import type { SchemaIds } from '../schema-ids.ts';
import { fileStatusSymbols, outcomeSymbols, phaseSymbols, stageSymbols, syncStatusSymbols } from './values.ts';
import { BillingLineBatchView, BillingResultBatchView, BillingRunView, ChargeCursor, ErrorBatchView, FileEventView, ImpactView, LedgerBatchView, RatedBatchView, SuspendedBatchView } from './views.ts';

const fileStatusBytes = encodeSymbols(fileStatusSymbols);
const outcomeBytes = encodeSymbols(outcomeSymbols);
const phaseBytes = encodeSymbols(phaseSymbols);
const stageBytes = encodeSymbols(stageSymbols);
const syncStatusBytes = encodeSymbols(syncStatusSymbols);

/** A column as in ClickHouse. */
export interface Column {
  readonly name: string;
  readonly type: string;
}

export type TableName = 'files' | 'rated' | 'suspended' | 'errors' | 'ledger' | 'billing_lines' | 'billing_results' | 'billing_runs';

const columns: Readonly<Record<TableName, readonly Column[]>> = {
  files: [
    { name: 'file_id', type: "String" },
    { name: 'bucket', type: "LowCardinality(String)" },
    { name: 'key', type: "String" },
    { name: 'platform', type: "LowCardinality(String)" },
    { name: 'service_type', type: "LowCardinality(String)" },
    { name: 'record_type', type: "LowCardinality(String)" },
    { name: 'status', type: "LowCardinality(String)" },
    { name: 'code', type: "LowCardinality(String)" },
    { name: 'reason', type: "String" },
    { name: 'sha256', type: "String" },
    { name: 'bytes', type: "Int64" },
    { name: 'lines', type: "Int64" },
    { name: 'details', type: "Int64" },
    { name: 'batches', type: "Int64" },
    { name: 'duplicate_of', type: "String" },
    { name: 'file_date', type: "Date" },
    { name: 'at', type: "DateTime64(3,'UTC')" },
    { name: 'src_partition', type: "Int32" },
    { name: 'src_offset', type: "Int64" },
    { name: 'src_index', type: "Int32" },
  ],
  rated: [
    { name: 'file_id', type: "String" },
    { name: 'platform', type: "String" },
    { name: 'service_type', type: "String" },
    { name: 'record_type', type: "String" },
    { name: 'catalog_version', type: "String" },
    { name: 'processed_at', type: "DateTime64(3,'UTC')" },
    { name: 'record_number', type: "UInt32" },
    { name: 'start_time', type: "DateTime64(6,'UTC')" },
    { name: 'end_time', type: "DateTime64(6,'UTC')" },
    { name: 'unique_key', type: "FixedString(16)" },
    { name: 'source_record_id', type: "String" },
    { name: 'usage_type', type: "String" },
    { name: 'service_id', type: "String" },
    { name: 'calling_number', type: "String" },
    { name: 'called_number', type: "String" },
    { name: 'duration', type: "Decimal(18,6)" },
    { name: 'volume_up', type: "Int64" },
    { name: 'volume_down', type: "Int64" },
    { name: 'units', type: "Decimal(18,6)" },
    { name: 'wholesale_amount', type: "Decimal(18,9)" },
    { name: 'call_type', type: "String" },
    { name: 'network', type: "String" },
    { name: 'apn', type: "String" },
    { name: 'description', type: "String" },
    { name: 'flex1', type: "String" },
    { name: 'flex2', type: "String" },
    { name: 'flex3', type: "String" },
    { name: 'flex4', type: "String" },
    { name: 'late', type: "Bool" },
    { name: 'account_id', type: "String" },
    { name: 'subscription_id', type: "String" },
    { name: 'balance_group_id', type: "String" },
    { name: 'charge_number', type: "Int32" },
    { name: 'charge_usage_type', type: "String" },
    { name: 'offer_id', type: "String" },
    { name: 'model', type: "String" },
    { name: 'time_class', type: "String" },
    { name: 'zone', type: "String" },
    { name: 'bill_unit', type: "Date" },
    { name: 'raw_quantity', type: "Decimal(18,6)" },
    { name: 'quantity', type: "Decimal(18,6)" },
    { name: 'unit', type: "String" },
    { name: 'currency', type: "String" },
    { name: 'gross', type: "Decimal(18,9)" },
    { name: 'amount', type: "Decimal(18,9)" },
    { name: 'impact_kind', type: "Array(Enum8('CURRENCY'=0,'ALLOWANCE'=1,'ACCUMULATOR'=2))" },
    { name: 'impact_offer_type', type: "Array(Enum8('PRICE'=0,'ALLOWANCE'=1))" },
    { name: 'impact_resource_id', type: "Array(String)" },
    { name: 'impact_tier', type: "Array(Int32)" },
    { name: 'impact_quantity', type: "Array(Decimal(18,6))" },
    { name: 'impact_amount', type: "Array(Decimal(18,9))" },
    { name: 'impact_balance_before', type: "Array(Int64)" },
    { name: 'impact_balance_after', type: "Array(Int64)" },
    { name: 'src_partition', type: "Int32" },
    { name: 'src_offset', type: "Int64" },
    { name: 'src_index', type: "Int32" },
  ],
  suspended: [
    { name: 'file_id', type: "String" },
    { name: 'platform', type: "LowCardinality(String)" },
    { name: 'service_type', type: "LowCardinality(String)" },
    { name: 'record_type', type: "LowCardinality(String)" },
    { name: 'catalog_version', type: "LowCardinality(String)" },
    { name: 'processed_at', type: "DateTime64(3,'UTC')" },
    { name: 'record_number', type: "UInt32" },
    { name: 'start_time', type: "DateTime64(6,'UTC')" },
    { name: 'end_time', type: "DateTime64(6,'UTC')" },
    { name: 'unique_key', type: "FixedString(16)" },
    { name: 'source_record_id', type: "String" },
    { name: 'usage_type', type: "LowCardinality(String)" },
    { name: 'service_id', type: "String" },
    { name: 'calling_number', type: "String" },
    { name: 'called_number', type: "String" },
    { name: 'duration', type: "Decimal(18,6)" },
    { name: 'volume_up', type: "Int64" },
    { name: 'volume_down', type: "Int64" },
    { name: 'units', type: "Decimal(18,6)" },
    { name: 'wholesale_amount', type: "Decimal(18,9)" },
    { name: 'call_type', type: "LowCardinality(String)" },
    { name: 'network', type: "LowCardinality(String)" },
    { name: 'apn', type: "LowCardinality(String)" },
    { name: 'description', type: "String" },
    { name: 'flex1', type: "String" },
    { name: 'flex2', type: "String" },
    { name: 'flex3', type: "String" },
    { name: 'flex4', type: "String" },
    { name: 'late', type: "Bool" },
    { name: 'account_id', type: "String" },
    { name: 'subscription_id', type: "String" },
    { name: 'balance_group_id', type: "String" },
    { name: 'code', type: "LowCardinality(String)" },
    { name: 'reason', type: "String" },
    { name: 'src_partition', type: "Int32" },
    { name: 'src_offset', type: "Int64" },
    { name: 'src_index', type: "Int32" },
  ],
  errors: [
    { name: 'file_id', type: "String" },
    { name: 'platform', type: "LowCardinality(String)" },
    { name: 'service_type', type: "LowCardinality(String)" },
    { name: 'record_type', type: "LowCardinality(String)" },
    { name: 'catalog_version', type: "LowCardinality(String)" },
    { name: 'processed_at', type: "DateTime64(3,'UTC')" },
    { name: 'record_number', type: "UInt32" },
    { name: 'byte_position', type: "Int64" },
    { name: 'phase', type: "LowCardinality(String)" },
    { name: 'outcome', type: "LowCardinality(String)" },
    { name: 'code', type: "LowCardinality(String)" },
    { name: 'reason', type: "String" },
    { name: 'field', type: "LowCardinality(String)" },
    { name: 'field_position', type: "Int32" },
    { name: 'start_time', type: "DateTime64(6,'UTC')" },
    { name: 'raw', type: "String" },
    { name: 'src_partition', type: "Int32" },
    { name: 'src_offset', type: "Int64" },
    { name: 'src_index', type: "Int32" },
  ],
  ledger: [
    { name: 'file_id', type: "String" },
    { name: 'platform', type: "LowCardinality(String)" },
    { name: 'service_type', type: "LowCardinality(String)" },
    { name: 'record_type', type: "LowCardinality(String)" },
    { name: 'stage', type: "LowCardinality(String)" },
    { name: 'source_partition', type: "Int32" },
    { name: 'source_offset', type: "Int64" },
    { name: 'lines', type: "Int64" },
    { name: 'skipped', type: "Int64" },
    { name: 'details', type: "Int64" },
    { name: 'processed', type: "Int64" },
    { name: 'ignored', type: "Int64" },
    { name: 'errors', type: "Int64" },
    { name: 'suspended', type: "Int64" },
    { name: 'duplicates', type: "Int64" },
    { name: 'charges', type: "Int64" },
    { name: 'quantity', type: "Decimal(18,6)" },
    { name: 'amount', type: "Decimal(18,9)" },
    { name: 'at', type: "DateTime64(3,'UTC')" },
    { name: 'src_partition', type: "Int32" },
    { name: 'src_offset', type: "Int64" },
    { name: 'src_index', type: "Int32" },
  ],
  billing_lines: [
    { name: 'run_id', type: "String" },
    { name: 'batch_id', type: "String" },
    { name: 'line_id', type: "String" },
    { name: 'account_id', type: "String" },
    { name: 'subscription_id', type: "String" },
    { name: 'usage_type', type: "LowCardinality(String)" },
    { name: 'bill_unit', type: "Date" },
    { name: 'currency', type: "LowCardinality(String)" },
    { name: 'unit', type: "LowCardinality(String)" },
    { name: 'charges', type: "Int64" },
    { name: 'records', type: "Int64" },
    { name: 'quantity', type: "Decimal(18,6)" },
    { name: 'amount', type: "Decimal(18,9)" },
    { name: 'billed_amount', type: "Decimal(18,9)" },
    { name: 'first_usage', type: "DateTime64(6,'UTC')" },
    { name: 'last_usage', type: "DateTime64(6,'UTC')" },
    { name: 'src_partition', type: "Int32" },
    { name: 'src_offset', type: "Int64" },
    { name: 'src_index', type: "Int32" },
  ],
  billing_results: [
    { name: 'run_id', type: "String" },
    { name: 'batch_id', type: "String" },
    { name: 'receipt_id', type: "String" },
    { name: 'at', type: "DateTime64(3,'UTC')" },
    { name: 'line_id', type: "String" },
    { name: 'status', type: "LowCardinality(String)" },
    { name: 'error_code', type: "Int32" },
    { name: 'error_message', type: "String" },
    { name: 'billed_amount', type: "Decimal(18,9)" },
    { name: 'src_partition', type: "Int32" },
    { name: 'src_offset', type: "Int64" },
    { name: 'src_index', type: "Int32" },
  ],
  billing_runs: [
    { name: 'run_id', type: "String" },
    { name: 'partition', type: "Int32" },
    { name: 'cut_offset', type: "Int64" },
    { name: 'previous_cut_offset', type: "Int64" },
    { name: 'lines', type: "Int64" },
    { name: 'charges', type: "Int64" },
    { name: 'quantity', type: "Decimal(38,6)" },
    { name: 'amount', type: "Decimal(38,9)" },
    { name: 'at', type: "DateTime64(3,'UTC')" },
    { name: 'src_partition', type: "Int32" },
    { name: 'src_offset', type: "Int64" },
    { name: 'src_index', type: "Int32" },
  ],
};

/** Columns of a table in the order in which its rows are written. */
export function columnsOf(table: TableName): readonly Column[] {
  return columns[table];
}

/** FileEvent → rows of `files`, one per message. */
export function writeFilesRows(
  writer: RowBinaryWriter,
  message: Buffer,
  source: RowSource,
  ids: SchemaIds = embeddedSchemaIds,
): number {
  return writeAtomically(writer, () => filesRows(writer, new FileEventView(ids).open(message), source));
}

function filesRows(writer: RowBinaryWriter, batch: FileEventView, source: RowSource): number {
  const message = batch.buffer;
  writer.range(message, batch.fileIdStart, batch.fileIdEnd); // file_id
  writer.range(message, batch.bucketStart, batch.bucketEnd); // bucket
  writer.range(message, batch.keyStart, batch.keyEnd); // key
  writer.range(message, batch.platformStart, batch.platformEnd); // platform
  writer.range(message, batch.serviceTypeStart, batch.serviceTypeEnd); // service_type
  writer.range(message, batch.recordTypeStart, batch.recordTypeEnd); // record_type
  writer.encoded(fileStatusBytes[batch.status]!); // status
  writer.range(message, batch.codeStart, batch.codeEnd); // code
  writer.range(message, batch.reasonStart, batch.reasonEnd); // reason
  writer.range(message, batch.sha256Start, batch.sha256End); // sha256
  writer.int64(batch.bytes); // bytes
  writer.int64(batch.lines); // lines
  writer.int64(batch.details); // details
  writer.int64(batch.batches); // batches
  writer.range(message, batch.duplicateOfStart, batch.duplicateOfEnd); // duplicate_of
  writer.dateText(message, batch.fileDateStart, batch.fileDateEnd); // file_date
  writer.int64(batch.at); // at
  writer.int32(source.partition); // src_partition
  writer.int64(source.offset); // src_offset
  writer.int32(0); // src_index
  return 1;
}

/** RatedBatch → rows of `rated`, one per charge. */
export function writeRatedRows(
  writer: RowBinaryWriter,
  message: Buffer,
  source: RowSource,
  ids: SchemaIds = embeddedSchemaIds,
): number {
  return writeAtomically(writer, () => ratedRows(writer, new RatedBatchView(ids).open(message), source));
}

function ratedRows(writer: RowBinaryWriter, batch: RatedBatchView, source: RowSource): number {
  const message = batch.buffer;
  const record = batch.record;
  const charges = new ChargeCursor();
  const charge = charges.charge;
  const impacts = new ItemList(() => new ImpactView());
  let rows = 0;
  while (batch.next()) {
    const rowsBefore = rows;
    charges.open(message, record.chargesStart);
    while (charges.next()) {
      impacts.load(message, charge.impactsStart);
      writer.range(message, batch.fileIdStart, batch.fileIdEnd); // file_id
      writer.range(message, batch.platformStart, batch.platformEnd); // platform
      writer.range(message, batch.serviceTypeStart, batch.serviceTypeEnd); // service_type
      writer.range(message, batch.recordTypeStart, batch.recordTypeEnd); // record_type
      writer.range(message, batch.catalogVersionStart, batch.catalogVersionEnd); // catalog_version
      writer.int64(batch.processedAt); // processed_at
      writer.uint32(record.recordNumber); // record_number
      writer.int64(record.startTime); // start_time
      writer.int64(record.endTime); // end_time
      writer.fixed(message, record.uniqueKeyStart, record.uniqueKeyStart + 16); // unique_key
      writer.range(message, record.sourceRecordIdStart, record.sourceRecordIdEnd); // source_record_id
      writer.range(message, record.usageTypeStart, record.usageTypeEnd); // usage_type
      writer.range(message, record.serviceIdStart, record.serviceIdEnd); // service_id
      writer.range(message, record.callingNumberStart, record.callingNumberEnd); // calling_number
      writer.range(message, record.calledNumberStart, record.calledNumberEnd); // called_number
      writer.int64(record.duration); // duration
      writer.int64(record.volumeUp); // volume_up
      writer.int64(record.volumeDown); // volume_down
      writer.int64(record.units); // units
      writer.int64(record.wholesaleAmount); // wholesale_amount
      writer.range(message, record.callTypeStart, record.callTypeEnd); // call_type
      writer.range(message, record.networkStart, record.networkEnd); // network
      writer.range(message, record.apnStart, record.apnEnd); // apn
      writer.range(message, record.descriptionStart, record.descriptionEnd); // description
      writer.range(message, record.flex1Start, record.flex1End); // flex1
      writer.range(message, record.flex2Start, record.flex2End); // flex2
      writer.range(message, record.flex3Start, record.flex3End); // flex3
      writer.range(message, record.flex4Start, record.flex4End); // flex4
      writer.bool(record.late); // late
      writer.range(message, record.accountIdStart, record.accountIdEnd); // account_id
      writer.range(message, record.subscriptionIdStart, record.subscriptionIdEnd); // subscription_id
      writer.range(message, record.balanceGroupIdStart, record.balanceGroupIdEnd); // balance_group_id
      writer.int32(charge.chargeNumber); // charge_number
      writer.range(message, charge.usageTypeStart, charge.usageTypeEnd); // charge_usage_type
      writer.range(message, charge.offerIdStart, charge.offerIdEnd); // offer_id
      writer.range(message, charge.modelStart, charge.modelEnd); // model
      writer.range(message, charge.timeClassStart, charge.timeClassEnd); // time_class
      writer.range(message, charge.zoneStart, charge.zoneEnd); // zone
      writer.dateText(message, charge.billUnitStart, charge.billUnitEnd); // bill_unit
      writer.int64(charge.rawQuantity); // raw_quantity
      writer.int64(charge.quantity); // quantity
      writer.range(message, charge.unitStart, charge.unitEnd); // unit
      writer.range(message, charge.currencyStart, charge.currencyEnd); // currency
      writer.int64(charge.gross); // gross
      writer.int64(charge.amount); // amount
      writer.arrayLength(impacts.count); // impact_kind
      for (let i = 0; i < impacts.count; i++) writer.int8(impacts.items[i]!.kind);
      writer.arrayLength(impacts.count); // impact_offer_type
      for (let i = 0; i < impacts.count; i++) writer.int8(impacts.items[i]!.offerType);
      writer.arrayLength(impacts.count); // impact_resource_id
      for (let i = 0; i < impacts.count; i++) writer.range(message, impacts.items[i]!.resourceIdStart, impacts.items[i]!.resourceIdEnd);
      writer.arrayLength(impacts.count); // impact_tier
      for (let i = 0; i < impacts.count; i++) writer.int32(impacts.items[i]!.tier);
      writer.arrayLength(impacts.count); // impact_quantity
      for (let i = 0; i < impacts.count; i++) writer.int64(impacts.items[i]!.quantity);
      writer.arrayLength(impacts.count); // impact_amount
      for (let i = 0; i < impacts.count; i++) writer.int64(impacts.items[i]!.amount);
      writer.arrayLength(impacts.count); // impact_balance_before
      for (let i = 0; i < impacts.count; i++) writer.int64(impacts.items[i]!.balanceBefore);
      writer.arrayLength(impacts.count); // impact_balance_after
      for (let i = 0; i < impacts.count; i++) writer.int64(impacts.items[i]!.balanceAfter);
      writer.int32(source.partition); // src_partition
      writer.int64(source.offset); // src_offset
      writer.int32(batch.index); // src_index
      rows += 1;
    }
    if (rows === rowsBefore) throw new CodecError('BAD_VALUE', `Record ${batch.index} has no charges, so no row of rated`);
  }
  return rows;
}

/** SuspendedBatch → rows of `suspended`, one per record. */
export function writeSuspendedRows(
  writer: RowBinaryWriter,
  message: Buffer,
  source: RowSource,
  ids: SchemaIds = embeddedSchemaIds,
): number {
  return writeAtomically(writer, () => suspendedRows(writer, new SuspendedBatchView(ids).open(message), source));
}

function suspendedRows(writer: RowBinaryWriter, batch: SuspendedBatchView, source: RowSource): number {
  const message = batch.buffer;
  const record = batch.record;
  while (batch.next()) {
    writer.range(message, batch.fileIdStart, batch.fileIdEnd); // file_id
    writer.range(message, batch.platformStart, batch.platformEnd); // platform
    writer.range(message, batch.serviceTypeStart, batch.serviceTypeEnd); // service_type
    writer.range(message, batch.recordTypeStart, batch.recordTypeEnd); // record_type
    writer.range(message, batch.catalogVersionStart, batch.catalogVersionEnd); // catalog_version
    writer.int64(batch.processedAt); // processed_at
    writer.uint32(record.recordNumber); // record_number
    writer.int64(record.startTime); // start_time
    writer.int64(record.endTime); // end_time
    writer.fixed(message, record.uniqueKeyStart, record.uniqueKeyStart + 16); // unique_key
    writer.range(message, record.sourceRecordIdStart, record.sourceRecordIdEnd); // source_record_id
    writer.range(message, record.usageTypeStart, record.usageTypeEnd); // usage_type
    writer.range(message, record.serviceIdStart, record.serviceIdEnd); // service_id
    writer.range(message, record.callingNumberStart, record.callingNumberEnd); // calling_number
    writer.range(message, record.calledNumberStart, record.calledNumberEnd); // called_number
    writer.int64(record.duration); // duration
    writer.int64(record.volumeUp); // volume_up
    writer.int64(record.volumeDown); // volume_down
    writer.int64(record.units); // units
    writer.int64(record.wholesaleAmount); // wholesale_amount
    writer.range(message, record.callTypeStart, record.callTypeEnd); // call_type
    writer.range(message, record.networkStart, record.networkEnd); // network
    writer.range(message, record.apnStart, record.apnEnd); // apn
    writer.range(message, record.descriptionStart, record.descriptionEnd); // description
    writer.range(message, record.flex1Start, record.flex1End); // flex1
    writer.range(message, record.flex2Start, record.flex2End); // flex2
    writer.range(message, record.flex3Start, record.flex3End); // flex3
    writer.range(message, record.flex4Start, record.flex4End); // flex4
    writer.bool(record.late); // late
    writer.range(message, record.accountIdStart, record.accountIdEnd); // account_id
    writer.range(message, record.subscriptionIdStart, record.subscriptionIdEnd); // subscription_id
    writer.range(message, record.balanceGroupIdStart, record.balanceGroupIdEnd); // balance_group_id
    writer.range(message, record.codeStart, record.codeEnd); // code
    writer.range(message, record.reasonStart, record.reasonEnd); // reason
    writer.int32(source.partition); // src_partition
    writer.int64(source.offset); // src_offset
    writer.int32(batch.index); // src_index
  }
  return batch.index + 1;
}

/** ErrorBatch → rows of `errors`, one per record. */
export function writeErrorsRows(
  writer: RowBinaryWriter,
  message: Buffer,
  source: RowSource,
  ids: SchemaIds = embeddedSchemaIds,
): number {
  return writeAtomically(writer, () => errorsRows(writer, new ErrorBatchView(ids).open(message), source));
}

function errorsRows(writer: RowBinaryWriter, batch: ErrorBatchView, source: RowSource): number {
  const message = batch.buffer;
  const record = batch.record;
  while (batch.next()) {
    writer.range(message, batch.fileIdStart, batch.fileIdEnd); // file_id
    writer.range(message, batch.platformStart, batch.platformEnd); // platform
    writer.range(message, batch.serviceTypeStart, batch.serviceTypeEnd); // service_type
    writer.range(message, batch.recordTypeStart, batch.recordTypeEnd); // record_type
    writer.range(message, batch.catalogVersionStart, batch.catalogVersionEnd); // catalog_version
    writer.int64(batch.processedAt); // processed_at
    writer.uint32(record.recordNumber); // record_number
    writer.int64(record.bytePosition); // byte_position
    writer.encoded(phaseBytes[record.phase]!); // phase
    writer.encoded(outcomeBytes[record.outcome]!); // outcome
    writer.range(message, record.codeStart, record.codeEnd); // code
    writer.range(message, record.reasonStart, record.reasonEnd); // reason
    writer.range(message, record.fieldStart, record.fieldEnd); // field
    writer.int32(record.fieldPosition); // field_position
    writer.int64(record.startTime); // start_time
    writer.range(message, record.rawStart, record.rawEnd); // raw
    writer.int32(source.partition); // src_partition
    writer.int64(source.offset); // src_offset
    writer.int32(batch.index); // src_index
  }
  return batch.index + 1;
}

/** LedgerBatch → rows of `ledger`, one per message. */
export function writeLedgerRows(
  writer: RowBinaryWriter,
  message: Buffer,
  source: RowSource,
  ids: SchemaIds = embeddedSchemaIds,
): number {
  return writeAtomically(writer, () => ledgerRows(writer, new LedgerBatchView(ids).open(message), source));
}

function ledgerRows(writer: RowBinaryWriter, batch: LedgerBatchView, source: RowSource): number {
  const message = batch.buffer;
  writer.range(message, batch.fileIdStart, batch.fileIdEnd); // file_id
  writer.range(message, batch.platformStart, batch.platformEnd); // platform
  writer.range(message, batch.serviceTypeStart, batch.serviceTypeEnd); // service_type
  writer.range(message, batch.recordTypeStart, batch.recordTypeEnd); // record_type
  writer.encoded(stageBytes[batch.stage]!); // stage
  writer.int32(batch.sourcePartition); // source_partition
  writer.int64(batch.sourceOffset); // source_offset
  writer.int64(batch.lines); // lines
  writer.int64(batch.skipped); // skipped
  writer.int64(batch.details); // details
  writer.int64(batch.processed); // processed
  writer.int64(batch.ignored); // ignored
  writer.int64(batch.errors); // errors
  writer.int64(batch.suspended); // suspended
  writer.int64(batch.duplicates); // duplicates
  writer.int64(batch.charges); // charges
  writer.int64(batch.quantity); // quantity
  writer.int64(batch.amount); // amount
  writer.int64(batch.at); // at
  writer.int32(source.partition); // src_partition
  writer.int64(source.offset); // src_offset
  writer.int32(0); // src_index
  return 1;
}

/** BillingLineBatch → rows of `billing_lines`, one per record. */
export function writeBillingLinesRows(
  writer: RowBinaryWriter,
  message: Buffer,
  source: RowSource,
  ids: SchemaIds = embeddedSchemaIds,
): number {
  return writeAtomically(writer, () => billing_linesRows(writer, new BillingLineBatchView(ids).open(message), source));
}

function billing_linesRows(writer: RowBinaryWriter, batch: BillingLineBatchView, source: RowSource): number {
  const message = batch.buffer;
  const record = batch.record;
  while (batch.next()) {
    writer.range(message, batch.runIdStart, batch.runIdEnd); // run_id
    writer.range(message, batch.batchIdStart, batch.batchIdEnd); // batch_id
    writer.range(message, record.lineIdStart, record.lineIdEnd); // line_id
    writer.range(message, record.accountIdStart, record.accountIdEnd); // account_id
    writer.range(message, record.subscriptionIdStart, record.subscriptionIdEnd); // subscription_id
    writer.range(message, record.usageTypeStart, record.usageTypeEnd); // usage_type
    writer.dateText(message, record.billUnitStart, record.billUnitEnd); // bill_unit
    writer.range(message, record.currencyStart, record.currencyEnd); // currency
    writer.range(message, record.unitStart, record.unitEnd); // unit
    writer.int64(record.charges); // charges
    writer.int64(record.records); // records
    writer.int64(record.quantity); // quantity
    writer.int64(record.amount); // amount
    writer.int64(record.billedAmount); // billed_amount
    writer.int64(record.firstUsage); // first_usage
    writer.int64(record.lastUsage); // last_usage
    writer.int32(source.partition); // src_partition
    writer.int64(source.offset); // src_offset
    writer.int32(batch.index); // src_index
  }
  return batch.index + 1;
}

/** BillingResultBatch → rows of `billing_results`, one per record. */
export function writeBillingResultsRows(
  writer: RowBinaryWriter,
  message: Buffer,
  source: RowSource,
  ids: SchemaIds = embeddedSchemaIds,
): number {
  return writeAtomically(writer, () => billing_resultsRows(writer, new BillingResultBatchView(ids).open(message), source));
}

function billing_resultsRows(writer: RowBinaryWriter, batch: BillingResultBatchView, source: RowSource): number {
  const message = batch.buffer;
  const record = batch.record;
  while (batch.next()) {
    writer.range(message, batch.runIdStart, batch.runIdEnd); // run_id
    writer.range(message, batch.batchIdStart, batch.batchIdEnd); // batch_id
    writer.range(message, batch.receiptIdStart, batch.receiptIdEnd); // receipt_id
    writer.int64(batch.at); // at
    writer.range(message, record.lineIdStart, record.lineIdEnd); // line_id
    writer.encoded(syncStatusBytes[record.status]!); // status
    writer.int32(record.errorCode); // error_code
    writer.range(message, record.errorMessageStart, record.errorMessageEnd); // error_message
    writer.int64(record.billedAmount); // billed_amount
    writer.int32(source.partition); // src_partition
    writer.int64(source.offset); // src_offset
    writer.int32(batch.index); // src_index
  }
  return batch.index + 1;
}

/** BillingRun → rows of `billing_runs`, one per message. */
export function writeBillingRunsRows(
  writer: RowBinaryWriter,
  message: Buffer,
  source: RowSource,
  ids: SchemaIds = embeddedSchemaIds,
): number {
  return writeAtomically(writer, () => billing_runsRows(writer, new BillingRunView(ids).open(message), source));
}

function billing_runsRows(writer: RowBinaryWriter, batch: BillingRunView, source: RowSource): number {
  const message = batch.buffer;
  writer.range(message, batch.runIdStart, batch.runIdEnd); // run_id
  writer.int32(batch.partition); // partition
  writer.int64(batch.cutOffset); // cut_offset
  writer.int64(batch.previousCutOffset); // previous_cut_offset
  writer.int64(batch.lines); // lines
  writer.int64(batch.charges); // charges
  writer.decimalText(message, batch.quantityStart, batch.quantityEnd, 6); // quantity
  writer.decimalText(message, batch.amountStart, batch.amountEnd, 9); // amount
  writer.int64(batch.at); // at
  writer.int32(source.partition); // src_partition
  writer.int64(source.offset); // src_offset
  writer.int32(0); // src_index
  return 1;
}

/** Transcodes one message; see the head of this file. */
export type WriteRows = (writer: RowBinaryWriter, message: Buffer, source: RowSource, ids?: SchemaIds) => number;

/** The transcoder of each table. */
export const rowWriters: Readonly<Record<TableName, WriteRows>> = {
  files: writeFilesRows,
  rated: writeRatedRows,
  suspended: writeSuspendedRows,
  errors: writeErrorsRows,
  ledger: writeLedgerRows,
  billing_lines: writeBillingLinesRows,
  billing_results: writeBillingResultsRows,
  billing_runs: writeBillingRunsRows,
};
