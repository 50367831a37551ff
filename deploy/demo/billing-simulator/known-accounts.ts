/**
 * Which accounts and plan instances billing lacks. It depends on the id alone, so it is the same in every run: a share of the
 * ids, spread by a hash. Real billing systems lag behind the provisioning in just this way.
 */
export interface KnownAccounts {
  hasAccount(id: string): boolean;
  hasPlanInstance(id: string): boolean;
}

export interface UnknownShares {
  /** Of ten thousand account ids, how many are unknown. */
  accounts: number;
  /** Of ten thousand plan instance ids, how many are unknown. */
  planInstances: number;
}

/** FNV-1a with a final mix, modulo ten thousand. */
export function idBucket(id: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(id)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 12;
  return (hash >>> 0) % 10_000;
}

export function createKnownAccounts(unknown: UnknownShares): KnownAccounts {
  return {
    hasAccount: (id) => idBucket(`account/${id}`) >= unknown.accounts,
    hasPlanInstance: (id) => idBucket(`plan/${id}`) >= unknown.planInstances,
  };
}
