import { Suspense } from '../suspense/suspense-code.ts';
import type { ByteKeyIndex } from './byte-key-index.ts';

/** Reference to bytes in a directory's buffers, accepted by the codec as text. Reused: valid until the next call that returns it. */
export interface DirectoryText {
  buffer: Buffer;
  start: number;
  end: number;
}

/** Numbers per entry of a service id; together, so that a look-up reads one piece of memory. */
export const ENTRY_WIDTH = 4;

/** Columns of the directory; made by ServiceDirectoryBuilder. Instants are microseconds, an absent end is Infinity. */
export interface DirectoryColumns {
  /** Keys: service ids, tagged with the number of their service type. */
  readonly services: ByteKeyIndex;
  /** Keys: subscription ids; a key's number is the subscription's. */
  readonly subscriptions: ByteKeyIndex;
  /** Keys: account ids. */
  readonly accounts: ByteKeyIndex;
  /** Keys: balance group ids; a key's number is the group's. */
  readonly groups: ByteKeyIndex;
  /** First entry of each service key; entries of a key are chained by descending `from`. */
  readonly firstEntry: Int32Array;
  /** ENTRY_WIDTH numbers per entry: from, to, subscription, next entry (-1 ends). */
  readonly entries: Float64Array;
  readonly account: Int32Array;
  readonly group: Int32Array;
  readonly plan: Int32Array;
  readonly billCycleDay: Int32Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** Status changes of subscription i: firstStatus[i] to firstStatus[i + 1]. */
  readonly firstStatus: Int32Array;
  readonly statusFrom: Float64Array;
  /** 1 = ACTIVE. */
  readonly statusActive: Int32Array;
  /** Subscriptions of a group, chained in the order in which they were added; -1 ends. */
  readonly firstOfGroup: Int32Array;
  readonly nextOfGroup: Int32Array;
  /** murmur2 of the group's id. */
  readonly groupHash: Int32Array;
}

function emptyText(): DirectoryText {
  return { buffer: Buffer.alloc(0), start: 0, end: 0 };
}

/**
 * Who is charged for a service id at a time (docs/rules.md 5). Immutable; a new set of subscriptions is a new directory, and numbers of
 * subscriptions and groups mean nothing outside their directory. `find` and the number accessors allocate nothing.
 */
export class ServiceDirectory {
  private readonly columns: DirectoryColumns;
  private readonly accountText = emptyText();
  private readonly subscriptionText = emptyText();
  private readonly groupText = emptyText();

  constructor(columns: DirectoryColumns) {
    this.columns = columns;
  }

  /** Subscriptions. */
  get size(): number {
    return this.columns.subscriptions.count;
  }

  get groups(): number {
    return this.columns.groups.count;
  }

  /**
   * Subscription that the service id belonged to during the usage, or the negative number of the suspense code.
   * `serviceType` is the catalog's number; times are microseconds.
   */
  find(
    serviceType: number,
    bytes: Uint8Array,
    start: number,
    end: number,
    startTime: number,
    endTime: number,
  ): number {
    const columns = this.columns;
    const key = columns.services.find(serviceType, bytes, start, end);
    if (key < 0) return -Suspense.SVC_NOT_FOUND;
    const { entries } = columns;
    let entry = columns.firstEntry[key]!;
    do {
      const at = entry * ENTRY_WIDTH;
      if (entries[at]! <= startTime && endTime <= entries[at + 1]!) {
        const subscription = entries[at + 2]!;
        return this.isActive(subscription, startTime) ? subscription : -Suspense.SVC_NOT_ACTIVE;
      }
      entry = entries[at + 3]!;
    } while (entry >= 0);
    return -Suspense.SVC_NOT_EFFECTIVE;
  }

  /** Subscription of that id, -1 when there is none. */
  subscriptionBy(bytes: Uint8Array, start: number, end: number): number {
    return this.columns.subscriptions.find(0, bytes, start, end);
  }

  /** Balance group of that id, -1 when there is none. */
  groupBy(bytes: Uint8Array, start: number, end: number): number {
    return this.columns.groups.find(0, bytes, start, end);
  }

  /** Whether the last status change at or before the time says ACTIVE; before the first change a subscription is active. */
  isActive(subscription: number, time: number): boolean {
    const { firstStatus, statusFrom, statusActive } = this.columns;
    if (statusFrom.length === 0) return true;
    const first = firstStatus[subscription]!;
    for (let at = firstStatus[subscription + 1]! - 1; at >= first; at--) {
      if (statusFrom[at]! <= time) return statusActive[at] === 1;
    }
    return true;
  }

  plan(subscription: number): number {
    return this.columns.plan[subscription]!;
  }

  group(subscription: number): number {
    return this.columns.group[subscription]!;
  }

  billCycleDay(subscription: number): number {
    return this.columns.billCycleDay[subscription]!;
  }

  /** Start of the subscription, microseconds. */
  from(subscription: number): number {
    return this.columns.from[subscription]!;
  }

  /** End of the subscription, Infinity when open. */
  to(subscription: number): number {
    return this.columns.to[subscription]!;
  }

  /** First subscription of a balance group; walk on with `nextOfGroup` until -1. */
  firstOfGroup(group: number): number {
    return this.columns.firstOfGroup[group]!;
  }

  nextOfGroup(subscription: number): number {
    return this.columns.nextOfGroup[subscription]!;
  }

  /** Partition of the subscription's balance group, as Kafka's default partitioner would choose for the group's id as key. */
  partition(subscription: number, partitions: number): number {
    return (this.columns.groupHash[this.group(subscription)]! & 0x7fffffff) % partitions;
  }

  accountId(subscription: number): string {
    return this.columns.accounts.text(this.columns.account[subscription]!);
  }

  subscriptionId(subscription: number): string {
    return this.columns.subscriptions.text(subscription);
  }

  groupId(group: number): string {
    return this.columns.groups.text(group);
  }

  /** Account id as bytes, for the codec. */
  accountBytes(subscription: number): DirectoryText {
    return point(this.accountText, this.columns.accounts, this.columns.account[subscription]!);
  }

  /** Subscription id as bytes, for the codec. */
  subscriptionBytes(subscription: number): DirectoryText {
    return point(this.subscriptionText, this.columns.subscriptions, subscription);
  }

  /** Balance group id as bytes, for the codec and for state keys. */
  groupBytes(group: number): DirectoryText {
    return point(this.groupText, this.columns.groups, group);
  }
}

function point(text: DirectoryText, keys: ByteKeyIndex, key: number): DirectoryText {
  text.buffer = keys.buffer;
  text.start = keys.start(key);
  text.end = keys.end(key);
  return text;
}
