import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { subscription as subscriptionSchema } from '../../schemas/catalog/subscription.ts';
import type { SubscriptionInput } from '../../schemas/catalog/subscription.ts';
import { murmur2 } from '../../schemas/identity/murmur2.ts';
import { SUSPENSE_CODES } from '../suspense/suspense-code.ts';
import { BalanceGrants } from './balance-grants.ts';
import { BillingCycles } from './billing-cycle.ts';
import { parseDay } from '../calendar/civil-date.ts';
import { Guide } from './guide.ts';
import { instantMicros } from '../../schemas/catalog/instant.ts';
import { ServiceDirectoryBuilder } from './service-directory-builder.ts';
import type { ServiceDirectory } from './service-directory.ts';
import { ZoneOffsets } from '../calendar/zone-offsets.ts';

const NAMES = { serviceTypes: ['VOICE', 'DATA'], plans: ['P', 'Q'] };

function builderOf(subscriptions: readonly Partial<SubscriptionInput>[]) {
  const builder = new ServiceDirectoryBuilder(NAMES);
  const faults = subscriptions.map((given, index) =>
    builder.add(
      subscriptionSchema.parse({
        account: 'A',
        subscription: `S${index}`,
        plan: 'P',
        from: '2026-01-01T00:00:00Z',
        services: [{ serviceType: 'VOICE', id: '+441' }],
        ...given,
      }),
    ),
  );
  return { builder, faults };
}

function directoryOf(...subscriptions: readonly Partial<SubscriptionInput>[]): ServiceDirectory {
  const { builder, faults } = builderOf(subscriptions);
  assert.deepEqual(
    faults.filter((fault) => fault !== null),
    [],
  );
  return builder.build();
}

/** Number of the subscription or the code's text. */
function find(
  directory: ServiceDirectory,
  start: string,
  end = start,
  id = '+441',
  serviceType = 0,
): number | string {
  const bytes = Buffer.from(`__${id}`);
  const found = directory.find(serviceType, bytes, 2, bytes.length, instantMicros(start), instantMicros(end));
  return found >= 0 ? found : SUSPENSE_CODES[-found]!;
}

test('a service id is known under its own service type only', () => {
  const directory = directoryOf({});
  assert.equal(find(directory, '2026-02-01T00:00:00Z'), 0);
  assert.equal(find(directory, '2026-02-01T00:00:00Z', undefined, '+441', 1), 'SVC_NOT_FOUND');
  assert.equal(find(directory, '2026-02-01T00:00:00Z', undefined, '+442'), 'SVC_NOT_FOUND');
});

test('an entry matches from its first instant on, and usage that ends at its end', () => {
  const directory = directoryOf({ to: '2026-03-01T00:00:00Z' });
  assert.equal(find(directory, '2025-12-31T23:59:59Z', '2026-01-01T00:00:10Z'), 'SVC_NOT_EFFECTIVE');
  assert.equal(find(directory, '2026-01-01T00:00:00Z'), 0);
  assert.equal(find(directory, '2026-02-28T23:59:00Z', '2026-03-01T00:00:00Z'), 0);
  assert.equal(find(directory, '2026-02-28T23:59:00Z', '2026-03-01T00:00:01Z'), 'SVC_NOT_EFFECTIVE');
});

test('the period of a service is cut by that of its subscription', () => {
  const services = [
    { serviceType: 'VOICE', id: '+441', from: '2025-01-01T00:00:00Z', to: '2026-06-01T00:00:00Z' },
  ];
  const directory = directoryOf({ services, to: '2027-01-01T00:00:00Z' });
  assert.equal(find(directory, '2025-06-01T00:00:00Z'), 'SVC_NOT_EFFECTIVE');
  assert.equal(find(directory, '2026-05-01T00:00:00Z'), 0);
  assert.equal(find(directory, '2026-07-01T00:00:00Z'), 'SVC_NOT_EFFECTIVE');
});

