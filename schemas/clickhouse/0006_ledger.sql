CREATE TABLE IF NOT EXISTS ledger
(
    file_id String,
    platform LowCardinality(String),
    service_type LowCardinality(String),
    record_type LowCardinality(String),
    stage LowCardinality(String),
    source_partition Int32,
    source_offset Int64,
    lines Int64,
    skipped Int64,
    details Int64,
    processed Int64,
    ignored Int64,
    errors Int64,
    suspended Int64,
    duplicates Int64,
    charges Int64,
    quantity Decimal(18,6),
    amount Decimal(18,9),
    at DateTime64(3,'UTC'),
    src_partition Int32,
    src_offset Int64,
    src_index Int32
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (file_id, stage, src_partition, src_offset)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'Control totals that each stage publishes for each batch.';
