import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseScaled } from '../../schemas/decimal/scaled.ts';
import type { Price, TariffInput } from './testing/tariff.ts';
import { currency, tariff, TestRating } from './testing/tariff.ts';
import type { UsageAttributes } from './testing/test-usage.ts';

/**
 * Rows of public rating suites (reference "rating acceptance cases"; the numbers are facts restated, no text or code of theirs).
 * "policy" rows hold under the option in their name; "exact" rows are our value where the source shows an artefact of its arithmetic.
 */
interface Case {
  readonly id: string;
  readonly says: string;
  readonly tariff: TariffInput;
  /** Records in order: quantity in units or attributes, and the net amount, or the code of the suspension. */
  readonly records: readonly (readonly [
    usage: number | string | Partial<UsageAttributes>,
    expected: string,
  ])[];
  /** What is left of allowance INCLUDED afterwards. */
  readonly left?: string;
}

const unit = (price: string, per: number | string = 1, connectFee?: string): Price => ({
  model: 'unit',
  price,
  per,
  ...(connectFee === undefined ? {} : { connectFee }),
});
const priced = (price: Price, more: Parameters<typeof tariff>[0] = {}): TariffInput =>
  tariff({ rows: [{ price }], ...more });
const by = (first: number | string, following: number | string = first) => ({
  increments: { first, following },
});
const tiers = (
  ...bounds: readonly (readonly [price: string, upTo?: number | string | undefined, per?: number])[]
): Price => ({
  model: 'progressiveTier',
  reference: 'record',
  tiers: bounds.map(([price, upTo, per]) => ({
    price,
    ...(upTo === undefined ? {} : { upTo }),
    ...(per === undefined ? {} : { per }),
  })),
});
const included = (
  quantity: number | string,
  price: Price,
  more: Parameters<typeof tariff>[0] = {},
): TariffInput => tariff({ rows: [{ price }], allowances: ['INCLUDED'], ...more }, { INCLUDED: quantity });
const rounded = (mode: Parameters<typeof currency>[1], decimals: number, price: Price): TariffInput => ({
  ...priced(price),
  currencies: [currency('EUR', mode, decimals)],
});

