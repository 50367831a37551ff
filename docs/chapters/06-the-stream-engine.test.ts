/**
 * Chapter 6: The stream engine without telecom
 *
 * streams/engine knows nothing of usage, files or money. Here it counts words. The point is not the counting but the killing: a process
 * that counts is killed in the middle of its work, with SIGKILL, and the one that follows it counts every word once.
 *
 * The transport is the embedded one: one write-ahead log in a folder, no broker. Nothing below would change on another transport.
 * streams/engine/examples/word-count.ts is the same topology as a small program.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  EmbeddedTransport,
  StreamWorker,
  systemClock,
  TopologyTestDriver,
} from '../../streams/engine/index.ts';
import type { ProgressStore } from '../../streams/engine/index.ts';
import { wordCount } from '../../streams/engine/examples/word-count.ts';

const directory = mkdtempSync(join(tmpdir(), 'tally-chapter-'));
after(() => rmSync(directory, { recursive: true }));

test('a topology is wiring: sources, stores, processors, sinks', () => {
  const printed = wordCount.describe();
  for (const part of ['text.lines', 'counts', 'count-words', 'text.counts'])
    assert.match(printed, new RegExp(part));
});

test('a driver runs it without transport, and its stores are open to see', () => {
  const driver = new TopologyTestDriver(wordCount);
  driver.pipe('text.lines', { value: Buffer.from('to be or not to be') });
  const counts = driver.store<ProgressStore>('counts');
  assert.equal(counts.get('to'), 2);
  assert.equal(driver.read('text.counts').length, 1, 'one message in, one message out');
});

/** Lines that the program in support/counting-process.ts sends before it counts; each holds the word "tick" once. */
const LINES = 2000;

/** Starts the counting program, kills it once it has reported `atLeast` counted lines. @returns lines reported before it died */
async function countAndDie(atLeast: number): Promise<number> {
  const script = fileURLToPath(new URL('support/counting-process.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, directory, String(LINES)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let reported = 0;
  for await (const chunk of child.stdout) {
    reported = Number(String(chunk).trim().split('\n').at(-1));
    if (reported >= atLeast) child.kill('SIGKILL');
  }
  await exited;
  return reported;
}

test('a worker that is killed leaves whole transactions behind, and the next one goes on', async () => {
  const reported = await countAndDie(LINES / 4);
  assert.ok(reported >= LINES / 4 && reported < LINES, `killed after ${reported} lines`);

  // The next process opens the log, takes the lock of the dead one over, rebuilds its state, and reads on from its committed offset.
  const transport = new EmbeddedTransport({ directory: join(directory, 'log'), clock: systemClock });
  const worker = new StreamWorker({
    topology: wordCount,
    transport,
    clock: systemClock,
    instance: 'after the kill',
    stateDirectory: join(directory, 'state'),
    commit: { maxBytes: 1 << 20 },
  });
  await worker.runOnce();
  const left = worker.metrics().messages;
  while (await worker.runOnce());
  const counts = worker.tasks.stores(0)!.store<ProgressStore>('counts');

  assert.ok(left < LINES, 'what was committed is not counted again');
  assert.equal(counts.get('tick'), LINES, 'every line once: none lost, none twice');
  // Outputs and state are made visible by the same transaction, so they agree as well: one output for each line.
  assert.equal(transport.endOffset({ topic: 'text.counts', partition: 0 }), LINES);

  await worker.stop();
  await transport.close();
});
