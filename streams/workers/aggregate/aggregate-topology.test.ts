import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { AMOUNT_SCALE, formatScaled } from '../../../schemas/decimal/scaled.ts';
import { decodeDeadLetter } from '../../engine/index.ts';
import type { TopologyTestDriver } from '../../engine/index.ts';
import { aggregateDriver, mediatedOf, rateDriver, readAll } from '../testing/drivers.ts';
import { call, decode, encode, rawBatch } from '../testing/messages.ts';
import type { DecodedBatch } from '../testing/messages.ts';
import { loadTestCatalog } from '../testing/test-catalog.ts';
import { TOPICS } from '../topics.ts';
import { aggregateTopology } from './aggregate-topology.ts';

interface LineBatch {
  readonly runId: string;
  readonly batchId: string;
  readonly lines: readonly {
    readonly lineId: string;
    readonly subscriptionId: string;
    readonly usageType: string;
    readonly charges: number;
    readonly amount: number;
    readonly billedAmount: number;
  }[];
}

interface Run {
  readonly runId: string;
  readonly cutOffset: number;
  readonly previousCutOffset: number;
  readonly lines: number;
  readonly charges: number;
  readonly amount: string;
}

const rating = rateDriver();
let files = 0;

function rated(...calls: readonly string[]): Buffer {
  const fileId = `a${String(++files).padStart(31, '0')}`;
  for (const value of mediatedOf(rawBatch('OPEN', calls.join(''), { fileId })))
    rating.pipe(TOPICS.mediated, { value });
  return rating.read(TOPICS.rated)[0]!.value;
}

const order = (driver: TopologyTestDriver, runId: string): void => {
  driver.pipe(TOPICS.billingCommands, { value: encode('BillingCommand', { runId, at: 1 }) });
};

const chargesOf = (batch: Buffer): { amount: number }[] =>
  decode<DecodedBatch>(batch).records.flatMap(({ charges }) => charges);
const total = (items: readonly { amount: number }[]): number =>
  items.reduce((sum, { amount }) => sum + amount, 0);

test('the wiring is as the golden file says', () => {
  assert.equal(
    aggregateTopology(loadTestCatalog().compiled).describe(),
    readFileSync(new URL('../testing/golden/aggregate.txt', import.meta.url), 'utf8'),
  );
});

test('a run holds every charge rated so far once; a second run only what came since', () => {
  const driver = aggregateDriver();
  const batches = [
    rated(call('a1', 30), call('a2', 30, { caller: '+441000000003' }), call('a3', 61)),
    rated(call('a4', 90, { called: '+4490' }), call('a5', 30)),
  ];
  for (const value of batches) driver.pipe(TOPICS.rated, { value });
  assert.deepEqual(driver.read(TOPICS.billingLines), [], 'nothing before the order');
  order(driver, 'R1');
  const [first] = readAll<LineBatch>(driver, TOPICS.billingLines);
  assert.deepEqual(
    first!.lines.map(({ lineId, subscriptionId, usageType }) => `${lineId} ${subscriptionId} ${usageType}`),
    ['R1P0L1 S1 CALL', 'R1P0L2 S3 CALL', 'R1P0L3 S1 PREMIUM'],
    'in the order of their first records',
  );
  const charges = batches.flatMap(chargesOf);
  assert.equal(
    first!.lines.reduce((sum, line) => sum + line.charges, 0),
    charges.length,
  );
  assert.equal(total(first!.lines), total(charges));

  const later = rated(call('a6', 10, { caller: '+441000000003' }), call('a7', 10));
  driver.pipe(TOPICS.rated, { value: later });
  order(driver, 'R2');
  const [second] = readAll<LineBatch>(driver, TOPICS.billingLines);
  assert.deepEqual(
    second!.lines.map(({ lineId, subscriptionId }) => `${lineId} ${subscriptionId}`),
    ['R2P0L1 S3', 'R2P0L2 S1'],
  );
  assert.equal(total(second!.lines), total(chargesOf(later)));
  const runs = readAll<Run>(driver, TOPICS.billingRuns);
  assert.deepEqual(
    runs.map(({ runId, previousCutOffset, cutOffset, lines }) => [
      runId,
      previousCutOffset,
      cutOffset,
      lines,
    ]),
    [
      ['R1', 0, 2, 3],
      ['R2', 2, 3, 2],
    ],
  );
  assert.deepEqual(
    runs.map(({ amount }) => amount),
    [total(first!.lines), total(second!.lines)].map((amount) => formatScaled(amount, AMOUNT_SCALE)),
  );
});

test('a run without usage publishes its run and no lines', () => {
  const driver = aggregateDriver();
  order(driver, 'R1');
  assert.deepEqual(driver.read(TOPICS.billingLines), []);
  const [run] = readAll<Run>(driver, TOPICS.billingRuns);
  assert.deepEqual([run!.lines, run!.charges, run!.amount], [0, 0, '0']);
});

test('a message that cannot be read becomes a dead letter and adds nothing', () => {
  const driver = aggregateDriver();
  const batch = rated(call('d1'), call('d2'));
  driver.pipe(TOPICS.rated, { value: batch.subarray(0, batch.length - 2) });
  driver.pipe(TOPICS.billingCommands, { value: Buffer.from('not a command') });
  order(driver, 'R1');
  assert.deepEqual(
    driver.deadLetters().map(({ value }) => decodeDeadLetter(value).code),
    ['BATCH_UNREADABLE', 'BATCH_UNREADABLE'],
  );
  const [run] = readAll<Run>(driver, TOPICS.billingRuns);
  assert.equal(run!.charges, 0);
});
