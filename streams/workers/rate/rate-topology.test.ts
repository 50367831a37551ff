import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { decodeDeadLetter } from '../../engine/index.ts';
import type { TopologyTestDriver } from '../../engine/index.ts';
import { mediatedOf, rateDriver, readAll } from '../testing/drivers.ts';
import { call, rawBatch } from '../testing/messages.ts';
import type { DecodedBatch, DecodedRecord, LedgerEntry } from '../testing/messages.ts';
import { loadTestCatalog } from '../testing/test-catalog.ts';
import { TOPICS } from '../topics.ts';
import { rateTopology } from './rate-topology.ts';

let files = 0;

/** Rates calls of a file of their own. */
function pipe(driver: TopologyTestDriver, ...calls: readonly string[]): void {
  const fileId = String(++files).padStart(32, '0');
  for (const value of mediatedOf(rawBatch('OPEN', calls.join(''), { fileId })))
    driver.pipe(TOPICS.mediated, { value });
}

const recordsOf = (driver: TopologyTestDriver, topic: string): DecodedRecord[] =>
  readAll<DecodedBatch>(driver, topic).flatMap(({ records }) => records);
const refs = (driver: TopologyTestDriver): string[] =>
  recordsOf(driver, TOPICS.rated).map(({ sourceRecordId }) => sourceRecordId);
const codes = (driver: TopologyTestDriver, topic: string): string[] =>
  recordsOf(driver, topic).map(({ recordNumber, code }) => `${recordNumber} ${code}`);

test('the wiring is as the golden file says', () => {
  const { catalog, compiled, directory, catalogVersion } = loadTestCatalog();
  const { windowDays } = catalog.duplicates;
  const topology = rateTopology({ catalog: compiled, catalogVersion, directory, windowDays });
  assert.equal(
    topology.describe(),
    readFileSync(new URL('../testing/golden/rate.txt', import.meta.url), 'utf8'),
  );
});

test('a call is priced by its tiers behind the allowance, as worked out by hand', () => {
  const driver = rateDriver();
  // 700 s at home: tier 1 up to 600 s at 0.10 a minute = 1.0000; 100 s at 0.05 = 0.0833. The grant of two subscriptions, 240 s, covers 0.40 of tier 1.
  pipe(driver, call('long', 700, { called: '+441999' }));
  const [record] = recordsOf(driver, TOPICS.rated);
  const [charge] = record!.charges;
  assert.equal(charge!.quantity, 700_000_000);
  assert.equal(charge!.gross, 1_083_300_000);
  assert.equal(charge!.amount, 683_300_000);
});

test('a duplicate is found inside a batch and across batches', () => {
  const driver = rateDriver();
  pipe(driver, call('a'), call('a'), call('b'));
  pipe(driver, call('b'), call('c'), call('a', 60, { at: '2026-01-11T12:00:00Z' }));
  assert.deepEqual(refs(driver), ['a', 'b', 'c', 'a'], 'the same reference on another day is another record');
  assert.deepEqual(codes(driver, TOPICS.errors), ['2 DUPLICATE_RECORD', '1 DUPLICATE_RECORD']);
});

test('a suspended record does not make a later copy a duplicate, and takes no effect', () => {
  const driver = rateDriver();
  const far = { called: '+999' };
  pipe(driver, call('a', 60, far), call('a', 60, far));
  assert.deepEqual(codes(driver, TOPICS.suspended), ['1 NO_ZONE', '2 NO_ZONE']);
  pipe(driver, call('a', 60), call('a', 60));
  assert.deepEqual(refs(driver), ['a']);
  assert.deepEqual(codes(driver, TOPICS.errors), ['2 DUPLICATE_RECORD']);
});

test('records leave the window when a later day is rated; older ones are suspended, never rated unseen', () => {
  const driver = rateDriver();
  const on = (day: string): { at: string } => ({ at: `2026-01-${day}T00:00:00Z` });
  pipe(driver, call('x', 1, on('05')), call('y', 1, on('06')));
  pipe(driver, call('late', 1, on('15')));
  pipe(driver, call('x', 1, on('05')));
  assert.deepEqual(codes(driver, TOPICS.errors), ['1 DUPLICATE_RECORD'], 'ten days later it is still known');
  pipe(driver, call('later', 1, on('16')));
  pipe(driver, call('x', 1, on('05')), call('new', 1, on('05')), call('y', 1, on('06')));
  assert.deepEqual(codes(driver, TOPICS.suspended), [
    '1 DUPLICATE_WINDOW_PASSED',
    '2 DUPLICATE_WINDOW_PASSED',
  ]);
  assert.deepEqual(codes(driver, TOPICS.errors), ['3 DUPLICATE_RECORD']);
  assert.deepEqual(refs(driver), ['x', 'y', 'late', 'later']);
});

test('the ledger adds up: records by outcome, charges, quantities and amounts', () => {
  const driver = rateDriver();
  pipe(
    driver,
    call('one', 61),
    call('two', 59, { called: '+33123' }),
    call('premium', 90, { called: '+4490' }),
    call('one', 61),
    call('nowhere', 5, { called: '+999' }),
  );
  const [entry] = readAll<LedgerEntry>(driver, TOPICS.ledger);
  const charges = recordsOf(driver, TOPICS.rated).flatMap((record) => record.charges);
  const sum = (read: (charge: (typeof charges)[number]) => number): number =>
    charges.reduce((total, charge) => total + read(charge), 0);
  assert.deepEqual(
    charges.map(({ usageType }) => usageType),
    ['CALL', 'CALL', 'PREMIUM_TIME', 'PREMIUM_FEE'],
  );
  const { stage, details, processed, suspended, duplicates } = entry!;
  assert.deepEqual(
    { stage, details, processed, suspended, duplicates },
    { stage: 'RATE', details: 5, processed: 3, suspended: 1, duplicates: 1 },
  );
  assert.deepEqual(
    [entry!.charges, entry!.quantity, entry!.amount],
    [charges.length, sum(({ quantity }) => quantity), sum(({ amount }) => amount)],
  );
  assert.ok(entry!.amount > 1_700_000_000);
});

test('a batch that cannot be read becomes a dead letter; what it had begun takes no effect', () => {
  const driver = rateDriver();
  const [good] = mediatedOf(rawBatch('OPEN', call('a') + call('b')));
  for (const cut of [0, 5, 30, good!.length - 3])
    driver.pipe(TOPICS.mediated, { value: good!.subarray(0, cut) });
  const letters = driver.deadLetters().map(({ value }) => decodeDeadLetter(value).code);
  assert.deepEqual(letters, Array(4).fill('BATCH_UNREADABLE'));
  assert.deepEqual(driver.read(TOPICS.rated), []);
  driver.pipe(TOPICS.mediated, { value: good! });
  assert.deepEqual(refs(driver), ['a', 'b'], 'neither counts as seen');
  assert.deepEqual(driver.read(TOPICS.errors), []);
});

test('the same batches in any cut give the same outputs', () => {
  const calls = Array.from({ length: 40 }, (_, index) => call(`r${index % 33}`, index * 7));
  const whole = rateDriver();
  pipe(whole, ...calls);
  const single = rateDriver();
  for (const one of calls) pipe(single, one);
  const amounts = (driver: TopologyTestDriver): unknown[] =>
    recordsOf(driver, TOPICS.rated).map(({ sourceRecordId, charges }) => [sourceRecordId, charges]);
  assert.deepEqual(amounts(whole), amounts(single));
});
