import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { manualClock } from '../../../streams/engine/clock.ts';
import type { AcceptedLine } from './api.ts';
import { startBillingSimulator } from './billing-simulator.ts';
import type { BillingSimulator, SimulatorOptions, SimulatorSummary } from './billing-simulator.ts';
import { parseFault } from './fault-plan.ts';
import { createKnownAccounts, idBucket } from './known-accounts.ts';

let folder: string;
let journals = 0;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tally-billing-'));
});
after(() => rm(folder, { recursive: true, force: true }));

type Json = Record<string, unknown>;
const NOBODY = { accounts: 0, planInstances: 0 };

async function withSimulator(
  options: Partial<SimulatorOptions>,
  body: (url: string, simulator: BillingSimulator) => Promise<void>,
): Promise<void> {
  const simulator = await startBillingSimulator({
    port: 0,
    journal: join(folder, `book-${++journals}.jsonl`),
    credentials: { clientNo: '7', authKey: 'key' },
    unknown: NOBODY,
    faults: [],
    clock: manualClock(Date.UTC(2026, 10, 1, 12)),
    ...options,
  });
  try {
    await body(`http://127.0.0.1:${simulator.port}`, simulator);
  } finally {
    await simulator.close();
  }
}

async function post(url: string, body: unknown): Promise<Json> {
  const response = await fetch(url, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return (await response.json()) as Json;
}

const line = (change: Json = {}): Json => ({
  client_acct_id: 'NW-A000001',
  client_plan_instance_id: 'NW-S0000001',
  usage_type_code: 'VOICE',
  usage_units: '120.5',
  amt: '1.25',
  usage_date: '2026-10-31 10:00:00',
  client_record_id: 'R1P0L1',
  ...change,
});
const call = (recs: unknown, change: Json = {}): Json => ({
  rest_call: 'bulk_record_usage_m',
  output_format: 'json',
  client_no: 7,
  auth_key: 'key',
  usage_recs: recs,
  ...change,
});
const history = (change: Json): Json => ({ ...call(undefined), rest_call: 'get_usage_history_m', ...change });
const summary = async (url: string) => (await (await fetch(`${url}/summary`)).json()) as SimulatorSummary;

async function accepted(url: string): Promise<AcceptedLine[]> {
  const text = await (await fetch(`${url}/accepted`)).text();
  return text
    .split('\n')
    .filter(Boolean)
    .map((row) => JSON.parse(row) as AcceptedLine);
}

const codeOfOnlyLine = (answer: Json) => (answer['error_records'] as Json[])[0]?.['record_error_code'] ?? 0;

test('should accept a good line, number it and keep its decimals as text', async () => {
  await withSimulator({}, async (url) => {
    const answer = await post(
      url,
      call([line({ usage_units: 1.5, amt: '1.20', qualifier_1: '2026-10-01' })]),
    );
    assert.deepEqual(answer, { error_code: 0, error_msg: 'OK', error_records: [] });
    const [only] = await accepted(url);
    assert.equal(only?.usage_rec_no, 1);
    assert.equal(only.amt, '1.20');
    assert.equal(only.usage_units, '1.5');
    assert.deepEqual(only.qualifiers, ['2026-10-01', null, null, null]);
  });
});

test('should refuse a call whose envelope is wrong, with the code of the fault', async () => {
  const cases: [Json | string, number][] = [
    ['{', 1016],
    ['[]', 1016],
    [call([line()], { auth_key: undefined }), 1010],
    [call([line()], { client_no: '' }), 1010],
    [call([line()], { rest_call: undefined }), 1010],
    [call([line()], { auth_key: 'other' }), 1004],
    [call([line()], { client_no: 8 }), 1004],
    [call([line()], { output_format: 'xml' }), 1016],
    [call([line()], { rest_call: 'create_order_m' }), 1016],
    [call(undefined), 1010],
    [call([]), 1010],
    [call(['x']), 1016],
    [call(Array.from({ length: 1001 }, () => line())), 1016],
    [call([line()], { client_receipt_id: 'not-alphanumeric' }), 1012],
    [call([line()], { client_receipt_id: 'x'.repeat(51) }), 1012],
  ];
  await withSimulator({}, async (url) => {
    for (const [body, code] of cases)
      assert.equal((await post(url, body))['error_code'], code, JSON.stringify(body).slice(0, 99));
    assert.equal((await summary(url)).lines, 0);
  });
});

test('should refuse a faulty line with the code of its fault and take the others', async () => {
  const cases: [Json, number][] = [
    [{ client_acct_id: undefined, client_plan_instance_id: undefined }, 1010],
    [{ usage_units: undefined }, 1010],
    [{ usage_type_code: undefined }, 1010],
    [{ usage_units: 'many' }, 1016],
    [{ usage_units: '-1' }, 1016],
    [{ amt: '1.005' }, 1016],
    [{ amt: true }, 1016],
    [{ rate: '0.123456' }, 1016],
    [{ usage_date: '31/10/2026' }, 1024],
    [{ usage_date: '2026-02-30' }, 1024],
    [{ usage_date: '2026-10-01 24:00:00' }, 1024],
    [{ client_acct_id: undefined }, 0],
    [{ client_acct_id: undefined, client_plan_instance_id: undefined, acct_no: 12 }, 0],
    [{ usage_type_code: undefined, usage_type: 4 }, 0],
    [{ amt: '-3.10' }, 0],
    [{ usage_date: '2028-02-29' }, 0],
  ];
  await withSimulator({}, async (url) => {
    for (const [change, code] of cases) {
      const answer = await post(url, call([line(change), line({ client_record_id: 'good' })]));
      assert.equal(answer['error_code'], 0);
      assert.equal(codeOfOnlyLine(answer), code, JSON.stringify(change));
    }
    const refused = cases.filter(([, code]) => code !== 0).length;
    assert.equal((await summary(url)).lines, cases.length * 2 - refused);
  });
});

test('should date a line without usage_date to the midnight of the day', async () => {
  await withSimulator({}, async (url) => {
    await post(url, call([line({ usage_date: undefined })]));
    assert.equal((await accepted(url))[0]?.usage_date, '2026-11-01 00:00:00');
  });
});

test('should fail the whole call when a faulty line has no client_record_id to be listed by', async () => {
  await withSimulator({}, async (url) => {
    const answer = await post(url, call([line(), line({ client_record_id: undefined, amt: 'x' })]));
    assert.equal(answer['error_code'], 1016);
    assert.equal((await summary(url)).lines, 0);
  });
});

test('should not know a fixed share of accounts and plan instances, the same in every run', async () => {
  const ids = Array.from({ length: 20_000 }, (_unused, i) => `NW-${i}`);
  const known = createKnownAccounts({ accounts: 150, planInstances: 50 });
  const lacking = ids.filter((id) => !known.hasAccount(id));
  const share = lacking.length / ids.length;
  assert.ok(share > 0.01 && share < 0.02, String(share));
  const plans = ids.filter((id) => !known.hasPlanInstance(id)).length / ids.length;
  assert.ok(plans > 0.003 && plans < 0.007, String(plans));
  assert.equal(idBucket('account/NW-A000001'), 9087);
  const missing = ids.find((id) => !known.hasAccount(id))!;
  const noPlan = ids.find((id) => !known.hasPlanInstance(id))!;
  await withSimulator({ unknown: { accounts: 150, planInstances: 50 } }, async (url) => {
    const answer = await post(
      url,
      call([
        line({ client_acct_id: missing, client_record_id: 'a' }),
        line({ client_plan_instance_id: noPlan, client_record_id: 'b' }),
      ]),
    );
    const records = answer['error_records'] as Json[];
    assert.deepEqual(
      records.map((record) => [record['out_client_record_id'], record['record_error_code']]),
      [
        ['a', 1009],
        ['b', 14047],
      ],
    );
    assert.deepEqual((await summary(url)).refusedLines, { 1009: 1, 14047: 1 });
    assert.equal((await post(url, history({ client_acct_id: missing })))['error_code'], 1009);
  });
});

test('should charge a line that is sent twice twice, and show it', async () => {
  await withSimulator({}, async (url) => {
    await post(url, call([line()], { client_receipt_id: 'one' }));
    await post(url, call([line()], { client_receipt_id: 'two' }));
    const { lines, amount, repeatedLines, repeatedAmount } = await summary(url);
    assert.deepEqual(
      { lines, amount, repeatedLines, repeatedAmount },
      {
        lines: 2,
        amount: '2.50',
        repeatedLines: 1,
        repeatedAmount: '1.25',
      },
    );
  });
});

test('should take a receipt id once, and leave it free when the call as a whole failed', async () => {
  await withSimulator({ faults: [parseFault('error:2')] }, async (url) => {
    const codes: unknown[] = [];
    for (const receipt of ['a', 'b', 'b', 'a', 'a']) {
      codes.push((await post(url, call([line()], { client_receipt_id: receipt })))['error_code']);
    }
    assert.deepEqual(codes, [0, 1001, 0, 1001, 1012]);
  });
});

test('should do the work and lose the answer when told to, so that only a read-back tells', async () => {
  await withSimulator({ faults: [parseFault('lost:1')] }, async (url) => {
    await assert.rejects(post(url, call([line()], { client_receipt_id: 'gone' })));
    const answer = await post(url, history({ client_receipt_id: 'gone' }));
    const records = answer['usage_history_records'] as Json[];
    assert.deepEqual(
      records.map((record) => record['client_record_id']),
      ['R1P0L1'],
    );
    assert.equal((await summary(url)).lostAnswers, 1);
  });
});

test('should answer with HTTP 503 or late when told to', async () => {
  await withSimulator({ faults: [parseFault('unavailable:2'), parseFault('slow:1:5')] }, async (url) => {
    const statuses: number[] = [];
    for (let i = 0; i < 2; i++) {
      const response = await fetch(url, { method: 'POST', body: JSON.stringify(call([line()])) });
      await response.arrayBuffer();
      statuses.push(response.status);
    }
    assert.deepEqual(statuses, [200, 503]);
  });
  for (const text of ['', 'error', 'error:0', 'slow:3', 'lost:1:5', 'other:1'])
    assert.throws(() => parseFault(text), RangeError);
});

test('should read back by account, plan instance, record id, type and days', async () => {
  await withSimulator({}, async (url) => {
    await post(
      url,
      call([
        line({ client_record_id: 'a', usage_date: '2026-10-01' }),
        line({ client_record_id: 'b', usage_type_code: 'SMS' }),
        line({ client_record_id: 'c', client_acct_id: 'other', client_plan_instance_id: 'elsewhere' }),
      ]),
    );
    const found = async (filter: Json) => {
      const answer = await post(url, history(filter));
      const records = (answer['usage_history_records'] ?? []) as Json[];
      return records.map((record) => record['client_record_id']).join('') || answer['error_code'];
    };
    assert.equal(await found({ client_acct_id: 'NW-A000001' }), 'ab');
    assert.equal(await found({ client_plan_instance_id: 'elsewhere' }), 'c');
    assert.equal(await found({ client_record_ids: ['a', 'c', 'z'] }), 'ac');
    assert.equal(await found({ client_acct_id: 'NW-A000001', usage_type_code: 'SMS' }), 'b');
    assert.equal(await found({ client_acct_id: 'NW-A000001', date_range_end: '2026-10-05' }), 'a');
    assert.equal(await found({ client_acct_id: 'NW-A000001', date_range_start: '2026-10-05' }), 'b');
    assert.equal(await found({ client_acct_id: 'nobody' }), 1002);
    assert.equal(await found({ usage_type_code: 'SMS' }), 1010);
  });
});

test('should say that it is alive and what it serves', async () => {
  await withSimulator({}, async (url) => {
    assert.deepEqual(await (await fetch(`${url}/health`)).json(), { status: 'ok' });
    assert.equal((await fetch(`${url}/elsewhere`)).status, 404);
  });
});

interface Running {
  url: string;
  child: ChildProcess;
}

async function spawnServer(journal: string): Promise<Running> {
  const script = fileURLToPath(new URL('./server.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, '--journal', journal], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [first] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const ready = JSON.parse(first) as { ready: boolean; port: number };
  return { child, url: `http://127.0.0.1:${ready.port}` };
}

test('should keep every accepted line when its process is killed, and go on numbering', async () => {
  const journal = join(folder, 'killed.jsonl');
  const asked = (n: number) =>
    call([line({ client_record_id: `L${n}`, client_acct_id: 'acct-1', client_plan_instance_id: 'plan-1' })], {
      client_no: '5025550',
      auth_key: 'demo-auth-key',
      client_receipt_id: `C${n}`,
    });
  let acknowledged = 0;
  for (let round = 0; round < 2; round++) {
    const { url, child } = await spawnServer(journal);
    const before = acknowledged;
    const calls = Array.from({ length: 20 }, (_unused, i) => post(url, asked(round * 100 + i)));
    await calls[10];
    child.kill('SIGKILL');
    const answers = await Promise.allSettled(calls);
    acknowledged = before + answers.filter((answer) => answer.status === 'fulfilled').length;
    assert.ok(answers[10]?.status === 'fulfilled' && answers[10].value['error_code'] === 0);
    await once(child, 'exit');
  }
  const { url, child } = await spawnServer(journal);
  const kept = await accepted(url);
  assert.ok(kept.length >= acknowledged, `${kept.length} kept, ${acknowledged} acknowledged`);
  assert.deepEqual(
    kept.map((row) => row.usage_rec_no),
    kept.map((_row, i) => i + 1),
  );
  assert.equal((await post(url, asked(10)))['error_code'], 1012);
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number];
  assert.equal(code, 0);
});
