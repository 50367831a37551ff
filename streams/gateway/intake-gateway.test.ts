import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import test from 'node:test';
import type { TestContext } from 'node:test';
import { TransportFailedError } from '../engine/index.ts';
import { GatewaySite, settle } from './testing/gateway-site.ts';

async function site(t: TestContext): Promise<GatewaySite> {
  const made = await GatewaySite.create();
  t.after(() => made.remove());
  return made;
}

const lines = (name: string, count: number): string =>
  Array.from({ length: count }, (_, index) => `${name},${index}\n`).join('');
const inputKey = (recordType: string, name: string): string =>
  `mediation/switch/VOICE/${recordType}/input/${name}`;

test('a file is published whole, archived, and its steps are told', async (t) => {
  const made = await site(t);
  const content = lines('a', 2500);
  made.put('OPEN', 'a.csv', content);
  const gateway = await made.drain();
  assert.deepEqual(made.steps(), ['a.csv ACCEPTED', 'a.csv COMPLETED']);
  assert.deepEqual([...made.contents()], [[inputKey('OPEN', 'a.csv'), content]]);
  assert.deepEqual(made.names('OPEN', 'processed'), ['a.csv']);
  assert.equal(readFileSync(made.path('OPEN', 'processed', 'a.csv'), 'utf8'), content);
  assert.deepEqual(made.names('OPEN', 'input').concat(made.names('OPEN', 'processing')), []);
  assert.deepEqual(gateway.metrics, { files: 1, refused: 0, bytes: content.length, lines: 2500 });
});

test('files are taken in the order of their names over all folders, hidden and unfinished ones not at all', async (t) => {
  const made = await site(t);
  made.put('OPEN', '2.csv', 'b\n');
  made.put('TRAILED', '1.csv', 'a\n');
  made.put('FIXED', '3.csv', 'c\n');
  for (const name of ['.hidden', 'x.tmp', 'x.part']) made.put('OPEN', name, 'd\n');
  mkdirSync(made.path('OPEN', 'input', 'folder'));
  await made.drain();
  const accepted = made.events.map((event) => event.type === 'file-accepted' && event.file);
  assert.deepEqual(accepted, ['1.csv', '2.csv', '3.csv']);
  assert.deepEqual(made.names('OPEN', 'input'), ['.hidden', 'folder', 'x.part', 'x.tmp']);
});

test('a file that comes while others are taken in finds its place', async (t) => {
  const made = await site(t);
  made.put('OPEN', '1.csv', 'a\n');
  made.put('OPEN', '3.csv', 'c\n');
  const { worker, gateway } = made.start();
  while (made.names('OPEN', 'processed').length < 1) await worker.runOnce();
  made.put('OPEN', '4.csv', 'd\n');
  await settle(worker, gateway);
  assert.deepEqual(made.names('OPEN', 'processed'), ['1.csv', '3.csv', '4.csv']);
});

test('a refused file lies in error/ with its reason and what to do beside it', async (t) => {
  const made = await site(t);
  made.put('FRAMED', 'bad.csv', 'no header\n');
  made.put('UNKNOWN', 'lost.csv', 'x\n');
  await made.drain();
  assert.deepEqual(made.steps().sort(), [
    'bad.csv REJECTED FILE_HEADER_MISSING',
    'lost.csv REJECTED NO_STREAM',
  ]);
  assert.deepEqual(made.names('FRAMED', 'error'), ['bad.csv', 'bad.csv.reason.json']);
  const reason = JSON.parse(
    readFileSync(made.path('FRAMED', 'error', 'bad.csv.reason.json'), 'utf8'),
  ) as Record<string, string>;
  assert.equal(reason['file'], 'bad.csv');
  assert.equal(reason['code'], 'FILE_HEADER_MISSING');
  assert.match(reason['whatToDo']!, /first line/);
  assert.equal(made.contents().size, 0);
});

