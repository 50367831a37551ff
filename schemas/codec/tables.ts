import type { ColumnSpec, TableSpec } from './generator/spec.ts';

/** Text that repeats. Where rows are many, plain String: half the processor time of an insert (docs/adr/0004). */
const code = 'LowCardinality(String)';
const impactKind = "Enum8('CURRENCY'=0,'ALLOWANCE'=1,'ACCUMULATOR'=2)";
const offerType = "Enum8('PRICE'=0,'ALLOWANCE'=1)";
const amount = 'Decimal(18,9)';
const quantity = 'Decimal(18,6)';
const micros = "DateTime64(6,'UTC')";
const millis = "DateTime64(3,'UTC')";

/** Columns that tell where a row came from; last in every table. */
const sourceColumns: readonly ColumnSpec[] = [
  { name: 'src_partition', type: 'Int32', from: 'source.partition' },
  { name: 'src_offset', type: 'Int64', from: 'source.offset' },
  { name: 'src_index', type: 'Int32', from: 'source.index' },
];

const batchColumns: readonly ColumnSpec[] = [
  { name: 'file_id', type: 'String', from: 'batch.fileId' },
  { name: 'platform', type: code, from: 'batch.platform' },
  { name: 'service_type', type: code, from: 'batch.serviceType' },
  { name: 'record_type', type: code, from: 'batch.recordType' },
  { name: 'catalog_version', type: code, from: 'batch.catalogVersion' },
  { name: 'processed_at', type: millis, from: 'batch.processedAt' },
];

const containerColumns: readonly ColumnSpec[] = [
  { name: 'record_number', type: 'UInt32', from: 'record.recordNumber' },
  { name: 'start_time', type: micros, from: 'record.startTime' },
  { name: 'end_time', type: micros, from: 'record.endTime' },
  { name: 'unique_key', type: 'FixedString(16)', from: 'record.uniqueKey' },
  { name: 'source_record_id', type: 'String', from: 'record.sourceRecordId' },
  { name: 'usage_type', type: code, from: 'record.usageType' },
  { name: 'service_id', type: 'String', from: 'record.serviceId' },
  { name: 'calling_number', type: 'String', from: 'record.callingNumber' },
  { name: 'called_number', type: 'String', from: 'record.calledNumber' },
  { name: 'duration', type: quantity, from: 'record.duration' },
  { name: 'volume_up', type: 'Int64', from: 'record.volumeUp' },
  { name: 'volume_down', type: 'Int64', from: 'record.volumeDown' },
  { name: 'units', type: quantity, from: 'record.units' },
  { name: 'wholesale_amount', type: amount, from: 'record.wholesaleAmount' },
  { name: 'call_type', type: code, from: 'record.callType' },
  { name: 'network', type: code, from: 'record.network' },
  { name: 'apn', type: code, from: 'record.apn' },
  { name: 'description', type: 'String', from: 'record.description' },
  { name: 'flex1', type: 'String', from: 'record.flex1' },
  { name: 'flex2', type: 'String', from: 'record.flex2' },
  { name: 'flex3', type: 'String', from: 'record.flex3' },
  { name: 'flex4', type: 'String', from: 'record.flex4' },
  { name: 'late', type: 'Bool', from: 'record.late' },
  { name: 'account_id', type: 'String', from: 'record.accountId' },
  { name: 'subscription_id', type: 'String', from: 'record.subscriptionId' },
  { name: 'balance_group_id', type: 'String', from: 'record.balanceGroupId' },
];

/** The columns with every repeating text as a plain String. */
function plainStrings(columns: readonly ColumnSpec[]): ColumnSpec[] {
  return columns.map((column) => (column.type === code ? { ...column, type: 'String' } : column));
}

