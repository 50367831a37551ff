import { z } from 'zod';
import { mapping } from './mapping.ts';
import {
  accumulator,
  allowance,
  currency,
  rateUnit,
  rateUnitMapRow,
  serviceType,
  timeModel,
  unit,
  usageType,
  zoneModel,
} from './models.ts';
import { offer, plan } from './offers.ts';
import { displayName, identifier, timeZone } from './primitives.ts';
import { lookupTable, processingStream, rule } from './rules.ts';

const client = z
  .strictObject({
    id: identifier,
    name: displayName,
    timeZone: timeZone.describe('Zone of billing cycles and bill units.'),
    currency: z.string(),
  })
  .describe('A tenant; its id is a path element of every ingest folder.');

const platform = z
  .strictObject({ id: identifier, name: displayName })
  .describe('A source of records; its id is a path element of its ingest folders.');

const aggregation = z
  .strictObject({
    linesPerCall: z.int().min(1).max(10_000).default(500).describe('Lines per bulk_record_usage_m call.'),
  })
  .describe(
    'How monetized usage becomes billing lines. Account, subscription, usage type, bill unit, currency and unit always separate groups.',
  );

const duplicates = z
  .strictObject({ windowDays: z.int().min(1).max(400).default(45) })
  .describe('Duplicate window in days of event time.');

export const catalog = z
  .strictObject({
    client,
    platforms: z.array(platform).min(1),
    serviceTypes: z.array(serviceType).min(1),
    units: z.array(unit).min(1),
    currencies: z.array(currency).min(1),
    allowances: z.array(allowance).default([]),
    accumulators: z.array(accumulator).default([]),
    usageTypes: z.array(usageType).min(1),
    rateUnits: z.array(rateUnit).min(1),
    rateUnitMap: z.array(rateUnitMapRow).min(1),
    mappings: z.array(mapping).min(1),
    lookupTables: z.array(lookupTable).default([]),
    rules: z.array(rule).default([]),
    streams: z.array(processingStream).min(1),
    timeModels: z.array(timeModel).default([]),
    zoneModels: z.array(zoneModel).default([]),
    offers: z.array(offer).min(1),
    plans: z.array(plan).min(1),
    duplicates: duplicates.prefault({}),
    aggregation: aggregation.prefault({}),
  })
  .describe('The whole configuration: the union of all YAML files of the catalog folder.');
export type Catalog = z.infer<typeof catalog>;
export type CatalogInput = z.input<typeof catalog>;
