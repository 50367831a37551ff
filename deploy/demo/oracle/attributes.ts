import { ZERO, type Exact } from './numbers.ts';

/** Decimals of the numeric container attributes (docs/expressions.md); every other attribute is text. */
const NUMERIC: Readonly<Record<string, number>> = {
  duration: 6,
  units: 6,
  volumeUp: 0,
  volumeDown: 0,
  wholesaleAmount: 9,
};

/** Attributes that may not be negative when parsed (docs/rules.md section 3). */
const NOT_NEGATIVE = new Set(['duration', 'units', 'volumeUp', 'volumeDown']);

const TEXT = [
  'sourceRecordId',
  'usageType',
  'serviceId',
  'callingNumber',
  'calledNumber',
  'callType',
  'network',
  'apn',
  'description',
  'flex1',
  'flex2',
  'flex3',
  'flex4',
];

/** Attributes of one record by name: text or exact number. */
export type Container = Record<string, string | Exact>;

/** Decimals of a numeric attribute, null for text. */
export function decimalsOf(attribute: string): number | null {
  return NUMERIC[attribute] ?? null;
}

export function mayBeNegative(attribute: string): boolean {
  return !NOT_NEGATIVE.has(attribute);
}

/** A container with every text empty and every number 0. */
export function emptyContainer(): Container {
  const container: Container = {};
  for (const name of TEXT) container[name] = '';
  for (const name of Object.keys(NUMERIC)) container[name] = ZERO;
  return container;
}

/** Text attribute; throws when the name is not one (a fault of the catalog). */
export function textOf(container: Container, name: string): string {
  const value = container[name];
  if (typeof value !== 'string') throw new Error(`${name} is not a text attribute`);
  return value;
}

/** Numeric attribute; throws when the name is not one (a fault of the catalog). */
export function numberOf(container: Container, name: string): Exact {
  const value = container[name];
  if (value === undefined || typeof value === 'string') throw new Error(`${name} is not a numeric attribute`);
  return value;
}