/** One row per charge. The scale of impact_balance_* depends on impact_kind: 10^9 for CURRENCY, else 10^6; so they are plain Int64. */
const rated: TableSpec = {
  table: 'rated',
  view: 'RatedBatchView',
  rowPer: 'charges',
  columns: plainStrings([
    ...batchColumns,
    ...containerColumns,
    { name: 'charge_number', type: 'Int32', from: 'charge.chargeNumber' },
    { name: 'charge_usage_type', type: code, from: 'charge.usageType' },
    { name: 'offer_id', type: code, from: 'charge.offerId' },
    { name: 'model', type: code, from: 'charge.model' },
    { name: 'time_class', type: code, from: 'charge.timeClass' },
    { name: 'zone', type: code, from: 'charge.zone' },
    { name: 'bill_unit', type: 'Date', from: 'charge.billUnit' },
    { name: 'raw_quantity', type: quantity, from: 'charge.rawQuantity' },
    { name: 'quantity', type: quantity, from: 'charge.quantity' },
    { name: 'unit', type: code, from: 'charge.unit' },
    { name: 'currency', type: code, from: 'charge.currency' },
    { name: 'gross', type: amount, from: 'charge.gross' },
    { name: 'amount', type: amount, from: 'charge.amount' },
    { name: 'impact_kind', type: `Array(${impactKind})`, from: 'impacts.kind' },
    { name: 'impact_offer_type', type: `Array(${offerType})`, from: 'impacts.offerType' },
    { name: 'impact_resource_id', type: 'Array(String)', from: 'impacts.resourceId' },
    { name: 'impact_tier', type: 'Array(Int32)', from: 'impacts.tier' },
    { name: 'impact_quantity', type: `Array(${quantity})`, from: 'impacts.quantity' },
    { name: 'impact_amount', type: `Array(${amount})`, from: 'impacts.amount' },
    { name: 'impact_balance_before', type: 'Array(Int64)', from: 'impacts.balanceBefore' },
    { name: 'impact_balance_after', type: 'Array(Int64)', from: 'impacts.balanceAfter' },
    ...sourceColumns,
  ]),
};

const suspended: TableSpec = {
  table: 'suspended',
  view: 'SuspendedBatchView',
  columns: [
    ...batchColumns,
    ...containerColumns,
    { name: 'code', type: code, from: 'record.code' },
    { name: 'reason', type: 'String', from: 'record.reason' },
    ...sourceColumns,
  ],
};

const errors: TableSpec = {
  table: 'errors',
  view: 'ErrorBatchView',
  columns: [
    ...batchColumns,
    { name: 'record_number', type: 'UInt32', from: 'record.recordNumber' },
    { name: 'byte_position', type: 'Int64', from: 'record.bytePosition' },
    { name: 'phase', type: code, from: 'record.phase' },
    { name: 'outcome', type: code, from: 'record.outcome' },
    { name: 'code', type: code, from: 'record.code' },
    { name: 'reason', type: 'String', from: 'record.reason' },
    { name: 'field', type: code, from: 'record.field' },
    { name: 'field_position', type: 'Int32', from: 'record.fieldPosition' },
    { name: 'start_time', type: micros, from: 'record.startTime' },
    { name: 'raw', type: 'String', from: 'record.raw' },
    ...sourceColumns,
  ],
};

const billingLines: TableSpec = {
  table: 'billing_lines',
  view: 'BillingLineBatchView',
  columns: [
    { name: 'run_id', type: 'String', from: 'batch.runId' },
    { name: 'batch_id', type: 'String', from: 'batch.batchId' },
    { name: 'line_id', type: 'String', from: 'record.lineId' },
    { name: 'account_id', type: 'String', from: 'record.accountId' },
    { name: 'subscription_id', type: 'String', from: 'record.subscriptionId' },
    { name: 'usage_type', type: code, from: 'record.usageType' },
    { name: 'bill_unit', type: 'Date', from: 'record.billUnit' },
    { name: 'currency', type: code, from: 'record.currency' },
    { name: 'unit', type: code, from: 'record.unit' },
    { name: 'charges', type: 'Int64', from: 'record.charges' },
    { name: 'records', type: 'Int64', from: 'record.records' },
    { name: 'quantity', type: quantity, from: 'record.quantity' },
    { name: 'amount', type: amount, from: 'record.amount' },
    { name: 'billed_amount', type: amount, from: 'record.billedAmount' },
    { name: 'first_usage', type: micros, from: 'record.firstUsage' },
    { name: 'last_usage', type: micros, from: 'record.lastUsage' },
    ...sourceColumns,
  ],
};

