import { z } from 'zod';
import { identifier } from './primitives.ts';

const reference = z.string().min(1).max(40);
const instant = z.iso.datetime({ offset: true });

const service = z
  .strictObject({
    serviceType: identifier,
    id: z.string().min(1).max(64),
    from: instant.optional(),
    to: instant.optional(),
  })
  .describe('Guides usage of one service type by its id while effective: from <= start and end <= to.');

export const subscription = z
  .strictObject({
    account: reference,
    subscription: reference,
    plan: identifier,
    balanceGroup: reference
      .optional()
      .describe("Shared by naming the same group; the subscription's own id when absent."),
    billCycleDay: z
      .int()
      .min(1)
      .max(28)
      .default(1)
      .describe('First day of the billing cycle, local to the client.'),
    from: instant,
    to: instant.optional(),
    statuses: z
      .array(z.strictObject({ from: instant, status: z.enum(['ACTIVE', 'INACTIVE', 'CLOSED']) }))
      .default([])
      .describe('Status changes in ascending order; ACTIVE from `from` on when absent.'),
    services: z.array(service).min(1),
  })
  .describe('One line of accounts/*.jsonl. Periods are [from, to); instants are ISO 8601 with offset.');
export type Subscription = z.infer<typeof subscription>;
export type SubscriptionInput = z.input<typeof subscription>;