test('the same bytes again are a duplicate, under the same name and under another', async (t) => {
  const made = await site(t);
  made.put('OPEN', 'a.csv', 'a\n');
  await made.drain();
  made.put('OPEN', 'a.csv', 'a\n');
  made.put('OPEN', 'b.csv', 'a\n');
  await made.drain();
  assert.deepEqual(
    made
      .steps()
      .filter((step) => step.includes('DUPLICATE'))
      .sort(),
    ['a.csv DUPLICATE FILE_DUPLICATE', 'b.csv DUPLICATE FILE_DUPLICATE'],
  );
  assert.equal(made.contents().size, 1);
  assert.deepEqual(made.names('OPEN', 'processed'), ['a.csv']);
});

test('another content under a taken name is its own file and keeps both', async (t) => {
  const made = await site(t);
  made.put('OPEN', 'a.csv', 'first\n');
  await made.drain();
  made.put('OPEN', 'a.csv', 'second\n');
  await made.drain();
  const [first, second] = made.names('OPEN', 'processed');
  assert.equal(first, 'a.csv');
  assert.match(second!, /^a\.csv~[0-9a-f]{8}$/);
  assert.equal(readFileSync(made.path('OPEN', 'processed', second!), 'utf8'), 'second\n');
});

test('names of the greatest length are archived and refused like others', async (t) => {
  const made = await site(t);
  const name = 'n'.repeat(255);
  for (const content of ['first\n', 'second\n']) {
    made.put('OPEN', name, content);
    await made.drain();
  }
  made.put('FRAMED', name, 'bad\n');
  const gateway = await made.drain();
  assert.deepEqual(gateway.blocked, []);
  assert.equal(made.names('OPEN', 'processed').length, 2);
  assert.equal(made.names('FRAMED', 'error').filter((one) => one.endsWith('.reason.json')).length, 1);
});

for (const fault of ['abort', 'lost-before', 'lost-after'] as const) {
  test(`a commit that ends in ${fault} at any step publishes nothing twice and loses nothing`, async (t) => {
    let isReached = true;
    for (let nth = 1; isReached; nth++) {
      const made = await site(t);
      // Four transactions of slices: the limit of one is 4 MiB.
      const content = lines('x'.repeat(2000), 6000);
      made.put('OPEN', '1.csv', content);
      made.put('FRAMED', '2.csv', 'bad\n');
      made.put('OPEN', '3.csv', 'last\n');
      // Another file of that name is archived already.
      made.put('OPEN', '1.csv', 'an older file', 'processed');
      const { worker, gateway } = made.start();
      // Joining and the first snapshot need no commit; faults count from here.
      made.transport.failCommit(nth, fault);
      const before = made.transport.commits;
      try {
        await settle(worker, gateway);
      } catch (error) {
        assert.ok(error instanceof TransportFailedError, String(error));
        await made.drain();
      }
      isReached = made.transport.commits - before >= nth;
      assert.deepEqual(made.steps().sort(), [
        '1.csv ACCEPTED',
        '1.csv COMPLETED',
        '2.csv REJECTED FILE_HEADER_MISSING',
        '3.csv ACCEPTED',
        '3.csv COMPLETED',
      ]);
      assert.deepEqual(
        made.contents(),
        new Map([
          [inputKey('OPEN', '1.csv'), content],
          [inputKey('OPEN', '3.csv'), 'last\n'],
        ]),
      );
      assert.equal(made.names('OPEN', 'processed').length, 3);
      assert.deepEqual(made.names('OPEN', 'processing'), []);
      assert.deepEqual(made.names('FRAMED', 'error'), ['2.csv', '2.csv.reason.json']);
      made.remove();
      assert.ok(nth < 20);
    }
  });
}

test('a file that was taken away half-way goes on where it was when it is put back', async (t) => {
  const made = await site(t);
  const content = lines('y'.repeat(2000), 6000);
  made.put('OPEN', 'a.csv', content);
  const { worker } = made.start();
  for (let round = 0; round < 2; round++) await worker.runOnce();
  rmSync(made.path('OPEN', 'processing', 'a.csv'));
  await made.drain();
  made.put('OPEN', 'a.csv', content);
  await made.drain();
  assert.equal(made.contents().get(inputKey('OPEN', 'a.csv')), content);
  assert.deepEqual(made.steps(), ['a.csv ACCEPTED', 'a.csv COMPLETED']);
});

