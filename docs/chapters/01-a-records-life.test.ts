/**
 * Chapter 1: A record's life
 *
 * A carrier's switch writes one line for each call. This chapter follows one such line to the line of an invoice, through the three
 * stream workers that a record passes: mediate, rate, aggregate. Each is a topology of the stream engine, and the engine's
 * TopologyTestDriver runs a topology without any transport, so every step can be looked at here.
 *
 * The carrier is Northwind Mobile, the fictitious one of the demo; its catalog is deploy/demo/catalog. What is computed at each step, and
 * why, is in docs/rules.md; numbers in brackets are its sections.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeMessage } from '../../schemas/codec/batch-writer.ts';
import { MediatedBatchView } from '../../schemas/codec/generated/views.ts';
import { billingCommandFormat } from '../../schemas/codec/generated/writers.ts';
import { TopologyTestDriver } from '../../streams/engine/index.ts';
import { aggregateTopology } from '../../streams/workers/aggregate/aggregate-topology.ts';
import { mediateTopology } from '../../streams/workers/mediate/mediate-topology.ts';
import { rateTopology } from '../../streams/workers/rate/rate-topology.ts';
import { TOPICS } from '../../streams/workers/topics.ts';
import { billingLines, errorRecords, quantity, ratedCharges } from './support/decoded.ts';
import { callFile, loadNorthwind, rawBatch } from './support/northwind.ts';

const northwind = loadNorthwind();
const { compiled, catalogVersion, directory, catalog } = northwind;

/**
 * Monday, 5 October 2026, ten in the morning: a company's phone calls Paris for a minute and a half. The switch writes numbers
 * as they were dialled; `country: '44'` of the mapping turns a leading 0 into +44.
 */
const file = callFile([
  {
    id: 'CALL-1',
    from: '07911000001',
    to: '+33140000000',
    date: '05/10/2026',
    time: '10:00:00',
    seconds: 90,
  },
]);

const mediate = new TopologyTestDriver(mediateTopology({ catalog, compiled, catalogVersion, directory }));
const rate = new TopologyTestDriver(
  rateTopology({ catalog: compiled, catalogVersion, directory, windowDays: catalog.duplicates.windowDays }),
);
const aggregate = new TopologyTestDriver(aggregateTopology(compiled));

/** Every byte of the rate worker's balances. */
const balances = (): Buffer => Buffer.concat([...rate.store('balances').snapshot()]);

test('mediation turns a line of a file into a container with an owner', () => {
  // A message is a batch of lines of one file, never a single record. This file is so small that one message holds all of it.
  mediate.pipe(TOPICS.raw, { value: rawBatch('20261005_switch-1_0001.csv', file) });

  const [message] = mediate.read(TOPICS.mediated);
  const batch = new MediatedBatchView().open(message!.value);
  assert.ok(batch.next());
  const { record } = batch;

  // Line 1 was the header; the file id and the number of the line are the identity of the record for ever.
  assert.match(batch.fileId, /^[0-9a-f]{32}$/);
  assert.equal(record.recordNumber, 2);
  // Parsed [3]: October is summer time in London, so ten o'clock is nine in UTC. Times are microseconds since the epoch.
  assert.equal(record.startTime, Date.parse('2026-10-05T09:00:00Z') * 1000);
  assert.equal(quantity(record.duration), '90');
  assert.equal(record.serviceId, '+447911000001');
  // Classified by the stream's rules [4].
  assert.equal(record.usageType, 'VOICE');
  // Guided [5]: whose service was this at that moment?
  assert.deepEqual(
    [record.accountId, record.subscriptionId, record.balanceGroupId],
    ['A-100', 'S-100', 'G-100'],
  );

  rate.pipe(TOPICS.mediated, { value: message!.value });
});

test('rating turns the container into charges, and says what each charge did to which balance', () => {
  const [message] = rate.read(TOPICS.rated);
  assert.deepEqual(ratedCharges(message!.value), [
    {
      ...{ record: 2, subscription: 'S-100', usageType: 'VOICE', offer: 'voice-business' },
      ...{ zone: 'EUROPE', timeClass: 'PEAK', billUnit: '2026-10-01', quantity: '90' },
      ...{ gross: '0.38', amount: '0.38' },
      // A connection fee of 0.05; 90 seconds at 0.22 a minute; and the time is counted, because UK calls have tiers by it.
      impacts: ['GBP 0.05', 'GBP 0.33', 'VOICE_TIME 90'],
    },
  ]);
  aggregate.pipe(TOPICS.rated, { value: message!.value });
});

test('aggregation adds charges up until a billing run is ordered, and then makes lines', () => {
  assert.deepEqual(aggregate.read(TOPICS.billingLines), [], 'no run, no lines');

  aggregate.pipe(TOPICS.billingCommands, {
    value: writeMessage(billingCommandFormat, { runId: 'R000001', at: 0 }),
  });

  const [message] = aggregate.read(TOPICS.billingLines);
  assert.deepEqual(billingLines(message!.value), [
    {
      // Run, partition, number: the id under which the billing system knows the line.
      lineId: 'R000001P0L1',
      ...{ account: 'A-100', subscription: 'S-100', usageType: 'VOICE', billUnit: '2026-10-01' },
      ...{ records: 1, quantity: '90', amount: '0.38', billedAmount: '0.38' },
    },
  ]);
});

test('a second copy of the record ends as a duplicate and changes no balance', () => {
  mediate.pipe(TOPICS.raw, { value: rawBatch('20261006_switch-1_0001.csv', file) });
  const [copy] = mediate.read(TOPICS.mediated);
  const before = balances();

  rate.pipe(TOPICS.mediated, { value: copy!.value });

  // What makes a copy is the mapping's `uniqueKey`, here the column record_id; name and id of the file have no part in it [6].
  assert.deepEqual(rate.read(TOPICS.rated), []);
  const [message] = rate.read(TOPICS.errors);
  assert.match(errorRecords(message!.value).join(), /^2: DUPLICATE DUPLICATE_RECORD /);
  assert.deepEqual(balances(), before);
});
