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

/** Unit of a quantity. */
export const unit = z.strictObject({ id: identifier, name: displayName });

export const currency = z.strictObject({
  /** ISO 4217. */
  id: z.string().regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code'),
  name: displayName,
  /** Stage "impact": each currency impact is rounded once, when it is made. */
  rounding,
  /** Stage "billing line": the amount sent to billing; the difference is reported, never lost. */
  billing: rounding,
});
export type Currency = z.infer<typeof currency>;

/** Granted per billing cycle and consumed before overage; what is left at the end of the cycle lapses (use it or lose it). */
export const allowance = z.strictObject({ id: identifier, name: displayName, unit: identifier });
export type Allowance = z.infer<typeof allowance>;

/** Counts rated quantity per billing cycle; reference of tiers. */
export const accumulator = z.strictObject({ id: identifier, name: displayName, unit: identifier });
export type Accumulator = z.infer<typeof accumulator>;

export const serviceType = z.strictObject({ id: identifier, name: displayName });

/** Yields the priced quantity of a record. */
export const rateUnit = z.strictObject({
  id: identifier,
  name: displayName,
  unit: identifier,
  quantity: expressionText,
});
export type RateUnit = z.infer<typeof rateUnit>;

/** Says which rate unit applies; a row with a usage type wins over one without. */
export const rateUnitMapRow = z.strictObject({
  serviceType: identifier,
  usageType: identifier.optional(),
  rateUnit: identifier,
});
export type RateUnitMapRow = z.infer<typeof rateUnitMapRow>;

/** What is rated. With `multiRate` one record yields a charge per child, in order; the parent itself has no price. */
export const usageType = z.strictObject({
  id: identifier,
  name: displayName,
  serviceType: identifier,
  multiRate: z
    .strictObject({
      /** Children in their sequence. */
      charges: z.array(identifier).min(2),
      /** `parent`: one billing line with the parent's usage type; `child`: a line per child. */
      invoice: z.enum(['parent', 'child']).default('parent'),
      /** Child whose quantity is the parent line's quantity. */
      quantityFrom: identifier,
    })
    .optional(),
});
export type UsageType = z.infer<typeof usageType>;

const DAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;

/** Classes are tried in order, the first match wins (usage operations 5.7). `from` is inside the window, `to` is not; a window may pass midnight. */
export const timeModel = z.strictObject({
  id: identifier,
  name: displayName,
  timeZone,
  holidays: z.array(isoDate).default([]),
  classes: z
    .array(
      z.strictObject({
        id: identifier,
        /** Local days on which the instant falls; all when absent. */
        days: z.array(z.enum(DAYS)).min(1).optional(),
        /** true: only on holidays; false: never on holidays; absent: either. */
        holiday: z.boolean().optional(),
        from: timeOfDay.optional(),
        to: timeOfDay.optional(),
      }),
    )
    .min(1),
});
export type TimeModel = z.infer<typeof timeModel>;

/** Longest matching prefix of the number wins (usage operations 5.7). */
export const zoneModel = z.strictObject({
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
});
export type ZoneModel = z.infer<typeof zoneModel>;
