/** Sends lines to the word count and counts them in small transactions, reporting after each; chapter 6 kills it. Arguments: folder, lines. */
import { join } from 'node:path';
import { EmbeddedTransport, StreamWorker, systemClock } from '../../../streams/engine/index.ts';
import { wordCount } from '../../../streams/engine/examples/word-count.ts';

const [directory = '', lines = '0'] = process.argv.slice(2);
const transport = new EmbeddedTransport({ directory: join(directory, 'log'), clock: systemClock });
await transport.createTopic('text.lines', 1);
await transport.createTopic('text.counts', 1);

const sender = await transport.join({ group: 'sender', topics: [], instance: 'chapter' });
const outputs = Array.from({ length: Number(lines) }, (_, number) => ({
  ...{ topic: 'text.lines', partition: 0, key: null, chain: null },
  value: Buffer.from(`tick ${'abcdefghij'[number % 10]!}`),
}));
await sender.commit({ outputs, offsets: [] });

const worker = new StreamWorker({
  topology: wordCount,
  transport,
  clock: systemClock,
  instance: 'chapter',
  stateDirectory: join(directory, 'state'),
  // Some ten lines a transaction.
  commit: { maxBytes: 64 },
});
while (worker.metrics().messages < Number(lines) / 2 && (await worker.runOnce())) {
  process.stdout.write(`${worker.metrics().messages}\n`);
  // Lets the output go, so that the kill may find it at work; the second half of the lines is left for the successor in any case.
  await new Promise((resolve) => setTimeout(resolve, 2));
}
setInterval(() => undefined, 60_000);
