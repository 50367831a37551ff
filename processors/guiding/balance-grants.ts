import type { BillingCycles } from './billing-cycle.ts';
import type { ServiceDirectory } from './service-directory.ts';

/** What a plan grants per cycle: resource = number of the allowance in the catalog's resources, quantity scaled by 10^6. */
export interface PlanGrant {
  readonly resource: number;
  readonly quantity: number;
}

/** Allowance of a balance group in a billing cycle: every subscription of the group that is effective in it adds its plan's grant. */
export class BalanceGrants {
  private readonly directory: ServiceDirectory;
  private readonly cycles: BillingCycles;
  private readonly plans: readonly (readonly PlanGrant[])[];

  /** `plans`: the grants of each plan, by its number. */
  constructor(directory: ServiceDirectory, cycles: BillingCycles, plans: readonly (readonly PlanGrant[])[]) {
    this.directory = directory;
    this.cycles = cycles;
    this.plans = plans;
  }

  /** Granted quantity; beyond 2^53 it is not a safe integer, which the caller checks. */
  granted(group: number, resource: number, cycle: number): number {
    const start = this.cycles.startOf(cycle);
    const end = this.cycles.startOf(this.cycles.next(cycle));
    const { directory } = this;
    let sum = 0;
    for (let at = directory.firstOfGroup(group); at >= 0; at = directory.nextOfGroup(at)) {
      if (this.overlaps(at, start, end)) sum += this.ofPlan(directory.plan(at), resource);
    }
    return sum;
  }

  private overlaps(subscription: number, start: number, end: number): boolean {
    const from = this.directory.from(subscription);
    const to = this.directory.to(subscription);
    return from < end && start < to && from < to;
  }

  private ofPlan(plan: number, resource: number): number {
    let sum = 0;
    for (const grant of this.plans[plan]!) if (grant.resource === resource) sum += grant.quantity;
    return sum;
  }
}
