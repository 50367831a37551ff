import { ALL_CYCLES } from './balances.ts';
import type { Balances, Grants } from './balances.ts';
import type { CompiledResource } from './compiled-catalog.ts';
import { ALLOWANCE, CURRENCY } from './resource-kind.ts';

/**
 * The balances as one record changes them: read on first sight, kept here, written back by `commit` and forgotten without it.
 * So the charges of a record see each other's effects and a record that fails changes nothing.
 */
export class BalanceScratch {
  private readonly resources: readonly CompiledResource[];
  private readonly grants: Grants;
  private readonly initial: Float64Array;
  private readonly current: Float64Array;
  private readonly handles: Int32Array;
  /** Number of the record that last touched each resource. */
  private readonly touchedBy: Float64Array;
  private readonly touched: Int32Array;
  private touchedCount = 0;
  private record = 0;
  private group = 0;
  private cycle = 0;
  private balances: Balances | null = null;

  constructor(resources: readonly CompiledResource[], grants: Grants) {
    this.resources = resources;
    this.grants = grants;
    this.initial = new Float64Array(resources.length);
    this.current = new Float64Array(resources.length);
    this.handles = new Int32Array(resources.length);
    this.touchedBy = new Float64Array(resources.length);
    this.touched = new Int32Array(resources.length);
  }

  begin(group: number, cycle: number, balances: Balances): void {
    this.record += 1;
    this.touchedCount = 0;
    this.group = group;
    this.cycle = cycle;
    this.balances = balances;
  }

  /** Balance after what the record has done so far; not a safe integer when a grant overflows. */
  value(resource: number): number {
    if (this.touchedBy[resource] !== this.record) this.load(resource);
    return this.current[resource]!;
  }

  /** Balance before the record. */
  before(resource: number): number {
    if (this.touchedBy[resource] !== this.record) this.load(resource);
    return this.initial[resource]!;
  }

  /** Changes a balance that `value` has returned. */
  set(resource: number, value: number): void {
    this.current[resource] = value;
  }

  /** Writes the changes; a balance seen for the first time is kept even when unchanged (the allowance is granted now). */
  commit(): void {
    const balances = this.balances!;
    for (let index = 0; index < this.touchedCount; index++) {
      const resource = this.touched[index]!;
      const handle = this.handles[resource]!;
      const value = this.current[resource]!;
      if (handle < 0) balances.create(this.group, resource, this.cycleOf(resource), value);
      else if (value !== this.initial[resource]) balances.set(handle, value);
    }
  }

  private load(resource: number): void {
    const balances = this.balances!;
    const handle = balances.find(this.group, resource, this.cycleOf(resource));
    const value = handle >= 0 ? balances.value(handle) : this.startOf(resource);
    this.handles[resource] = handle;
    this.initial[resource] = value;
    this.current[resource] = value;
    this.touchedBy[resource] = this.record;
    this.touched[this.touchedCount++] = resource;
  }

  private startOf(resource: number): number {
    if (this.resources[resource]!.kind !== ALLOWANCE) return 0;
    return this.grants.granted(this.group, resource, this.cycle);
  }

  private cycleOf(resource: number): number {
    return this.resources[resource]!.kind === CURRENCY ? ALL_CYCLES : this.cycle;
  }
}
