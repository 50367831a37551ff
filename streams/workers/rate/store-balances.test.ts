import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MapBalances } from '../../../processors/rating/testing/map-balances.ts';
import { createBalanceStore, StoreBalances } from './store-balances.ts';

const NAMES = { groups: ['g0', 'g1', 'g2'], resources: ['ALLOWANCE:M', 'ACCUMULATOR:M', 'CURRENCY:EUR'] };
const GROUPS = NAMES.groups.length;
const CYCLES = [0, 1, 255, 256, 20_454, 65_536, 84_000];

const step = fc.record({
  group: fc.nat(GROUPS - 1),
  resource: fc.nat(NAMES.resources.length - 1),
  cycle: fc.constantFrom(...CYCLES),
  value: fc.maxSafeInteger(),
  restart: fc.boolean(),
});

test('balances behave like balances in a map, over restarts and under other numbers of the same names', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let store = createBalanceStore();
      let names = NAMES;
      let balances = new StoreBalances(store, names);
      const model = new MapBalances();
      for (const { group, resource, cycle, value, restart } of steps) {
        if (restart) {
          store.commit();
          const restored = createBalanceStore();
          restored.restore(store.snapshot());
          store = restored;
          // A catalog that lists its names in another order must find the same balances.
          names = { groups: [...names.groups].reverse(), resources: [...names.resources].reverse() };
          balances = new StoreBalances(store, names);
        }
        const isReversed = names.groups[0] !== 'g0';
        const at = [
          isReversed ? GROUPS - 1 - group : group,
          isReversed ? NAMES.resources.length - 1 - resource : resource,
          cycle,
        ] as const;
        const handle = balances.find(...at);
        const expected = model.find(group, resource, cycle);
        assert.equal(handle < 0, expected < 0);
        if (handle < 0) {
          balances.create(...at, value);
          model.create(group, resource, cycle, value);
        } else {
          assert.equal(balances.value(handle), model.value(expected));
          balances.set(handle, value);
          model.set(expected, value);
        }
      }
    }),
  );
});

test('a rolled back change leaves the balance as it was', () => {
  const store = createBalanceStore();
  const balances = new StoreBalances(store, NAMES);
  balances.create(0, 0, 1, 100);
  store.commit();
  balances.set(balances.find(0, 0, 1), 5);
  balances.create(1, 0, 1, 7);
  store.rollback();
  assert.equal(balances.value(balances.find(0, 0, 1)), 100);
  assert.equal(balances.find(1, 0, 1), -1);
});
