import { z } from 'zod';
import { containerAttribute } from './mapping.ts';
import { displayName, expressionText, identifier } from './primitives.ts';

const filterRule = z
  .strictObject({
    id: identifier,
    name: displayName,
    type: z.literal('filter'),
    when: expressionText,
  })
  .describe(
    'Excludes a record: outcome IGNORED, counted in Mediation.Ignored, never monetized (usage operations 4.5).',
  );

const enrichmentRule = z
  .strictObject({
    id: identifier,
    name: displayName,
    type: z.literal('enrich'),
    when: expressionText.optional(),
    set: z.partialRecord(containerAttribute, expressionText),
  })
  .describe(
    'Fills or changes container attributes, in the order given, when `when` holds (always without it).',
  );

export const rule = z.discriminatedUnion('type', [filterRule, enrichmentRule]);
export type Rule = z.infer<typeof rule>;

export const lookupTable = z
  .strictObject({
    id: identifier,
    default: z.string().optional(),
    entries: z.record(z.string(), z.string()),
  })
  .describe('Static table for `lookup(table, key)` in expressions.');
export type LookupTable = z.infer<typeof lookupTable>;

export const processingStream = z
  .strictObject({
    platform: identifier,
    serviceType: identifier,
    recordType: identifier,
    mapping: identifier,
    rules: z.array(identifier).default([]).describe('Rules in the order in which they run.'),
    maxAgeDays: z
      .int()
      .min(1)
      .max(400)
      .default(40)
      .describe(
        "Records older than this, in days before the file's date, are suspended (USAGE_TOO_OLD). Must lie inside the duplicate window.",
      ),
    lateAfterDays: z
      .int()
      .min(0)
      .max(400)
      .default(2)
      .describe("Records older than this, in days before the file's date, are marked late."),
    futureDays: z
      .int()
      .min(0)
      .max(30)
      .default(1)
      .describe(
        "Records that start later than this, in days after the file's date, are suspended (USAGE_IN_FUTURE).",
      ),
  })
  .describe('What happens to the records of one (platform, service type, record type).');
export type ProcessingStream = z.infer<typeof processingStream>;
