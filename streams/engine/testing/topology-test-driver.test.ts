import assert from 'node:assert/strict';
import test from 'node:test';
import { decodeDeadLetter } from '../dead-letter.ts';
import type { ProgressStore } from '../progress-store.ts';
import { countingTopology } from './counting-topology.ts';
import { TopologyTestDriver } from './topology-test-driver.ts';

test('pipes messages in, reads outputs by topic and partition, and looks into stores', () => {
  const driver = new TopologyTestDriver(countingTopology(), { partitions: 2 });
  assert.equal(driver.pipe('in', { value: Buffer.from('a:1') }), 0);
  assert.equal(driver.pipe('in', { value: Buffer.from('a:0') }), 1);
  driver.pipe('in', { partition: 1, value: Buffer.from('a:1') });
  assert.deepEqual(
    driver.read('out', 1).map(({ value }) => value.toString()),
    ['a=1', 'a=1'],
  );
  assert.deepEqual(
    driver.read('out').map(({ value }) => value.toString()),
    ['a=2'],
  );
  assert.deepEqual(driver.read('out'), []);
  assert.equal(driver.store<ProgressStore>('counts').get('a'), 2);
  assert.equal(driver.store<ProgressStore>('counts', 1).get('a'), 1);
});

test('its clock is turned by hand, and poison shows as a dead letter', () => {
  const driver = new TopologyTestDriver(countingTopology(), { startMs: 5 });
  driver.clock.advance(37);
  driver.pipe('in', { key: Buffer.from('k'), value: Buffer.from('poison') });
  const [letter] = driver.deadLetters().map(({ value }) => decodeDeadLetter(value));
  assert.equal(letter?.timestamp, 42);
  assert.equal(letter.key?.toString(), 'k');
  assert.throws(() => driver.pipe('other', { value: Buffer.alloc(0) }), /TOPIC_UNKNOWN/);
});
