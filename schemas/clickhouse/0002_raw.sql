CREATE TABLE IF NOT EXISTS raw
(
    file_id String,
    record_number UInt32,
    line String CODEC(ZSTD(1)),
    loaded_at DateTime64(3, 'UTC'),
    src_partition Int32,
    src_offset Int64,
    src_index Int32
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(loaded_at)
ORDER BY (file_id, record_number)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'Every line of every accepted file, byte for byte, without its line end; header, trailer and empty lines included.';
