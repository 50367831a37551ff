CREATE TABLE IF NOT EXISTS files
(
    file_id String,
    bucket LowCardinality(String),
    key String,
    platform LowCardinality(String),
    service_type LowCardinality(String),
    record_type LowCardinality(String),
    status LowCardinality(String),
    code LowCardinality(String),
    reason String CODEC(ZSTD(1)),
    sha256 String,
    bytes Int64,
    lines Int64,
    details Int64,
    batches Int64,
    duplicate_of String,
    file_date Date,
    at DateTime64(3,'UTC'),
    src_partition Int32,
    src_offset Int64,
    src_index Int32
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (file_id, src_partition, src_offset)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'Steps in the life of each usage file; the newest step is the state (view file_state).';
