import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { KeyIndex } from './key-index.ts';
import { SlotTable } from './slot-table.ts';

test('keys are found and removed whatever their hashes collide with', () => {
  const step = fc.record({ key: fc.nat(300), remove: fc.boolean() });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 400, size: 'max' }),
      fc.constantFrom(1, 3, 64, 1 << 30),
      (steps, hashes) => {
        const slots = new SlotTable(1);
        const index = new KeyIndex(slots, 1);
        const model = new Map<number, number>();
        const hashOf = (key: number): number => (key % hashes) - 1;
        for (const { key, remove } of steps) {
          const known = model.get(key);
          assert.equal(index.find(hashOf(key), Int32Array.of(key)), known ?? -1);
          if (known === undefined) {
            const slot = slots.append();
            slots.slab(slot)[slots.base(slot) + 1] = key;
            index.insert(hashOf(key), slot);
            model.set(key, slot);
          } else if (remove) {
            index.remove(hashOf(key), known);
            model.delete(key);
          }
          assert.equal(index.count, model.size);
        }
        for (let key = 0; key <= 300; key++) {
          assert.equal(index.find(hashOf(key), Int32Array.of(key)), model.get(key) ?? -1);
        }
      },
    ),
  );
});
