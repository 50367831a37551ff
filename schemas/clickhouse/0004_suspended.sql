CREATE TABLE IF NOT EXISTS suspended
(
    file_id String,
    platform LowCardinality(String),
    service_type LowCardinality(String),
    record_type LowCardinality(String),
    catalog_version LowCardinality(String),
    processed_at DateTime64(3,'UTC'),
    record_number UInt32,
    start_time DateTime64(6,'UTC'),
    end_time DateTime64(6,'UTC'),
    unique_key FixedString(16),
    source_record_id String CODEC(ZSTD(1)),
    usage_type LowCardinality(String),
    service_id String,
    calling_number String,
    called_number String,
    duration Decimal(18,6),
    volume_up Int64,
    volume_down Int64,
    units Decimal(18,6),
    wholesale_amount Decimal(18,9),
    call_type LowCardinality(String),
    network LowCardinality(String),
    apn LowCardinality(String),
    description String CODEC(ZSTD(1)),
    flex1 String,
    flex2 String,
    flex3 String,
    flex4 String,
    late Bool,
    account_id String,
    subscription_id String,
    balance_group_id String,
    code LowCardinality(String),
    reason String CODEC(ZSTD(1)),
    src_partition Int32,
    src_offset Int64,
    src_index Int32
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(processed_at)
ORDER BY (file_id, record_number)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'Records that passed mediation and could not be guided or rated.';
