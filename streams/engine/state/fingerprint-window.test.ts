import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EngineError, StateCorruptedError } from '../errors.ts';
import { hash128Text } from '../hash/hash128.ts';
import { FingerprintWindow } from './fingerprint-window.ts';

type Op =
  | { readonly op: 'add'; readonly day: number; readonly number: number }
  | { readonly op: 'expire'; readonly day: number }
  | { readonly op: 'commit'; readonly times: number }
  | { readonly op: 'rollback' | 'restart' };

const day = fc.integer({ min: -3, max: 8 });
const op: fc.Arbitrary<Op> = fc.oneof(
  { arbitrary: fc.record({ op: fc.constant('add' as const), day, number: fc.nat(30) }), weight: 14 },
  { arbitrary: fc.record({ op: fc.constant('expire' as const), day }), weight: 1 },
  {
    arbitrary: fc.record({ op: fc.constant('commit' as const), times: fc.integer({ min: 1, max: 2 }) }),
    weight: 2,
  },
  { arbitrary: fc.record({ op: fc.constantFrom('rollback' as const, 'restart' as const) }), weight: 2 },
);

function coded(code: string) {
  return (error: unknown): boolean => error instanceof EngineError && error.code === code;
}

function fingerprint(number: number): Buffer {
  return hash128Text(`record ${number}`);
}

function snapshotOf(window: FingerprintWindow): Buffer {
  return Buffer.concat([...window.snapshot()]);
}

/** First day and all (day, fingerprint) of a window, in a canonical order, read from its documented snapshot format. */
function contents(window: FingerprintWindow): { firstDay: number; entries: string[] } {
  const whole = snapshotOf(window);
  const entries: string[] = [];
  let at = 12;
  for (let days = whole.readUInt32LE(8); days > 0; days--) {
    const [day, count] = [whole.readInt32LE(at), whole.readUInt32LE(at + 4)];
    at += 8;
    for (let entry = 0; entry < count; entry++, at += 16) {
      entries.push(`${day}:${whole.toString('hex', at, at + 16)}`);
    }
  }
  assert.equal(at, whole.length);
  return { firstDay: whole.readInt32LE(4), entries: entries.sort() };
}

function cut(whole: Buffer): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0, size = 1; at < whole.length; at += size, size = (size * 5) % 23) {
    chunks.push(whole.subarray(at, at + size));
  }
  return chunks;
}

/** The window under test beside a plain Set, its committed copy, and a twin that sees deltas only. */
class Harness {
  window = new FingerprintWindow({ name: 'seen' });
  private readonly twin = new FingerprintWindow({ name: 'seen' });
  private model = new Set<string>();
  private committed = new Set<string>();
  private firstDay = -(2 ** 31);
  private committedFirstDay = -(2 ** 31);
  private readonly deltas: Buffer[] = [];

