import type { Plan } from './catalog.ts';
import type { Cycle } from './guide.ts';
import { plain, ZERO, type Exact } from './numbers.ts';
import type { Directory } from './read-subscriptions.ts';
import type { BalanceResult, Impact } from './results.ts';

type Kind = Impact['kind'];

interface Balance {
  kind: Kind;
  balanceGroup: string;
  resource: string;
  billUnit: string;
  value: Exact;
  touched: boolean;
}

/** Whose balances a record moves. */
export interface Place {
  balanceGroup: string;
  cycle: Cycle;
}

/** All balances of all groups. Changes of one record become real together at `commit`, or not at all. */
export class Balances {
  readonly #plans: ReadonlyMap<string, Plan>;
  readonly #groups: Directory['groups'];
  readonly #balances = new Map<string, Balance>();
  readonly #changed = new Map<Balance, Exact>();

  constructor(plans: ReadonlyMap<string, Plan>, groups: Directory['groups']) {
    this.#plans = plans;
    this.#groups = groups;
  }

  /** The balance as the record being rated sees it. */
  read(kind: Kind, place: Place, resource: string): Exact {
    const balance = this.#find(kind, place, resource);
    return this.#changed.get(balance) ?? balance.value;
  }

  /** The balance as it was before the record being rated. */
  readBeforeRecord(kind: Kind, place: Place, resource: string): Exact {
    return this.#find(kind, place, resource).value;
  }

  write(kind: Kind, place: Place, resource: string, value: Exact): void {
    this.#changed.set(this.#find(kind, place, resource), value);
  }

  commit(): void {
    for (const [balance, value] of this.#changed) {
      balance.value = value;
      balance.touched = true;
    }
    this.#changed.clear();
  }

  rollback(): void {
    this.#changed.clear();
  }

  results(): BalanceResult[] {
    return [...this.#balances.values()].map(({ value, ...rest }) => ({ ...rest, balance: plain(value) }));
  }

  #find(kind: Kind, place: Place, resource: string): Balance {
    const { balanceGroup, cycle } = place;
    const billUnit = kind === 'CURRENCY' ? '' : cycle.billUnit;
    const key = [kind, balanceGroup, resource, billUnit].join('\0');
    let balance = this.#balances.get(key);
    if (balance === undefined) {
      const value = kind === 'ALLOWANCE' ? this.#granted(place, resource) : ZERO;
      balance = { kind, balanceGroup, resource, billUnit, value, touched: false };
      this.#balances.set(key, balance);
    }
    return balance;
  }

  /** The sum over the group's subscriptions that are effective at any time of the cycle. */
  #granted({ balanceGroup, cycle }: Place, allowance: string): Exact {
    let sum = ZERO;
    for (const subscription of this.#groups.get(balanceGroup) ?? []) {
      const { from, to } = subscription;
      if (from >= cycle.to || to <= cycle.from || from >= to) continue;
      for (const grant of this.#plans.get(subscription.plan)?.grants ?? []) {
        if (grant.allowance === allowance) sum = sum.plus(grant.quantity);
      }
    }
    return sum;
  }
}
