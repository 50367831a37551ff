import { z } from 'zod';
import {
  amount,
  displayName,
  identifier,
  nonNegativeQuantity,
  percent,
  positiveQuantity,
} from './primitives.ts';

const connectFee = amount.optional();

const flat = z
  .strictObject({ model: z.literal('flat'), amount })
  .describe('One price for the record, whatever its quantity.');

const unitPrice = z
  .strictObject({
    model: z.literal('unit'),
    price: amount,
    per: positiveQuantity.default(1_000_000),
    connectFee,
  })
  .describe('`price` for every `per` units, charged in proportion to the rated quantity.');

const progressiveTier = z
  .strictObject({
    model: z.literal('progressiveTier'),
    reference: z.union([z.literal('record'), z.strictObject({ accumulator: identifier })]),
    tiers: z
      .array(
        z.strictObject({
          upTo: positiveQuantity.optional(),
          price: amount,
          per: positiveQuantity.default(1_000_000),
        }),
      )
      .min(1),
    connectFee,
  })
  .describe(
    "Graduated tiers: the record is split where the reference passes a tier's upper bound (`upTo`, inclusive, in units of the rated quantity). The last tier has no bound. Reference `record` counts within the record, otherwise the total of the accumulator before the record.",
  );

const percentage = z
  .strictObject({
    model: z.literal('percentage'),
    of: z.array(identifier).min(1),
    percent,
    basis: z.enum(['gross', 'net']).default('net'),
  })
  .describe('A part of earlier charges of the same multi-rate record.');

const price = z.discriminatedUnion('model', [flat, unitPrice, progressiveTier, percentage]);
export type Price = z.infer<typeof price>;

const offerRow = z
  .strictObject({
    zone: z.array(identifier).min(1).optional(),
    timeClass: z.array(identifier).min(1).optional(),
    callType: z.array(z.string()).min(1).optional(),
    network: z.array(z.string()).min(1).optional(),
    flex1: z.array(z.string()).min(1).optional(),
    flex2: z.array(z.string()).min(1).optional(),
    price,
    allowances: z
      .array(identifier)
      .optional()
      .describe(
        "Allowances consumed by this row's usage, in this order; the offer's own when absent, none when empty.",
      ),
  })
  .describe(
    'A row applies when all its given attributes match; of the rows that match, the one with most given attributes wins, among equals the first listed (usage operations 5.8).',
  );
export type OfferRow = z.infer<typeof offerRow>;

export const offer = z
  .strictObject({
    id: identifier,
    name: displayName,
    usageTypes: z.array(identifier).min(1).describe('Usage types priced by this offer.'),
    currency: z.string(),
    timeModel: identifier
      .optional()
      .describe('Classifies the start of the usage; records are priced by their start.'),
    zoneModel: identifier.optional(),
    increments: z
      .strictObject({
        minimum: nonNegativeQuantity.default(0),
        first: positiveQuantity,
        following: positiveQuantity,
      })
      .optional()
      .describe(
        'Rated quantity = smallest first + n * following that is not less than the quantity, at least `minimum`; zero stays zero. In units.',
      ),
    zeroUsage: z
      .enum(['free', 'charge'])
      .default('free')
      .describe(
        '`free`: quantity 0 costs nothing, connect fee and flat price included; `charge`: they are charged.',
      ),
    allowances: z.array(identifier).default([]),
    accumulators: z
      .array(identifier)
      .default([])
      .describe('Accumulators moved by the rated quantity, covered by an allowance or not.'),
    rows: z.array(offerRow).min(1),
  })
  .describe('Prices of usage types in one currency.');
export type Offer = z.infer<typeof offer>;

export const plan = z
  .strictObject({
    id: identifier,
    name: displayName,
    offers: z
      .array(identifier)
      .min(1)
      .describe('Price offers of the plan; a usage type may be priced by one of them only.'),
    grants: z
      .array(z.strictObject({ allowance: identifier, quantity: positiveQuantity }))
      .default([])
      .describe(
        'Granted to the balance group by each subscription of this plan, every billing cycle in which it is effective.',
      ),
  })
  .describe('What a subscription buys: offers, and allowances granted each cycle.');
export type Plan = z.infer<typeof plan>;