test('the status of the last change at or before the start decides; before the first change it is active', () => {
  const directory = directoryOf({
    statuses: [
      { from: '2026-02-01T00:00:00Z', status: 'INACTIVE' },
      { from: '2026-03-01T00:00:00Z', status: 'ACTIVE' },
      { from: '2026-04-01T00:00:00Z', status: 'CLOSED' },
    ],
  });
  assert.equal(find(directory, '2026-01-31T23:59:59Z'), 0);
  assert.equal(find(directory, '2026-02-01T00:00:00Z'), 'SVC_NOT_ACTIVE');
  assert.equal(find(directory, '2026-03-01T00:00:00Z'), 0);
  assert.equal(find(directory, '2026-05-01T00:00:00Z'), 'SVC_NOT_ACTIVE');
});

test('of several entries that match, the one with the latest start wins, whatever the order of their subscriptions', () => {
  const starts = [
    '2026-01-01T00:00:00Z',
    '2026-03-01T00:00:00Z',
    '2026-02-01T00:00:00Z',
    '2026-03-01T00:00:00Z',
  ];
  const directory = directoryOf(...starts.map((from) => ({ from })));
  assert.equal(find(directory, '2026-01-15T00:00:00Z'), 0);
  assert.equal(find(directory, '2026-02-15T00:00:00Z'), 2);
  assert.equal(find(directory, '2026-03-15T00:00:00Z'), 1, 'of equal ones the first given');
});

test('find agrees with a search of all entries', () => {
  const day = fc.integer({ min: 0, max: 20 });
  const entry = fc.record({
    id: fc.constantFrom('+1', '+2'),
    from: day,
    length: fc.option(day, { nil: null }),
  });
  const instant = (days: number) => new Date(Date.UTC(2026, 0, 1 + days)).toISOString();
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 12 }), day, day, (entries, start, length) => {
      const directory = directoryOf(
        ...entries.map(({ id, from, length: days }) => ({
          from: instant(from),
          ...(days === null ? {} : { to: instant(from + days) }),
          services: [{ serviceType: 'VOICE', id }],
        })),
      );
      let best = -1;
      for (const [index, { id, from, length: days }] of entries.entries()) {
        if (id !== '+1' || from > start || (days !== null && from + days < start + length)) continue;
        if (best < 0 || from > entries[best]!.from) best = index;
      }
      const isKnown = entries.some(({ id }) => id === '+1');
      const expected = best >= 0 ? best : isKnown ? 'SVC_NOT_EFFECTIVE' : 'SVC_NOT_FOUND';
      assert.equal(find(directory, instant(start), instant(start + length), '+1'), expected);
    }),
  );
});

test('the data of a subscription is found by its number and by its id', () => {
  const directory = directoryOf(
    { account: 'Müller', balanceGroup: 'G', billCycleDay: 17, plan: 'Q' },
    { balanceGroup: 'G' },
  );
  const id = Buffer.from('S1');
  assert.equal(directory.subscriptionBy(id, 0, 2), 1);
  assert.equal(directory.subscriptionBy(id, 0, 1), -1);
  assert.equal(directory.accountId(0), 'Müller');
  assert.equal(directory.subscriptionId(1), 'S1');
  assert.equal(directory.groupId(directory.group(1)), 'G');
  assert.equal(directory.plan(0), 1);
  assert.equal(directory.billCycleDay(0), 17);
  assert.equal(directory.group(0), directory.group(1));
  const { buffer, start, end } = directory.accountBytes(0);
  assert.equal(buffer.toString('utf8', start, end), 'Müller');
  assert.equal(directory.partition(0, 12), (murmur2(Buffer.from('G')) & 0x7fffffff) % 12);
});

test('a subscription without balance group is its own', () => {
  const directory = directoryOf({});
  assert.equal(directory.groupId(directory.group(0)), 'S0');
});

