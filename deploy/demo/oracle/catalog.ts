import type { Exact, Rounding } from './numbers.ts';

/** The catalog as the oracle uses it: defaults filled in, decimals exact (shapes: the catalog's documentation). */

export interface MappingField {
  name: string;
  column: number | null;
  position: number | null;
  length: number | null;
  path: string | null;
  type: string;
  pattern: string | null;
  country: string | null;
  required: boolean;
  maxLength: number;
  to: string | null;
}

export interface Frame {
  startsWith: string;
  required: boolean;
  /** Where the trailer's count stands; null when it has none. */
  count: { column: number | null; position: number | null; length: number | null } | null;
}

export interface Mapping {
  id: string;
  format: { type: string; delimiter: string; quote: string; columns: number; recordLength: number };
  timeZone: string;
  header: Frame | null;
  trailer: Frame | null;
  fields: MappingField[];
  startTime: { field: string } | { date: string; time: string };
  endTime: string;
  uniqueKey: string[];
  fileDate: string;
  maxRecordBytes: number;
}

export interface Rule {
  id: string;
  type: string;
  when: string | null;
  /** Attribute and expression, in order. */
  set: [string, string][];
}

export interface Stream {
  platform: string;
  serviceType: string;
  recordType: string;
  mapping: Mapping;
  rules: Rule[];
  maxAgeDays: number;
  futureDays: number;
}

export interface UsageType {
  id: string;
  serviceType: string;
  multiRate: { charges: string[]; invoice: string; quantityFrom: string } | null;
}

export interface RateUnit {
  id: string;
  unit: string;
  quantity: string;
}

export interface TimeClass {
  id: string;
  days: string[] | null;
  holiday: boolean | null;
  from: string | null;
  to: string | null;
}

export interface TimeModel {
  timeZone: string;
  holidays: string[];
  classes: TimeClass[];
}

export interface ZoneModel {
  number: string;
  zones: { id: string; prefixes: string[] }[];
}

export interface Tier {
  upTo: Exact | null;
  price: Exact;
  per: Exact;
}

export interface Price {
  model: string;
  amount: Exact;
  price: Exact;
  per: Exact;
  connectFee: Exact | null;
  /** Accumulator that tiers refer to; null = within the record. */
  reference: string | null;
  tiers: Tier[];
  of: string[];
  percent: Exact;
  basis: string;
}

export interface OfferRow {
  /** Only the attributes that are given. */
  match: { attribute: string; values: string[] }[];
  price: Price;
  allowances: string[];
}

export interface Offer {
  id: string;
  usageTypes: string[];
  currency: string;
  timeModel: string | null;
  zoneModel: string | null;
  increments: { minimum: Exact; first: Exact; following: Exact } | null;
  zeroUsage: string;
  accumulators: string[];
  rows: OfferRow[];
}

export interface Plan {
  id: string;
  offers: Offer[];
  grants: { allowance: string; quantity: Exact }[];
}

export interface Currency {
  id: string;
  rounding: Rounding;
  billing: Rounding;
}

export interface LookupTable {
  byDefault: string | null;
  entries: Map<string, string>;
}

export interface Catalog {
  clientId: string;
  clientTimeZone: string;
  streams: Stream[];
  usageTypes: Map<string, UsageType>;
  rateUnits: Map<string, RateUnit>;
  rateUnitMap: { serviceType: string; usageType: string | null; rateUnit: string }[];
  currencies: Map<string, Currency>;
  lookupTables: Map<string, LookupTable>;
  timeModels: Map<string, TimeModel>;
  zoneModels: Map<string, ZoneModel>;
  plans: Map<string, Plan>;
  /** Days for which rated records are remembered. */
  duplicateWindowDays: number;
}