const billingResults: TableSpec = {
  table: 'billing_results',
  view: 'BillingResultBatchView',
  columns: [
    { name: 'run_id', type: 'String', from: 'batch.runId' },
    { name: 'batch_id', type: 'String', from: 'batch.batchId' },
    { name: 'receipt_id', type: 'String', from: 'batch.receiptId' },
    { name: 'at', type: millis, from: 'batch.at' },
    { name: 'line_id', type: 'String', from: 'record.lineId' },
    { name: 'status', type: code, from: 'record.status' },
    { name: 'error_code', type: 'Int32', from: 'record.errorCode' },
    { name: 'error_message', type: 'String', from: 'record.errorMessage' },
    { name: 'billed_amount', type: amount, from: 'record.billedAmount' },
    ...sourceColumns,
  ],
};

const billingRuns: TableSpec = {
  table: 'billing_runs',
  view: 'BillingRunView',
  columns: [
    { name: 'run_id', type: 'String', from: 'batch.runId' },
    { name: 'partition', type: 'Int32', from: 'batch.partition' },
    { name: 'cut_offset', type: 'Int64', from: 'batch.cutOffset' },
    { name: 'previous_cut_offset', type: 'Int64', from: 'batch.previousCutOffset' },
    { name: 'lines', type: 'Int64', from: 'batch.lines' },
    { name: 'charges', type: 'Int64', from: 'batch.charges' },
    { name: 'quantity', type: 'Decimal(38,6)', from: 'batch.quantity' },
    { name: 'amount', type: 'Decimal(38,9)', from: 'batch.amount' },
    { name: 'at', type: millis, from: 'batch.at' },
    ...sourceColumns,
  ],
};

const ledger: TableSpec = {
  table: 'ledger',
  view: 'LedgerBatchView',
  columns: [
    { name: 'file_id', type: 'String', from: 'batch.fileId' },
    { name: 'platform', type: code, from: 'batch.platform' },
    { name: 'service_type', type: code, from: 'batch.serviceType' },
    { name: 'record_type', type: code, from: 'batch.recordType' },
    { name: 'stage', type: code, from: 'batch.stage' },
    { name: 'source_partition', type: 'Int32', from: 'batch.sourcePartition' },
    { name: 'source_offset', type: 'Int64', from: 'batch.sourceOffset' },
    ...(
      [
        'lines',
        'skipped',
        'details',
        'processed',
        'ignored',
        'errors',
        'suspended',
        'duplicates',
        'charges',
      ] as const
    ).map((name) => ({ name, type: 'Int64', from: `batch.${name}` })),
    { name: 'quantity', type: quantity, from: 'batch.quantity' },
    { name: 'amount', type: amount, from: 'batch.amount' },
    { name: 'at', type: millis, from: 'batch.at' },
    ...sourceColumns,
  ],
};

const files: TableSpec = {
  table: 'files',
  view: 'FileEventView',
  columns: [
    { name: 'file_id', type: 'String', from: 'batch.fileId' },
    { name: 'bucket', type: code, from: 'batch.bucket' },
    { name: 'key', type: 'String', from: 'batch.key' },
    { name: 'platform', type: code, from: 'batch.platform' },
    { name: 'service_type', type: code, from: 'batch.serviceType' },
    { name: 'record_type', type: code, from: 'batch.recordType' },
    { name: 'status', type: code, from: 'batch.status' },
    { name: 'code', type: code, from: 'batch.code' },
    { name: 'reason', type: 'String', from: 'batch.reason' },
    { name: 'sha256', type: 'String', from: 'batch.sha256' },
    ...(['bytes', 'lines', 'details', 'batches'] as const).map((name) => ({
      name,
      type: 'Int64',
      from: `batch.${name}`,
    })),
    { name: 'duplicate_of', type: 'String', from: 'batch.duplicateOf' },
    { name: 'file_date', type: 'Date', from: 'batch.fileDate' },
    { name: 'at', type: millis, from: 'batch.at' },
    ...sourceColumns,
  ],
};

/** ClickHouse tables that are filled by generated transcoders: their columns, in order, and where each comes from. */
export const tables: readonly TableSpec[] = [
  files,
  rated,
  suspended,
  errors,
  ledger,
  billingLines,
  billingResults,
  billingRuns,
];
