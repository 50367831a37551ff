import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SlotTable } from './slot-table.ts';

function write(table: SlotTable, slot: number, value: number): void {
  table.touch(slot);
  table.slab(slot)[table.base(slot) + 1] = value;
}

function read(table: SlotTable, slot: number): number {
  return table.slab(slot)[table.base(slot) + 1]!;
}

test('undo works when the transaction counter starts anew', () => {
  const table = new SlotTable(1);
  const early = table.append();
  write(table, early, 1);
  table.settle();
  table.epoch = 0x7fff_fffe;
  table.settle();
  assert.equal(table.epoch, 1);
  write(table, early, 2);
  assert.equal(table.undoCount, 1);
  table.putBack(0);
  assert.equal(read(table, early), 1);
});

test('only the first write of a transaction saves the old bytes', () => {
  const table = new SlotTable(1);
  const slot = table.append();
  write(table, slot, 1);
  assert.equal(table.undoCount, 0);
  table.settle();
  for (const value of [2, 3, 4]) write(table, slot, value);
  assert.equal(table.undoCount, 1);
  table.putBack(0);
  assert.equal(read(table, slot), 1);
});

test('a slot that is used again after a rollback is zeroed', () => {
  const table = new SlotTable(2);
  const slot = table.append();
  write(table, slot, 9);
  table.dropNew();
  table.settle();
  assert.equal(table.append(), slot);
  assert.equal(read(table, slot), 0);
});