const INCREMENTS: readonly Case[] = [
  { id: 'INC-01', says: '132 s', tariff: priced(unit('1'), by(60, 1)), records: [[132, '132']] },
  { id: 'INC-02', says: '85 s', tariff: priced(unit('1'), by(60, 1)), records: [[85, '85']] },
  {
    id: 'INC-03',
    says: 'the first step is the least',
    tariff: priced(unit('1'), by(60, 1)),
    records: [[1, '60']],
  },
  { id: 'INC-04', says: '65 units', tariff: priced(unit('1'), by(60, 1)), records: [[65, '65']] },
  {
    id: 'INC-05',
    says: 'policy free: a zero record costs nothing',
    tariff: priced(unit('1', 1, '0.5')),
    records: [[0, '0']],
  },
  {
    id: 'INC-05',
    says: 'policy charge: a zero record pays the connect fee',
    tariff: priced(unit('1', 1, '0.5'), { zeroUsage: 'charge' }),
    records: [[0, '0.5']],
  },
  { id: 'INC-07', says: 'one message', tariff: priced(unit('0.005')), records: [[1, '0.005']] },
  { id: 'INC-09', says: '45 s are billed as 60', tariff: priced(unit('1'), by(60)), records: [[45, '60']] },
  {
    id: 'INC-10',
    says: 'steps of 60 s',
    tariff: priced(unit('1'), by(60)),
    records: [
      [90, '120'],
      [5, '60'],
      [60, '60'],
      [0, '0'],
    ],
  },
  { id: 'INC-10', says: 'steps of 1 s', tariff: priced(unit('1'), by(1)), records: [['1.5', '2']] },
  {
    id: 'INC-12',
    says: 'two prices and steps',
    tariff: priced(tiers(['0.06', 60], ['0.01']), by(60, 30)),
    records: [[90, '3.9']],
  },
  {
    id: 'INC-15',
    says: 'policy: per started 10',
    tariff: priced(unit('1', 10), by(10)),
    records: [['9.9', '1']],
  },
  { id: 'INC-15', says: 'policy: in proportion', tariff: priced(unit('1', 10)), records: [['9.9', '0.99']] },
  {
    id: 'INC-16',
    says: 'policy: per started 10',
    tariff: priced(unit('1', 10), by(10)),
    records: [[1, '1']],
  },
  { id: 'INC-16', says: 'policy: in proportion', tariff: priced(unit('1', 10)), records: [[1, '0.1']] },
  { id: 'INC-17', says: 'access price', tariff: priced(unit('1', 1, '1000')), records: [[10, '1010']] },
  {
    id: 'INC-18',
    says: 'policy: tiers that end suspend',
    tariff: priced(tiers(['2', 2], ['0.5', 6])),
    records: [[10, 'TIER_GAP']],
  },
  { id: 'INC-19', says: 'per started 1', tariff: priced(unit('0.3'), by(1)), records: [['1.5', '0.6']] },
  {
    id: 'INC-25',
    says: 'up at 2 decimals',
    tariff: rounded('UP', 2, unit('0.05', 60, '0.15')),
    records: [[24, '0.17']],
  },
  {
    id: 'INC-26',
    says: 'up at 2 decimals',
    tariff: rounded('UP', 2, unit('0.05', 60, '0.15')),
    records: [[180, '0.3']],
  },
  {
    id: 'INC-30',
    says: 'setup and started minutes',
    tariff: priced(unit('1', 60, '1'), by(60)),
    records: [
      [0, '0'],
      [1, '2'],
      [59, '2'],
      [61, '3'],
      [119, '3'],
      [999_999, '16668'],
    ],
  },
  {
    id: 'INC-31',
    says: 'policy: parts of events',
    tariff: priced(unit('1')),
    records: [
      [7, '7'],
      ['2.654', '2.654'],
    ],
  },
  {
    id: 'INC-31',
    says: 'policy: whole events only',
    tariff: {
      ...priced(unit('1')),
      rateUnits: [{ id: 'units', name: 'Whole events', unit: 'UNIT', quantity: 'floorTo(units, 1)' }],
    },
    records: [
      [7, '7'],
      ['2.654', '2'],
    ],
  },
];

const day = (startTime: string, quantity: number): Partial<UsageAttributes> => ({
  startTime,
  units: quantity * 1_000_000,
});
type TimeClassInput = NonNullable<TariffInput['timeModels']>[number]['classes'][number];
const timed = (
  classes: readonly TimeClassInput[],
  rows: Readonly<Record<string, Price>>,
  more: Parameters<typeof tariff>[0] = {},
) =>
  tariff(
    {
      timeModel: 't',
      rows: Object.entries(rows).map(([timeClass, price]) => ({ timeClass: [timeClass], price })),
      ...more,
    },
    {},
    { timeModels: [{ id: 't', name: 'Times', timeZone: 'UTC', classes: [...classes] }] },
  );
const WEEKDAYS: TimeClassInput['days'] = ['MON', 'TUE', 'WED', 'THU', 'FRI'];
const until18 = timed([{ id: 'DAY', days: WEEKDAYS, to: '18:00' }, { id: 'REST' }], {
  DAY: unit('1', 1, '1'),
  REST: unit('0.5'),
});
const until19 = timed([{ id: 'PEAK', days: WEEKDAYS, from: '08:00', to: '19:00' }, { id: 'OFFPEAK' }], {
  PEAK: { ...tiers(['0.4', 60, 60], ['0.2', undefined, 60]), connectFee: '0.8' } as Price,
  OFFPEAK: { ...tiers(['0.1', 60, 60], ['0.05', undefined, 60]), connectFee: '0.2' } as Price,
});

