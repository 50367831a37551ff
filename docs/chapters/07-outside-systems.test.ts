/**
 * Chapter 7: Exactly once to systems outside
 *
 * Inside, a transaction makes outputs, state and positions visible together. A billing system has no part in that transaction. Between "the
 * request was sent" and "the answer was noted" lies a moment in which a process can die, and then nobody inside knows whether the work was done.
 *
 * The engine's SinkWorker narrows the question down to one that the outside can answer. Before it delivers, it commits the borders of the delivery to
 * an intent log and waits until they are durable. After a crash or a lost answer it delivers the same range under the same id, marked as a
 * replay. What the outside makes of it is up to `deliver`:
 *
 * - ClickHouse takes the id as a deduplication token and drops a block that it has; what a replay leaves behind is counted
 *   (streams/workers/warehouse).
 * - A billing system of the kind that this product speaks to does not look for repeated lines: a line sent twice is charged twice. But it can be
 *   asked which lines it has. So a replay asks first and sends what is missing (streams/workers/billing-sync).
 *
 * Here is the second way with a billing system of a few lines.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { EmbeddedTransport, intentTopic, SinkWorker, systemClock } from '../../streams/engine/index.ts';
import type { Delivery, DeliveryOutput, Transport } from '../../streams/engine/index.ts';

const directory = mkdtempSync(join(tmpdir(), 'tally-chapter-'));
after(() => rmSync(directory, { recursive: true }));

const LINES = 'billing.lines';
const ANSWERS = 'billing.answers';

/** Charges whatever it is sent, as often as it is sent. The answer to its next call can be lost, or not come at all. */
class BillingSystem {
  readonly charged: string[] = [];
  questions = 0;
  nextAnswer: 'comes' | 'is lost' | 'never comes' = 'comes';

  async charge(line: string): Promise<void> {
    this.charged.push(line);
    const answer = this.nextAnswer;
    this.nextAnswer = 'comes';
    if (answer === 'is lost') throw new Error('connection reset');
    if (answer === 'never comes') await new Promise(() => undefined);
  }

  has(line: string): Promise<boolean> {
    this.questions += 1;
    return Promise.resolve(this.charged.includes(line));
  }
}

const billing = new BillingSystem();
const deliveries: string[] = [];

async function deliver({ id, messages, replay }: Delivery): Promise<DeliveryOutput[]> {
  deliveries.push(`${id}${replay ? ' again' : ''}`);
  const outputs: DeliveryOutput[] = [];
  for (const { value, partition } of messages) {
    const line = value.toString();
    // The question costs a call, so it is asked only when the work may have been done.
    if (!(replay && (await billing.has(line)))) await billing.charge(line);
    outputs.push({ topic: ANSWERS, partition, key: null, value: Buffer.from(`${line} accepted`) });
  }
  return outputs;
}

function openSink(transport: Transport): SinkWorker {
  return new SinkWorker({
    ...{ name: 'billing-sync', topics: [LINES], transport, clock: systemClock, instance: 'chapter', deliver },
    backOff: { initialMs: 1 },
  });
}

async function open(): Promise<EmbeddedTransport> {
  const transport = new EmbeddedTransport({ directory: join(directory, 'log'), clock: systemClock });
  for (const topic of [LINES, ANSWERS]) await transport.createTopic(topic, 1);
  return transport;
}

async function send(transport: Transport, lines: readonly string[]): Promise<void> {
  const member = await transport.join({ group: 'sender', topics: [], instance: 'chapter' });
  const outputs = lines.map((line) => ({
    ...{ topic: LINES, partition: 0, key: null, chain: null },
    value: Buffer.from(line),
  }));
  await member.commit({ outputs, offsets: [] });
  await member.close();
}

const answers = (transport: Transport): number => transport.endOffset({ topic: ANSWERS, partition: 0 });

test('a lost answer leads to a question, not to a second charge', async () => {
  const transport = await open();
  await send(transport, ['line 1', 'line 2']);
  billing.nextAnswer = 'is lost';

  const sink = openSink(transport);
  await sink.drain();
  await sink.stop();

  assert.deepEqual(deliveries, ['billing.lines/0/0-1', 'billing.lines/0/0-1 again'], 'same borders, same id');
  assert.deepEqual(billing.charged, ['line 1', 'line 2']);
  assert.equal(billing.questions, 2);
  assert.equal(answers(transport), 2);
  await transport.close();
});

test('a process that dies between call and answer leaves an intent, and its successor asks', async () => {
  const dying = await open();
  await send(dying, ['line 3']);
  // The process is gone while it waits for the answer: the worker is not stopped, its log is just left.
  billing.nextAnswer = 'never comes';
  const sink = openSink(dying);
  while (!billing.charged.includes('line 3')) {
    await sink.runOnce();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await dying.close();
  assert.ok(dying.endOffset({ topic: intentTopic('billing-sync', LINES), partition: 0 }) > 0);

  deliveries.length = 0;
  const transport = await open();
  const successor = openSink(transport);
  await successor.drain();
  await successor.stop();

  assert.deepEqual(deliveries, ['billing.lines/0/2-2 again'], 'it knows that it may have been delivered');
  assert.deepEqual(billing.charged, ['line 1', 'line 2', 'line 3']);
  assert.equal(answers(transport), 3, 'and the answer is noted once');
  await transport.close();
});
