import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { EngineError, StateCorruptedError } from '../errors.ts';
import type { StateStore } from '../state-store.ts';
import { hash128Text } from '../hash/hash128.ts';
import { FingerprintWindow } from './fingerprint-window.ts';
import { MAX_PAYLOAD_BYTES, writeSnapshot } from './snapshot-file.ts';
import { readSnapshot } from './snapshot-reader.ts';
import { StructStore } from './struct-store.ts';

let folder = '';
before(() => (folder = mkdtempSync(join(tmpdir(), 'snapshot-'))));
after(() => rmSync(folder, { recursive: true }));

const POSITIONS = { 'usage.mediated/3': 4_711, changelog: 9_007_199_254_740_991 };

const FIELDS = { value: 'integer' } as const;

function stores(): { struct: StructStore<typeof FIELDS>; window: FingerprintWindow } {
  const struct = new StructStore({ name: 'accumulators', keyWidth: 16, fields: FIELDS });
  const window = new FingerprintWindow({ name: 'seen' });
  return { struct, window };
}

function filled(entries: number): ReturnType<typeof stores> {
  const made = stores();
  const value = made.struct.integer('value');
  for (let number = 0; number < entries; number++) {
    const key = hash128Text(`key ${number}`);
    value.set(made.struct.upsert(key, 0), number);
    made.window.add(number % 2, key, 0);
  }
  made.struct.commit();
  made.window.commit();
  return made;
}

async function write(path: string, entries: number): Promise<ReturnType<typeof stores>> {
  const made = filled(entries);
  await writeSnapshot(path, { task: 'rate-3', positions: POSITIONS, stores: [made.struct, made.window] });
  return made;
}

function snapshotBytes(store: StateStore): Buffer {
  return Buffer.concat([...store.snapshot()]);
}

function refused(path: string): (error: unknown) => boolean {
  return (error) =>
    error instanceof StateCorruptedError &&
    error.code === 'STATE_SNAPSHOT_CORRUPTED' &&
    error.message.includes(path) &&
    /byte \d+: .+ Move the file away/.test(error.message);
}

test('stores, formats, task and positions come back as they were written', async () => {
  const path = join(folder, 'whole');
  const { struct, window } = await write(path, 5_000);
  const snapshot = readSnapshot(path)!;
  assert.equal(snapshot.task, 'rate-3');
  assert.deepEqual(snapshot.positions, POSITIONS);
  assert.deepEqual([...snapshot.stores.keys()], ['accumulators', 'seen']);
  const fresh = stores();
  for (const store of [fresh.struct, fresh.window]) {
    const stored = snapshot.stores.get(store.name)!;
    assert.equal(stored.format, store.format);
    store.restore(stored.chunks);
  }
  assert.deepEqual(snapshotBytes(fresh.struct), snapshotBytes(struct));
  assert.equal(fresh.window.size, window.size);
  assert.equal(existsSync(`${path}.tmp`), false);
});

test('a snapshot without a file is absent, not corrupted', () => {
  assert.equal(readSnapshot(join(folder, 'nothing')), null);
});

test('every changed byte, in whichever bit, is detected', async () => {
  const path = join(folder, 'flipped');
  await write(path, 3);
  const whole = readFileSync(path);
  const other = join(folder, 'flipped-copy');
  for (let at = 0; at < whole.length; at++) {
    for (const mask of [1, 2, 4, 8, 16, 32, 64, 128, 0xff]) {
      whole[at]! ^= mask;
      writeFileSync(other, whole);
      whole[at]! ^= mask;
      assert.throws(() => readSnapshot(other), refused(other), `byte ${at} with mask ${mask}`);
    }
  }
});

