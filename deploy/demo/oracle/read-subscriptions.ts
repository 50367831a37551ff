import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rawNumber, rawObject, rawObjects, rawOptionalText, rawText } from './raw.ts';

/** [from, to) in microseconds UTC; an open end is Infinity. */
interface Period {
  from: number;
  to: number;
}

export interface Subscription extends Period {
  account: string;
  id: string;
  plan: string;
  balanceGroup: string;
  billCycleDay: number;
  statuses: { from: number; status: string }[];
}

interface ServiceEntry extends Period {
  subscription: Subscription;
}

/** All subscriptions: services by `service type NUL service id`, and members of balance groups. */
export interface Directory {
  services: Map<string, ServiceEntry[]>;
  groups: Map<string, Subscription[]>;
}

export function serviceKey(serviceType: string, serviceId: string): string {
  return `${serviceType}\0${serviceId}`;
}

/** Reads every *.jsonl at any depth below the catalog folder, in the order of their paths. */
export function readSubscriptions(directory: string): Directory {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  const texts = names.filter((name) => name.endsWith('.jsonl')).sort();
  return directoryFromTexts(texts.map((name) => readFileSync(join(directory, name), 'utf8')));
}

/** The directory from the texts of its JSON-lines files. */
function directoryFromTexts(texts: readonly string[]): Directory {
  const directory: Directory = { services: new Map(), groups: new Map() };
  for (const text of texts) {
    for (const line of text.split('\n')) {
      if (line.trim() !== '') addLine(directory, line);
    }
  }
  return directory;
}

function addLine(directory: Directory, line: string): void {
  const raw = rawObject(JSON.parse(line), 'subscription');
  const id = rawText(raw['subscription'], 'subscription');
  const subscription: Subscription = {
    account: rawText(raw['account'], id),
    id,
    plan: rawText(raw['plan'], id),
    balanceGroup: rawOptionalText(raw['balanceGroup'], id) ?? id,
    billCycleDay: rawNumber(raw['billCycleDay'], id, 1),
    from: instant(raw['from'], id),
    to: raw['to'] === undefined ? Infinity : instant(raw['to'], id),
    statuses: rawObjects(raw['statuses'], id).map((change) => ({
      from: instant(change['from'], id),
      status: rawText(change['status'], id),
    })),
  };
  push(directory.groups, subscription.balanceGroup, subscription);
  for (const service of rawObjects(raw['services'], id)) {
    const from = service['from'] === undefined ? -Infinity : instant(service['from'], id);
    const to = service['to'] === undefined ? Infinity : instant(service['to'], id);
    push(directory.services, serviceKey(rawText(service['serviceType'], id), rawText(service['id'], id)), {
      subscription,
      from: Math.max(from, subscription.from),
      to: Math.min(to, subscription.to),
    });
  }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Microseconds of an ISO 8601 instant; Date.parse stops at milliseconds, so the digits after those are added by hand. */
function instant(value: unknown, path: string): number {
  const text = rawText(value, path);
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new Error(`${path}: ${text} is not an instant`);
  const beyond = /\.\d{3}(\d{1,3})/.exec(text)?.[1] ?? '';
  return ms * 1000 + Number(beyond.padEnd(3, '0'));
}
