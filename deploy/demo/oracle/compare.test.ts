import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareWithActual, type Actual } from './compare.ts';
import type { OracleResult } from './run-oracle.ts';
import { BASE, runWorld, S1 } from './test-world.ts';

const PRICES = `
offers:
  - { id: o, name: O, usageTypes: [CALL], currency: GBP, allowances: [F, G], rows: [{ price: { model: unit, price: '0.0125' } }] }
plans: [{ id: PLAN, name: Plan, offers: [o], grants: [{ allowance: F, quantity: 2 }] }]
`;
const LINES = [
  '1,100,,2026-07-01 12:00:00,5',
  'bad',
  '2,999,,2026-07-01 12:00:00,5',
  '3,100,,2026-07-01 12:00:00,4',
];

const expected = runWorld({
  catalog: [BASE, PRICES],
  subscriptions: [S1],
  files: { 'a.csv': LINES.join('\n') },
});

/** The oracle's own result in the product's shapes, as a fresh copy that a test may spoil. */
function actualOf(result: OracleResult) {
  const records = [...result.records.keys()].map((key) => {
    const [fileId = '', number] = key.split(':');
    return { fileId, recordNumber: Number(number), ...result.records.get(key)! };
  });
  return structuredClone({ files: result.files, records, balances: result.balances, lines: result.lines });
}

async function compareSpoiled(spoil: (actual: ReturnType<typeof actualOf>) => void) {
  const actual = actualOf(expected);
  spoil(actual);
  return await compareWithActual(expected, actual satisfies Actual);
}

test('equal results have no differences, and everything is counted', async () => {
  const { compared, total, differences } = await compareSpoiled(() => undefined);
  // Two rated calls: the first with currency, allowance and offset, the second with its currency alone.
  assert.deepEqual(compared, { files: 1, records: 4, charges: 2, impacts: 4, balances: 3, lines: 1 });
  assert.equal(total, 0);
  assert.deepEqual(differences, []);
});

test('decimals are equal by value, and an untouched allowance need not be known', async () => {
  const { total } = await compareSpoiled((actual) => {
    actual.lines[0]!.amount += '000';
    actual.balances = actual.balances.filter((one) => one.resource !== 'G');
    delete actual.records[2]!.account;
  });
  assert.equal(total, 0);
});

test('every kind of deviation is found and named', async () => {
  const named = async (spoil: Parameters<typeof compareSpoiled>[0]) => (await compareSpoiled(spoil)).totals;
  assert.deepEqual(
    await named((actual) => (actual.records[0]!.charges![0]!.impacts[2]!.amount = '-0.0251')),
    { 'record different charges[].impacts[].amount': 1 },
  );
  assert.deepEqual(await named((actual) => actual.records[0]!.charges![0]!.impacts.pop()), {
    'record different charges[].impacts.length': 1,
  });
  assert.deepEqual(await named((actual) => delete actual.records[0]!.charges), {
    'record different charges.length': 1,
  });
  assert.deepEqual(await named((actual) => (actual.records[1]!.code = 'QUOTE_INVALID')), {
    'record different code': 1,
  });
  assert.deepEqual(await named((actual) => actual.records.pop()), { 'record missing': 1 });
  assert.deepEqual(
    await named((actual) =>
      actual.records.push({ ...actual.records[0]!, recordNumber: 9 }, actual.records[0]!),
    ),
    { 'record unexpected': 1, 'record twice': 1 },
  );
  assert.deepEqual(await named((actual) => (actual.files[0]!.details = 5)), { 'file different details': 1 });
  assert.deepEqual(await named((actual) => (actual.files = [])), { 'file missing': 1 });
  assert.deepEqual(
    await named((actual) => (actual.balances.find((one) => one.resource === 'F')!.balance = '1')),
    { 'balance different balance': 1 },
  );
  assert.deepEqual(
    await named((actual) => actual.lines.push({ ...actual.lines[0]!, billUnit: '2026-08-01' })),
    { 'line unexpected': 1 },
  );
  assert.deepEqual(await named((actual) => (actual.lines[0]!.billedAmount = '0.10')), {
    'line different billedAmount': 1,
  });
});

test('lines of several runs add up, each rounded by itself', async () => {
  // 9 seconds less 2 of the allowance at 0.0125 = 0.0875: in two runs 0.0375 -> 0.04 and 0.05 -> 0.05.
  const { total, compared } = await compareSpoiled((actual) => {
    const [line] = actual.lines;
    const first = { ...line!, charges: 1, records: 1, quantity: '5', amount: '0.0375', billedAmount: '0.04' };
    const second = { ...line!, charges: 1, records: 1, quantity: '4', amount: '0.05', billedAmount: '0.05' };
    actual.lines = [first, second];
  });
  assert.equal(total, 0);
  assert.equal(compared.lines, 1);
});

test('only the first 50 differences are kept in full, all are counted', async () => {
  const records = Array.from({ length: 70 }, (_, index) => ({
    ...{ fileId: 'f', recordNumber: index + 1, outcome: 'error' as const, code: 'X' },
  }));
  const result = await compareSpoiled((actual) => actual.records.push(...records));
  assert.equal(result.total, 70);
  assert.equal(result.differences.length, 50);
});
