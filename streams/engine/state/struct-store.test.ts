import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineError, StateCorruptedError } from '../errors.ts';
import { StructStore } from './struct-store.ts';
import { bytes, text } from './struct-layout.ts';

const FIELDS = { value: 'integer', label: text(4), id: bytes(3) } as const;

function create(): StructStore<typeof FIELDS> {
  return new StructStore({ name: 'accumulators', keyWidth: 4, fields: FIELDS });
}

function key(number: number): Buffer {
  const out = Buffer.alloc(4);
  out.writeInt32LE(number);
  return out;
}

function coded(code: string) {
  return (error: unknown): boolean => error instanceof EngineError && error.code === code;
}

function values(store: StructStore<typeof FIELDS>): number[] {
  const value = store.integer('value');
  const seen: number[] = [];
  store.forEach((slot) => seen.push(value.get(slot)));
  return seen;
}

test('a value that the field cannot hold is refused and nothing is written', () => {
  const store = create();
  const slot = store.upsert(key(1), 0);
  store.integer('value').set(slot, 5);
  store.text('label').set(slot, 'abcd');
  for (const bad of [2 ** 53, -(2 ** 53), 0.5, Number.NaN, Infinity]) {
    assert.throws(() => store.integer('value').set(slot, bad), coded('STATE_UNSAFE_INTEGER'));
  }
  assert.throws(() => store.text('label').set(slot, 'abcde'), coded('STATE_TEXT_TOO_LONG'));
  assert.throws(() => store.text('label').set(slot, 'ééé'), coded('STATE_TEXT_TOO_LONG'));
  assert.throws(() => store.text('label').set(slot, '\ud800'), coded('STATE_TEXT_MALFORMED'));
  assert.throws(() => store.bytes('id').set(slot, Buffer.alloc(4), 2), coded('STATE_RANGE'));
  assert.throws(() => store.upsert(Buffer.alloc(6), 3), coded('STATE_RANGE'));
  assert.equal(store.integer('value').get(slot), 5);
  assert.equal(store.text('label').get(slot), 'abcd');
});

test('integers lie in deltas and snapshots as int64 in little endian behind the key', () => {
  const store = create();
  const slot = store.upsert(key(7), 0);
  store.integer('value').set(slot, -1_234_567_890_123_456);
  const delta = store.delta()!;
  assert.equal(delta.readInt32LE(20), 7);
  assert.equal(delta.readBigInt64LE(24), -1_234_567_890_123_456n);
  store.commit();
  assert.equal(Buffer.concat([...store.snapshot()]).readBigInt64LE(16), -1_234_567_890_123_456n);
});

test('a slot whose key was deleted cannot be written', () => {
  const store = create();
  const value = store.integer('value');
  const slot = store.upsert(key(1), 0);
  store.commit();
  store.delete(key(1), 0);
  assert.throws(() => value.set(slot, 1), coded('STATE_SLOT_DELETED'));
  store.rollback();
  value.set(store.find(key(1), 0), 1);
  assert.deepEqual(values(store), [1]);
});

test('entries that are deleted and written while the store is visited are visited at most once', () => {
  const store = create();
  const value = store.integer('value');
  for (let number = 0; number < 10; number++) value.set(store.upsert(key(number), 0), number);
  store.commit();
  const visited: number[] = [];
  store.forEach((slot) => {
    const seen = value.get(slot);
    visited.push(seen);
    store.delete(key(seen), 0);
    store.delete(key(seen + 1), 0);
    store.upsert(key(100 + seen), 0);
  });
  assert.deepEqual(visited, [0, 2, 4, 6, 8]);
  assert.equal(store.size, 5);
});

