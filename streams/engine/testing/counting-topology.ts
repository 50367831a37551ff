import { PoisonMessageError } from '../errors.ts';
import { ProgressStore } from '../progress-store.ts';
import { TopologyBuilder } from '../topology.ts';
import type { Topology } from '../topology.ts';

/**
 * A small topology for tests of the engine. A message `k:target` counts key k and sends `k=count` to the target
 * partition; without a target it sends nothing. `poison` is a message that can never be processed, after it has
 * already written and sent something; `bug` is an error that nobody foresaw.
 */
export function countingTopology(app = 'count'): Topology {
  return new TopologyBuilder(app)
    .source('words', 'in')
    .store('counts', () => new ProgressStore('counts'))
    .processor('counter', {
      inputs: ['words'],
      stores: ['counts'],
      outputs: ['counted'],
      create: (context) => {
        const counts = context.store<ProgressStore>('counts');
        return {
          process(message) {
            const [key = '', target] = message.value.toString().split(':');
            const count = (counts.get(key) ?? 0) + 1;
            counts.set(key, count);
            if (target !== undefined) {
              const value = Buffer.from(`${key}=${count}`);
              context.emit('counted', { partition: Number(target), key: null, value });
            }
            if (key === 'poison') throw new PoisonMessageError('BAD', 'cannot be read');
            if (key === 'bug') throw new Error('a bug');
          },
        };
      },
    })
    .sink('counted', 'out')
    .build();
}
