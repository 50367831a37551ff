import { NumberList } from './number-list.ts';

/** Remembers the periods of services and finds the one that a new period overlaps. Periods are [from, to). */
export class SubscriptionPeriods {
  /** Last period of each service id; service types share the chain, most ids have one period a type. */
  private readonly last = new Map<string, number>();
  private readonly previous = new NumberList();
  private readonly serviceType = new NumberList();
  private readonly from = new NumberList();
  private readonly to = new NumberList();
  private readonly owner = new NumberList();

  /**
   * Adds a period and returns the owner of an earlier one of the same service that overlaps it, -1 without.
   * Times are microseconds, Infinity for an open end; an empty period is kept nowhere.
   */
  add(serviceType: number, id: string, from: number, to: number, owner: number): number {
    if (!(from < to)) return -1;
    const head = this.last.get(id) ?? -1;
    let overlapped = -1;
    for (let entry = head; entry >= 0 && overlapped < 0; entry = this.previous.at(entry)) {
      const meets = from < this.to.at(entry) && this.from.at(entry) < to;
      if (meets && this.serviceType.at(entry) === serviceType) overlapped = this.owner.at(entry);
    }
    this.last.set(id, this.from.length);
    this.previous.push(head);
    this.serviceType.push(serviceType);
    this.from.push(from);
    this.to.push(to);
    this.owner.push(owner);
    return overlapped;
  }
}