test('memory of deleted entries is reclaimed, order and contents stay, and later rollbacks are exact', () => {
  const store = create();
  const value = store.integer('value');
  const expected = new Map<number, number>();
  let next = 0;
  let largest = 0;
  for (let round = 0; round < 12; round++) {
    for (let count = 0; count < 20_000; count++, next++) {
      value.set(store.upsert(key(next), 0), next * 3);
      expected.set(next, next * 3);
    }
    store.commit();
    for (const number of expected.keys()) {
      if (number % 97 === 0) continue;
      assert.ok(store.delete(key(number), 0));
      expected.delete(number);
    }
    store.commit();
    assert.deepEqual(values(store), [...expected.values()]);
    value.set(store.find(key(97), 0), -1);
    store.delete(key(0), 0);
    store.upsert(key(-5), 0);
    store.rollback();
    assert.deepEqual(values(store), [...expected.values()]);
    if (round === 1) largest = store.byteLength;
  }
  assert.ok(store.byteLength <= largest * 1.2, `${store.byteLength} bytes after churn, ${largest} before`);
});

test('deltas that are applied again keep the order of entries that were deleted and came back', () => {
  const [store, twin] = [create(), create()];
  const deltas: Buffer[] = [];
  const transaction = (write: () => void): void => {
    write();
    deltas.push(store.delta()!);
    store.commit();
  };
  transaction(() => store.integer('value').set(store.upsert(key(1), 0), 1));
  transaction(() => store.delete(key(1), 0));
  transaction(() => store.integer('value').set(store.upsert(key(1), 0), 2));
  transaction(() => store.integer('value').set(store.upsert(key(2), 0), 3));
  for (const delta of [...deltas, ...deltas]) twin.applyDelta(delta);
  assert.deepEqual(values(twin), [2, 3]);
});

test('snapshots and deltas need settled stores, and a snapshot that is overtaken by a write stops', () => {
  const store = create();
  store.upsert(key(1), 0);
  assert.throws(() => store.snapshot(), coded('STATE_UNCOMMITTED'));
  assert.throws(() => store.applyDelta(Buffer.alloc(20)), coded('STATE_UNCOMMITTED'));
  store.commit();
  const chunks = store.snapshot()[Symbol.iterator]();
  chunks.next();
  store.upsert(key(2), 0);
  assert.throws(() => chunks.next(), coded('STATE_SNAPSHOT_OVERTAKEN'));
});

test('bytes of another layout, version or length are refused and leave no half-applied change', () => {
  const store = create();
  store.integer('value').set(store.upsert(key(1), 0), 4);
  const delta = store.delta()!;
  store.commit();
  const snapshot = Buffer.concat([...store.snapshot()]);
  const other = new StructStore({ name: 'other', keyWidth: 4, fields: { value: 'integer', label: text(4) } });
  assert.throws(() => other.applyDelta(delta), StateCorruptedError);
  assert.throws(() => other.restore([snapshot]), StateCorruptedError);
  assert.notEqual(other.format, store.format);
  const unsafe = Buffer.from(delta);
  unsafe.writeBigInt64LE(2n ** 53n, 24);
  for (const bad of [delta.subarray(0, 30), delta.subarray(0, 3), Buffer.concat([delta, delta]), unsafe]) {
    assert.throws(() => store.applyDelta(bad), StateCorruptedError);
  }
  assert.deepEqual(values(store), [4]);
  for (let length = 0; length < snapshot.length; length++) {
    assert.throws(() => store.restore([snapshot.subarray(0, length)]), StateCorruptedError);
  }
  assert.throws(() => store.restore([snapshot, Buffer.alloc(1)]), StateCorruptedError);
  assert.equal(store.size, 0);
});

test('impossible layouts and wrong accessors are refused', () => {
  const make = (keyWidth: number, fields: Record<string, ReturnType<typeof text>>) => () =>
    new StructStore({ name: 'x', keyWidth, fields });
  assert.throws(make(6, {}), coded('STATE_LAYOUT'));
  assert.throws(make(8, { label: text(0) }), coded('STATE_LAYOUT'));
  assert.throws(make(8, { label: text(70_000) }), coded('STATE_LAYOUT'));
  const store = create();
  assert.throws(() => store.integer('label' as 'value'), coded('STATE_LAYOUT'));
  assert.throws(() => store.text('nothing' as 'label'), coded('STATE_LAYOUT'));
});
