import assert from 'node:assert/strict';
import test from 'node:test';
import { manualClock } from './clock.ts';
import { decodeDeadLetter } from './dead-letter.ts';
import { ChainBrokenError, EngineError, StateCorruptedError, TaskFailedError } from './errors.ts';
import type { Chain, Message } from './message.ts';
import type { ProgressStore } from './progress-store.ts';
import { Task } from './task.ts';
import { nextTaskState } from './task-state.ts';
import { countingTopology } from './testing/counting-topology.ts';
import { TopologyBuilder } from './topology.ts';
import type { Topology } from './topology.ts';
import type { Transaction } from './transport.ts';

function newTask(topology: Topology = countingTopology()): Task {
  const task = new Task({ topology, partition: 0, clock: manualClock(), partitionsOf: () => 3 });
  task.startEmpty();
  return task;
}

function message(offset: number, value: string, chain: Chain | null = null): Message {
  return { topic: 'in', partition: 0, offset, key: null, value: Buffer.from(value), timestamp: 0, chain };
}

const link = (offset: number, previous: number): Chain => ({ source: 'up:src/0', offset, previous });
const outs = ({ outputs }: Transaction): unknown[] =>
  outputs
    .filter(({ topic }) => topic === 'out')
    .map(({ partition, value, chain }) => [partition, value.toString(), chain?.offset, chain?.previous]);
const count = (task: Task, key: string): number | undefined =>
  task.stores.store<ProgressStore>('counts').get(key);
const changelogOf = ({ outputs }: Transaction): Buffer =>
  outputs.find(({ topic }) => topic === 'count-state-changelog')!.value;

test('every output carries the input it came from and the one sent to that partition before', () => {
  const task = newTask();
  const first = task.run([message(0, 'a:1'), message(1, 'a:2'), message(2, 'b:1')]);
  task.promote();
  const second = task.run([message(7, 'a:1')]);
  assert.deepEqual(outs(first), [
    [1, 'a=1', 0, -1],
    [2, 'a=2', 1, -1],
    [1, 'b=1', 2, 0],
  ]);
  assert.deepEqual(outs(second), [[1, 'a=3', 7, 2]]);
  assert.equal(first.outputs[0]!.chain!.source, 'count:in/0');
  assert.deepEqual(second.offsets, [{ topic: 'in', partition: 0, offset: 8 }]);
});

test('a rollback gives the same outputs again', () => {
  const task = newTask();
  task.run([message(0, 'a:1')]);
  task.promote();
  const once = outs(task.run([message(1, 'a:1')]));
  task.rollback();
  assert.deepEqual(outs(task.run([message(1, 'a:1')])), once);
});

test('a poison message leaves nothing behind but a dead letter, in the same transaction', () => {
  const task = newTask();
  const transaction = task.run([
    message(0, 'a:0'),
    message(1, 'poison:0'),
    message(2, 'a:0'),
    message(3, 'poison'),
  ]);
  assert.deepEqual(outs(transaction), [
    [0, 'a=1', 0, -1],
    [0, 'a=2', 2, 0],
  ]);
  assert.equal(count(task, 'poison'), undefined);
  const letters = transaction.outputs.filter(({ topic }) => topic === 'count-dead-letters');
  const letter = decodeDeadLetter(letters[0]!.value);
  assert.deepEqual(
    { ...letter, value: letter.value.toString() },
    {
      app: 'count',
      topic: 'in',
      partition: 0,
      offset: 1,
      timestamp: 0,
      code: 'BAD',
      reason: '[BAD] cannot be read',
      key: null,
      value: 'poison:0',
    },
  );
  assert.deepEqual(
    letters.map(({ chain }) => [chain?.offset, chain?.previous]),
    [
      [1, -1],
      [3, 1],
    ],
  );
  assert.deepEqual(task.metrics, { messages: 4, repeated: 0, deadLetters: 2 });
  assert.deepEqual(transaction.offsets, [{ topic: 'in', partition: 0, offset: 4 }]);
});

