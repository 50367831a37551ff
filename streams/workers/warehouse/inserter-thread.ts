import { parentPort, workerData } from 'node:worker_threads';
import type { PostedAnswer, PostedDelivery } from './threaded-inserter.ts';
import { createWarehouseClient } from './warehouse-client.ts';
import { WarehouseInserter } from './warehouse-inserter.ts';

/** The other end of ThreadedInserter: one client and one encoder for all deliveries. */
const { url } = workerData as { url: string };
const inserter = new WarehouseInserter(createWarehouseClient(url));

function answer(value: PostedAnswer): void {
  parentPort?.postMessage(value);
}

async function deliver({ number, delivery, values, messages }: PostedDelivery): Promise<void> {
  const { topic, partition } = delivery;
  await inserter.deliver({
    ...delivery,
    messages: messages.map(({ offset, timestamp, start, end }) => ({
      ...{
        topic,
        partition,
        offset,
        timestamp,
        key: null,
        chain: null,
        value: Buffer.from(values, start, end - start),
      },
    })),
  });
  answer({ number, failure: null });
}

parentPort?.on('message', (posted: PostedDelivery) => {
  deliver(posted).catch((error: unknown) => {
    answer({ number: posted.number, failure: error instanceof Error ? error.message : String(error) });
  });
});
