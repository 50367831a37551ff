import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { decodeDeadLetter, MemoryTransport, StreamWorker, systemClock } from '../../engine/index.ts';
import { partitionOf } from '../../../schemas/identity/murmur2.ts';
import { mediateDriver, readAll } from '../testing/drivers.ts';
import { call, decode, FILE_ID, rawBatch } from '../testing/messages.ts';
import type { DecodedBatch, LedgerEntry } from '../testing/messages.ts';
import { loadTestCatalog } from '../testing/test-catalog.ts';
import { createTopics, TOPICS } from '../topics.ts';
import { mediateTopology } from './mediate-topology.ts';

const refs = (batches: readonly DecodedBatch[]): string[] =>
  batches.flatMap(({ records }) => records.map(({ sourceRecordId }) => sourceRecordId));

/** A batch of every outcome of mediation. */
const MIXED = [
  'H,acme\n',
  call('good'),
  call('ignored', 0),
  call('fails', 5, { called: '+3761' }),
  'too,few\n',
  call('nobody', 5, { caller: '+449' }),
  call('late', 5, { caller: '+441000000004', at: '2026-02-10T12:00:00Z' }),
  call('other', 5, { caller: '+441000000003' }),
  '\n',
  'T,7\n',
].join('');

test('the wiring is as the golden file says', () => {
  const golden = new URL('../testing/golden/mediate.txt', import.meta.url);
  assert.equal(mediateTopology(loadTestCatalog()).describe(), readFileSync(golden, 'utf8'));
});

test('every line of a batch has one outcome, and the ledger counts them', () => {
  const driver = mediateDriver({ startMs: 42 });
  driver.pipe(TOPICS.raw, { value: rawBatch('FRAMED', MIXED) });
  assert.deepEqual(refs(readAll(driver, TOPICS.mediated)), ['good', 'other']);
  const suspended = readAll<DecodedBatch>(driver, TOPICS.suspended).flatMap(({ records }) => records);
  assert.deepEqual(
    suspended.map(({ sourceRecordId, code }) => `${sourceRecordId} ${code}`),
    ['nobody SVC_NOT_FOUND', 'late SVC_NOT_EFFECTIVE'],
  );
  const errors = readAll<DecodedBatch>(driver, TOPICS.errors).flatMap(({ records }) => records);
  assert.deepEqual(
    errors.map(({ recordNumber, outcome, code }) => `${recordNumber} ${outcome} ${code}`),
    ['3 IGNORED FILTERED', '4 ERROR RULE_FAILED', '5 ERROR COLUMN_COUNT'],
  );
  const [ledger] = readAll<LedgerEntry>(driver, TOPICS.ledger);
  const { stage, lines, skipped, details, processed, ignored, errors: failed, suspended: kept } = ledger!;
  assert.deepEqual(
    { stage, lines, skipped, details, processed, ignored, failed, kept },
    { stage: 'MEDIATE', lines: 10, skipped: 3, details: 7, processed: 2, ignored: 1, failed: 2, kept: 2 },
  );
});

test('a record goes to the partition of its balance group', () => {
  const driver = mediateDriver({ partitions: 4 });
  const payload =
    call('a') + call('b', 60, { caller: '+441000000002' }) + call('c', 60, { caller: '+441000000003' });
  driver.pipe(TOPICS.raw, { partition: 2, value: rawBatch('OPEN', payload) });
  const found = driver
    .read(TOPICS.mediated)
    .flatMap(({ partition, value }) =>
      decode<DecodedBatch>(value).records.map(({ balanceGroupId }) => [balanceGroupId, partition]),
    );
  assert.equal(found.length, 3);
  for (const [group, partition] of found) assert.equal(partition, partitionOf(String(group), 4));
});

test('a repeated batch is dropped whole, and a later one goes on', () => {
  const driver = mediateDriver();
  const first = rawBatch('OPEN', call('a') + call('b'), { lastBatch: false });
  const second = rawBatch('OPEN', call('c'), { firstRecordNumber: 3 });
  for (const value of [first, first, second, second, first]) driver.pipe(TOPICS.raw, { value });
  assert.deepEqual(refs(readAll(driver, TOPICS.mediated)), ['a', 'b', 'c']);
  const ledger = readAll<LedgerEntry>(driver, TOPICS.ledger);
  assert.deepEqual(
    ledger.map(({ details }) => details),
    [2, 1],
  );
});

