import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { impactsOf, outcomeOf, outcomesOf, runWorld } from './test-world.ts';

const folder = new URL('../catalog/', import.meta.url);
const catalog = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name) => readFileSync(new URL(name, folder), 'utf8').replace('id: northwind\n', 'id: acme\n'));

const BUSINESS = JSON.stringify({
  ...{ account: 'A1', subscription: 'S1', plan: 'BUSINESS', from: '2026-01-01T00:00:00Z' },
  services: [
    { serviceType: 'VOICE', id: '+442079460001' },
    { serviceType: 'SMS', id: '+447911000001' },
    { serviceType: 'DATA', id: '+447911000001' },
  ],
});

/** A line of 42 columns with the given ones filled. */
function voice(columns: Record<number, string>): string {
  return Array.from({ length: 42 }, (_, index) => columns[index + 1] ?? '').join(',');
}

const call = (id: string, number: string, time: string, seconds: string) =>
  voice({ 1: 'V', 3: '02079460001', 4: number, 5: '01/07/2026', 6: time, 7: seconds, 29: id });

test('calls of the demo carrier are rated as computed by hand', () => {
  const lines = [
    'HDR,switch-1',
    call('1', '01210000000', '10:00:00', '90'),
    call('2', '0033100000000', '10:00:00', '30'),
    call('3', '09000000000', '20:00:00', '600'),
    call('4', '08000000000', '10:00:00', '10'),
    call('5', '01210000000', '10:00:00', '0'),
    'TRL,5',
  ];
  const files = { 'switch-1/VOICE/POSTPAID/input/cdr_20260702.csv': lines.join('\r\n') };
  const result = runWorld({ catalog, subscriptions: [BUSINESS], files });
  assert.equal(result.files[0]!.status, 'ACCEPTED');
  assert.deepEqual(outcomesOf(result), ['rated', 'rated', 'rated', 'rated', 'ignored FILTERED']);
  // 90 s at peak: 0.12 x 90 / 60 = 0.18, wholly from the pool of 12000.
  assert.deepEqual(impactsOf(outcomeOf(result, 2)), [
    'CURRENCY/PRICE GBP 1 90 0.18 0>0.18',
    'ALLOWANCE/ALLOWANCE VOICE_POOL 1 90 0 12000>11910',
    'CURRENCY/ALLOWANCE GBP 1 90 -0.18 0.18>0',
    'ACCUMULATOR/PRICE VOICE_TIME 1 90 0 0>90',
  ]);
  // 30 s to France is 60 s at 0.22 a minute and 0.05 to connect.
  assert.deepEqual(impactsOf(outcomeOf(result, 3)), [
    'CURRENCY/PRICE GBP 0 0 0.05 0>0.05',
    'CURRENCY/PRICE GBP 0 60 0.22 0.05>0.27',
    'ACCUMULATOR/PRICE VOICE_TIME 0 60 0 90>150',
  ]);
  // Premium, ten minutes: 0.30 + 12.00 + 5 % of 12.00 = 12.90.
  const amounts = outcomeOf(result, 4).charges!.map((charge) => charge.amount);
  assert.deepEqual(amounts, ['0.3', '12', '0.6']);
  assert.equal(outcomeOf(result, 5).charges![0]!.zone, 'UK_FREE');
  const lineTexts = result.lines.map((line) =>
    [line.usageType, line.quantity, line.unit, line.billedAmount].join(' '),
  );
  // 90 + 60 + 60 s of ordinary calls.
  assert.deepEqual(lineTexts, ['VOICE 210 SECOND 0.27', 'PREMIUM_CALL 600 SECOND 12.9']);
});

test('messages and data of the demo carrier are rated as computed by hand', () => {
  const message = (kind: string, sender: string) =>
    `${kind}${sender.padEnd(16)}${'07911000009'.padEnd(16)}20260701120000${`ref-${kind}`.padEnd(20)}   2${'centre'.padEnd(8)}`;
  const session = (sequence: number, apn: string, up: number) =>
    JSON.stringify({
      session: { id: 's', seq: sequence },
      subscriber: { msisdn: '+447911000001' },
      ...{ start: '2026-07-01T12:00:00+01:00', seconds: 10, bytes: { up, down: 1_000_000_000 }, apn },
    });
  const files = {
    'smsc-1/SMS/POSTPAID/input/sms20260702.txt': [
      message('MO', '07911000001'),
      message('MM', '07911000001'),
    ].join('\n'),
    'ggsn-1/DATA/POSTPAID/input/zdata-20260702.jsonl': [
      session(1, 'internet', 500_100),
      session(2, 'ims.northwind', 1),
      session(3, 'corp.northwind', 1),
      session(4, 'internet', 1),
    ].join('\n'),
  };
  const result = runWorld({ catalog, subscriptions: [BUSINESS], files });
  assert.deepEqual(outcomesOf(result, 0), ['rated', 'suspended NO_PRICE_OFFER']);
  // Two parts at 0.04.
  assert.equal(outcomeOf(result, 1, 0).charges![0]!.amount, '0.08');
  assert.deepEqual(outcomesOf(result, 1), ['rated', 'ignored FILTERED', 'rated', 'rated']);
  // 1000.5001 MB -> 1000.501 by steps of 0.001; x 0.0125 = 12.5062625 -> 12.5063; bundle 2000.
  assert.deepEqual(impactsOf(outcomeOf(result, 1, 1)), [
    'CURRENCY/PRICE GBP 0 1000.501 12.5063 0.08>12.5863',
    'ALLOWANCE/ALLOWANCE DATA_BUNDLE 0 1000.501 0 2000>999.499',
    'CURRENCY/ALLOWANCE GBP 0 1000.501 -12.5063 12.5863>0.08',
    'ACCUMULATOR/PRICE DATA_VOLUME 0 1000.501 0 0>1000.501',
  ]);
  // Corporate: 1000.001 x 0.004 = 4.000004 -> 4.0000, no bundle.
  assert.deepEqual(impactsOf(outcomeOf(result, 3, 1)), [
    'CURRENCY/PRICE GBP 0 1000.001 4 0.08>4.08',
    'ACCUMULATOR/PRICE DATA_VOLUME 0 1000.001 0 1000.501>2000.502',
  ]);
  // 1000.001 x 0.0125 = 12.5000125 -> 12.5; the bundle's last 999.499: 12.4937375 -> 12.4937. Net 0.0063.
  assert.equal(outcomeOf(result, 4, 1).charges![0]!.amount, '0.0063');
});