  run(step: Op): void {
    switch (step.op) {
      case 'add':
        this.add(step.day, step.number);
        break;
      case 'expire':
        this.expire(step.day);
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
    assert.equal(this.window.size, this.model.size);
  }

  replayAll(): void {
    for (const delta of [...this.deltas, ...this.deltas]) this.twin.applyDelta(delta);
    this.expectCommitted(this.twin);
  }

  private add(day: number, number: number): void {
    const padded = Buffer.concat([Buffer.alloc(3), fingerprint(number)]);
    assert.equal(this.window.covers(day), day >= this.firstDay);
    if (day < this.firstDay) {
      assert.throws(() => this.window.add(day, padded, 3), coded('STATE_DAY_EXPIRED'));
      return;
    }
    const name = `${day}:${fingerprint(number).toString('hex')}`;
    assert.equal(this.window.add(day, padded, 3), !this.model.has(name));
    this.model.add(name);
  }

  private expire(day: number): void {
    this.window.expireBefore(day);
    this.firstDay = Math.max(this.firstDay, day);
    for (const name of this.model) if (Number(name.split(':')[0]) < this.firstDay) this.model.delete(name);
  }

  private commit(times: number): void {
    const delta = this.window.delta();
    this.window.commit();
    assert.equal(this.window.delta(), null);
    this.committed = new Set(this.model);
    this.committedFirstDay = this.firstDay;
    if (delta !== null) this.deltas.push(delta);
    for (let time = 0; time < times && delta !== null; time++) this.twin.applyDelta(delta);
    this.expectCommitted(this.window);
    this.expectCommitted(this.twin);
  }

  private rollback(): void {
    this.window.rollback();
    this.model = new Set(this.committed);
    this.firstDay = this.committedFirstDay;
    this.expectCommitted(this.window);
  }

  private restart(): void {
    this.rollback();
    const bytes = snapshotOf(this.window);
    this.window = new FingerprintWindow({ name: 'seen' });
    this.window.add(1, fingerprint(77), 0);
    this.window.restore(cut(bytes));
    assert.equal(this.window.delta(), null);
    this.expectCommitted(this.window);
  }

  private expectCommitted(window: FingerprintWindow): void {
    assert.deepEqual(contents(window), {
      firstDay: this.committedFirstDay,
      entries: [...this.committed].sort(),
    });
  }
}

test('the window, its rollbacks, deltas, expiry and snapshots agree with a plain Set', () => {
  fc.assert(
    fc.property(fc.array(op, { maxLength: 80, size: 'max' }), (steps) => {
      const harness = new Harness();
      for (const step of steps) harness.run(step);
      harness.run({ op: 'commit', times: 1 });
      harness.replayAll();
    }),
    { numRuns: 200 },
  );
});

test('a rollback of more additions than one segment holds leaves the committed ones only', () => {
  const window = new FingerprintWindow({ name: 'seen' });
  for (let number = 0; number < 3_000; number++) window.add(1, fingerprint(number), 0);
  window.commit();
  const before = contents(window);
  for (let number = 2_000; number < 12_000; number++) window.add(1 + (number % 2), fingerprint(number), 0);
  window.rollback();
  assert.deepEqual(contents(window), before);
});

test('a delta carries additions and expiry, and an expiry alone makes a delta', () => {
  const window = new FingerprintWindow({ name: 'seen' });
  window.add(3, fingerprint(1), 0);
  window.add(9, fingerprint(2), 0);
  window.expireBefore(5);
  const delta = window.delta()!;
  assert.equal(delta.length, 12 + 8 + 16);
  assert.equal(delta.readInt32LE(4), 5);
  window.commit();
  window.expireBefore(10);
  assert.equal(window.delta()!.length, 12);
  window.commit();
  window.expireBefore(4);
  assert.equal(window.delta(), null);
});

test('days and fingerprints out of range are refused', () => {
  const window = new FingerprintWindow({ name: 'seen' });
  for (const bad of [0.5, Number.NaN, 2 ** 31]) {
    assert.throws(() => window.add(bad, fingerprint(1), 0), coded('STATE_RANGE'));
    assert.throws(() => window.expireBefore(bad), coded('STATE_RANGE'));
  }
  assert.throws(() => window.add(1, fingerprint(1), 1), coded('STATE_RANGE'));
  assert.equal(window.size, 0);
});

test('a snapshot needs a settled window and stops when it is overtaken', () => {
  const window = new FingerprintWindow({ name: 'seen' });
  window.add(1, fingerprint(1), 0);
  assert.throws(() => window.snapshot(), coded('STATE_UNCOMMITTED'));
  window.commit();
  const chunks = window.snapshot()[Symbol.iterator]();
  chunks.next();
  window.add(1, fingerprint(2), 0);
  chunks.next();
  assert.throws(() => chunks.next(), coded('STATE_SNAPSHOT_OVERTAKEN'));
});

test('bytes of another version or length are refused and change nothing', () => {
  const window = new FingerprintWindow({ name: 'seen' });
  window.add(1, fingerprint(1), 0);
  const delta = window.delta()!;
  window.commit();
  const before = contents(window);
  const version = Buffer.from(delta);
  version.writeUInt32LE(2, 0);
  const days = Buffer.from(delta);
  days.writeUInt32LE(0xffff_ffff, 8);
  for (const bad of [
    version,
    days,
    delta.subarray(0, 5),
    delta.subarray(0, 30),
    Buffer.concat([delta, delta]),
  ]) {
    assert.throws(() => window.applyDelta(bad), StateCorruptedError);
  }
  assert.deepEqual(contents(window), before);
  const snapshot = snapshotOf(window);
  for (let length = 0; length < snapshot.length; length++) {
    assert.throws(() => window.restore([snapshot.subarray(0, length)]), StateCorruptedError);
  }
  assert.throws(() => window.restore([snapshot, Buffer.alloc(1)]), StateCorruptedError);
  assert.equal(window.size, 0);
});
