import assert from 'node:assert/strict';
import test from 'node:test';
import { MemberFencedError, TransactionAbortedError, TransportFailedError } from '../errors.ts';
import { MemoryTransport } from './memory-transport.ts';

async function transportWith(partitions: number): Promise<MemoryTransport> {
  const transport = new MemoryTransport();
  await transport.createTopic('in', partitions);
  await transport.createTopic('out', 1);
  return transport;
}

const output = { topic: 'out', partition: 0, key: null, value: Buffer.from('x'), chain: null };
const all = { maxBytes: 1000, timeoutMs: 0 };

test('a commit for a partition that was given up is refused as a whole', async () => {
  const transport = await transportWith(2);
  const one = await transport.join({ group: 'g', topics: ['in'], instance: 'one' });
  await one.poll(all);
  await transport.join({ group: 'g', topics: ['in'], instance: 'two' });
  const { revoked } = await one.poll(all);
  assert.deepEqual(revoked, [{ topic: 'in', partition: 1 }]);
  const offsets = [0, 1].map((partition) => ({ topic: 'in', partition, offset: 1 }));
  await assert.rejects(one.commit({ outputs: [output], offsets }), MemberFencedError);
  assert.equal(transport.endOffset({ topic: 'out', partition: 0 }), 0);
  await one.commit({ outputs: [output], offsets: offsets.slice(0, 1) });
  assert.equal(transport.committedOffset('g', { topic: 'in', partition: 0 }), 1);
});

test('a producer that was replaced is fenced', async () => {
  const transport = await transportWith(1);
  const first = await transport.join({ group: 'p', topics: [], instance: 'one' });
  const second = await transport.join({ group: 'p', topics: [], instance: 'one' });
  await assert.rejects(first.commit({ outputs: [output], offsets: [] }), MemberFencedError);
  await second.commit({ outputs: [output], offsets: [] });
});

test('placed faults strike the commit they were placed at, and no other', async () => {
  const transport = await transportWith(1);
  const member = await transport.join({ group: 'p', topics: [], instance: 'one' });
  const commit = (): Promise<unknown> => member.commit({ outputs: [output], offsets: [] });
  transport.failCommit(2, 'abort');
  transport.failCommit(3, 'lost-before');
  transport.failCommit(4, 'lost-after');
  await commit();
  await assert.rejects(commit(), TransactionAbortedError);
  await assert.rejects(commit(), TransportFailedError);
  assert.equal(transport.endOffset({ topic: 'out', partition: 0 }), 1);
  await assert.rejects(commit(), TransportFailedError);
  assert.equal(transport.endOffset({ topic: 'out', partition: 0 }), 2);
  await commit();
  assert.equal(transport.messages('out').length, 3);
});

test('joining an unknown topic is refused', async () => {
  const transport = await transportWith(1);
  await assert.rejects(transport.join({ group: 'g', topics: ['none'], instance: 'one' }), /TOPIC_UNKNOWN/);
});

test('a poll for changes of the membership brings no messages', async () => {
  const transport = await transportWith(1);
  transport.send('in', [{ value: Buffer.from('a') }]);
  const member = await transport.join({ group: 'g', topics: ['in'], instance: 'one' });
  const change = await member.poll({ maxBytes: 0, timeoutMs: 1000 });
  assert.deepEqual([change.assigned.length, change.messages.length], [1, 0]);
  assert.equal((await member.poll(all)).messages.length, 1);
});

test('a poll brings one message even when it is larger than was asked for', async () => {
  const transport = await transportWith(1);
  transport.send('in', [{ value: Buffer.alloc(10) }, { value: Buffer.alloc(1) }]);
  const member = await transport.join({ group: 'g', topics: ['in'], instance: 'one' });
  assert.equal((await member.poll({ maxBytes: 5, timeoutMs: 0 })).messages[0]?.value.length, 10);
  assert.equal((await member.poll({ maxBytes: 5, timeoutMs: 0 })).messages[0]?.value.length, 1);
});
