/**
 * The engine's state alone: read-modify-writes of a struct store (32-byte keys, two integers, a million keys chosen
 * uniformly, a delta and a commit every 5,000; the keys of a transaction lie in one buffer, as they do in a batch, and are put there
 * outside the measured time) and additions to a fingerprint window (a million, three days, hashing included, likewise
 * committed). Rates are per second of CPU time, garbage collection included; memory is what the stores hold, allocated
 * capacity included, and how much the process grew.
 */
import { hash128 } from '../streams/engine/hash/hash128.ts';
import { FingerprintWindow } from '../streams/engine/state/fingerprint-window.ts';
import { StructStore } from '../streams/engine/state/struct-store.ts';

const KEYS = 1_000_000;
const KEY_WIDTH = 32;
const OPERATIONS = 2_000_000;
const PER_COMMIT = 5_000;
const RUNS = 3;

interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

function spread(values: readonly number[]): Spread {
  const sorted = values.map(Math.round).sort((left, right) => left - right);
  return { min: sorted[0]!, median: sorted[sorted.length >> 1]!, max: sorted.at(-1)! };
}

/** CPU time that this process used for some work. */
function cpuSeconds(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const used = process.cpuUsage(start);
  return (used.user + used.system) / 1e6;
}

/** Repeatable sequence of 32-bit numbers (xorshift). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

function makeKeys(): Buffer {
  const keys = Buffer.alloc(KEYS * KEY_WIDTH);
  const number = Buffer.alloc(4);
  for (let key = 0; key < KEYS; key++) {
    number.writeUInt32LE(key);
    hash128(number, 0, 4, keys, key * KEY_WIDTH);
    hash128(number, 0, 4, keys, key * KEY_WIDTH + 16, 1);
  }
  return keys;
}

function settle(store: StructStore<{ value: 'integer'; granted: 'integer' }> | FingerprintWindow): number {
  const delta = store.delta();
  store.commit();
  return delta === null ? 0 : delta.length;
}

function benchStruct(): object {
  const keys = makeKeys();
  const before = process.memoryUsage().rss;
  const store = new StructStore({
    name: 'accumulators',
    keyWidth: KEY_WIDTH,
    fields: { value: 'integer', granted: 'integer' },
  });
  const [value, granted] = [store.integer('value'), store.integer('granted')];
  const load = cpuSeconds(() => {
    for (let key = 0; key < KEYS; key++) {
      value.set(store.upsert(keys, key * KEY_WIDTH), key);
      if (key % PER_COMMIT === PER_COMMIT - 1) settle(store);
    }
  });
  const next = sequence(7);
  const batch = Buffer.alloc(PER_COMMIT * KEY_WIDTH);
  let deltaBytes = 0;
  const transaction = (): void => {
    for (let at = 0; at < batch.length; at += KEY_WIDTH) {
      const slot = store.upsert(batch, at);
      value.set(slot, value.get(slot) + 1_000_000);
      granted.set(slot, granted.get(slot) - at);
    }
    deltaBytes += settle(store);
  };
  const readModifyWrites = Array.from({ length: RUNS }, () => {
    let seconds = 0;
    for (let done = 0; done < OPERATIONS; done += PER_COMMIT) {
      for (let at = 0; at < batch.length; at += KEY_WIDTH) {
        const from = (next() % KEYS) * KEY_WIDTH;
        keys.copy(batch, at, from, from + KEY_WIDTH);
      }
      seconds += cpuSeconds(transaction);
    }
    return OPERATIONS / seconds;
  });
  return {
    keys: store.size,
    loadPerCpuSecond: Math.round(KEYS / load),
    readModifyWritesPerCpuSecond: spread(readModifyWrites),
    deltaBytesPerOperation: Math.round(deltaBytes / (RUNS * OPERATIONS)),
    megabytesPerMillionKeys: Math.round(store.byteLength / 1e6),
    processGrewByMegabytes: Math.round((process.memoryUsage().rss - before) / 1e6),
  };
}

function benchFingerprints(): object {
  const rates: number[] = [];
  let worst = 0;
  let bytesEach = 0;
  for (let run = 0; run < RUNS; run++) {
    const window = new FingerprintWindow({ name: 'seen' });
    const [number, fingerprint] = [Buffer.alloc(4), Buffer.alloc(16)];
    rates.push(
      KEYS /
        cpuSeconds(() => {
          for (let count = 1; count <= KEYS; count++) {
            number.writeUInt32LE(count);
            hash128(number, 0, 4, fingerprint, 0, run);
            window.add(count % 3, fingerprint, 0);
            if (count % PER_COMMIT === 0) settle(window);
            if (count % 20_000 === 0 && count >= 100_000) worst = Math.max(worst, window.byteLength / count);
          }
        }),
    );
    bytesEach = window.byteLength / window.size;
  }
  return {
    fingerprints: KEYS,
    addsPerCpuSecond: spread(rates),
    bytesEach: Number(bytesEach.toFixed(1)),
    bytesEachAtWorst: Number(worst.toFixed(1)),
  };
}

/** Takes about ten seconds of one core and 250 MB. */
export async function run(): Promise<object> {
  await Promise.resolve();
  return { structStore: benchStruct(), fingerprintWindow: benchFingerprints() };
}
