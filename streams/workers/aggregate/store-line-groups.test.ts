import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GROUP_PARTS, GroupKey } from '../../../processors/aggregation/group-key.ts';
import { GROUP_SUMS } from '../../../processors/aggregation/line-groups.ts';
import type { GroupSum } from '../../../processors/aggregation/line-groups.ts';
import { MapGroups } from '../../../processors/aggregation/testing/map-groups.ts';
import { createGroupStore, StoreLineGroups } from './store-line-groups.ts';

function keyOf(name: string, split = 0): GroupKey {
  const key = new GroupKey();
  key.begin();
  for (const part of GROUP_PARTS) {
    const bytes = Buffer.from(`${part}-${name}`);
    key.add(bytes, 0, bytes.length);
  }
  key.split(split);
  return key;
}

type Step =
  | {
      readonly op: 'add';
      readonly name: number;
      readonly split: number;
      readonly sum: GroupSum;
      readonly value: number;
    }
  | { readonly op: 'commit' | 'rollback' | 'restart' | 'clear' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      op: fc.constant('add' as const),
      name: fc.nat(6),
      split: fc.nat(1),
      sum: fc.constantFrom(...GROUP_SUMS),
      value: fc.maxSafeInteger(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ op: fc.constantFrom('commit', 'rollback', 'restart', 'clear') }) },
);

function contents(groups: StoreLineGroups | MapGroups): unknown[] {
  const found: unknown[] = [];
  groups.forEach((handle) => {
    found.push([groups.key(handle).toString('hex'), ...GROUP_SUMS.map((sum) => groups.get(handle, sum))]);
  });
  return found;
}

test('groups behave like groups in a map over commits, rollbacks, restarts and cuts, in the order of their making', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let store = createGroupStore();
      let groups = new StoreLineGroups(store);
      let model = new MapGroups();
      /** Steps that make the committed contents. */
      let committed: Step[] = [];
      let open: Step[] = [];
      const apply = (target: StoreLineGroups | MapGroups, one: Step): void => {
        if (one.op === 'clear') target.clear();
        if (one.op !== 'add') return;
        const key = keyOf(String(one.name), one.split);
        const found = target.find(key);
        target.set(found < 0 ? target.create(key) : found, one.sum, one.value);
      };
      for (const one of steps) {
        if (one.op === 'add' || one.op === 'clear') {
          apply(groups, one);
          apply(model, one);
          open.push(one);
        } else if (one.op === 'rollback') {
          store.rollback();
          model = new MapGroups();
          for (const before of committed) apply(model, before);
          open = [];
        } else {
          store.commit();
          committed = [...committed, ...open];
          open = [];
          if (one.op === 'restart') {
            const restored = createGroupStore();
            restored.restore(store.snapshot());
            store = restored;
            groups = new StoreLineGroups(store);
          }
        }
        assert.deepEqual(contents(groups), contents(model));
      }
    }),
  );
});

test('a key of the longest names that a catalog and its subscriptions allow has room', () => {
  const key = new GroupKey();
  key.begin();
  // Account and subscription: 40 characters of three bytes; usage type and unit: 40 of one; then the day and the currency.
  for (const text of [
    '\u20ac'.repeat(40),
    '\u20ac'.repeat(40),
    'u'.repeat(40),
    '2026-01-01',
    'EUR',
    'n'.repeat(40),
  ]) {
    const bytes = Buffer.from(text);
    key.add(bytes, 0, bytes.length);
  }
  key.split(0);
  const groups = new StoreLineGroups(createGroupStore());
  const handle = groups.create(key);
  assert.deepEqual(groups.key(handle), Buffer.from(key.bytes.subarray(0, key.length)));
});

test('a longer key is refused by its code and makes no group', () => {
  const groups = new StoreLineGroups(createGroupStore());
  assert.throws(() => groups.create(keyOf('x'.repeat(400))), /GROUP_KEY_TOO_LONG/);
  assert.equal(groups.size, 0);
});
