import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { GrowableColumn } from './growable-column.ts';

test('grows at the end and is cut at the front as an array with an offset would be', () => {
  const step = fc.oneof(
    fc.record({ push: fc.integer({ min: 1, max: 40 }) }),
    fc.record({ cut: fc.integer({ min: 0, max: 150 }) }),
  );
  fc.assert(
    fc.property(fc.constantFrom('f64', 'u32'), fc.array(step), fc.nat({ max: 100 }), (kind, steps, first) => {
      const column = new GrowableColumn(kind, first);
      let values: number[] = [];
      let start = first;
      for (const each of steps) {
        if ('push' in each) {
          for (let count = 0; count < each.push; count++) {
            column.push(start + values.length + 7);
            values.push(start + values.length + 7);
          }
        } else {
          column.cut(each.cut);
          const count = Math.min(Math.max(each.cut - start, 0), values.length);
          values = values.slice(count);
          start = values.length === 0 ? Math.max(start + count, each.cut) : start + count;
        }
        assert.deepEqual([column.first, column.end], [start, start + values.length]);
        values.forEach((value, index) => assert.equal(column.at(start + index), value));
      }
    }),
  );
});
