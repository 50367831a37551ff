/**
 * Kafka's partitioner: 32-bit murmur2 as in org.apache.kafka.common.utils.Utils (seed 0x9747b28c, tail bytes sign-free),
 * and the partition its default partitioner picks for a key. Producers in any language agree on it.
 */

const SEED = 0x9747b28c;
const M = 0x5bd1e995;

/** Murmur2 of `bytes[start, end)` as a signed 32-bit integer, equal to Kafka's Java. */
export function murmur2(bytes: Uint8Array, start = 0, end = bytes.length): number {
  const length = end - start;
  const tail = start + (length & ~3);
  let h = SEED ^ length;
  for (let p = start; p < tail; p += 4) {
    let k = bytes[p]! | (bytes[p + 1]! << 8) | (bytes[p + 2]! << 16) | (bytes[p + 3]! << 24);
    k = Math.imul(k, M);
    k ^= k >>> 24;
    h = Math.imul(h, M) ^ Math.imul(k, M);
  }
  if (tail < end) {
    for (let p = end - 1; p >= tail; p--) h ^= bytes[p]! << ((p - tail) << 3);
    h = Math.imul(h, M);
  }
  h ^= h >>> 13;
  h = Math.imul(h, M);
  return (h ^ (h >>> 15)) | 0;
}

/** Partition of a text key among `partitions` (at least 1), as Kafka's default partitioner picks it. */
export function partitionOf(key: string, partitions: number): number {
  return (murmur2(Buffer.from(key, 'utf8')) & 0x7fffffff) % partitions;
}