test('an unknown error fails the task, names the message and undoes the transaction', () => {
  const task = newTask();
  assert.throws(
    () => task.run([message(0, 'a'), message(1, 'bug')]),
    (error: unknown) => error instanceof TaskFailedError && /in\/0 offset 1: a bug/.test(error.message),
  );
  assert.equal(task.state, 'FAILED');
  assert.equal(count(task, 'a'), undefined);
  assert.throws(() => task.run([message(0, 'a')]), EngineError);
});

test('a message whose chain was seen is dropped, and its offset still counts as read', () => {
  const task = newTask();
  task.run([message(0, 'a', link(3, -1)), message(1, 'a', link(3, -1)), message(2, 'a', link(5, 3))]);
  assert.equal(count(task, 'a'), 2);
  assert.equal(task.metrics.repeated, 1);
  assert.equal(task.stores.position('in'), 3);
});

test('a hole in a chain stops the task by name', () => {
  const task = newTask();
  task.run([message(0, 'a', link(3, -1))]);
  task.promote();
  assert.throws(
    () => task.run([message(1, 'a', link(7, 5))]),
    (error: unknown) =>
      error instanceof ChainBrokenError && error.code === 'CHAIN_HOLE' && /up:src\/0/.test(error.message),
  );
  assert.equal(task.state, 'FAILED');
});

test('a chain that begins in the middle is a hole, unless reading began in the middle', () => {
  assert.throws(() => newTask().run([message(0, 'a', link(7, 5))]), ChainBrokenError);
  const late = newTask();
  late.run([message(4, 'a', link(7, 5)), message(5, 'a', link(9, 7))]);
  assert.equal(count(late, 'a'), 2);
});

test('two messages of one input to one partition are refused', () => {
  const topology = new TopologyBuilder('twice')
    .source('in', 'in')
    .processor('p', {
      inputs: ['in'],
      outputs: ['o'],
      create: (context) => ({
        process: ({ value }) => {
          for (const to of value.toString()) context.emit('o', { partition: Number(to), key: null, value });
        },
      }),
    })
    .sink('o', 'out')
    .build();
  assert.equal(newTask(topology).run([message(0, '012')]).outputs.length, 4);
  assert.throws(() => newTask(topology).run([message(0, '11')]), /SECOND_MESSAGE/);
  assert.throws(() => newTask(topology).run([message(0, '3')]), /NO_SUCH_PARTITION/);
});

test('the changelog rebuilds stores, positions and chains; it may come twice but not with a hole', () => {
  const task = newTask();
  const changes = ['a:1', 'b:1', 'a:2'].map((value, offset) => {
    const bytes = Buffer.from(changelogOf(task.run([message(offset, value)])));
    task.promote();
    return bytes;
  });
  const restored = newTask();
  for (const [index, bytes] of [changes[0]!, changes[1]!, changes[0]!, changes[1]!, changes[2]!].entries()) {
    restored.stores.applyChangelog(bytes, `c/${index}`);
    restored.stores.commit();
  }
  assert.deepEqual(
    [...restored.stores.progress.entries()].sort(),
    [...task.stores.progress.entries()].sort(),
  );
  assert.deepEqual(outs(restored.run([message(3, 'a:1')])), outs(task.run([message(3, 'a:1')])));
  const holed = newTask();
  holed.stores.applyChangelog(changes[0]!, 'c/0');
  assert.throws(() => holed.stores.applyChangelog(changes[2]!, 'c/2'), /CHANGELOG_HOLE/);
  assert.throws(() => newTask().stores.applyChangelog(Buffer.from([9]), 'c/9'), StateCorruptedError);
});

test('a message that the state has is dropped by its position', () => {
  const task = newTask();
  task.run([message(0, 'a'), message(1, 'a')]);
  task.promote();
  const again = task.run([message(1, 'a')]);
  assert.equal(count(task, 'a'), 2);
  assert.deepEqual(again, { outputs: [], offsets: [{ topic: 'in', partition: 0, offset: 2 }] });
});

test('the life of a task follows its diagram', () => {
  assert.equal(nextTaskState('CREATED', 'RESTORING'), 'RESTORING');
  assert.throws(() => nextTaskState('CREATED', 'RUNNING'), /TASK_STATE/);
  assert.throws(() => nextTaskState('FAILED', 'RUNNING'), /TASK_STATE/);
  assert.throws(() => nextTaskState('CLOSED', 'RESTORING'), /TASK_STATE/);
});
