import { catalog as catalogSchema } from '../../../schemas/catalog/catalog.ts';
import type { CatalogInput } from '../../../schemas/catalog/catalog.ts';
import { subscription as subscriptionSchema } from '../../../schemas/catalog/subscription.ts';
import type { SubscriptionInput } from '../../../schemas/catalog/subscription.ts';
import { parseDay } from '../../calendar/civil-date.ts';
import { ServiceDirectoryBuilder } from '../../guiding/service-directory-builder.ts';
import type { ServiceDirectory } from '../../guiding/service-directory.ts';
import { SUSPENSE_CODES } from '../../suspense/suspense-code.ts';
import type { SuspenseCode } from '../../suspense/suspense-code.ts';
import { ALL_CYCLES } from '../balances.ts';
import { compileCatalog } from '../compile-catalog.ts';
import type { CompiledCatalog } from '../compiled-catalog.ts';
import { Rater } from '../rater.ts';
import { RatingResult } from '../rating-result.ts';
import { MapBalances } from './map-balances.ts';
import { TestUsage } from './test-usage.ts';
import type { UsageAttributes } from './test-usage.ts';

/** A price as it stands in the catalog. */
export type Price = CatalogInput['offers'][number]['rows'][number]['price'];

/** What a test gives of a catalog; the rest is BASE. */
export type TariffInput = Partial<CatalogInput>;

const BASE: CatalogInput = {
  client: { id: 'test', name: 'Test', timeZone: 'UTC', currency: 'EUR' },
  platforms: [{ id: 'p', name: 'Platform' }],
  serviceTypes: [{ id: 'S', name: 'Service' }],
  units: [
    { id: 'UNIT', name: 'units' },
    { id: 'EVENT', name: 'events' },
  ],
  currencies: [currency('EUR', 'HALF_UP', 9)],
  usageTypes: [{ id: 'U', name: 'Usage', serviceType: 'S' }],
  rateUnits: [
    { id: 'units', name: 'Units', unit: 'UNIT', quantity: 'units' },
    { id: 'event', name: 'Event', unit: 'EVENT', quantity: '1' },
  ],
  rateUnitMap: [{ serviceType: 'S', rateUnit: 'units' }],
  mappings: [
    {
      id: 'm',
      name: 'Mapping',
      format: { type: 'json' },
      timeZone: 'UTC',
      fields: [{ name: 'start', path: 'start', type: 'datetime', pattern: 'iso' }],
      startTime: { field: 'start' },
      uniqueKey: ['start'],
    },
  ],
  streams: [{ platform: 'p', serviceType: 'S', recordType: 'R', mapping: 'm' }],
  offers: [],
  plans: [],
};

/** The smallest catalog, without offers. */
export function baseCatalog(): CatalogInput {
  return BASE;
}

/** A currency whose impacts are rounded to `decimals`; lines to 2. */
export function currency(
  id: string,
  mode: CatalogInput['currencies'][number]['rounding']['mode'],
  decimals: number,
) {
  return { id, name: id, rounding: { mode, decimals }, billing: { mode: 'HALF_UP' as const, decimals: 2 } };
}

/** One offer for usage type U in plan P, which grants allowance quantities. */
export function tariff(
  offer: Partial<CatalogInput['offers'][number]>,
  grants: Readonly<Record<string, number | string>> = {},
  more: TariffInput = {},
): TariffInput {
  return {
    allowances: Object.keys(grants).map((id) => ({ id, name: id, unit: 'UNIT' })),
    accumulators: (offer.accumulators ?? []).map((id) => ({ id, name: id, unit: 'UNIT' })),
    offers: [{ id: 'o', name: 'Offer', usageTypes: ['U'], currency: 'EUR', rows: [], ...offer }],
    plans: [
      {
        id: 'P',
        name: 'Plan',
        offers: ['o'],
        grants: Object.entries(grants).map(([allowance, quantity]) => ({ allowance, quantity })),
      },
    ],
    ...more,
  };
}

/** A catalog, subscriptions and balances, ready to rate records one after the other. */
export class TestRating {
  readonly catalog: CompiledCatalog;
  readonly directory: ServiceDirectory;
  readonly balances = new MapBalances();
  readonly result = new RatingResult();
  readonly rater: Rater;

  constructor(input: TariffInput, subscriptions: readonly Partial<SubscriptionInput>[] = [{}]) {
    const outcome = compileCatalog(catalogSchema.parse({ ...BASE, ...input }));
    if (outcome.faults !== null) throw new Error(outcome.faults.join('; '));
    this.catalog = outcome.catalog;
    this.directory = directoryOf(outcome.catalog, subscriptions);
    this.rater = new Rater(outcome.catalog, this.directory);
  }

  /** Rates a record of usage type U, on 2026-03-10 unless said; '' or the suspense code. */
  rate(attributes: Partial<UsageAttributes>, subscription = 0): SuspenseCode | '' {
    const usage = new TestUsage({ startTime: '2026-03-10T12:00:00Z', usageType: 'U', ...attributes });
    return SUSPENSE_CODES[this.rater.rate(usage, subscription, this.balances, this.result)]!;
  }

  /** Rates a record that must be rated; net amount of all its charges, scaled by 10^9. */
  amount(attributes: Partial<UsageAttributes>, subscription = 0): number {
    const code = this.rate(attributes, subscription);
    if (code !== '') throw new Error(`suspended: ${code}`);
    return this.result.charges
      .slice(0, this.result.chargeCount)
      .reduce((sum, charge) => sum + charge.amount, 0);
  }

  /** Balance of a resource of group 0 in the cycle that begins on that day, or across cycles; NaN when there is none. */
  balance(resource: number, cycleDay: string | null): number {
    const cycle = cycleDay === null ? ALL_CYCLES : parseDay(cycleDay);
    const handle = this.balances.find(0, resource, cycle);
    return handle < 0 ? Number.NaN : this.balances.value(handle);
  }

  /** Impacts of the last record, as rows that read well in an assertion. */
  impacts(): ImpactRow[] {
    return this.result.impacts.slice(0, this.result.impactCount).map((impact) => ({
      resource: impact.resourceId.text,
      offerType: impact.offerType === 0 ? 'PRICE' : 'ALLOWANCE',
      tier: impact.tier,
      quantity: impact.quantity,
      amount: impact.amount,
      before: impact.balanceBefore,
      after: impact.balanceAfter,
    }));
  }
}

export interface ImpactRow {
  readonly resource: string;
  readonly offerType: 'PRICE' | 'ALLOWANCE';
  readonly tier: number;
  readonly quantity: number;
  readonly amount: number;
  readonly before: number;
  readonly after: number;
}

/** A directory of subscriptions given by what matters: plan P from 2020 on with one service of type S unless said. */
function directoryOf(
  names: { readonly serviceTypes: readonly string[]; readonly plans: readonly string[] },
  subscriptions: readonly Partial<SubscriptionInput>[],
): ServiceDirectory {
  const builder = new ServiceDirectoryBuilder(names);
  for (const [index, given] of subscriptions.entries()) {
    const fault = builder.add(
      subscriptionSchema.parse({
        account: `A${index + 1}`,
        subscription: `S${index + 1}`,
        plan: names.plans[0],
        from: '2020-01-01T00:00:00Z',
        services: [{ serviceType: names.serviceTypes[0], id: `+${index + 1}` }],
        ...given,
      }),
    );
    if (fault !== null) throw new Error(fault.message);
  }
  return builder.build();
}
