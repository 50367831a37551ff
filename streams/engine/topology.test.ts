import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { TopologyError } from './errors.ts';
import type { BatchProcessor } from './processor.ts';
import { ProgressStore } from './progress-store.ts';
import { countingTopology } from './testing/counting-topology.ts';
import { TopologyBuilder } from './topology.ts';
import { partitionsOfSources } from './topology-partitions.ts';

const golden = (name: string): string =>
  readFileSync(new URL(`testing/golden/${name}`, import.meta.url), 'utf8');
const idle = (): BatchProcessor => ({ process: () => undefined });

test('a topology describes itself as the golden files say', () => {
  assert.equal(countingTopology().describe(), golden('count.txt'));
  assert.equal(countingTopology().mermaid(), golden('count.mermaid'));
});

test('building names every fault at once', () => {
  const builder = new TopologyBuilder('a b')
    .source('s', 't')
    .source('s', 't')
    .source('unread', 'u')
    .store('n', () => new ProgressStore('n'))
    .store('unused', () => new ProgressStore('unused'))
    .store('$own', () => new ProgressStore('$own'))
    .processor('p', {
      inputs: ['s', 'nobody'],
      stores: ['n', 'none'],
      outputs: ['x', 'y', 'z'],
      create: idle,
    })
    .processor('q', { inputs: [], stores: ['n'], outputs: ['x'], create: idle })
    .sink('x', 'same')
    .sink('y', 'same')
    .sink('w', 'other');
  assert.throws(
    () => builder.build(),
    (error: unknown) => {
      assert.ok(error instanceof TopologyError);
      const faults = error.message.slice(error.message.indexOf('a b: ') + 5).split('; ');
      assert.deepEqual(faults, [
        "app \"a b\" must consist of letters, digits, '.', '_' and '-'",
        'source "s" is there more than once',
        'topic of a source "t" is there more than once',
        'output "x" is there more than once',
        'topic of a sink "same" is there more than once',
        'processor "p" names the unknown source "nobody"',
        'processor "q" has no input',
        'source "unread" is read by no processor',
        'processor "p" names the unknown store "none"',
        'use of store "n" is there more than once',
        'store "unused" is used by no processor',
        'store "$own" is used by no processor',
        'store "$own" begins with the engine\'s own sign',
        'output "z" has no sink',
        'sink of unknown output "w"',
      ]);
      return true;
    },
  );
});

test('a topology without a source is refused', () => {
  assert.throws(() => new TopologyBuilder('empty').build(), /there is no source/);
});

test('emitting to an unknown output does not compile', () => {
  new TopologyBuilder('types').source('s', 't').processor('p', {
    inputs: ['s'],
    outputs: ['known'],
    create: (context) => ({
      process() {
        // @ts-expect-error -- "unknown" is not among the outputs
        context.emit('unknown', { key: null, value: Buffer.alloc(0) });
      },
    }),
  });
});

test('inputs with differing numbers of partitions are refused', () => {
  const topology = new TopologyBuilder('co')
    .source('a', 'ta')
    .source('b', 'tb')
    .processor('p', { inputs: ['a', 'b'], outputs: [], create: idle })
    .build();
  const transport = (b: number): { partitions: (topic: string) => number } => ({
    partitions: (topic) => (topic === 'ta' ? 4 : b),
  });
  assert.equal(partitionsOfSources(topology, transport(4)), 4);
  assert.throws(() => partitionsOfSources(topology, transport(3)), /ta has 4, tb has 3/);
});
