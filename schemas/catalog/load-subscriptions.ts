import { suggestion } from '../expression/nearest-name.ts';
import { formatPath, severityOf } from './catalog-fault.ts';
import type { CatalogFault, CatalogPath, ReportFault } from './catalog-fault.ts';
import { instantMicros } from './instant.ts';
import { NumberList } from './number-list.ts';
import { reportShapeFaults } from './shape-faults.ts';
import { SubscriptionPeriods } from './subscription-periods.ts';
import { subscription as subscriptionSchema } from './subscription.ts';
import type { Subscription } from './subscription.ts';

/** Ids of the catalog that subscriptions refer to. */
export interface SubscriptionNames {
  readonly plans: Iterable<string>;
  readonly serviceTypes: Iterable<string>;
}

/** Most faults that are told; all are counted. */
export const MAX_SUBSCRIPTION_FAULTS = 100;

export interface SubscriptionSummary {
  /** Subscriptions without fault. */
  readonly accepted: number;
  readonly faultCount: number;
  /** The first MAX_SUBSCRIPTION_FAULTS, in the order of the lines. */
  readonly faults: readonly CatalogFault[];
}

/**
 * Reads the lines of accounts/*.jsonl, one subscription each, over any number of files. A line without fault goes to
 * `take` at once, so memory grows by a few hundred bytes a subscription (ids and periods), not by whole subscriptions.
 * When `finish` reports faults, what was taken must be dropped: a fault may concern an earlier line too.
 */
export class SubscriptionLoader {
  private readonly plans: ReadonlySet<string>;
  private readonly serviceTypes: ReadonlyMap<string, number>;
  private readonly take: (subscription: Subscription) => void;
  private readonly files: { readonly path: string; readonly first: number }[] = [];
  /** Number of the name (a subscription's or group's id) in the two lists below. */
  private readonly names = new Map<string, number>();
  /** Line, over all files, of the subscription with this name; -1 when only a group has it. */
  private readonly lineOfName = new NumberList();
  /** Line over all files * 32 + billCycleDay of the first member of the group; -1 without members. */
  private readonly groupOfName = new NumberList();
  private readonly periods = new SubscriptionPeriods();
  private readonly faults: CatalogFault[] = [];
  private readonly report: ReportFault;
  private faultCount = 0;
  private accepted = 0;
  /** Lines read so far, over all files. */
  private line = 0;

  constructor(names: SubscriptionNames, take: (subscription: Subscription) => void) {
    this.plans = new Set(names.plans);
    this.serviceTypes = new Map([...names.serviceTypes].map((id, index) => [id, index]));
    this.take = take;
    this.report = (code, path, message) => {
      this.faultCount++;
      if (this.faults.length === MAX_SUBSCRIPTION_FAULTS) return;
      const { file, line } = this.place(this.line);
      const fault = { code, severity: severityOf(code), file, line, column: 1 };
      this.faults.push({ ...fault, path: formatPath(path), message });
    };
  }

  /** Reads a file, given as its text or its lines. Empty lines are skipped. */
  read(path: string, source: string | Iterable<string>): void {
    this.open(path);
    for (const line of typeof source === 'string' ? linesOf(source) : source) this.readLine(line);
  }

  /** Begins a file whose lines are then given to `readLine` one by one. */
  open(path: string): void {
    this.files.push({ path, first: this.line });
  }

  /** Reads the next line of the open file. */
  readLine(text: string): void {
    this.line++;
    if (text.trim() === '') return;
    const before = this.faultCount;
    const value = this.parse(text);
    if (value === undefined) return;
    const parsed = subscriptionSchema.safeParse(value);
    if (!parsed.success) {
      reportShapeFaults(subscriptionSchema, value, parsed.error.issues, this.report);
      return;
    }
    this.check(parsed.data);
    if (this.faultCount > before) return;
    this.accepted++;
    this.take(parsed.data);
  }

  finish(): SubscriptionSummary {
    return { accepted: this.accepted, faultCount: this.faultCount, faults: this.faults };
  }