const TIMES: readonly Case[] = [
  {
    id: 'TOD-01',
    says: 'policy: the price at the start holds for the whole record',
    tariff: until18,
    records: [[day('2012-02-02T17:30:00Z', 3600), '3601']],
  },
  {
    id: 'TOD-03',
    says: '30 s in the evening',
    tariff: until18,
    records: [[day('2012-02-08T23:50:00Z', 30), '15']],
  },
  {
    id: 'TOD-04',
    says: '3621 s in the evening',
    tariff: until18,
    records: [[day('2012-02-08T22:50:00Z', 3621), '1810.5']],
  },
  {
    id: 'TOD-05',
    says: '110 s in the evening',
    tariff: until18,
    records: [[day('2012-02-08T22:50:00Z', 110), '55']],
  },
  {
    id: 'TOD-09',
    says: 'exact',
    tariff: until19,
    records: [
      [day('2026-03-11T19:00:00Z', 90), '0.325'],
      [day('2026-03-15T12:00:00Z', 120), '0.35'],
    ],
  },
  {
    id: 'TOD-10',
    says: '90 s in the peak',
    tariff: until19,
    records: [[day('2026-03-11T18:31:05Z', 90), '1.3']],
  },
  {
    id: 'TOD-14',
    says: 'a boundary belongs to what follows',
    tariff: timed([{ id: 'AM', to: '12:00' }, { id: 'PM' }], { AM: unit('10'), PM: unit('20') }),
    records: [
      [day('2026-03-11T11:59:59Z', 1), '10'],
      [day('2026-03-11T12:00:00Z', 1), '20'],
    ],
  },
  {
    id: 'TOD-15',
    says: 'a window that passes midnight',
    tariff: timed(
      [{ id: 'OFFPEAK', from: '23:00', to: '08:00' }, { id: 'PEAK' }],
      { OFFPEAK: unit('5', 1_000_000), PEAK: unit('10', 1_000_000) },
      by(1_000_000),
    ),
    records: [
      [day('2026-03-11T07:59:59Z', 1_000_001), '10'],
      [day('2026-03-11T12:13:14Z', 1_000_001), '20'],
      [day('2026-03-11T23:00:00Z', 1), '5'],
    ],
  },
  {
    id: 'TOD-23',
    says: 'policy: not split, the class of the start',
    tariff: timed(
      [
        { id: 'WEEKEND', days: ['SAT', 'SUN'] },
        { id: 'PEAK', from: '08:00', to: '19:00' },
        { id: 'ECONOMY' },
      ],
      { WEEKEND: unit('3'), PEAK: unit('2'), ECONOMY: unit('1') },
    ),
    records: [
      [day('2010-01-20T07:50:00Z', 1201), '1201'],
      [day('2010-01-23T00:00:00Z', 1), '3'],
    ],
  },
];

const zoned = (
  zones: Readonly<Record<string, readonly [price: string, ...prefixes: string[]]>>,
): TariffInput =>
  tariff(
    {
      zoneModel: 'z',
      rows: Object.entries(zones).map(([id, [price]]) => ({
        zone: [id],
        price: { model: 'flat', amount: price },
      })),
    },
    {},
    {
      zoneModels: [
        {
          id: 'z',
          name: 'Zones',
          zones: Object.entries(zones).map(([id, [, ...prefixes]]) => ({ id, name: id, prefixes })),
        },
      ],
    },
  );
const to = (calledNumber: string): Partial<UsageAttributes> => ({ calledNumber, units: 1_000_000 });

const ZONES: readonly Case[] = [
  {
    id: 'PFX-01',
    says: 'a shorter prefix is found',
    tariff: zoned({ A: ['1', '0256'] }),
    records: [[to('0256308200'), '1']],
  },
  {
    id: 'PFX-06',
    says: 'the longest',
    tariff: zoned({ A: ['1', '1'], B: ['2', '12'], C: ['3', '123'] }),
    records: [[to('1234'), '3']],
  },
  {
    id: 'PFX-13',
    says: 'three tables, and none for 9',
    tariff: zoned({ A: ['1', '1'], B: ['2', '2'], C: ['3', '3'] }),
    records: [
      [to('3456'), '3'],
      [to('9456'), 'NO_ZONE'],
    ],
  },
  {
    id: 'PFX-17',
    says: 'UK and international',
    tariff: zoned({ INTL: ['9', '00'], UK: ['4', '0044'] }),
    records: [
      [to('0044123'), '4'],
      [to('004923434'), '9'],
    ],
  },
  {
    id: 'PFX-18',
    says: 'the longer row',
    tariff: zoned({ WD1: ['1', '0032'], WD2: ['2', '00328165'] }),
    records: [[to('003281656264'), '2']],
  },
  {
    id: 'PFX-19',
    says: 'no match is suspended',
    tariff: zoned({ A: ['1', '0'] }),
    records: [[to('99999999999'), 'NO_ZONE']],
  },
];

