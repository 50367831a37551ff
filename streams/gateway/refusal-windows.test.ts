import assert from 'node:assert/strict';
import test from 'node:test';
import type { TestContext } from 'node:test';
import { TransportFailedError } from '../engine/index.ts';
import { refuseFile } from './file-moves.ts';
import { GatewaySite, settle } from './testing/gateway-site.ts';

async function site(t: TestContext): Promise<GatewaySite> {
  const made = await GatewaySite.create();
  t.after(() => made.remove());
  return made;
}

/** A gateway that dies right after its next transaction, which the log has. */
async function killAfterNextCommit(made: GatewaySite): Promise<void> {
  const { worker, gateway } = made.start();
  made.transport.failCommit(1, 'lost-after');
  await assert.rejects(settle(worker, gateway), TransportFailedError);
}

test('a refusal that was published before a kill is carried out, not published again', async (t) => {
  const made = await site(t);
  made.put('FRAMED', 'bad.csv', 'no header\n');
  await killAfterNextCommit(made);
  assert.deepEqual(made.names('FRAMED', 'processing'), ['bad.csv']);
  await made.drain();
  assert.deepEqual(made.steps(), ['bad.csv REJECTED FILE_HEADER_MISSING']);
  assert.deepEqual(made.names('FRAMED', 'error'), ['bad.csv', 'bad.csv.reason.json']);
});

test('a file sent again whose refusal was published before a kill is told once, and again when it comes once more', async (t) => {
  const made = await site(t);
  made.put('OPEN', 'a.csv', 'a\n');
  await made.drain();
  made.put('OPEN', 'a.csv', 'a\n');
  await killAfterNextCommit(made);
  assert.deepEqual(made.names('OPEN', 'processing'), ['a.csv']);
  await made.drain();
  const once = ['a.csv ACCEPTED', 'a.csv COMPLETED', 'a.csv DUPLICATE FILE_DUPLICATE'];
  assert.deepEqual(made.steps(), once);
  assert.deepEqual(made.names('OPEN', 'error'), ['a.csv', 'a.csv.reason.json']);
  made.put('OPEN', 'a.csv', 'a\n');
  await made.drain();
  assert.deepEqual(made.steps(), [...once, 'a.csv DUPLICATE FILE_DUPLICATE']);
  assert.deepEqual(made.names('OPEN', 'processed'), ['a.csv']);
});

test('a refused file never lies in error/ without its reason: a kill before the move leaves it in processing/', async (t) => {
  const made = await site(t);
  made.put('OPEN', 'a.csv', 'a\n', 'error');
  const folder = { platform: 'switch', serviceType: 'VOICE', recordType: 'OPEN', path: made.path('OPEN') };
  const refusal = { fileId: 'ab'.repeat(16), code: 'FILE_EMPTY', reason: 'empty', whatToDo: 'send it again' };
  // The file itself cannot be moved because it is not there: everything before the move has happened.
  assert.throws(() => refuseFile({ folder, name: 'a.csv', stage: 'processing' }, refusal), /ENOENT/);
  assert.deepEqual(made.names('OPEN', 'error'), ['a.csv', 'a.csv~abababab.reason.json']);
});
