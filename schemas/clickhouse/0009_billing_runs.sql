CREATE TABLE IF NOT EXISTS billing_runs
(
    run_id String,
    partition Int32,
    cut_offset Int64,
    previous_cut_offset Int64,
    lines Int64,
    charges Int64,
    quantity Decimal(38,6),
    amount Decimal(38,9),
    at DateTime64(3,'UTC'),
    src_partition Int32,
    src_offset Int64,
    src_index Int32
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (run_id, partition)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'Billing runs with the cut of each partition.';
