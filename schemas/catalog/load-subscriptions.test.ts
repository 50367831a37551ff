import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatFault } from './catalog-fault.ts';
import { instantMicros } from './instant.ts';
import { MAX_SUBSCRIPTION_FAULTS, parseSubscriptions, SubscriptionLoader } from './load-subscriptions.ts';
import { subscription as schema } from './subscription.ts';
import type { SubscriptionInput } from './subscription.ts';

const NAMES = { plans: ['BUSINESS', 'PERSONAL'], serviceTypes: ['VOICE', 'SMS', 'DATA'] };

function line(change: Record<string, unknown> = {}, id = 'S1'): string {
  const base: SubscriptionInput = {
    account: 'A1',
    subscription: id,
    plan: 'BUSINESS',
    from: '2026-01-01T00:00:00Z',
    services: [{ serviceType: 'VOICE', id: `+44770090${id}` }],
  };
  return JSON.stringify({ ...base, ...change });
}

function faults(...lines: string[]): string[] {
  const result = parseSubscriptions(lines, 'accounts/a.jsonl', NAMES);
  assert.ok(!result.ok, 'the lines must have a fault');
  assert.equal(result.faultCount, result.faults.length);
  return result.faults.map((fault) => formatFault(fault).replace('accounts/a.jsonl:', ''));
}

test('good lines become subscriptions with their defaults', () => {
  const result = parseSubscriptions(`\uFEFF${line()}\r\n\n${line({ balanceGroup: 'S1' }, 'S2')}`, 'a', NAMES);
  assert.ok(result.ok, JSON.stringify(result));
  assert.deepEqual(
    result.subscriptions.map(({ subscription, billCycleDay, statuses }) => [
      subscription,
      billCycleDay,
      statuses,
    ]),
    [
      ['S1', 1, []],
      ['S2', 1, []],
    ],
  );
});

test('each fault names line, path and what is wrong', () => {
  const service = { serviceType: 'VOICE', id: '1' };
  const cases: [string[], string][] = [
    [[line({ plna: 1 })], '1:1 error: plna: unknown key "plna", did you mean "plan"? (KEY_UNKNOWN)'],
    [[line({ account: undefined })], '1:1 error: account: the key is missing (KEY_MISSING)'],
    [
      [line({ account: 7 })],
      '1:1 error: account: expected text, found a number, put it in quotes (TYPE_WRONG)',
    ],
    [[line({ billCycleDay: 29 })], '1:1 error: billCycleDay: must be at most 28 (VALUE_INVALID)'],
    [[line({ from: '2026-02-30T00:00:00Z' })], '1:1 error: from: Invalid ISO datetime (VALUE_INVALID)'],
    [
      [line({ plan: 'BUISNESS' })],
      '1:1 error: plan: unknown plan "BUISNESS", did you mean "BUSINESS"? (REFERENCE_UNKNOWN)',
    ],
    [
      [line({ services: [{ ...service, serviceType: 'FAX' }] })],
      '1:1 error: services[0].serviceType: unknown service type "FAX" (REFERENCE_UNKNOWN)',
    ],
    [
      [line(), '', line({ services: [service] })],
      '3:1 error: subscription: "S1" is also at accounts/a.jsonl:1 (ID_TWICE)',
    ],
    [[line({ to: '2026-01-01T01:00:00+01:00' })], '1:1 error: to: must be later than from (PERIOD_INVALID)'],
    [
      [line({ services: [{ ...service, to: '2025-12-31T00:00:00Z' }] })],
      '1:1 error: services[0].to: must be later than from (PERIOD_INVALID)',
    ],
    [
      [
        line({
          statuses: [
            { from: '2026-01-02T00:00:00Z', status: 'ACTIVE' },
            { from: '2026-01-02T01:00:00+01:00', status: 'CLOSED' },
          ],
        }),
      ],
      '1:1 error: statuses[1].from: must be later than the status before (STATUS_ORDER)',
    ],
    [
      [line({ balanceGroup: 'G' }), line({ balanceGroup: 'G', billCycleDay: 5, account: 'A2' }, 'S2')],
      '2:1 error: billCycleDay: 5, but balance group "G" has 1 at accounts/a.jsonl:1: members share their cycle (BILL_CYCLE_DIFFERS)',
    ],
    [
      [line({ services: [service] }), line({ services: [{ serviceType: 'SMS', id: '2' }, service] }, 'S2')],
      '2:1 error: services[1]: VOICE 1 is effective at the same time at accounts/a.jsonl:1 (PERIOD_OVERLAP)',
    ],
  ];
  for (const [lines, message] of cases)
    assert.deepEqual(
      faults(...lines).map((text) => text.replaceAll('\n', ' ')),
      [message],
    );
});

test('a line that is no JSON is told with its number', () => {
  const [first, ...others] = faults(line(), '{"account":');
  assert.match(first!, /^2:1 error: no JSON: .+ \(JSON_INVALID\)$/);
  assert.deepEqual(others, []);
});

