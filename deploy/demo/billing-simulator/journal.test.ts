import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { AcceptedLine } from './api.ts';
import { JournalDamagedError, openJournal } from './journal.ts';

let folder: string;
let files = 0;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tally-journal-'));
});
after(() => rm(folder, { recursive: true, force: true }));

const nextFile = () => join(folder, 'deep', `journal-${++files}.jsonl`);
const line = (number: number): AcceptedLine => ({
  usage_rec_no: number,
  client_record_id: `L${number}`,
  client_receipt_id: 'R1',
  client_acct_id: 'A',
  client_plan_instance_id: null,
  usage_type_code: 'VOICE',
  usage_units: '1',
  usage_date: '2026-10-01 00:00:00',
  amt: '0.10',
  rate: null,
  comments: 'Łódź',
  qualifiers: [null, null, null, null],
});

async function filled(path: string): Promise<void> {
  const { journal } = await openJournal(path);
  await Promise.all([1, 2, 3].map((n) => journal.append({ receipt: `R${n}`, lines: [line(n)] })));
  await journal.close();
}

test('should return what was appended, in the order of the calls', async () => {
  const path = nextFile();
  await filled(path);
  const { journal, entries } = await openJournal(path);
  await journal.close();
  assert.deepEqual(
    entries.map((entry) => entry.receipt),
    ['R1', 'R2', 'R3'],
  );
  assert.deepEqual(entries[2]?.lines, [line(3)]);
});

test('should drop a last line that a crash cut short, at whatever byte, and go on from there', async () => {
  const path = nextFile();
  await filled(path);
  const whole = await readFile(path);
  const lastLine = whole.lastIndexOf(0x0a, whole.length - 2) + 1;
  for (let length = lastLine; length < whole.length; length += 7) {
    await writeFile(path, whole.subarray(0, length));
    const first = await openJournal(path);
    assert.equal(first.entries.length, 2, `cut at ${length}`);
    await first.journal.append({ receipt: 'R9', lines: [] });
    await first.journal.close();
    const second = await openJournal(path);
    await second.journal.close();
    assert.deepEqual(
      second.entries.map((entry) => entry.receipt),
      ['R1', 'R2', 'R9'],
    );
  }
});

test('should begin anew when even the first line was cut short', async () => {
  const path = nextFile();
  await filled(path);
  await writeFile(path, (await readFile(path)).subarray(0, 20));
  const { journal, entries } = await openJournal(path);
  await journal.close();
  assert.deepEqual(entries, []);
});

test('should refuse a journal that is damaged before its end, or is another kind of file', async () => {
  const path = nextFile();
  await filled(path);
  const bytes = await readFile(path);
  bytes[bytes.indexOf('"R1"')] = 0x58;
  await writeFile(path, bytes);
  await assert.rejects(openJournal(path), JournalDamagedError);
  await writeFile(path, 'some text\nand more\n');
  await assert.rejects(openJournal(path), JournalDamagedError);
});
