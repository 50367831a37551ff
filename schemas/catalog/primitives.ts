import { z } from 'zod';
import { ROUNDING_MODES } from '../decimal/rounding.ts';
import { AMOUNT_SCALE, parseScaled, QUANTITY_SCALE } from '../decimal/scaled.ts';

/** Identifier of a catalog object: also a path element, so no spaces (usage operations 2.2). */
export const identifier = z
  .string()
  .min(1)
  .max(40)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_.-]*$/,
    'letters, digits, "_", "-" and "." only, starting with a letter or digit',
  );

export const displayName = z.string().min(1).max(120).describe('Name for people.');

function scaledDecimal(scale: number, what: string) {
  return z.union([z.string(), z.number()]).transform((value, context) => {
    const scaled = parseScaled(String(value), scale);
    if (scaled !== null) return scaled;
    context.addIssue({
      code: 'custom',
      message: `expected ${what} as a plain decimal with at most ${scale} decimals`,
    });
    return z.NEVER;
  });
}

/** Money; parsed to an integer scaled by 10^9. */
export const amount = scaledDecimal(AMOUNT_SCALE, 'an amount').describe(
  'An amount of money; at most 9 decimals.',
);

/** Quantity in the unit of its context; parsed to an integer scaled by 10^6. */
const quantity = scaledDecimal(QUANTITY_SCALE, 'a quantity').describe(
  'A quantity in the unit of its context; at most 6 decimals.',
);

/** Quantity above zero. */
export const positiveQuantity = quantity.refine((value) => value > 0, 'must be greater than zero');

/** Quantity, zero allowed. */
export const nonNegativeQuantity = quantity.refine((value) => value >= 0, 'must not be negative');

/** Per cent; parsed to an integer scaled by 10^6 (5 % = 5_000_000). */
export const percent = scaledDecimal(QUANTITY_SCALE, 'a percentage').describe(
  'Per cent; at most 6 decimals.',
);

export const timeZone = z
  .string()
  .refine((zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone });
      return true;
    } catch {
      return false;
    }
  }, 'not a known IANA time zone, e.g. Europe/London')
  .describe('IANA time zone that this runtime knows.');

export const isoDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date as yyyy-mm-dd')
  .describe('Calendar date yyyy-mm-dd.');

/** Time of day HH:MM, 24:00 allowed as an end. */
export const timeOfDay = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'expected a time of day as HH:MM');

export const rounding = z
  .strictObject({
    mode: z.enum(ROUNDING_MODES),
    decimals: z.int().min(0).max(AMOUNT_SCALE),
  })
  .describe('Rounding mode and decimals.');
export type Rounding = z.infer<typeof rounding>;

export const expressionText = z
  .union([z.string().min(1), z.number(), z.boolean()])
  .transform(String)
  .describe('Text of an expression (schemas/expression); checked and typed when the catalog is loaded.');