test('all faults of all lines are counted and the first hundred are told', () => {
  const result = parseSubscriptions(
    Array.from({ length: 250 }, () => line({ plan: 'X' })),
    'a',
    NAMES,
  );
  assert.ok(!result.ok);
  assert.equal(result.faultCount, 250 + 249 + 249);
  assert.equal(result.faults.length, MAX_SUBSCRIPTION_FAULTS);
  assert.equal(result.accepted, 0);
});

test('ids, groups and periods are checked over files', () => {
  const loader = new SubscriptionLoader(NAMES, () => undefined);
  loader.read('a.jsonl', `${line()}\n`);
  loader.read('empty.jsonl', '');
  loader.read('b.jsonl', `\n${line({ services: [{ serviceType: 'VOICE', id: '1' }] })}`);
  const { faults: found, accepted } = loader.finish();
  assert.equal(accepted, 1);
  assert.deepEqual(found.map(formatFault), [
    'b.jsonl:2:1 error: subscription: "S1" is also at a.jsonl:1 (ID_TWICE)',
  ]);
});

test('a number may pass from one subscription to the next at one instant', () => {
  const services = [{ serviceType: 'VOICE', id: '1' }];
  const until = line({ services, to: '2026-06-01T00:00:00Z' });
  const since = line({ services, from: '2026-06-01T01:00:00+01:00' }, 'S2');
  assert.ok(parseSubscriptions([since, until], 'a', NAMES).ok);
});

test('periods overlap exactly when some day lies in both', () => {
  const period = fc.record({
    serviceType: fc.constantFrom('VOICE', 'SMS'),
    id: fc.constantFrom('1', '2'),
    from: fc.integer({ min: 1, max: 20 }),
    days: fc.integer({ min: 1, max: 6 }),
    bounds: fc.constantFrom('service', 'subscription'),
  });
  const day = (number: number) => `2026-01-${String(number).padStart(2, '0')}T00:00:00Z`;
  fc.assert(
    fc.property(fc.array(period, { minLength: 1, maxLength: 6 }), (periods) => {
      const lines = periods.map(({ serviceType, id, from, days, bounds }, index) => {
        const range = { from: day(from), to: day(from + days) };
        const inner = bounds === 'service' ? range : {};
        const outer = bounds === 'service' ? {} : range;
        return line({ services: [{ serviceType, id, ...inner }], ...outer }, `S${index}`);
      });
      const overlaps = periods.filter((later, index) =>
        periods.slice(0, index).some((earlier) => {
          const same = earlier.serviceType === later.serviceType && earlier.id === later.id;
          const covers = (p: typeof later, d: number) => d >= p.from && d < p.from + p.days;
          return (
            same &&
            Array.from({ length: 31 }, (_, d) => d).some((d) => covers(earlier, d) && covers(later, d))
          );
        }),
      );
      const result = parseSubscriptions(lines, 'a', NAMES);
      assert.equal(result.ok ? 0 : result.faultCount, overlaps.length);
    }),
  );
});

test('an instant is read for every text that the schema takes', () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1971-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }),
      fc.option(digits),
      fc.constantFrom('Z', '+00:00', '+05:30', '-11:00'),
      (date, fraction, zone) => {
        const text = `${date.toISOString().slice(0, 19)}${fraction === null ? '' : `.${fraction.join('')}`}${zone}`;
        assert.ok(schema.shape.from.safeParse(text).success, text);
        const hours = { Z: 0, '+00:00': 0, '+05:30': 5.5, '-11:00': -11 }[zone];
        const micros = Number((fraction ?? []).join('').slice(0, 6).padEnd(6, '0'));
        const seconds = Math.floor(date.getTime() / 1000) - hours * 3600;
        assert.equal(instantMicros(text), seconds * 1e6 + micros);
      },
    ),
  );
  assert.equal(instantMicros('2026-01-01'), NaN);
});

test('tens of thousands of subscriptions are streamed, not kept', () => {
  let taken = 0;
  const loader = new SubscriptionLoader(NAMES, () => {
    taken++;
  });
  loader.open('large.jsonl');
  for (let index = 0; index < 20_000; index++) loader.readLine(line({}, `S${index}`));
  assert.deepEqual(loader.finish(), { accepted: 20_000, faultCount: 0, faults: [] });
  assert.equal(taken, 20_000);
});

test('any JSON and any text is taken or told, never thrown', () => {
  const part = fc.constantFrom(
    'account',
    'plan',
    'services',
    'statuses',
    'from',
    'to',
    'billCycleDay',
    'balanceGroup',
  );
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string(), fc.tuple(part, fc.jsonValue())), (input) => {
      const text = typeof input === 'string' ? input : line({ [input[0]]: input[1] });
      const result = parseSubscriptions([text], 'a', NAMES);
      if (!result.ok) assert.ok(result.faultCount > 0);
      else assert.equal(result.subscriptions.length, text.trim() === '' ? 0 : 1);
    }),
  );
});
