CREATE TABLE IF NOT EXISTS billing_lines
(
    run_id String,
    batch_id String,
    line_id String,
    account_id String,
    subscription_id String,
    usage_type LowCardinality(String),
    bill_unit Date,
    currency LowCardinality(String),
    unit LowCardinality(String),
    charges Int64,
    records Int64,
    quantity Decimal(18,6),
    amount Decimal(18,9),
    billed_amount Decimal(18,9),
    first_usage DateTime64(6,'UTC'),
    last_usage DateTime64(6,'UTC'),
    src_partition Int32,
    src_offset Int64,
    src_index Int32
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(bill_unit)
ORDER BY (account_id, subscription_id, bill_unit, line_id)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'Aggregated lines for billing.';