test('what is no ordinary file is told once, left where it is, and holds nobody up', async (t) => {
  const made = await site(t);
  made.put('OPEN', 'z.csv', 'z\n');
  symlinkSync('/etc/hostname', made.path('OPEN', 'input', 'a-link'));
  symlinkSync('nowhere', made.path('OPEN', 'input', 'dangling'));
  const { worker, gateway } = made.start();
  for (let round = 0; round < 20; round++) {
    await worker.runOnce();
    made.clock.advance(1000);
  }
  const blocked = made.events.filter(({ type }) => type === 'file-blocked');
  assert.deepEqual(
    blocked.map(({ file }) => file),
    [made.path('OPEN', 'input', 'a-link'), made.path('OPEN', 'input', 'dangling')],
  );
  assert.deepEqual(
    gateway.blocked.map(({ reason }) => reason),
    Array(2).fill('it is a link, a pipe or a device; put the file itself there'),
  );
  assert.deepEqual(made.names('OPEN', 'processed'), ['z.csv']);
  rmSync(made.path('OPEN', 'input', 'dangling'));
  rmSync(made.path('OPEN', 'input', 'a-link'));
  made.clock.advance(120_000);
  await worker.runOnce();
  assert.deepEqual(gateway.blocked, []);
});

test('a file whose name is still in processing waits for that one', async (t) => {
  const made = await site(t);
  mkdirSync(made.path('OPEN', 'processing', 'a.csv'), { recursive: true });
  made.put('OPEN', 'a.csv', 'a\n');
  const { worker, gateway } = made.start();
  await settle(worker, gateway);
  assert.match(gateway.blocked[0]!.reason, /same name is still in processing/);
  rmSync(made.path('OPEN', 'processing', 'a.csv'), { recursive: true });
  made.clock.advance(60_000);
  await settle(worker, gateway);
  assert.deepEqual(gateway.blocked, []);
  assert.deepEqual(made.names('OPEN', 'processed'), ['a.csv']);
});

test('an unreadable folder or file is told, and the others are taken in', async (t) => {
  if (process.getuid?.() !== 0) {
    t.skip('needs root, to become somebody who may not read');
    return;
  }
  const made = await site(t);
  made.put('OPEN', 'a.csv', 'a\n');
  made.put('TRAILED', 'b.csv', 'b\n');
  const nobody = 65_534;
  for (const entry of ['', ...readdirSync(made.root, { recursive: true, encoding: 'utf8' })])
    chownSync(`${made.root}/${entry}`, nobody, nobody);
  chmodSync(made.path('TRAILED', 'input'), 0o000);
  chmodSync(made.path('OPEN', 'input', 'a.csv'), 0o000);
  made.put('FIXED', 'c.csv', 'c\n');
  for (const folder of ['', 'input']) chownSync(made.path('FIXED', folder), nobody, nobody);
  process.seteuid!(nobody);
  let blocked;
  try {
    blocked = (await made.drain()).blocked;
  } finally {
    process.seteuid!(0);
  }
  assert.deepEqual(blocked.map(({ file }) => file).sort(), [
    made.path('OPEN', 'processing', 'a.csv'),
    made.path('TRAILED', 'input'),
  ]);
  for (const { reason } of blocked) assert.match(reason, /permission denied/);
  assert.deepEqual(made.names('FIXED', 'processed'), ['c.csv']);
});

test('nothing is taken while the workers have enough to do', async (t) => {
  const made = await site(t);
  made.put('OPEN', 'a.csv', 'a\n');
  const load = { isHigh: true };
  const { worker } = made.start({ isCongested: () => load.isHigh });
  assert.equal(await worker.runOnce(), false);
  assert.ok(existsSync(made.path('OPEN', 'input', 'a.csv')));
  load.isHigh = false;
  assert.equal(await worker.runOnce(), true);
  assert.ok(!existsSync(made.path('OPEN', 'input', 'a.csv')));
});