  private parse(text: string): unknown {
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      this.report('JSON_INVALID', [], `no JSON: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  private place(line: number): { file: string; line: number } {
    const file = this.files.findLast(({ first }) => first < line);
    return { file: file?.path ?? '', line: line - (file?.first ?? 0) };
  }

  private where(line: number): string {
    const place = this.place(line);
    return `${place.file}:${place.line}`;
  }

  private check(subscription: Subscription): void {
    const { plan } = subscription;
    if (!this.plans.has(plan))
      this.report('REFERENCE_UNKNOWN', ['plan'], `unknown plan "${plan}"${suggestion(plan, this.plans)}`);
    this.checkId(subscription);
    this.checkGroup(subscription);
    this.checkStatuses(subscription);
    this.checkServices(subscription);
  }

  private nameOf(id: string): number {
    let name = this.names.get(id);
    if (name === undefined) {
      name = this.names.size;
      this.names.set(id, name);
      this.lineOfName.push(-1);
      this.groupOfName.push(-1);
    }
    return name;
  }

  private checkId({ subscription }: Subscription): void {
    const name = this.nameOf(subscription);
    const earlier = this.lineOfName.at(name);
    if (earlier < 0) this.lineOfName.set(name, this.line);
    else this.report('ID_TWICE', ['subscription'], `"${subscription}" is also at ${this.where(earlier)}`);
  }

  private checkGroup({ subscription, balanceGroup = subscription, billCycleDay }: Subscription): void {
    const name = this.nameOf(balanceGroup);
    const first = this.groupOfName.at(name);
    if (first < 0) {
      this.groupOfName.set(name, this.line * 32 + billCycleDay);
      return;
    }
    const day = first % 32;
    if (day === billCycleDay) return;
    const where = this.where((first - day) / 32);
    const message = `${billCycleDay}, but balance group "${balanceGroup}" has ${day} at ${where}: members share their cycle`;
    this.report('BILL_CYCLE_DIFFERS', ['billCycleDay'], message);
  }

  private checkStatuses({ statuses }: Subscription): void {
    let before = -Infinity;
    for (const [index, status] of statuses.entries()) {
      const from = instantMicros(status.from);
      if (from <= before)
        this.report('STATUS_ORDER', ['statuses', index, 'from'], 'must be later than the status before');
      before = Math.max(before, from);
    }
  }

  /** The period as two instants; reports one that is empty. */
  private period(from: number, to: string | undefined, path: CatalogPath): number {
    if (to === undefined) return Infinity;
    const end = instantMicros(to);
    if (!(from < end)) this.report('PERIOD_INVALID', [...path, 'to'], 'must be later than from');
    return end;
  }

  private checkServices(subscription: Subscription): void {
    const from = instantMicros(subscription.from);
    const to = this.period(from, subscription.to, []);
    for (const [index, service] of subscription.services.entries()) {
      const { serviceType, id } = service;
      const path = ['services', index];
      const start = service.from === undefined ? -Infinity : instantMicros(service.from);
      const end = this.period(start === -Infinity ? from : start, service.to, path);
      const type = this.serviceTypes.get(serviceType);
      if (type === undefined) {
        const message = `unknown service type "${serviceType}"${suggestion(serviceType, this.serviceTypes.keys())}`;
        this.report('REFERENCE_UNKNOWN', [...path, 'serviceType'], message);
        continue;
      }
      const other = this.periods.add(type, id, Math.max(from, start), Math.min(to, end), this.line);
      if (other < 0) continue;
      const message = `${serviceType} ${id} is effective at the same time at ${this.where(other)}`;
      this.report('PERIOD_OVERLAP', path, message);
    }
  }
}

function* linesOf(text: string): Generator<string> {
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    yield text.slice(start, stop);
    start = stop + 1;
  }
}

export type SubscriptionsResult =
  | { readonly ok: true; readonly subscriptions: readonly Subscription[] }
  | ({ readonly ok: false } & SubscriptionSummary);

/** Reads one file of subscriptions into memory; see SubscriptionLoader for many or large ones. */
export function parseSubscriptions(
  source: string | Iterable<string>,
  path: string,
  names: SubscriptionNames,
): SubscriptionsResult {
  const subscriptions: Subscription[] = [];
  const loader = new SubscriptionLoader(names, (subscription) => {
    subscriptions.push(subscription);
  });
  loader.read(path, source);
  const summary = loader.finish();
  return summary.faultCount === 0 ? { ok: true, subscriptions } : { ok: false, ...summary };
}
