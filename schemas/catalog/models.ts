import { z } from 'zod';
import {
  displayName,
  expressionText,
  identifier,
  isoDate,
  rounding,
  timeOfDay,
  timeZone,
} from './primitives.ts';

export const unit = z.strictObject({ id: identifier, name: displayName }).describe('Unit of a quantity.');

export const currency = z
  .strictObject({
    id: z
      .string()
      .regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code')
      .describe('ISO 4217.'),
    name: displayName,
    rounding: rounding.describe('Stage "impact": each currency impact is rounded once, when it is made.'),
    billing: rounding.describe(
      'Stage "billing line": the amount sent to billing; the difference is reported, never lost.',
    ),
  })
  .describe('A currency and its two stages of rounding.');

export const allowance = z
  .strictObject({ id: identifier, name: displayName, unit: identifier })
  .describe(
    'Granted per billing cycle and consumed before overage; what is left at the end of the cycle lapses (use it or lose it).',
  );

export const accumulator = z
  .strictObject({ id: identifier, name: displayName, unit: identifier })
  .describe('Counts rated quantity per billing cycle; reference of tiers.');

export const serviceType = z
  .strictObject({ id: identifier, name: displayName })
  .describe('A kind of service; its id is a path element of ingest folders.');

export const rateUnit = z
  .strictObject({
    id: identifier,
    name: displayName,
    unit: identifier,
    quantity: expressionText,
  })
  .describe('Yields the priced quantity of a record.');
export type RateUnit = z.infer<typeof rateUnit>;

export const rateUnitMapRow = z
  .strictObject({
    serviceType: identifier,
    usageType: identifier.optional(),
    rateUnit: identifier,
  })
  .describe('Says which rate unit applies; a row with a usage type wins over one without.');
export type RateUnitMapRow = z.infer<typeof rateUnitMapRow>;

export const usageType = z
  .strictObject({
    id: identifier,
    name: displayName,
    serviceType: identifier,
    multiRate: z
      .strictObject({
        charges: z.array(identifier).min(2).describe('Children in their sequence.'),
        invoice: z
          .enum(['parent', 'child'])
          .default('parent')
          .describe("`parent`: one billing line with the parent's usage type; `child`: a line per child."),
        quantityFrom: identifier.describe("Child whose quantity is the parent line's quantity."),
      })
      .optional(),
  })
  .describe(
    'What is rated. With `multiRate` one record yields a charge per child, in order; the parent itself has no price.',
  );
export type UsageType = z.infer<typeof usageType>;

const DAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;

export const timeModel = z
  .strictObject({
    id: identifier,
    name: displayName,
    timeZone,
    holidays: z.array(isoDate).default([]),
    classes: z
      .array(
        z.strictObject({
          id: identifier,
          days: z
            .array(z.enum(DAYS))
            .min(1)
            .optional()
            .describe('Local days on which the instant falls; all when absent.'),
          holiday: z
            .boolean()
            .optional()
            .describe('true: only on holidays; false: never on holidays; absent: either.'),
          from: timeOfDay.optional(),
          to: timeOfDay.optional(),
        }),
      )
      .min(1),
  })
  .describe(
    'Classes are tried in order, the first match wins (usage operations 5.7). `from` is inside the window, `to` is not; a window may pass midnight.',
  );
export type TimeModel = z.infer<typeof timeModel>;

export const zoneModel = z
  .strictObject({
    id: identifier,
    name: displayName,
    number: z.enum(['calledNumber', 'callingNumber']).default('calledNumber'),
    zones: z
      .array(
        z.strictObject({
          id: identifier,
          name: displayName,
          prefixes: z.array(z.string().regex(/^\+?\d*$/)).min(1),
        }),
      )
      .min(1),
  })
  .describe('Longest matching prefix of the number wins (usage operations 5.7).');
export type ZoneModel = z.infer<typeof zoneModel>;
