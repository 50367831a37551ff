import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SyncStatus } from '../../schemas/codec/generated/values.ts';
import type { BillingLine } from '../aggregation/cut-run.ts';
import { instantMicros } from '../../schemas/catalog/instant.ts';
import { ZoneOffsets } from '../calendar/zone-offsets.ts';
import {
  blendedRate,
  bulkRecordUsageRequest,
  interpretBulkRecordUsage,
  receiptId,
} from './bulk-record-usage.ts';
import { interpretUsageHistory, usageHistoryQuestions } from './usage-history.ts';

const CALLER = { clientNo: '1001', authKey: 'key' };
const LONDON = new ZoneOffsets('Europe/London');

function line(number: number, more: Partial<BillingLine> = {}): BillingLine {
  return {
    ...{
      lineId: `R1P0L${number}`,
      runId: 'R1',
      accountId: `A${number}`,
      subscriptionId: `S${number}`,
      usageType: 'VOICE',
    },
    ...{
      billUnit: '2026-08-01',
      currency: 'GBP',
      unit: 'SECOND',
      charges: 3,
      records: 1,
      quantity: 10_000_000,
    },
    ...{ amount: 1_250_000_000, billedAmount: 1_250_000_000 },
    ...{
      firstUsage: instantMicros('2026-08-01T10:00:00Z'),
      lastUsage: instantMicros('2026-08-31T22:30:15Z'),
    },
    ...more,
  };
}

const LINES = [line(1), line(2), line(3)];
const OK = { error_code: 0, error_msg: 'OK' };

test('the request carries each line as exact decimal text with its id, its blended price and the local time of its last usage', () => {
  const request = bulkRecordUsageRequest([line(1)], 'R1P0B1A1', CALLER, LONDON);
  assert.deepEqual(request, {
    ...{ rest_call: 'bulk_record_usage_m', output_format: 'json', client_no: '1001', auth_key: 'key' },
    client_receipt_id: 'R1P0B1A1',
    usage_recs: [
      {
        ...{
          client_record_id: 'R1P0L1',
          client_acct_id: 'A1',
          client_plan_instance_id: 'S1',
          usage_type_code: 'VOICE',
        },
        ...{ usage_units: '10', usage_date: '2026-08-31 23:30:15', amt: '1.25', rate: '0.125' },
        ...{ qualifier_1: '2026-08-01', qualifier_2: 'SECOND', qualifier_3: 'GBP', qualifier_4: '3' },
      },
    ],
  });
});

test('amounts have two decimals at least, credits keep their sign, and a line without quantity has no rate', () => {
  const [record] = bulkRecordUsageRequest(
    [line(1, { quantity: 0, amount: -5_000_000_000, billedAmount: -5_000_000_000 })],
    'r',
    CALLER,
    LONDON,
  ).usage_recs;
  assert.equal(record!.amt, '-5.00');
  assert.equal(record!.usage_units, '0');
  assert.equal('rate' in record!, false);
});

test('the blended rate is rounded once to five decimals', () => {
  assert.equal(blendedRate({ amount: 1_000_000_000, quantity: 3_000_000 }), '0.33333');
  assert.equal(blendedRate({ amount: 2_000_000_000, quantity: 3_000_000 }), '0.66667');
  assert.equal(blendedRate({ amount: Number.MAX_SAFE_INTEGER, quantity: 1 }), null);
});

test('a receipt is new for every attempt, and alphanumeric', () => {
  assert.equal(receiptId('R1P0B1', 2), 'R1P0B1A2');
  assert.throws(() => receiptId('R1-P0', 1), RangeError);
  assert.throws(() => receiptId('R'.repeat(50), 1), RangeError);
});

test('B15: of three lines one fails with 1009: two are complete, one is an error with code and text', () => {
  const errorRecords = [
    {
      out_client_record_id: 'R1P0L2',
      acct_no: null,
      record_error_code: 1009,
      record_error_msg: 'account does not exist',
    },
  ];
  const { results, retry } = interpretBulkRecordUsage(LINES, { ...OK, error_records: errorRecords });
  assert.deepEqual(retry, []);
  assert.deepEqual(
    results.map(({ lineId, status, errorCode, errorMessage, billedAmount }) => [
      ...[lineId, status, errorCode, errorMessage, billedAmount],
    ]),
    [
      ['R1P0L1', SyncStatus.COMPLETE, 0, '', 1_250_000_000],
      ['R1P0L2', SyncStatus.ERROR, 1009, 'account does not exist', 0],
      ['R1P0L3', SyncStatus.COMPLETE, 0, '', 1_250_000_000],
    ],
  );
});