test('a subscription that names what the catalog does not have, or comes twice, is refused and leaves no trace', () => {
  const { builder, faults } = builderOf([
    { plan: 'X' },
    { services: [{ serviceType: 'X', id: '+441' }] },
    { subscription: 'S' },
    { subscription: 'S', services: [{ serviceType: 'VOICE', id: '+442' }] },
  ]);
  assert.deepEqual(
    faults.map((fault) => fault?.code ?? null),
    ['PLAN_UNKNOWN', 'SERVICE_TYPE_UNKNOWN', null, 'SUBSCRIPTION_TWICE'],
  );
  const directory = builder.build();
  assert.equal(directory.size, 1);
  assert.equal(find(directory, '2026-02-01T00:00:00Z', undefined, '+442'), 'SVC_NOT_FOUND');
});

test('grants add up over the subscriptions that are effective at some time of the cycle', () => {
  const directory = directoryOf(
    { balanceGroup: 'G' },
    { balanceGroup: 'G', plan: 'Q' },
    { balanceGroup: 'G', from: '2026-03-31T23:00:00Z' },
    { balanceGroup: 'G', to: '2026-03-01T00:00:00Z' },
    { balanceGroup: 'G', from: '2026-03-10T00:00:00Z', to: '2026-03-10T00:00:00Z' },
  );
  const cycles = new BillingCycles(new ZoneOffsets('Europe/London'));
  const grants = new BalanceGrants(directory, cycles, [
    [{ resource: 5, quantity: 10 }],
    [{ resource: 5, quantity: 3 }],
  ]);
  assert.equal(grants.granted(0, 5, parseDay('2026-03-01')), 13, 'summer time: the cycle ends at 23:00 UTC');
  assert.equal(grants.granted(0, 5, parseDay('2026-04-01')), 23);
  assert.equal(grants.granted(0, 6, parseDay('2026-04-01')), 0);
});

test('guiding checks the usage type, then the age against the file, then the service', () => {
  const directory = directoryOf({ statuses: [{ from: '2026-05-01T00:00:00Z', status: 'INACTIVE' }] });
  const guide = new Guide(directory, [0, 1]);
  const zone = new ZoneOffsets('Europe/London');
  const stream = { serviceType: 0, maxAgeDays: 40, futureDays: 1, zone };
  const guided = (start: string, fileDay: string | null, usageType = 0, id = '+441'): string => {
    const buffer = Buffer.from(id);
    const time = instantMicros(start);
    const request = {
      ...{
        usageType,
        buffer,
        serviceIdStart: 0,
        serviceIdEnd: buffer.length,
        startTime: time,
        endTime: time,
      },
      fileDay: fileDay === null ? Number.NaN : parseDay(fileDay),
    };
    const result = guide.guide(request, stream);
    return result >= 0 ? directory.subscriptionId(result) : SUSPENSE_CODES[-result]!;
  };
  assert.equal(guided('2026-02-01T00:00:00Z', '2026-02-01', -1), 'USAGE_TYPE_UNKNOWN');
  assert.equal(
    guided('2026-02-01T00:00:00Z', '2026-02-01', 1, '?'),
    'USAGE_TYPE_UNKNOWN',
    'of another service type',
  );
  assert.equal(guided('2026-02-01T00:00:00Z', '2026-03-13'), 'S0');
  assert.equal(guided('2026-02-01T00:00:00Z', '2026-03-14', 0, '?'), 'USAGE_TOO_OLD');
  assert.equal(guided('2026-02-02T12:00:00Z', '2026-02-01'), 'S0');
  assert.equal(guided('2026-02-03T00:00:00Z', '2026-02-01', 0, '?'), 'USAGE_IN_FUTURE');
  assert.equal(
    guided('2026-07-02T22:59:59Z', '2026-07-01'),
    'SVC_NOT_ACTIVE',
    'the day is local to the mapping',
  );
  assert.equal(guided('2026-07-02T23:00:00Z', '2026-07-01'), 'USAGE_IN_FUTURE');
  assert.equal(
    guided('2010-01-01T00:00:00Z', null),
    'SVC_NOT_EFFECTIVE',
    'without a file date the age is not checked',
  );
  assert.equal(guided('2026-02-01T00:00:00Z', '2026-02-01', 0, '?'), 'SVC_NOT_FOUND');
});
