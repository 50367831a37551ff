import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { StructStore } from './struct-store.ts';
import { bytes, text } from './struct-layout.ts';

const KEY_WIDTH = 8;
const ID_WIDTH = 6;
const FIELDS = { value: 'integer', label: text(9), id: bytes(ID_WIDTH), granted: 'integer' } as const;

interface Entry {
  value: number;
  granted: number;
  label: string;
  id: string;
}

type Op =
  | { readonly op: 'upsert' | 'delete'; readonly key: number }
  | { readonly op: 'set'; readonly key: number; readonly entry: Entry }
  | { readonly op: 'commit'; readonly times: number }
  | { readonly op: 'rollback' | 'restart' };

const integer = fc.oneof(
  fc.maxSafeInteger(),
  fc.constantFrom(0, -1, 2 ** 32, -(2 ** 32), 2 ** 53 - 1, 1 - 2 ** 53),
);
const label = fc.string({ unit: 'grapheme', maxLength: 9 }).filter((value) => Buffer.byteLength(value) <= 9);
const id = fc
  .uint8Array({ minLength: ID_WIDTH, maxLength: ID_WIDTH })
  .map((value) => Buffer.from(value).toString('hex'));
const key = fc.nat(7);
const op: fc.Arbitrary<Op> = fc.oneof(
  { arbitrary: fc.record({ op: fc.constant('upsert' as const), key }), weight: 4 },
  { arbitrary: fc.record({ op: fc.constant('delete' as const), key }), weight: 4 },
  {
    arbitrary: fc.record({
      op: fc.constant('set' as const),
      key,
      entry: fc.record({ value: integer, granted: integer, label, id }),
    }),
    weight: 6,
  },
  {
    arbitrary: fc.record({ op: fc.constant('commit' as const), times: fc.integer({ min: 1, max: 2 }) }),
    weight: 3,
  },
  { arbitrary: fc.record({ op: fc.constantFrom('rollback' as const, 'restart' as const) }), weight: 2 },
);

function create(): StructStore<typeof FIELDS> {
  return new StructStore({ name: 'accumulators', keyWidth: KEY_WIDTH, fields: FIELDS });
}

function keyBytes(number: number): Buffer {
  const out = Buffer.alloc(KEY_WIDTH);
  out.writeInt32LE(number * 7 - 40, 4);
  return out;
}

function empty(): Entry {
  return { value: 0, granted: 0, label: '', id: '00'.repeat(ID_WIDTH) };
}

/** Everything that the store shows, in its order. */
function contents(store: StructStore<typeof FIELDS>): [string, Entry][] {
  const [value, granted] = [store.integer('value'), store.integer('granted')];
  const [labels, ids] = [store.text('label'), store.bytes('id')];
  const shown: [string, Entry][] = [];
  store.forEach((slot) => {
    const keyOut = Buffer.alloc(KEY_WIDTH);
    const idOut = Buffer.alloc(ID_WIDTH);
    store.keyAt(slot, keyOut, 0);
    ids.get(slot, idOut, 0);
    assert.equal(store.find(keyOut, 0), slot);
    shown.push([
      keyOut.toString('hex'),
      {
        value: value.get(slot),
        granted: granted.get(slot),
        label: labels.get(slot),
        id: idOut.toString('hex'),
      },
    ]);
  });
  return shown;
}

function snapshotOf(store: StructStore<typeof FIELDS>): Buffer {
  return Buffer.concat([...store.snapshot()]);
}

/** Cuts bytes at irregular places: only the concatenation of chunks may count. */
function cut(whole: Buffer): Buffer[] {
  const chunks: Buffer[] = [Buffer.alloc(0)];
  for (let at = 0, size = 1; at < whole.length; at += size, size = (size * 5) % 23) {
    chunks.push(whole.subarray(at, at + size));
  }
  return chunks;
}

/** The store under test beside a plain Map, its committed copy, and a twin that sees deltas only. */
class Harness {
  store = create();
  private readonly twin = create();
  private model = new Map<string, Entry>();
  private committed = new Map<string, Entry>();
  private committedBytes: Buffer = snapshotOf(this.store);
  private readonly deltas: Buffer[] = [];

  run(step: Op): void {
    switch (step.op) {
      case 'upsert':
        this.store.upsert(keyBytes(step.key), 0);
        this.entry(step.key);
        break;
      case 'delete':
        this.remove(step.key);
        break;
      case 'set':
        this.write(step.key, step.entry);
        break;
      case 'commit':
        this.commit(step.times);
        break;
      case 'rollback':
        this.rollback();
        break;
      case 'restart':
        this.restart();
        break;
    }
    assert.deepEqual(contents(this.store), [...this.model]);
    assert.equal(this.store.size, this.model.size);
  }

  /** The whole history again, each delta twice, on top of a store that has it all already. */
  replayAll(): void {
    for (const delta of this.deltas) {
      this.twin.applyDelta(delta);
      this.twin.applyDelta(delta);
    }
    assert.deepEqual(snapshotOf(this.twin), this.committedBytes);
  }

  private entry(number: number): Entry {
    const name = keyBytes(number).toString('hex');
    const entry = this.model.get(name) ?? empty();
    this.model.set(name, entry);
    return entry;
  }

  private write(number: number, entry: Entry): void {
    const slot = this.store.upsert(keyBytes(number), 0);
    this.store.integer('value').set(slot, entry.value);
    this.store.integer('granted').set(slot, entry.granted);
    this.store.text('label').set(slot, entry.label);
    this.store.bytes('id').set(slot, Buffer.from(entry.id, 'hex'), 0);
    Object.assign(this.entry(number), entry);
  }

  private remove(number: number): void {
    const there = this.model.delete(keyBytes(number).toString('hex'));
    assert.equal(this.store.delete(keyBytes(number), 0), there);
    assert.equal(this.store.find(keyBytes(number), 0), -1);
  }

  private commit(times: number): void {
    const delta = this.store.delta();
    this.store.commit();
    assert.equal(this.store.delta(), null);
    this.committed = structuredClone(this.model);
    this.committedBytes = snapshotOf(this.store);
    if (delta !== null) this.deltas.push(delta);
    for (let time = 0; time < times && delta !== null; time++) this.twin.applyDelta(delta);
    assert.deepEqual(snapshotOf(this.twin), this.committedBytes);
  }

  private rollback(): void {
    this.store.rollback();
    this.model = structuredClone(this.committed);
    assert.deepEqual(snapshotOf(this.store), this.committedBytes);
  }

  private restart(): void {
    this.rollback();
    this.store = create();
    this.store.upsert(keyBytes(99), 0);
    this.store.restore(cut(this.committedBytes));
    assert.equal(this.store.delta(), null);
    assert.deepEqual(snapshotOf(this.store), this.committedBytes);
  }
}

test('the store, its rollbacks, deltas and snapshots agree with a plain Map, order included', () => {
  fc.assert(
    fc.property(fc.array(op, { maxLength: 60, size: 'max' }), (steps) => {
      const harness = new Harness();
      for (const step of steps) harness.run(step);
      harness.run({ op: 'commit', times: 1 });
      harness.replayAll();
    }),
    { numRuns: 300 },
  );
});
