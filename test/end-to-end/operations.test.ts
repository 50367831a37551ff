import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { billCommand } from '../../deploy/cli/bill-command.ts';
import { runCommand } from '../../deploy/cli/run-command.ts';
import { statusCommand } from '../../deploy/cli/status-command.ts';
import { validateCommand } from '../../deploy/cli/validate-command.ts';
import { withWarehouse } from '../../deploy/cli/warehouse-access.ts';
import { loadConfiguration } from '../../deploy/embedded/configuration.ts';
import { call, CATALOG_FOLDER, framed, newSite, rows } from './testing/site.ts';
import type { Site } from './testing/site.ts';
import { startSimulator, startTally, tally, until } from './testing/tally.ts';

function siteFor(t: TestContext, root?: string): Site {
  const site = newSite(root);
  t.after(() => site.remove());
  return site;
}

const runArguments = (site: Site, ...more: readonly string[]): string[] => [
  'run',
  '--quiet',
  '--catalog',
  CATALOG_FOLDER,
  '--home',
  site.home,
  '--data',
  site.data,
  ...more,
];

const calls = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => call(`${prefix}-${index}`));

async function ratedRecords(url: string): Promise<number> {
  const [row] = await rows<{ n: number }>(url, 'SELECT toUInt32(count()) AS n FROM rated').catch(() => []);
  return row?.n ?? 0;
}

/** Process id of the ClickHouse of a site. */
function clickHouseOf({ data }: Site): number {
  const { stdout } = spawnSync('pgrep', ['-f', `clickhouse-launcher.*${data}`], { encoding: 'utf8' });
  const child = Number(stdout.trim().split('\n')[0]);
  assert.ok(child > 0, 'the child is found');
  return child;
}

/** Rated records of a stopped service. */
async function ratedIn({ data }: Site): Promise<number> {
  return withWarehouse({ data }, ratedRecords);
}

test('a broken catalog names all its faults with file, line and path, and nothing is made', async (t) => {
  const site = siteFor(t);
  const catalog = join(site.root, 'catalog');
  mkdirSync(catalog);
  const text = readFileSync(join(CATALOG_FOLDER, 'catalog.yaml'), 'utf8');
  writeFileSync(
    join(catalog, 'catalog.yaml'),
    text
      .replace('timeZone: UTC, currency: EUR', 'timeZone: Moon, currency: EUR')
      .replace('mapping: json,', 'mapping: jsn,'),
  );
  const { code, err, out } = await tally(
    'run',
    '--catalog',
    catalog,
    '--home',
    site.home,
    '--data',
    site.data,
  );
  assert.equal(code, 1);
  assert.equal(out, '');
  assert.match(err, /catalog\.yaml:2:\d+ error: client\.timeZone: /);
  assert.match(err, /catalog\.yaml:\d+:\d+ error: streams\[3\]\.mapping: .*jsn/);
  assert.match(err, /nothing was started/);
  assert.ok(!existsSync(site.home) && !existsSync(site.data));
});

test('a catalog folder that is not there is told by name', () => {
  assert.throws(
    () => loadConfiguration('/nowhere/at/all'),
    /\/nowhere\/at\/all: error: there is no such folder/,
  );
});

test('tally validate tells a good catalog as JSON', async () => {
  const { out } = await tally('validate', '--catalog', CATALOG_FOLDER, '--json');
  const summary = JSON.parse(out) as Record<string, unknown>;
  assert.deepEqual([summary['ok'], summary['subscriptions'], summary['balanceGroups']], [true, 4, 3]);
});

test('every command explains itself, and an unknown option is refused with the help', async () => {
  const commands = [runCommand(), statusCommand(), billCommand(), validateCommand()];
  for (const command of commands) {
    const help = command.helpInformation();
    assert.match(help, new RegExp(`^Usage: ${command.name()} \\[options\\]`));
    for (const { long, description } of command.options) {
      assert.ok(help.includes(long!));
      assert.ok(description.length > 10, `${long} of ${command.name()} says what it does`);
    }
  }
  const unknown = await tally('run', '--catalog', 'x', '--home', 'y', '--colour', 'red');
  assert.equal(unknown.code, 1);
  assert.match(unknown.err, /unknown option '--colour'/);
  assert.match(unknown.err, /Usage: tally run /);
});

test('a home or data folder that cannot be made is told with the reason and what to do', async (t) => {
  const site = siteFor(t);
  const file = join(site.root, 'file');
  writeFileSync(file, '');
  await assert.rejects(
    site.open({ home: join(file, 'home') }),
    /The home folder .* cannot be used: .* a part of its path is a file.*--home/,
  );
  await assert.rejects(
    site.open({ dataDirectory: join(file, 'data') }),
    /The data folder .* cannot be used: .*--data/,
  );
});

