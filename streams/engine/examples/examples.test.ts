import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { runLedger } from './bank-ledger.ts';
import { runWordCount } from './word-count.ts';

test('word count goes on after every restart of its worker', async () => {
  const counts = await runWordCount(['to be or not to be', 'to sleep']);
  assert.deepEqual([counts.get('to'), counts.get('be'), counts.get('sleep')], [3, 2, 1]);
});

test('the ledger books every order once, over several runs', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'ledger-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const orders = ['ann,1000', 'bob,500', 'ann,-300', 'bob,-900', 'nonsense', 'ann,50'];
  const first = await runLedger(directory, orders.slice(0, 3));
  assert.deepEqual(
    [...first.delivered],
    [['bank.booked/0/0-2', ['ann,1000,1000', 'bob,500,500', 'ann,-300,700']]],
  );
  const second = await runLedger(directory, orders);
  assert.deepEqual([...second.delivered], [['bank.booked/0/3-3', ['ann,50,750']]]);
  assert.equal(second.deadLetters, 1);
  const third = await runLedger(directory, orders);
  assert.equal(third.delivered.size, 0);
});
