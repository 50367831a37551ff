/**
 * Counts words, on the memory transport. Run: `npx tsx streams/engine/examples/word-count.ts`
 *
 * One topology, one store, one output; the worker is stopped and started in the middle and goes on where it was.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MemoryTransport, ProgressStore, StreamWorker, TopologyBuilder, systemClock } from '../index.ts';
import type { Topology } from '../index.ts';

export const wordCount: Topology = new TopologyBuilder('word-count')
  .source('lines', 'text.lines')
  .store('counts', () => new ProgressStore('counts'))
  .processor('count-words', {
    inputs: ['lines'],
    stores: ['counts'],
    outputs: ['changes'],
    create: (context) => {
      const counts = context.store<ProgressStore>('counts');
      return {
        process({ value }) {
          const changed = new Map<string, number>();
          for (const word of value
            .toString()
            .toLowerCase()
            .match(/\p{L}+/gu) ?? []) {
            const count = (counts.get(word) ?? 0) + 1;
            counts.set(word, count);
            changed.set(word, count);
          }
          // One message for the whole line: a message is a batch of records.
          context.emit('changes', { key: null, value: Buffer.from(JSON.stringify([...changed])) });
        },
      };
    },
  })
  .sink('changes', 'text.counts')
  .build();

/** @returns the count of each word after all lines. */
export async function runWordCount(lines: readonly string[]): Promise<Map<string, number>> {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'word-count-'));
  const transport = new MemoryTransport();
  await transport.createTopic('text.lines', 1);
  await transport.createTopic('text.counts', 1);
  try {
    for (const line of lines) {
      transport.send('text.lines', [{ value: Buffer.from(line) }]);
      const worker = new StreamWorker({
        topology: wordCount,
        transport,
        clock: systemClock,
        instance: 'example',
        stateDirectory,
        commit: { maxBytes: 1 << 20 },
      });
      while (await worker.runOnce());
      await worker.stop();
    }
  } finally {
    rmSync(stateDirectory, { recursive: true });
  }
  const changes = transport
    .messages('text.counts')
    .flatMap(({ value }) => JSON.parse(value.toString()) as [string, number][]);
  return new Map(changes);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const counts = await runWordCount(['to be or not to be', 'that is the question', 'to sleep, to dream']);
  process.stdout.write(
    `${wordCount.describe()}\n${[...counts].map(([word, count]) => `${word} ${count}`).join('\n')}\n`,
  );
}