test('a ClickHouse that does not answer is told by its address', async (t) => {
  const site = siteFor(t);
  for (const url of ['http://127.0.0.1:1', 'http://no.such.host.invalid:8123', 'not a url']) {
    await assert.rejects(site.open({ clickhouseUrl: url }), (error: Error) => {
      assert.ok(error.message.startsWith(`ClickHouse at ${url} does not answer`), error.message);
      return true;
    });
  }
});

test('a data folder belongs to one service; a second one is refused by name and leaves the first alone', async (t) => {
  const site = siteFor(t);
  const first = startTally(...runArguments(site));
  t.after(() => first.child.kill('SIGKILL'));
  const { pid, operations } = await first.ready;
  const second = await tally(...runArguments(site));
  assert.equal(second.code, 1);
  assert.match(second.err, new RegExp(`LOG_LOCKED.*process ${pid} works on this directory`));

  const other = siteFor(t);
  const port = new URL(operations).port;
  const taken = await tally(...runArguments(other, '--http-port', port));
  assert.equal(taken.code, 1);
  assert.match(taken.err, new RegExp(`Port ${port} is taken by another program`));

  assert.equal((await fetch(`${operations}/health`)).status, 200);
  first.child.kill('SIGTERM');
  assert.equal((await first.ended).code, 0);
  await assert.rejects(site.open({ partitions: 7 }), /made with 4 partitions, 7 were asked for/);
});

test('SIGTERM ends it within seconds with code 0, and the next start goes on', async (t) => {
  const site = siteFor(t);
  site.put('FRAMED', '1', framed(calls('a', 50)));
  for (let file = 100; file < 180; file++)
    site.put('OPEN', `${file}`, `${calls(`b${file}`, 300).join('\n')}\n`);
  const running = startTally(...runArguments(site, '--records-per-second', '400'));
  await running.ready;
  await until('the first file', () => existsSync(join(site.folder('FRAMED', 'processed'), '1')));
  running.child.kill('SIGTERM');
  const stuck = setTimeout(() => running.child.kill('SIGKILL'), 20_000);
  assert.equal((await running.ended).code, 0);
  clearTimeout(stuck);
  assert.ok(existsSync(join(site.folder('OPEN', 'input'), '179')), 'it was stopped half-way');
  const finished = await tally(...runArguments(site, '--until-done'));
  assert.deepEqual([finished.code, finished.err], [0, '']);
  assert.equal(await ratedIn(site), 24_050);
});

test('Ctrl-C, which goes to the whole process group, ends it in good order', async (t) => {
  const site = siteFor(t);
  site.put('OPEN', '1', `${call('c')}\n`);
  const running = startTally(...runArguments(site));
  await running.ready;
  await until('the file', () => existsSync(join(site.folder('OPEN', 'processed'), '1')));
  const { stdout } = spawnSync('ps', ['-o', 'pgid=', '-p', String(clickHouseOf(site))], { encoding: 'utf8' });
  assert.notEqual(Number(stdout), running.child.pid, 'ClickHouse would be killed before the last insert');
  process.kill(-running.child.pid!, 'SIGINT');
  const { code, err } = await running.ended;
  assert.deepEqual([code, err], [0, '']);
});

test('when its ClickHouse is killed it says so and ends; a restart goes on', async (t) => {
  const site = siteFor(t);
  site.put('OPEN', '1', `${call('before')}\n`);
  const running = startTally(...runArguments(site));
  const { clickhouse } = await running.ready;
  await until('the first record', async () => (await ratedRecords(clickhouse)) === 1);
  const child = clickHouseOf(site);
  site.put('OPEN', '2', `${call('while')}\n`);
  process.kill(child, 'SIGKILL');
  const { code, err } = await running.ended;
  assert.equal(code, 1);
  assert.match(err, /The embedded ClickHouse ended by itself/);
  site.put('OPEN', '3', `${call('after')}\n`);
  const finished = await tally(...runArguments(site, '--until-done'));
  assert.deepEqual([finished.code, finished.err], [0, '']);
  assert.equal(await ratedIn(site), 3);
});