test('a call that succeeds without error records completes every line', () => {
  for (const answer of [
    OK,
    { ...OK, error_records: [] },
    { ...OK, error_records: null },
    { error_code: '0' },
  ]) {
    const { results } = interpretBulkRecordUsage(LINES, answer);
    assert.ok(results.length === 3 && results.every(({ status }) => status === SyncStatus.COMPLETE));
  }
});

const UNKNOWN: readonly (readonly [string, unknown])[] = [
  ['no answer', undefined],
  ['an unexpected error', { error_code: 1001, error_msg: 'unexpected error' }],
  ['text instead of an object', '<html>'],
  ['no error code', {}],
  ['error records that are no list', { ...OK, error_records: 'x' }],
  ['an error record without id', { ...OK, error_records: [{ record_error_code: 1009 }] }],
];

for (const [what, answer] of UNKNOWN) {
  test(`${what} settles nothing: every line may be tried again`, () => {
    const { results, retry, reason } = interpretBulkRecordUsage(LINES, answer);
    assert.deepEqual(results, []);
    assert.deepEqual(retry, LINES);
    assert.notEqual(reason, '');
  });
}

test('a business code of the whole call refuses every line, and is not retried', () => {
  const { results, retry } = interpretBulkRecordUsage(LINES, {
    error_code: 1004,
    error_msg: 'authentication error',
  });
  assert.deepEqual(retry, []);
  assert.ok(results.every(({ status, errorCode }) => status === SyncStatus.ERROR && errorCode === 1004));
});

test('a receipt that was used before settles nothing: the usage history must tell what that call did', () => {
  const answer = { error_code: 1012, error_msg: 'client_receipt_id was used before' };
  const outcome = interpretBulkRecordUsage(LINES, answer);
  assert.deepEqual(outcome, { results: [], retry: [], reason: answer.error_msg, receiptUsed: true });
});

test('a line that was not attempted is tried again by itself', () => {
  const errorRecords = [{ out_client_record_id: 'R1P0L3', record_error_code: -1 }];
  const { results, retry } = interpretBulkRecordUsage(LINES, { ...OK, error_records: errorRecords });
  assert.deepEqual(
    results.map(({ lineId }) => lineId),
    ['R1P0L1', 'R1P0L2'],
  );
  assert.deepEqual(retry, [LINES[2]]);
});

test('lines of unknown outcome are asked for by account and the days of their usage', () => {
  const lines = [
    line(1),
    line(2, { accountId: 'A1', lastUsage: instantMicros('2026-08-10T12:00:00Z') }),
    line(3),
  ];
  const questions = usageHistoryQuestions(lines, CALLER, LONDON);
  assert.deepEqual(
    questions.map(({ request, lines: own }) => [
      ...[
        request.rest_call,
        request.client_acct_id,
        request.date_range_start,
        request.date_range_end,
        own.length,
      ],
    ]),
    [
      ['get_usage_history_m', 'A1', '2026-08-10', '2026-08-31', 2],
      ['get_usage_history_m', 'A3', '2026-08-31', '2026-08-31', 1],
    ],
  );
});

test('the history tells which lines billing has; the others are to be sent', () => {
  const outcome = interpretUsageHistory(LINES, {
    ...OK,
    usage_history_records: [{ client_record_id: 'R1P0L2' }, {}],
  });
  assert.ok(outcome.known);
  assert.deepEqual(
    outcome.results.map(({ lineId, status }) => [lineId, status]),
    [['R1P0L2', SyncStatus.COMPLETE]],
  );
  assert.deepEqual(outcome.missing, [LINES[0], LINES[2]]);
});

test('no data and an unknown account mean that billing has none of the lines', () => {
  for (const code of [1002, 1009]) {
    assert.deepEqual(interpretUsageHistory(LINES, { error_code: code }), {
      known: true,
      results: [],
      missing: LINES,
    });
  }
});

test('a history that cannot be read settles nothing', () => {
  for (const answer of [undefined, OK, { error_code: 1001 }, { ...OK, usage_history_records: [3] }]) {
    assert.equal(interpretUsageHistory(LINES, answer).known, false);
  }
});