const TIERS: readonly Case[] = [
  {
    id: 'TIER-08',
    says: 'three tiers',
    tariff: priced(tiers(['1.5', 10], ['1', 110], ['0.5', 1110])),
    records: [[111, '115.5']],
  },
  {
    id: 'TIER-09',
    says: 'first meter',
    tariff: priced(tiers(['1', 10], ['10', 60], ['100', 135])),
    records: [
      [5, '5'],
      [75, '2010'],
    ],
  },
  {
    id: 'TIER-09',
    says: 'second meter',
    tariff: priced(tiers(['2', 100], ['20', 600], ['200', 1350])),
    records: [
      [99, '198'],
      [101, '220'],
    ],
  },
  {
    id: 'TIER-12',
    says: 'within the record',
    tariff: priced(tiers(['4', 500], ['3', 1000], ['2', 1500], ['1'])),
    records: [
      [500, '2000'],
      [750, '2750'],
      [2000, '5000'],
    ],
  },
  ...(
    [
      [1500, 100, '200'],
      [500, 2000, '5000'],
      [700, 2000, '4800'],
      [5000, 500, '25'],
    ] as const
  ).map(([prior, quantity, expected]): Case => ({
    id: 'TIER-13',
    says: `${quantity} after ${prior}`,
    tariff: priced(
      {
        ...(tiers(['4', 500], ['3', 1500], ['2', 3000], ['1', 5000], ['0.05']) as Extract<
          Price,
          { model: 'progressiveTier' }
        >),
        reference: { accumulator: 'TOTAL' },
      },
      { accumulators: ['TOTAL'] },
    ),
    records: [
      [prior, { 500: '2000', 700: '2600', 1500: '5000', 5000: '10000' }[prior]],
      [quantity, expected],
    ],
  })),
  {
    id: 'TIER-14',
    says: 'one unit of the second tier',
    tariff: priced(tiers(['1', 9], ['100', 10])),
    records: [[10, '109']],
  },
  {
    id: 'TIER-15',
    says: 'policy: the unit behind the last tier suspends',
    tariff: priced(tiers(['0.5', 1], ['0.5', 4], ['1.2', 9])),
    records: [
      [10, 'TIER_GAP'],
      [9, '8'],
    ],
  },
  {
    id: 'TIER-20',
    says: 'started thousands',
    tariff: {
      ...priced(tiers(['1', 5], ['0.5'])),
      rateUnits: [
        { id: 'units', name: 'Started thousands', unit: 'UNIT', quantity: 'ceilTo(units / 1000, 1)' },
      ],
    },
    records: [[7400, '6.5']],
  },
];