test('every truncation and every addition is detected', async () => {
  const path = join(folder, 'torn');
  await write(path, 3);
  const whole = readFileSync(path);
  const other = join(folder, 'torn-copy');
  for (let length = 0; length < whole.length; length++) {
    writeFileSync(other, whole.subarray(0, length));
    assert.throws(() => readSnapshot(other), refused(other), `length ${length}`);
  }
  for (const more of [Buffer.alloc(1), Buffer.alloc(64), whole]) {
    writeFileSync(other, Buffer.concat([whole, more]));
    assert.throws(() => readSnapshot(other), refused(other));
  }
});

test('a file whose chunks were taken out or exchanged is detected although each chunk is sound', async () => {
  const path = join(folder, 'chunks');
  await write(path, 3);
  const whole = readFileSync(path);
  const chunks: Buffer[] = [];
  for (let at = 16; at < whole.length;) {
    const end = at + 12 + whole.readUInt32LE(at + 4);
    chunks.push(whole.subarray(at, end));
    at = end;
  }
  const other = join(folder, 'chunks-copy');
  const last = chunks.length - 1;
  for (let place = 0; place < last; place++) {
    const without = chunks.filter((_, index) => index !== place);
    const exchanged = chunks.with(place, chunks[place + 1]!).with(place + 1, chunks[place]!);
    for (const list of [without, exchanged, chunks.with(place, chunks[last]!)]) {
      writeFileSync(other, Buffer.concat([whole.subarray(0, 16), ...list]));
      assert.throws(() => readSnapshot(other), refused(other), `chunk ${place}`);
    }
  }
});

test('a change between the check and the reading of the chunks is detected', async () => {
  const path = join(folder, 'changed-later');
  await write(path, 3);
  const snapshot = readSnapshot(path)!;
  const whole = readFileSync(path);
  whole[whole.length - 60]! ^= 1;
  writeFileSync(path, whole);
  assert.throws(() => {
    for (const stored of snapshot.stores.values()) for (const chunk of stored.chunks) assert.ok(chunk);
  }, refused(path));
});

test('stores are read before the promise is returned, so later writes do not leak into the file', async () => {
  const path = join(folder, 'concurrent');
  const { struct, window } = filled(100);
  const expected = snapshotBytes(struct);
  const written = writeSnapshot(path, { task: 't', positions: {}, stores: [struct, window] });
  struct.delete(hash128Text('key 1'), 0);
  struct.commit();
  await written;
  assert.deepEqual(Buffer.concat([...readSnapshot(path)!.stores.get('accumulators')!.chunks]), expected);
});

test('a failure leaves the former snapshot and no temporary file', async () => {
  const path = join(folder, 'kept');
  await write(path, 2);
  const former = readFileSync(path);
  const { struct } = filled(2);
  struct.upsert(Buffer.alloc(16), 0);
  const uncommitted = writeSnapshot(path, { task: 't', positions: {}, stores: [struct] });
  await assert.rejects(
    uncommitted,
    (error) => error instanceof EngineError && error.code === 'STATE_UNCOMMITTED',
  );
  struct.rollback();
  for (const positions of [{ changelog: Number.NaN }, { changelog: 2 ** 53 }]) {
    await assert.rejects(writeSnapshot(path, { task: 't', positions, stores: [] }), EngineError);
  }
  await assert.rejects(
    writeSnapshot(path, { task: 't', positions: {}, stores: [struct, struct] }),
    EngineError,
  );
  assert.deepEqual(readFileSync(path), former);
  assert.equal(existsSync(`${path}.tmp`), false);
});

test('pieces larger than a chunk may be are cut and come back whole', async () => {
  const path = join(folder, 'large');
  const piece = Buffer.alloc(MAX_PAYLOAD_BYTES + 100);
  for (let at = 0; at < piece.length; at += 4) piece.writeUInt32LE(at, at);
  const store = { name: 'large', format: 'any/1', snapshot: () => [piece, Buffer.alloc(0)] };
  await writeSnapshot(path, { task: 't', positions: {}, stores: [store] });
  assert.ok(statSync(path).size > piece.length);
  assert.ok(Buffer.concat([...readSnapshot(path)!.stores.get('large')!.chunks]).equals(piece));
});
