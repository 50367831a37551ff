import type { GroupKey } from './group-key.ts';

/** Sums of a group. */
export const GROUP_SUMS = ['charges', 'records', 'quantity', 'amount', 'firstUsage', 'lastUsage'] as const;
export type GroupSum = (typeof GROUP_SUMS)[number];

/** Where the groups of the run in the making live; the worker keeps them in its off-heap store. Handles are valid until `clear`. */
export interface LineGroups {
  /** Handle of the group, -1 when there is none yet. */
  find(key: GroupKey): number;
  /** Makes the group, all sums 0. It must keep the whole key. */
  create(key: GroupKey): number;
  get(handle: number, sum: GroupSum): number;
  set(handle: number, sum: GroupSum, value: number): void;
  /** Bytes of the key that made the group. */
  key(handle: number): Buffer;
  /** Visits the groups in the order in which they were made. */
  forEach(visit: (handle: number) => void): void;
  /** Forgets all groups: the run is cut. */
  clear(): void;
}
