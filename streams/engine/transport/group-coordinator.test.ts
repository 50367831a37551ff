import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { GroupCoordinator } from './group-coordinator.ts';
import type { Seat } from './group-coordinator.ts';

const topics = ['a', 'b'];
const partitions = 5;
const newGroup = (): GroupCoordinator =>
  new GroupCoordinator(
    () => partitions,
    () => undefined,
  );

test('a partition moves only after its owner has given it up', () => {
  const group = newGroup();
  const one = group.join('one', topics);
  assert.equal(group.sync(one).assigned.length, 10);
  const two = group.join('two', topics);
  assert.deepEqual(group.sync(two), { assigned: [], revoked: [] });
  const { revoked } = group.sync(one);
  assert.deepEqual(
    revoked.map(({ topic, partition }) => `${topic}/${partition}`),
    ['a/1', 'a/3', 'b/1', 'b/3'],
  );
  assert.equal(group.owns(one, { topic: 'a', partition: 1 }), false);
  assert.deepEqual(group.sync(two).assigned, revoked);
});

test('the partitions of a fenced member are free at once, and it owns nothing any more', () => {
  const group = newGroup();
  const one = group.join('one', topics);
  group.sync(one);
  const again = group.join('one', topics);
  assert.equal(one.fenced, true);
  assert.equal(group.owns(one, { topic: 'a', partition: 0 }), false);
  assert.equal(group.sync(again).assigned.length, 10);
});

test('whoever joins, leaves and polls: no partition has two owners, co-partitions stay together, and all are owned in the end', () => {
  const action = fc.record({
    do: fc.constantFrom('join', 'leave', 'sync', 'sync', 'sync'),
    who: fc.constantFrom('x', 'y', 'z'),
  });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
      const group = newGroup();
      const seats = new Map<string, Seat>();
      const held = new Map<string, Set<string>>();
      const sync = (who: string, seat: Seat): void => {
        const { assigned, revoked } = group.sync(seat);
        const own = held.get(who) ?? new Set<string>();
        for (const { topic, partition } of revoked) own.delete(`${topic}/${partition}`);
        for (const { topic, partition } of assigned) own.add(`${topic}/${partition}`);
        held.set(who, own);
      };
      for (const { do: what, who } of actions) {
        const seat = seats.get(who);
        if (what === 'join') {
          held.delete(who);
          seats.set(who, group.join(who, topics));
        } else if (seat === undefined) continue;
        else if (what === 'leave') {
          group.fence(seat);
          seats.delete(who);
          held.delete(who);
        } else sync(who, seat);
        const all = [...held.values()].flatMap((own) => [...own]);
        assert.equal(new Set(all).size, all.length);
        for (const own of held.values())
          for (const at of own) assert.ok(own.has(at.replace(/^./, (topic) => (topic === 'a' ? 'b' : 'a'))));
      }
      for (let round = 0; round < 3; round++) for (const [who, seat] of seats) sync(who, seat);
      assert.equal([...held.values()].flatMap((own) => [...own]).length, seats.size > 0 ? 10 : 0);
    }),
  );
});
