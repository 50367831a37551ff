/** Kafka's murmur2, as published with its default partitioner (seed 0x9747b28c). */
export function murmur2(text: string): number {
  const bytes = Buffer.from(text);
  const m = 0x5bd1e995;
  const mix = (k: number) => Math.imul(Math.imul(k, m) ^ (Math.imul(k, m) >>> 24), m);
  let hash = 0x9747b28c ^ bytes.length;
  const whole = bytes.length - (bytes.length % 4);
  for (let at = 0; at < whole; at += 4) hash = Math.imul(hash, m) ^ mix(bytes.readInt32LE(at));
  for (let at = bytes.length - 1; at >= whole; at--) hash ^= bytes[at]! << (8 * (at - whole));
  if (whole < bytes.length) hash = Math.imul(hash, m);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, m);
  return hash ^ (hash >>> 15);
}

/** Partition of a balance group: murmur2 without its sign, modulo the number of partitions. */
export function partitionOf(balanceGroup: string, partitions: number): number {
  return (murmur2(balanceGroup) & 0x7fffffff) % partitions;
}
