import { addDecimals } from '../decimal-format.ts';
import type { DayCharges, HourCharges, RunReport } from '../report-model.ts';
import { wobble } from './sample-files.ts';

const pence = (value: number) => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;

function sampleDays(): DayCharges[] {
  return Array.from({ length: 31 }, (_unused, i) => i + 1).flatMap((day) =>
    (['VOICE', 'SMS', 'DATA'] as const).map((serviceType, s) => {
      const weekend = [3, 4, 10, 11, 17, 18, 24, 25, 31].includes(day) ? (s === 0 ? 0.6 : 1.15) : 1;
      const records = Math.round([1690, 610, 770][s]! * weekend * (1 + 0.08 * wobble(day * 3 + s)));
      return {
        day: `2026-10-${String(day).padStart(2, '0')}`,
        serviceType,
        records,
        net: pence(records * [21, 5, 34][s]!),
      };
    }),
  );
}

function sampleHours(): HourCharges[] {
  const shape = [4, 2, 1, 1, 1, 3, 10, 28, 55, 74, 80, 78, 70, 68, 74, 78, 80, 76, 62, 48, 38, 28, 16, 8];
  return shape.flatMap((weight, hour) =>
    (['VOICE', 'SMS', 'DATA'] as const).map((serviceType, s) => {
      const records = Math.round([48, 17, 14][s]! * (weight + s * 9));
      return { hour, serviceType, records, net: pence(records * [21, 5, 34][s]!) };
    }),
  );
}

const ZONES: RunReport['charges']['byZone'] = [
  ['UK_MOBILE', 'PEAK', 15_120, 286_190_000, 182_351],
  ['UK_MOBILE', 'OFFPEAK', 8905, 169_020_000, 71_207],
  ['UK_FIXED', 'PEAK', 11_870, 226_400_000, 140_044],
  ['UK_FIXED', 'OFFPEAK', 6701, 127_700_000, 52_310],
  ['EUROPE', 'PEAK', 3120, 59_800_000, 262_590],
  ['EUROPE', 'OFFPEAK', 1650, 31_200_000, 98_112],
  ['NORTH_AMERICA', 'PEAK', 1320, 25_300_000, 92_711],
  ['NORTH_AMERICA', 'OFFPEAK', 660, 12_700_000, 40_126],
  ['CARIBBEAN', 'PEAK', 208, 3_960_000, 58_321],
  ['CARIBBEAN', 'OFFPEAK', 101, 1_900_000, 22_003],
  ['CHANNEL', 'PEAK', 911, 17_400_000, 61_904],
  ['CHANNEL', 'OFFPEAK', 472, 8_900_000, 29_117],
  ['UK_FREE', 'PEAK', 540, 10_200_000, 0],
  ['UK_FREE', 'OFFPEAK', 281, 5_300_000, 0],
].map(([zone, timeClass, charges, micro, net]) => ({
  zone: zone as string,
  timeClass: timeClass as string,
  charges: charges as number,
  quantity: String((micro as number) / 100),
  unit: 'SECOND',
  net: pence(net as number),
}));

const USAGE_TYPES: RunReport['charges']['byUsageType'] = [
  {
    serviceType: 'VOICE',
    usageType: 'VOICE',
    records: 51_012,
    charges: 51_012,
    quantity: '9862140',
    unit: 'SECOND',
    gross: '19820.5512',
    net: '11107.9600',
    wholesale: '1402.88121',
    margin: '9705.07879',
  },
  {
    serviceType: 'VOICE',
    usageType: 'PREMIUM_CALL',
    records: 448,
    charges: 1344,
    quantity: '84120',
    unit: 'SECOND',
    gross: '1900.92',
    net: '1900.92',
    wholesale: '870.91',
    margin: '1030.01',
  },
  {
    serviceType: 'SMS',
    usageType: 'SMS',
    records: 19_340,
    charges: 19_340,
    quantity: '23991',
    unit: 'EVENT',
    gross: '959.64',
    net: '959.64',
    wholesale: null,
    margin: null,
  },
  {
    serviceType: 'DATA',
    usageType: 'DATA',
    records: 22_904,
    charges: 22_904,
    quantity: '843771.204',
    unit: 'MEGABYTE',
    gross: '9870.66128',
    net: '8120.03417',
    wholesale: null,
    margin: null,
  },
];

/** Charges of an invented month. */
export function sampleCharges(): RunReport['charges'] {
  return {
    byUsageType: USAGE_TYPES,
    byZone: ZONES,
    byDay: sampleDays(),
    byHour: sampleHours(),
    topAccounts: Array.from({ length: 10 }, (_unused, i) => ({
      account: `NW-A000${101 + i * 37}`,
      plan: i % 3 === 2 ? 'PERSONAL' : 'BUSINESS',
      subscriptions: i % 3 === 2 ? 1 : 5 - (i % 4),
      records: 1204 - i * 71,
      net: pence(41_205 - i * 2303),
    })),
  };
}

export const SAMPLE_GROSS = addDecimals(USAGE_TYPES.map((row) => row.gross));
export const SAMPLE_NET = addDecimals(USAGE_TYPES.map((row) => row.net));