const ALLOWANCES: readonly Case[] = [
  {
    id: 'ALW-01',
    says: 'policy: tiers are cut first, the allowance covers from the first tier on',
    tariff: included(215, tiers(['0.2', 20], ['0.5'])),
    records: [
      [60, '0'],
      [50, '0'],
      [50, '0'],
      [280, '112.5'],
    ],
    left: '0',
  },
  {
    id: 'ALW-03',
    says: 'no allowance, started units',
    tariff: priced(unit('0.1'), by(1)),
    records: [['110.5', '11.1']],
  },
  {
    id: 'ALW-05',
    says: '200 included',
    tariff: included(200, unit('0.2')),
    records: [
      [35, '0'],
      [180, '3'],
    ],
    left: '0',
  },
  {
    id: 'ALW-06',
    says: '40 included',
    tariff: included(40, unit('0.5')),
    records: [
      ['35.5', '0'],
      ['4.5', '0'],
      [12, '6'],
    ],
    left: '0',
  },
  {
    id: 'ALW-08',
    says: 'D, 12 used before',
    tariff: included(50, unit('0.2')),
    records: [
      [12, '0'],
      [80, '8.4'],
    ],
  },
  { id: 'ALW-11', says: '55 left', tariff: included(55, unit('0.4')), records: [[280, '90']] },
  {
    id: 'ALW-19',
    says: '100 for each of two',
    tariff: included(200, unit('1')),
    records: [
      [150, '0'],
      [50, '0'],
      [50, '50'],
    ],
  },
  {
    id: 'ALW-21',
    says: '5 prior',
    tariff: included(10, unit('1')),
    records: [
      [5, '0'],
      [15, '10'],
    ],
  },
  {
    id: 'ALW-21',
    says: '20 prior',
    tariff: included(10, unit('1')),
    records: [
      [20, '10'],
      [15, '15'],
    ],
  },
  {
    id: 'ALW-22',
    says: 'policy: partial cover splits; a negative quantity is refused',
    tariff: included(100, unit('1')),
    records: [
      [50, '0'],
      [{ units: -30_000_000 }, 'QTY_INVALID'],
      [180, '130'],
    ],
    left: '0',
  },
  {
    id: 'ALW-24',
    says: 'policy: whole steps',
    tariff: included(40, unit('1'), by(20)),
    records: [[5, '0']],
    left: '20',
  },
  {
    id: 'ALW-24',
    says: 'policy: what was used',
    tariff: included(40, unit('1')),
    records: [[5, '0']],
    left: '35',
  },
  { id: 'ALW-28', says: 'exact', tariff: included(60, unit('0.01')), records: [[120, '0.6']], left: '0' },
  {
    id: 'ALW-36',
    says: 'a counter of 200 and three records of 123',
    tariff: included(200, unit('1')),
    records: [
      [123, '0'],
      [123, '46'],
      [123, '123'],
    ],
    left: '0',
  },
];

const ROUNDING: readonly Case[] = [
  { id: 'RND-01', says: 'up', tariff: rounded('UP', 1, unit('0.033')), records: [[10, '0.4']] },
  { id: 'RND-02', says: 'down', tariff: rounded('DOWN', 1, unit('0.033')), records: [[10, '0.3']] },
  ...(
    [
      ['HALF_EVEN', '12345.5', '12346'],
      ['HALF_UP', '12345.5', '12346'],
      ['HALF_DOWN', '12345.5', '12345'],
      ['DOWN', '12345.5', '12345'],
      ['UP', '12345.5', '12346'],
      ['HALF_EVEN', '12346.5', '12346'],
      ['HALF_UP', '12346.5', '12347'],
      ['HALF_DOWN', '12346.5', '12346'],
      ['HALF_DOWN', '-12345.5', '-12345'],
      ['DOWN', '-12345.5', '-12345'],
      ['CEILING', '-12345.5', '-12345'],
      ['FLOOR', '-12345.5', '-12346'],
    ] as const
  ).map(([mode, price, expected]): Case => ({
    id: 'RND-06 to RND-08',
    says: `${price} ${mode}`,
    tariff: rounded(mode, 0, unit(price)),
    records: [[1, expected]],
  })),
  ...(
    [
      ['1.5', '2'],
      ['2.5', '2'],
      ['-2.5', '-2'],
      ['1.4', '1'],
      ['1.6', '2'],
    ] as const
  ).map(([price, expected]): Case => ({
    id: 'RND-10',
    says: `half even of ${price}`,
    tariff: rounded('HALF_EVEN', 0, unit(price)),
    records: [[1, expected]],
  })),
  {
    id: 'RND-11',
    says: 'policy: half away from zero',
    tariff: rounded('HALF_UP', 0, unit('-1.5')),
    records: [[1, '-2']],
  },
  ...(
    [
      ['10.278798', '10.28'],
      ['10.275', '10.28'],
      ['0.004', '0'],
      ['0.005', '0.01'],
    ] as const
  ).map(([price, expected]): Case => ({
    id: 'RND-13',
    says: price,
    tariff: rounded('HALF_UP', 2, unit(price)),
    records: [[1, expected]],
  })),
  {
    id: 'RND-15',
    says: 'no decimals',
    tariff: rounded('HALF_UP', 0, unit('1023.5')),
    records: [[1, '1024']],
  },
  {
    id: 'RND-16',
    says: '123.456 x 0.5',
    tariff: rounded('HALF_UP', 2, unit('0.5')),
    records: [['123.456', '61.73']],
  },
  {
    id: 'RND-16',
    says: '1000 x 0.003333',
    tariff: rounded('HALF_UP', 2, unit('0.003333')),
    records: [[1000, '3.33']],
  },
  {
    id: 'RND (ours)',
    says: 'half even of 0.125',
    tariff: rounded('HALF_EVEN', 2, unit('0.125')),
    records: [[1, '0.12']],
  },
  {
    id: 'RND (ours)',
    says: 'half even of 0.135',
    tariff: rounded('HALF_EVEN', 2, unit('0.135')),
    records: [[1, '0.14']],
  },
];

