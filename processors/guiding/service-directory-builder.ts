import type { Subscription } from '../../schemas/catalog/subscription.ts';
import { murmur2 } from '../../schemas/identity/murmur2.ts';
import { ByteKeyIndex } from './byte-key-index.ts';
import { IntColumn, NumberColumn } from './columns.ts';
import { instantMicros } from '../../schemas/catalog/instant.ts';
import { ENTRY_WIDTH, ServiceDirectory } from './service-directory.ts';

/** Place of the next entry's number in an entry. */
const NEXT = 3;

/** Why a subscription is not taken. */
export interface SubscriptionFault {
  readonly code: 'SUBSCRIPTION_TWICE' | 'PLAN_UNKNOWN' | 'SERVICE_TYPE_UNKNOWN';
  readonly message: string;
}

/** Names that the catalog numbers: their place in these lists. */
export interface DirectoryNames {
  readonly serviceTypes: readonly string[];
  readonly plans: readonly string[];
}

/** Builds a ServiceDirectory from parsed subscriptions, one after the other; nothing of a refused one is kept. */
export class ServiceDirectoryBuilder {
  private readonly serviceTypes: ReadonlyMap<string, number>;
  private readonly plans: ReadonlyMap<string, number>;
  private readonly services = new ByteKeyIndex();
  private readonly subscriptions = new ByteKeyIndex();
  private readonly accounts = new ByteKeyIndex();
  private readonly groups = new ByteKeyIndex();
  private readonly firstEntry = new IntColumn();
  private readonly entries = new NumberColumn();
  private readonly account = new IntColumn();
  private readonly group = new IntColumn();
  private readonly plan = new IntColumn();
  private readonly billCycleDay = new IntColumn();
  private readonly from = new NumberColumn();
  private readonly to = new NumberColumn();
  private readonly firstStatus = new IntColumn();
  private readonly statusFrom = new NumberColumn();
  private readonly statusActive = new IntColumn();
  private readonly firstOfGroup = new IntColumn();
  private readonly lastOfGroup = new IntColumn();
  private readonly nextOfGroup = new IntColumn();
  private readonly groupHash = new IntColumn();

  constructor(names: DirectoryNames) {
    this.serviceTypes = numbered(names.serviceTypes);
    this.plans = numbered(names.plans);
  }

  /** Adds a subscription; null, or why it was refused. */
  add(input: Subscription): SubscriptionFault | null {
    const fault = this.check(input);
    if (fault !== null) return fault;
    const subscription = this.subscriptions.addText(0, input.subscription);
    this.account.push(this.accounts.addText(0, input.account));
    this.plan.push(this.plans.get(input.plan)!);
    this.billCycleDay.push(input.billCycleDay);
    this.from.push(instantMicros(input.from));
    this.to.push(endOf(input.to));
    this.addToGroup(subscription, input.balanceGroup ?? input.subscription);
    this.firstStatus.push(this.statusFrom.length);
    for (const change of input.statuses) {
      this.statusFrom.push(instantMicros(change.from));
      this.statusActive.push(change.status === 'ACTIVE' ? 1 : 0);
    }
    for (const service of input.services) this.addService(subscription, service);
    return null;
  }

  /** The directory; the builder must not be used afterwards. */
  build(): ServiceDirectory {
    this.firstStatus.push(this.statusFrom.length);
    return new ServiceDirectory({
      services: this.services,
      subscriptions: this.subscriptions,
      accounts: this.accounts,
      groups: this.groups,
      firstEntry: this.firstEntry.trimmed(),
      entries: this.entries.trimmed(),
      account: this.account.trimmed(),
      group: this.group.trimmed(),
      plan: this.plan.trimmed(),
      billCycleDay: this.billCycleDay.trimmed(),
      from: this.from.trimmed(),
      to: this.to.trimmed(),
      firstStatus: this.firstStatus.trimmed(),
      statusFrom: this.statusFrom.trimmed(),
      statusActive: this.statusActive.trimmed(),
      firstOfGroup: this.firstOfGroup.trimmed(),
      nextOfGroup: this.nextOfGroup.trimmed(),
      groupHash: this.groupHash.trimmed(),
    });
  }

  private check(input: Subscription): SubscriptionFault | null {
    const name = `subscription ${input.subscription}`;
    if (!this.plans.has(input.plan)) {
      return { code: 'PLAN_UNKNOWN', message: `${name}: the catalog has no plan ${input.plan}` };
    }
    for (const { serviceType } of input.services) {
      if (this.serviceTypes.has(serviceType)) continue;
      return {
        code: 'SERVICE_TYPE_UNKNOWN',
        message: `${name}: the catalog has no service type ${serviceType}`,
      };
    }
    const id = Buffer.from(input.subscription);
    if (this.subscriptions.find(0, id, 0, id.length) < 0) return null;
    return { code: 'SUBSCRIPTION_TWICE', message: `${name} is given twice` };
  }

  private addToGroup(subscription: number, id: string): void {
    const bytes = Buffer.from(id);
    const group = this.groups.add(0, bytes);
    this.group.push(group);
    this.nextOfGroup.push(-1);
    if (group === this.firstOfGroup.length) {
      this.firstOfGroup.push(subscription);
      this.lastOfGroup.push(subscription);
      this.groupHash.push(murmur2(bytes));
      return;
    }
    this.nextOfGroup.values[this.lastOfGroup.values[group]!] = subscription;
    this.lastOfGroup.values[group] = subscription;
  }

  private addService(subscription: number, service: Subscription['services'][number]): void {
    const key = this.services.addText(this.serviceTypes.get(service.serviceType)!, service.id);
    if (key === this.firstEntry.length) this.firstEntry.push(-1);
    const start = this.from.values[subscription]!;
    const from = service.from === undefined ? start : Math.max(start, instantMicros(service.from));
    const entry = this.entries.length / ENTRY_WIDTH;
    this.entries.push(from);
    this.entries.push(Math.min(this.to.values[subscription]!, endOf(service.to)));
    this.entries.push(subscription);
    this.entries.push(-1);
    this.chain(key, entry, from);
  }

  /** Keeps the chain in descending order of `from`; of equal ones the first added is first. */
  private chain(key: number, entry: number, from: number): void {
    const { values } = this.entries;
    let before = -1;
    let after = this.firstEntry.values[key]!;
    while (after >= 0 && values[after * ENTRY_WIDTH]! >= from) {
      before = after;
      after = values[after * ENTRY_WIDTH + NEXT]!;
    }
    values[entry * ENTRY_WIDTH + NEXT] = after;
    if (before < 0) this.firstEntry.values[key] = entry;
    else values[before * ENTRY_WIDTH + NEXT] = entry;
  }
}

function numbered(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, index) => [name, index]));
}

function endOf(to: string | undefined): number {
  return to === undefined ? Number.POSITIVE_INFINITY : instantMicros(to);
}
