import { z } from 'zod';
import { containerAttribute } from './mapping.ts';
import { displayName, expressionText, identifier } from './primitives.ts';

/** Excludes a record: outcome IGNORED, counted in Mediation.Ignored, never monetized (usage operations 4.5). */
const filterRule = z.strictObject({
  id: identifier,
  name: displayName,
  type: z.literal('filter'),
  when: expressionText,
});

/** Fills or changes container attributes, in the order given, when `when` holds (always without it). */
const enrichmentRule = z.strictObject({
  id: identifier,
  name: displayName,
  type: z.literal('enrich'),
  when: expressionText.optional(),
  set: z.partialRecord(containerAttribute, expressionText),
});

export const rule = z.discriminatedUnion('type', [filterRule, enrichmentRule]);
export type Rule = z.infer<typeof rule>;

/** Static table for `lookup(table, key)` in expressions. */
export const lookupTable = z.strictObject({
  id: identifier,
  default: z.string().optional(),
  entries: z.record(z.string(), z.string()),
});
export type LookupTable = z.infer<typeof lookupTable>;

/** What happens to the records of one (platform, service type, record type). */
export const processingStream = z.strictObject({
  platform: identifier,
  serviceType: identifier,
  recordType: identifier,
  mapping: identifier,
  /** Rules in the order in which they run. */
  rules: z.array(identifier).default([]),
  /** Records older than this, in days before the file's date, are suspended (USAGE_TOO_OLD). Must lie inside the duplicate window. */
  maxAgeDays: z.int().min(1).max(400).default(40),
  /** Records older than this, in days before the file's date, are marked late. */
  lateAfterDays: z.int().min(0).max(400).default(2),
  /** Records that start later than this, in days after the file's date, are suspended (USAGE_IN_FUTURE). */
  futureDays: z.int().min(0).max(30).default(1),
});
export type ProcessingStream = z.infer<typeof processingStream>;
