import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { decodeChangelog, encodeChangelog } from './changelog.ts';
import { decodeDeadLetter, encodeDeadLetter } from './dead-letter.ts';
import { StateCorruptedError } from './errors.ts';
import { ProgressStore } from './progress-store.ts';
import { decodeSinkState, encodeSinkState } from './sink/sink-state.ts';

const blob = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));
const plain = { noNullPrototype: true };
const entry = fc.record(
  {
    ranges: fc.array(
      fc.record({ input: fc.string(), from: fc.integer({ min: -1 }), to: fc.maxSafeNat() }, plain),
      { maxLength: 3 },
    ),
    deltas: fc.array(fc.record({ store: fc.string(), format: fc.string(), delta: blob }, plain), {
      maxLength: 3,
    }),
  },
  plain,
);

test('numbers, texts and blobs read as they were written', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 255 }),
      fc.nat({ max: 65535 }),
      fc.nat({ max: 0xffffffff }),
      fc.maxSafeInteger(),
      fc.string({ unit: 'grapheme' }),
      blob,
      (a, b, c, d, e, f) => {
        const bytes = new ByteWriter(1).u8(a).u16(b).u32(c).f64(d).text(e).blob(f).finish();
        const reader = new ByteReader(bytes);
        assert.deepEqual(
          [reader.u8(), reader.u16(), reader.u32(), reader.f64(), reader.text(), reader.blob()],
          [a, b, c, d, e, f],
        );
        assert.equal(reader.remaining, 0);
        assert.throws(() => reader.u8(), RangeError);
      },
    ),
  );
});

test('a changelog message reads as it was written, and any shortened one is refused by name', () => {
  fc.assert(
    fc.property(entry, fc.nat(), (written, cut) => {
      const bytes = encodeChangelog(written);
      assert.deepEqual(decodeChangelog(bytes, 'here'), written);
      const shorter = bytes.subarray(0, cut % bytes.length);
      assert.throws(
        () => decodeChangelog(shorter, 'c/0 offset 7'),
        (error) => error instanceof StateCorruptedError && error.message.includes('c/0 offset 7'),
      );
    }),
  );
});

test('a dead letter reads as it was written', () => {
  const letter = fc.record(
    {
      app: fc.string(),
      topic: fc.string(),
      partition: fc.nat(),
      offset: fc.maxSafeNat(),
      timestamp: fc.maxSafeNat(),
      code: fc.string(),
      reason: fc.string({ unit: 'grapheme' }),
      key: fc.option(blob),
      value: blob,
    },
    plain,
  );
  fc.assert(
    fc.property(letter, (written) => assert.deepEqual(decodeDeadLetter(encodeDeadLetter(written)), written)),
  );
  assert.throws(() => decodeDeadLetter(Buffer.from([2])), StateCorruptedError);
});

test('the state of a sink reads as it was written', () => {
  const progress = new ProgressStore();
  progress.set('next', 2 ** 40);
  progress.commit();
  for (const intent of [null, { first: 3, last: 9 }]) {
    const found = decodeSinkState(encodeSinkState(intent, progress), 'here');
    assert.deepEqual(found.intent, intent);
    assert.deepEqual([...found.progress.entries()], [['next', 2 ** 40]]);
  }
  assert.throws(() => decodeSinkState(Buffer.from([1, 0]), 'here'), /INTENT_UNREADABLE/);
  assert.throws(() => decodeSinkState(Buffer.from([3]), 'here'), /version 3/);
});

test('the progress table undoes, repeats deltas and restores like a map', () => {
  const step = fc.oneof(
    fc.record({ set: fc.constantFrom('a', 'b', 'c'), to: fc.maxSafeInteger() }),
    fc.record({ end: fc.constantFrom('commit' as const, 'rollback' as const) }),
  );
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const store = new ProgressStore();
      const replica = new ProgressStore();
      let committed = new Map<string, number>();
      let open = new Map<string, number>();
      for (const each of steps) {
        if ('set' in each) {
          store.set(each.set, each.to);
          open.set(each.set, each.to);
        } else if (each.end === 'commit') {
          const delta = store.delta();
          if (delta !== null) for (let twice = 0; twice < 2; twice++) replica.applyDelta(delta);
          store.commit();
          committed = new Map(open);
        } else {
          store.rollback();
          open = new Map(committed);
        }
        assert.deepEqual(new Map(store.entries()), open);
        assert.deepEqual(new Map(replica.entries()), committed);
      }
      store.rollback();
      const restored = new ProgressStore();
      restored.restore(store.snapshot());
      assert.deepEqual(new Map(restored.entries()), committed);
    }),
  );
});
