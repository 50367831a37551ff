CREATE TABLE IF NOT EXISTS errors
(
    file_id String,
    platform LowCardinality(String),
    service_type LowCardinality(String),
    record_type LowCardinality(String),
    catalog_version LowCardinality(String),
    processed_at DateTime64(3,'UTC'),
    record_number UInt32,
    byte_position Int64,
    phase LowCardinality(String),
    outcome LowCardinality(String),
    code LowCardinality(String),
    reason String CODEC(ZSTD(1)),
    field LowCardinality(String),
    field_position Int32,
    start_time DateTime64(6,'UTC'),
    raw String CODEC(ZSTD(1)),
    src_partition Int32,
    src_offset Int64,
    src_index Int32
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(processed_at)
ORDER BY (file_id, record_number)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'Records that ended before rating: errors, ignored by a filter, duplicates.';
