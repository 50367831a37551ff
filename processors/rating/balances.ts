/** Cycle under which balances that run across cycles are kept (the currency total of a group). */
export const ALL_CYCLES = 0;

/**
 * Where balances live: one value per (balance group, resource, billing cycle), of an allowance what remains, of an accumulator or a
 * currency the total; quantities scaled by 10^6, money by 10^9. Groups are numbers of the ServiceDirectory, resources numbers of the
 * compiled catalog, cycles first days as day numbers. Handles are valid while one record is rated.
 */
export interface Balances {
  /** Handle of a balance, -1 when there is none yet. */
  find(group: number, resource: number, cycle: number): number;
  value(handle: number): number;
  set(handle: number, value: number): void;
  /** Makes a balance that `find` did not find. */
  create(group: number, resource: number, cycle: number, value: number): void;
}

/** What an allowance starts with in a cycle. */
export interface Grants {
  granted(group: number, resource: number, cycle: number): number;
}
