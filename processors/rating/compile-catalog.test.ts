import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { catalog as catalogSchema } from '../../schemas/catalog/catalog.ts';
import { compileCatalog } from './compile-catalog.ts';
import { baseCatalog, tariff } from './testing/tariff.ts';
import type { Price, TariffInput } from './testing/tariff.ts';

const one: Price = { model: 'unit', price: '1' };

function faultsOf(input: TariffInput): readonly string[] {
  return compileCatalog(catalogSchema.parse({ ...baseCatalog(), ...input })).faults ?? [];
}

const FAULTS: readonly (readonly [input: TariffInput, fault: RegExp])[] = [
  [tariff({ currency: 'USD', rows: [{ price: one }] }), /^offer o: no currency USD$/],
  [tariff({ zoneModel: 'z', rows: [{ price: one }] }), /^offer o: no zone model z$/],
  [tariff({ timeModel: 't', rows: [{ price: one }] }), /^offer o: no time model t$/],
  [tariff({ allowances: ['X'], rows: [{ price: one }] }), /^offer o, row 1: no allowance X$/],
  [
    tariff({ rows: [{ zone: ['A'], price: one }] }),
    /^offer o, row 1: a zone is given, but the offer has no model for it$/,
  ],
  [
    tariff(
      { zoneModel: 'z', rows: [{ zone: ['B'], price: one }] },
      {},
      { zoneModels: [{ id: 'z', name: 'Z', zones: [{ id: 'A', name: 'A', prefixes: ['1', '1'] }] }] },
    ),
    /^(offer o, row 1: the offer's model has no zone B|zone model z: prefix "1" of A is given twice)$/,
  ],
  [
    tariff(
      {
        rows: [
          { price: { model: 'progressiveTier', reference: { accumulator: 'T' }, tiers: [{ price: 1 }] } },
        ],
      },
      {},
      {
        accumulators: [{ id: 'T', name: 'T', unit: 'UNIT' }],
      },
    ),
    /^offer o, row 1: the offer must list accumulator T, its tiers refer to it$/,
  ],
  [
    tariff({
      rows: [
        {
          price: {
            model: 'progressiveTier',
            reference: 'record',
            tiers: [
              { upTo: 5, price: 1 },
              { upTo: 5, price: 1 },
            ],
          },
        },
      ],
    }),
    /^offer o, row 1: tier 2 must end above 5, where the one before ends$/,
  ],
  [
    tariff({ rows: [{ price: { model: 'percentage', of: ['U'], percent: 5 } }] }),
    /^offer o: U is a percentage, but no multi-rate usage type charges it$/,
  ],
  [
    {
      ...tariff({ rows: [{ price: one }] }),
      rateUnits: [{ id: 'units', name: 'U', unit: 'UNIT', quantity: 'unitz' }],
    },
    /^rate unit units: quantity, at 1: unknown attribute "unitz"/,
  ],
  [
    { ...tariff({ rows: [{ price: one }] }), rateUnitMap: [{ serviceType: 'S', rateUnit: 'x' }] },
    /no rate unit x$/,
  ],
  [
    {
      ...tariff({ rows: [{ price: one }] }),
      rateUnits: [{ id: 'units', name: 'U', unit: 'UNIT', quantity: 'length(description)' }],
    },
    /^rate unit units: quantity: description is not read in rating/,
  ],
  [
    {
      ...tariff({ rows: [{ price: one }] }, { X: 1 }),
      accumulators: [{ id: 'X', name: 'X', unit: 'UNIT' }],
    },
    /^currency, allowance or accumulator X: is given twice$/,
  ],
  [
    {
      ...tariff({ rows: [{ price: one }] }),
      usageTypes: [
        { id: 'U', name: 'U', serviceType: 'S' },
        { id: 'U', name: 'U', serviceType: 'S' },
      ],
    },
    /^usage type U: is given twice$/,
  ],
  [
    { ...tariff({ rows: [{ price: one }] }), plans: [{ id: 'P', name: 'P', offers: ['o', 'q'] }] },
    /^plan P: no offer q$/,
  ],
  [
    { ...tariff({ rows: [{ price: one }] }), plans: [{ id: 'P', name: 'P', offers: ['o', 'o'] }] },
    /^plan P: offers o and o both price U$/,
  ],
  [
    tariff(
      { accumulators: ['T'], rows: [{ price: one }] },
      {},
      { accumulators: [{ id: 'T', name: 'T', unit: 'EVENT' }] },
    ),
    /^offer o: T counts EVENT, but U is measured in UNIT$/,
  ],
];

for (const [input, fault] of FAULTS) {
  test(`a catalog is refused with ${fault.source}`, () => {
    const faults = faultsOf(input);
    assert.notEqual(faults.length, 0);
    for (const message of faults) assert.match(message, fault);
  });
}

test('a percentage of a later charge, or of itself, is refused', () => {
  const faults = faultsOf({
    usageTypes: [
      { id: 'U', name: 'U', serviceType: 'S', multiRate: { charges: ['A', 'B'], quantityFrom: 'B' } },
      { id: 'A', name: 'A', serviceType: 'S' },
      { id: 'B', name: 'B', serviceType: 'S' },
    ],
    offers: [
      {
        id: 'o',
        name: 'O',
        usageTypes: ['A'],
        currency: 'EUR',
        rows: [{ price: { model: 'percentage', of: ['A', 'B'], percent: 5 } }],
      },
    ],
    plans: [{ id: 'P', name: 'P', offers: ['o'] }],
  });
  assert.deepEqual(faults, [
    'offer o: U does not charge A before A',
    'offer o: U does not charge B before A',
  ]);
});

test("the demo carrier's catalog has no fault", () => {
  const folder = new URL('../../deploy/demo/catalog/', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const parts = files.map((name) => parse(readFileSync(new URL(name, folder), 'utf8')) as object);
  const { faults } = compileCatalog(catalogSchema.parse(Object.assign({}, ...parts)));
  assert.equal(faults, null);
});
