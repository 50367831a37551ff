import type { Balances } from '../balances.ts';

/** Balances in a Map; for tests and small tools. */
export class MapBalances implements Balances {
  private readonly handles = new Map<string, number>();
  private readonly values: number[] = [];

  find(group: number, resource: number, cycle: number): number {
    return this.handles.get(key(group, resource, cycle)) ?? -1;
  }

  value(handle: number): number {
    return this.values[handle]!;
  }

  set(handle: number, value: number): void {
    this.values[handle] = value;
  }

  create(group: number, resource: number, cycle: number, value: number): void {
    this.handles.set(key(group, resource, cycle), this.values.push(value) - 1);
  }

  /** All balances as text "group/resource/cycle" to value. */
  entries(): Record<string, number> {
    return Object.fromEntries([...this.handles].map(([name, handle]) => [name, this.values[handle]!]));
  }
}

function key(group: number, resource: number, cycle: number): string {
  return `${group}/${resource}/${cycle}`;
}
