import type { Catalog, UsageType } from './catalog.ts';
import { plain, round, ZERO, type Exact } from './numbers.ts';
import type { RatedCharge } from './rate.ts';
import type { Subscription } from './read-subscriptions.ts';
import type { BillingLineResult } from './results.ts';

interface Group {
  line: Omit<BillingLineResult, 'quantity' | 'amount' | 'billedAmount'>;
  quantity: Exact;
  amount: Exact;
}

/** Adds rated charges up to the billing lines of one final run (docs/rules.md section 8). */
export class Aggregation {
  readonly #catalog: Catalog;
  readonly #groups = new Map<string, Group>();

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  /** Takes all charges of one rated record of the given usage type. */
  add(subscription: Subscription, usageType: UsageType, charges: readonly RatedCharge[]): void {
    const seen = new Set<Group>();
    const parent = usageType.multiRate?.invoice === 'parent' ? usageType.multiRate : null;
    const parentUnit =
      charges.find(({ charge }) => charge.usageType === parent?.quantityFrom)?.charge.unit ?? '';
    for (const { charge, quantity, amount } of charges) {
      const { billUnit, currency } = charge;
      const group = this.#group({
        ...{ account: subscription.account, subscription: subscription.id, billUnit, currency },
        usageType: parent === null ? charge.usageType : usageType.id,
        unit: parent === null ? charge.unit : parentUnit,
      });
      group.line.charges++;
      if (!seen.has(group)) group.line.records++;
      seen.add(group);
      group.amount = group.amount.plus(amount);
      if (parent === null || parent.quantityFrom === charge.usageType)
        group.quantity = group.quantity.plus(quantity);
    }
  }

  /** Lines in the order of their groups' first records. */
  lines(): BillingLineResult[] {
    return [...this.#groups.values()].map(({ line, quantity, amount }) => {
      const currency = this.#catalog.currencies.get(line.currency);
      if (currency === undefined) throw new Error(`unknown currency ${line.currency}`);
      const billedAmount = plain(round(amount, currency.billing));
      return { ...line, quantity: plain(quantity), amount: plain(amount), billedAmount };
    });
  }

  #group(of: Omit<Group['line'], 'charges' | 'records'>): Group {
    const key = [of.account, of.subscription, of.usageType, of.billUnit, of.currency, of.unit].join('\0');
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = { line: { ...of, charges: 0, records: 0 }, quantity: ZERO, amount: ZERO };
      this.#groups.set(key, group);
    }
    return group;
  }
}
