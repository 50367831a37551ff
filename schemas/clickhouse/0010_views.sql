CREATE OR REPLACE VIEW file_state AS
SELECT
    file_id,
    argMax(key, seq) AS file_key,
    arrayElement(splitByChar('/', argMax(key, seq)), -1) AS file_name,
    argMax(platform, seq) AS file_platform,
    argMax(service_type, seq) AS file_service_type,
    argMax(record_type, seq) AS file_record_type,
    argMax(status, seq) AS file_status,
    argMax(code, seq) AS file_code,
    argMax(reason, seq) AS file_reason,
    argMax(lines, seq) AS file_lines,
    argMax(details, seq) AS file_details,
    argMax(bytes, seq) AS file_bytes,
    argMax(sha256, seq) AS file_sha256,
    argMax(duplicate_of, seq) AS file_duplicate_of,
    argMax(file_date, seq) AS business_date,
    min(at) AS received_at,
    max(at) AS updated_at
FROM (SELECT *, src_offset AS seq FROM files WHERE duplicate_of != file_id)
GROUP BY file_id
COMMENT 'Usage master data: one row per file with its newest state.';

CREATE OR REPLACE VIEW file_phases AS
SELECT
    file_id,
    sumIf(lines, stage = 'MEDIATE') AS lines_consumed,
    sumIf(skipped, stage = 'MEDIATE') AS lines_skipped,
    sumIf(details, stage = 'MEDIATE') AS details_consumed,
    sumIf(processed, stage = 'MEDIATE') AS guided,
    sumIf(ignored, stage = 'MEDIATE') AS ignored_records,
    sumIf(errors, stage = 'MEDIATE') AS error_records,
    sumIf(suspended, stage = 'MEDIATE') AS suspended_in_guiding,
    sumIf(details, stage = 'RATE') AS rating_total,
    sumIf(processed, stage = 'RATE') AS rated_records,
    sumIf(suspended, stage = 'RATE') AS suspended_in_rating,
    sumIf(duplicates, stage = 'RATE') AS duplicate_records,
    sumIf(charges, stage = 'RATE') AS rated_charges,
    sumIf(quantity, stage = 'RATE') AS rated_quantity,
    sumIf(amount, stage = 'RATE') AS rated_amount
FROM ledger
GROUP BY file_id
COMMENT 'Control totals per file, as the stages published them; compared with the rows by the reconciliation.';

CREATE OR REPLACE VIEW impacts AS
SELECT
    file_id, record_number, charge_number, account_id, subscription_id, balance_group_id, bill_unit, start_time, offer_id,
    src_partition, src_offset, src_index, impact_number, kind, offer_type, resource_id, tier, impact_quantity_value AS impact_quantity, impact_amount_value AS impact_amount, balance_before, balance_after
FROM rated
ARRAY JOIN
    arrayEnumerate(impact_kind) AS impact_number,
    impact_kind AS kind,
    impact_offer_type AS offer_type,
    impact_resource_id AS resource_id,
    impact_tier AS tier,
    impact_quantity AS impact_quantity_value,
    impact_amount AS impact_amount_value,
    impact_balance_before AS balance_before,
    impact_balance_after AS balance_after
COMMENT 'One row per change of a balance, in the order of rating. Balances of kind CURRENCY are scaled by 10^9, others by 10^6.';

CREATE OR REPLACE VIEW line_state AS
SELECT
    l.*,
    if(r.line_id = '', 'PENDING', r.last_status) AS status,
    r.last_error_code AS error_code,
    r.last_error_message AS error_message,
    r.last_receipt_id AS receipt_id
FROM billing_lines AS l
LEFT JOIN
(
    SELECT
        line_id,
        argMax(status, src_offset) AS last_status,
        argMax(error_code, src_offset) AS last_error_code,
        argMax(error_message, src_offset) AS last_error_message,
        argMax(receipt_id, src_offset) AS last_receipt_id
    FROM billing_results
    GROUP BY line_id
) AS r ON r.line_id = l.line_id
COMMENT 'Billing lines with the newest answer of the billing system.';