test('a missing batch stops the task with its file and record, and nothing is skipped', () => {
  const driver = mediateDriver();
  const value = rawBatch('OPEN', call('c'), { firstRecordNumber: 3 });
  assert.throws(
    () => driver.pipe(TOPICS.raw, { value }),
    (error: Error) => {
      const text = `${error.message} ${(error.cause as Error | undefined)?.message ?? ''}`;
      return /RAW_BATCH_GAP.*file\.csv: record 1 was expected, 3 came/.test(text);
    },
  );
  assert.deepEqual(driver.read(TOPICS.mediated), []);
});

test('a batch that cannot be read, or has no stream, becomes a dead letter and the next is processed', () => {
  const driver = mediateDriver();
  const broken = rawBatch('OPEN', call('a'));
  driver.pipe(TOPICS.raw, { value: broken.subarray(0, 20), key: Buffer.from('k') });
  driver.pipe(TOPICS.raw, { value: rawBatch('NOWHERE', call('a')) });
  driver.pipe(TOPICS.raw, { value: Buffer.alloc(0) });
  driver.pipe(TOPICS.raw, { value: broken });
  const letters = driver.deadLetters().map(({ value }) => decodeDeadLetter(value));
  assert.deepEqual(
    letters.map(({ code, offset }) => [code, offset]),
    [
      ['BATCH_UNREADABLE', 0],
      ['NO_STREAM', 1],
      ['BATCH_UNREADABLE', 2],
    ],
  );
  assert.deepEqual(letters[0]!.value, broken.subarray(0, 20));
  assert.deepEqual(refs(readAll(driver, TOPICS.mediated)), ['a']);
});

test('a line held because it may be the trailer survives a restart', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'mediate-'));
  t.after(() => rmSync(directory, { recursive: true }));
  for (const withSnapshot of [true, false]) {
    const transport = new MemoryTransport();
    await createTopics(transport, 1);
    const start = (): StreamWorker =>
      new StreamWorker({
        ...{ topology: mediateTopology(loadTestCatalog()), transport, clock: systemClock },
        ...{
          instance: 'test',
          stateDirectory: join(directory, String(withSnapshot)),
          commit: { maxBytes: 1 << 20 },
        },
      });
    const run = async (value: Buffer): Promise<void> => {
      transport.send(TOPICS.raw, [{ value }]);
      const worker = start();
      while (await worker.runOnce());
      // Without stop the next one has the changelog only, as after a kill.
      if (withSnapshot) await worker.stop();
    };
    const long = 'T,'.padEnd(3000, 'x');
    await run(rawBatch('TRAILED', `${call('a')}${long}\n`, { lastBatch: false }));
    await run(rawBatch('TRAILED', call('b'), { firstRecordNumber: 3, lastBatch: false }));
    await run(rawBatch('TRAILED', 'T,1\n', { firstRecordNumber: 4, lastBatch: false }));
    await run(rawBatch('TRAILED', '\n', { firstRecordNumber: 5 }));
    const read = <Value>(topic: string): Value[] =>
      transport.messages(topic).map(({ value }) => decode<Value>(value));
    const ledger = read<LedgerEntry>(TOPICS.ledger);
    const errors = read<DecodedBatch & { records: { raw: Buffer }[] }>(TOPICS.errors);
    assert.deepEqual(errors[0]!.records[0]!.raw.toString(), long);
    assert.deepEqual(
      errors.map(({ fileId, records }) => [fileId, records[0]!.recordNumber]),
      [[FILE_ID, 2]],
    );
    assert.deepEqual(
      ledger.map(({ details }) => details),
      [1, 2, 0, 0],
    );
    assert.equal(
      ledger.reduce((sum, { skipped }) => sum + skipped, 0),
      2,
    );
  }
});