for (const { id, says, tariff: input, records, left } of [
  ...INCREMENTS,
  ...TIMES,
  ...ZONES,
  ...TIERS,
  ...ALLOWANCES,
  ...ROUNDING,
]) {
  test(`${id}: ${says}`, () => {
    const rating = new TestRating(input);
    for (const [usage, expected] of records) {
      const attributes = typeof usage === 'object' ? usage : { units: parseScaled(String(usage), 6)! };
      if (/^[A-Z]/.test(expected)) assert.equal(rating.rate(attributes), expected);
      else
        assert.equal(
          rating.amount(attributes),
          parseScaled(expected, 9),
          `${JSON.stringify(usage)} costs ${expected}`,
        );
    }
    if (left === undefined) return;
    const number = rating.catalog.resources.findIndex((resource) => resource.id.text === 'INCLUDED');
    assert.equal(rating.balance(number, '2026-03-01'), parseScaled(left, 6));
  });
}

test('ALW-12: one allowance is shared by two usage types', () => {
  const shared = (id: string) => ({
    id,
    name: id,
    usageTypes: [id],
    currency: 'EUR',
    allowances: ['INCLUDED'],
    rows: [{ price: unit('0.1') }],
  });
  const rating = new TestRating({
    ...included(300, unit('0.1')),
    usageTypes: [
      { id: 'U', name: 'Outgoing', serviceType: 'S' },
      { id: 'IN', name: 'Incoming', serviceType: 'S' },
    ],
    offers: [shared('U'), shared('IN')],
    plans: [{ id: 'P', name: 'P', offers: ['U', 'IN'], grants: [{ allowance: 'INCLUDED', quantity: 300 }] }],
  });
  assert.equal(rating.amount({ units: 125_000_000 }), 0);
  assert.equal(rating.amount({ usageType: 'IN', units: 275_000_000 }), 10_000_000_000);
});

test('ALW-37: a used up allowance leaves no trace in the impacts', () => {
  const rating = new TestRating(included(5, unit('1')));
  rating.amount({ units: 5_000_000 });
  rating.amount({ units: 3_000_000 });
  assert.deepEqual(
    rating.impacts().map(({ resource }) => resource),
    ['EUR'],
  );
});

test('PFX-03: a plan without an offer suspends the record; it is never priced at 0', () => {
  const rating = new TestRating({
    ...priced(unit('1')),
    usageTypes: [
      { id: 'U', name: 'Usage', serviceType: 'S' },
      { id: 'OTHER', name: 'Other', serviceType: 'S' },
    ],
  });
  assert.equal(rating.rate({ usageType: 'OTHER', units: 1 }), 'NO_PRICE_OFFER');
});

test('RND-14: three records of 10.333333 are 30.99 when impacts are rounded, 30.999999 when they are not', () => {
  const sum = (decimals: number) => {
    const rating = new TestRating(rounded('HALF_UP', decimals, unit('10.333333')));
    return [1, 2, 3].reduce((total) => total + rating.amount({ units: 1_000_000 }), 0);
  };
  assert.equal(sum(2), 30_990_000_000);
  assert.equal(sum(6), 30_999_999_000);
});
