/**
 * Chapter 4: Allowances, tiers, zones and peak hours
 *
 * A price meets a quantity in an order that docs/rules.md section 7 fixes. What comes out is a list of impacts: each says which resource (money,
 * an allowance, an accumulator) changed by how much, from which balance to which. Nothing else is needed to explain a charge to a
 * customer, and the sum of the money impacts is the charge.
 *
 * Run this chapter with `--test-reporter=spec` to see the table of impacts.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestRating, tariff } from '../../processors/rating/testing/tariff.ts';
import type { ImpactRow } from '../../processors/rating/testing/tariff.ts';
import { TopologyTestDriver } from '../../streams/engine/index.ts';
import { mediateTopology } from '../../streams/workers/mediate/mediate-topology.ts';
import { rateTopology } from '../../streams/workers/rate/rate-topology.ts';
import { TOPICS } from '../../streams/workers/topics.ts';
import { money, quantity, ratedCharges } from './support/decoded.ts';
import type { RatedCharge } from './support/decoded.ts';
import { callFile, loadNorthwind, rawBatch } from './support/northwind.ts';
import type { Call } from './support/northwind.ts';

/** The impacts as a table, balances in the resource's own scale. */
function table(rows: readonly ImpactRow[]): string {
  const cells = rows.map(({ resource, offerType, tier, quantity: moved, amount, before, after }) => {
    const balance = resource === 'EUR' ? money : quantity;
    return [
      resource,
      offerType,
      `tier ${tier}`,
      quantity(moved),
      money(amount),
      balance(before),
      balance(after),
    ];
  });
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/**
 * The worked example. The first 40 units of a cycle cost 1.00 each, further ones 0.50; the plan grants 90 units. One record of 100 units
 * arrives at the beginning of the cycle.
 *
 * The tiers cut the record at 40. Each portion is priced in full (gross), then the allowance takes what it can and an offset gives that part of
 * the price back. So the allowance covers the 40 dear units and 50 of the 60 cheap ones, and 10 units at 0.50 remain: 5.00.
 */
test('a record over two tiers and an allowance has eight impacts', (t) => {
  const rating = new TestRating(
    tariff(
      {
        allowances: ['INCLUDED'],
        accumulators: ['TOTAL'],
        rows: [
          {
            price: {
              model: 'progressiveTier',
              reference: { accumulator: 'TOTAL' },
              tiers: [{ upTo: 40, price: '1.00' }, { price: '0.50' }],
            },
          },
        ],
      },
      { INCLUDED: 90 },
    ),
  );
  assert.equal(money(rating.amount({ units: 100_000_000 })), '5');

  const printed = table(rating.impacts());
  for (const row of printed.split('\n')) t.diagnostic(row);
  assert.equal(
    printed,
    //         why        where   units amount before after
    [
      'EUR       PRICE      tier 1  40  40   0   40',
      'INCLUDED  ALLOWANCE  tier 1  40  0    90  50',
      'EUR       ALLOWANCE  tier 1  40  -40  40  0',
      'TOTAL     PRICE      tier 1  40  0    0   40',
      'EUR       PRICE      tier 2  60  30   0   30',
      'INCLUDED  ALLOWANCE  tier 2  50  0    50  0',
      'EUR       ALLOWANCE  tier 2  50  -25  30  5',
      'TOTAL     PRICE      tier 2  60  0    40  100',
    ].join('\n'),
  );
});

// From here on, Northwind's own prices (deploy/demo/catalog/pricing.yaml): calls go through mediation and rating as in chapter 1.
const { catalog, compiled, catalogVersion, directory } = loadNorthwind();

/** Charges of calls, rated one after the other by a worker that has seen nothing before. */
function rateCalls(calls: readonly Omit<Call, 'id'>[], fileDate = '20261009'): RatedCharge[] {
  const mediate = new TopologyTestDriver(mediateTopology({ catalog, compiled, catalogVersion, directory }));
  const rate = new TopologyTestDriver(
    rateTopology({ catalog: compiled, catalogVersion, directory, windowDays: catalog.duplicates.windowDays }),
  );
  const content = callFile(calls.map((call, index) => ({ ...call, id: `CALL-${index + 1}` })));
  mediate.pipe(TOPICS.raw, { value: rawBatch(`${fileDate}_switch-1_0001.csv`, content) });
  for (const { value } of mediate.read(TOPICS.mediated)) rate.pipe(TOPICS.mediated, { value });
  return rate.read(TOPICS.rated).flatMap(({ value }) => ratedCharges(value));
}

const COMPANY = '+447911000001';
const PRIVATE = '+447911000003';
const monday = { date: '05/10/2026', time: '10:00:00' };

test('the zone is that of the longest prefix', () => {
  const to = ['+441632960111', '+441481960111', '+447700960111', '+33140000000', '+12425550000'];
  const charges = rateCalls(to.map((number) => ({ from: COMPANY, to: number, ...monday, seconds: 60 })));
  assert.deepEqual(
    charges.map(({ zone, amount }) => [zone, amount]),
    [
      // Covered by the pooled allowance.
      ['UK_FIXED', '0'],
      // +441481 is longer than +441: Guernsey is not in the pool.
      ['CHANNEL', '0.18'],
      ['UK_MOBILE', '0'],
      ['EUROPE', '0.27'],
      // +1242 is longer than +1.
      ['CARIBBEAN', '0.9'],
    ],
  );
});

test('the time class is that of the start, local to the time model, and holidays come first', () => {
  const to = '+33140000000';
  const at = (date: string, time: string) => ({ from: COMPANY, to, date, time, seconds: 60 });
  // The last Monday of August is a bank holiday, and the class with `holiday: true` is listed first.
  const [holiday] = rateCalls([at('31/08/2026', '12:00:00')], '20260901');
  assert.equal(holiday!.timeClass, 'OFFPEAK');
  const charges = rateCalls([
    at('05/10/2026', '06:59:59'),
    at('05/10/2026', '07:00:00'),
    at('04/10/2026', '12:00:00'),
  ]);
  assert.deepEqual(
    charges.map(({ timeClass, amount }) => [timeClass, amount]),
    [
      ['OFFPEAK', '0.22'],
      ['PEAK', '0.27'],
      // A Sunday.
      ['OFFPEAK', '0.22'],
    ],
  );
});

test('increments: the first minute is charged whole, what follows by the second or by the minute', () => {
  const call = { to: '+33140000000', ...monday };
  const charges = rateCalls([
    { ...call, from: COMPANY, seconds: 10 },
    { ...call, from: COMPANY, seconds: 61 },
    { ...call, from: PRIVATE, seconds: 61 },
  ]);
  assert.deepEqual(
    charges.map((charge) => charge.quantity),
    ['60', '61', '120'],
  );
});

test('an allowance is shared by a balance group, and what it does not cover is charged by tier', () => {
  // Two subscriptions of plan BUSINESS grant 12,000 seconds each. One call of seven hours takes all 24,000 and 1,200 more.
  const charges = rateCalls([
    { from: COMPANY, to: '+441632960111', ...monday, seconds: 25_200 },
    { from: '+447911000002', to: '+441632960111', ...monday, seconds: 12_000 },
  ]);
  assert.deepEqual(charges[0]!.impacts, [
    'GBP 50.4 in tier 1',
    'VOICE_POOL 24000 in tier 1',
    'GBP -48 in tier 1',
    'VOICE_TIME 25200 in tier 1',
  ]);
  assert.equal(charges[0]!.amount, '2.4');
  // The colleague finds the pool empty. The group has talked for 25,200 seconds, so his call passes the border of 36,000 after 10,800.
  assert.deepEqual(charges[1]!.impacts, [
    'GBP 21.6 in tier 1',
    'VOICE_TIME 10800 in tier 1',
    'GBP 1.9 in tier 2',
    'VOICE_TIME 1200 in tier 2',
  ]);
});

test('a premium call is one record with three charges, the last a percentage of the second', () => {
  const charges = rateCalls([{ from: PRIVATE, to: '+449098790001', ...monday, seconds: 90 }]);
  assert.deepEqual(
    charges.map(({ usageType, amount }) => [usageType, amount]),
    [
      ['PREMIUM_CONNECTION', '0.3'],
      ['PREMIUM_TIME', '1.8'],
      ['PREMIUM_SURCHARGE', '0.09'],
    ],
  );
});