test('lines wait while billing is down and are delivered once when it is back', async (t) => {
  const site = siteFor(t);
  // A port that nobody listens on now and the simulator takes later.
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  site.put('OPEN', '1', `${calls('x', 5).join('\n')}\n${call('y', 60, '+441000000003')}\n`);
  const running = startTally(...runArguments(site, '--billing', `http://127.0.0.1:${port}`));
  t.after(() => running.child.kill('SIGKILL'));
  const { operations } = await running.ready;
  await until('the rating', async () => {
    const status = (await (await fetch(`${operations}/status`)).json()) as { hasUnbilledUsage: boolean };
    return status.hasUnbilledUsage;
  });
  const orders = await Promise.all([1, 2].map(() => tally('bill', '--data', site.data)));
  assert.deepEqual(orders.map(({ out }) => out).sort(), ['R000001\n', 'R000002\n']);
  await until('a failing delivery', async () => (await fetch(`${operations}/health`)).status === 503);
  const waiting = JSON.parse((await tally('status', '--data', site.data, '--json')).out) as {
    lines: { status: string; lines: number }[];
  };
  assert.deepEqual(
    waiting.lines.map(({ status, lines }) => [status, lines]),
    [['PENDING', 2]],
  );

  const simulator = await startSimulator(join(site.root, 'journal'), '--port', String(port));
  t.after(() => simulator.stop());
  await until('the lines', async () => (await simulator.accepted()).length === 2);
  await until('health', async () => (await fetch(`${operations}/health`)).status === 200);
  await until('the answers in ClickHouse', async () => {
    const { lag } = (await (await fetch(`${operations}/status`)).json()) as { lag: { messages: number }[] };
    return lag.every(({ messages }) => messages === 0);
  });
  const metrics = await (await fetch(`${operations}/metrics`)).text();
  assert.match(metrics, /^tally_records_rated_total 6$/m);
  assert.match(metrics, /^tally_delivery_failures_total [1-9]/m);
  running.child.kill('SIGTERM');
  assert.equal((await running.ended).code, 0);
  const done = await tally('status', '--data', site.data);
  assert.match(done.out, /Lines +2 complete of /);
  assert.equal((await simulator.accepted()).length, 2);
});

test('the operations API answers this machine only and knows its paths', async (t) => {
  const site = siteFor(t);
  const running = startTally(...runArguments(site));
  t.after(() => running.child.kill('SIGKILL'));
  const { operations } = await running.ready;
  assert.equal((await fetch(`${operations}/ready`)).status, 200);
  assert.equal((await fetch(`${operations}/elsewhere`)).status, 404);
  assert.equal((await fetch(`${operations}/health`, { headers: { origin: 'http://a.page' } })).status, 403);
  running.child.kill('SIGTERM');
  await running.ended;
  const order = await tally('bill', '--data', site.data);
  assert.equal(order.code, 1);
  assert.match(order.err, /No service works on .*tally run/);
  await assert.rejects(
    withWarehouse({ data: join(site.root, 'empty') }, ratedRecords),
    /There is no ClickHouse data in .*empty/,
  );
});

test('what cannot be taken in is told at the end, and that is no success', async (t) => {
  const site = siteFor(t);
  site.put('OPEN', '1', `${call('z')}\n`);
  symlinkSync('/etc/hostname', join(site.folder('OPEN', 'input'), 'a-link'));
  const { code, err } = await tally(...runArguments(site, '--until-done'));
  assert.equal(code, 1);
  assert.match(err, /not taken in: .*a-link: it is a link/);
  assert.equal(await ratedIn(site), 1);
});

test('a full disk is told plainly, and when there is room again nothing is lost', async (t) => {
  const mount = mkdtempSync(join(tmpdir(), 'tally-full-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', mount], { encoding: 'utf8' });
  if (mounted.status !== 0) {
    rmSync(mount, { recursive: true });
    t.skip(`SKIPPED, no small disk can be mounted here: ${mounted.stderr}`);
    return;
  }
  t.after(() => {
    spawnSync('umount', ['-l', mount]);
    rmSync(mount, { recursive: true, force: true });
  });
  const site = siteFor(t);
  const data = join(mount, 'data');
  const small: Site = { ...site, data };
  // ClickHouse has a disk of its own here: the log must say what is wrong, not the child.
  const server = startTally(
    'run',
    '--quiet',
    '--catalog',
    CATALOG_FOLDER,
    '--home',
    join(site.root, 'other'),
    '--data',
    site.data,
  );
  t.after(() => server.child.kill('SIGKILL'));
  const { clickhouse } = await server.ready;
  writeFileSync(join(mount, 'ballast'), Buffer.alloc(61 << 20));
  for (let file = 0; file < 4; file++)
    site.put('OPEN', `${file}`, `${calls(`full-${file}`, 8000).join('\n')}\n`);
  const args = runArguments(small, '--until-done', '--clickhouse', clickhouse);
  const full = await tally(...args);
  assert.equal(full.code, 1);
  assert.match(full.err, /^\[DISK_FULL\] the disk is full: .*Make room and start again; nothing is lost\.$/m);
  rmSync(join(mount, 'ballast'));
  const finished = await tally(...args);
  assert.deepEqual([finished.code, finished.err], [0, '']);
  assert.equal(await ratedRecords(clickhouse), 32_000);
  const [raw] = await rows<{ n: number; records: number }>(
    clickhouse,
    'SELECT toUInt32(count()) AS n, toUInt32(uniqExact(file_id, record_number)) AS records FROM raw',
  );
  assert.deepEqual(raw, { n: 32_000, records: 32_000 });
});
