CREATE TABLE IF NOT EXISTS billing_results
(
    run_id String,
    batch_id String,
    receipt_id String,
    at DateTime64(3,'UTC'),
    line_id String,
    status LowCardinality(String),
    error_code Int32,
    error_message String CODEC(ZSTD(1)),
    billed_amount Decimal(18,9),
    src_partition Int32,
    src_offset Int64,
    src_index Int32
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (line_id, src_partition, src_offset)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'Answers of the billing system per line.';
