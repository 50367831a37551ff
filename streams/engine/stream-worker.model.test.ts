import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { manualClock } from './clock.ts';
import { EngineError, MemberFencedError, TransportFailedError } from './errors.ts';
import type { ProgressStore } from './progress-store.ts';
import { StreamWorker } from './stream-worker.ts';
import { countingTopology } from './testing/counting-topology.ts';
import type { CommitFault } from './transport/memory-log.ts';
import { MemoryTransport } from './transport/memory-transport.ts';

/**
 * Generated interleavings of input, rounds, crashes, zombies, joining and leaving members, aborted and lost commits;
 * afterwards the outputs and the state must be those of a sequential reference.
 */
const partitions = 4;
const instances = ['a', 'b', 'c'] as const;
type Instance = (typeof instances)[number];

type Action =
  | { readonly do: 'send'; readonly partition: number; readonly value: string }
  | { readonly do: 'round' | 'zombie' | 'crash' | 'stop' | 'twin'; readonly who: Instance }
  | { readonly do: 'fault'; readonly at: number; readonly fault: CommitFault };

const who = fc.constantFrom(...instances);
const value = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(fc.constantFrom('x', 'y', 'z'), fc.integer({ min: 0, max: partitions - 1 }))
      .map(([key, to]) => `${key}:${to}`),
  },
  { weight: 1, arbitrary: fc.constantFrom('x', 'poison', 'poison:2') },
);
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      partition: fc.integer({ min: 0, max: partitions - 1 }),
      value,
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('round' as const), who }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('zombie' as const, 'crash' as const, 'stop' as const, 'twin' as const),
      who,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      at: fc.integer({ min: 1, max: 3 }),
      fault: fc.constantFrom<CommitFault>('abort', 'lost-before', 'lost-after'),
    }),
  },
);

class Simulation {
  readonly transport = new MemoryTransport({ clock: manualClock() });
  readonly #directory: string;
  readonly #workers = new Map<Instance, StreamWorker>();
  /** Members that were taken for dead but still run. */
  readonly #zombies: StreamWorker[] = [];
  readonly sent: string[][] = Array.from({ length: partitions }, () => []);

  constructor(directory: string) {
    this.#directory = directory;
  }

  async begin(): Promise<void> {
    await this.transport.createTopic('in', partitions);
    await this.transport.createTopic('out', partitions);
  }

  async act(step: Action): Promise<void> {
    if (step.do === 'send') {
      this.sent[step.partition]!.push(step.value);
      this.transport.send('in', [{ partition: step.partition, value: Buffer.from(step.value) }]);
    } else if (step.do === 'fault') this.transport.failCommit(step.at, step.fault);
    else if (step.do === 'round') await this.#round(step.who);
    else if (step.do === 'twin') await this.#twin(step.who);
    else if (step.do === 'stop') await this.#stop(step.who);
    else this.#leave(step.who, step.do === 'zombie');
    for (const zombie of this.#zombies)
      await assert.rejects(zombie.runOnce(), (error) => error instanceof EngineError);
  }

  /** One new member reads the rest. A placed fault may still strike. */
  async settle(): Promise<StreamWorker> {
    for (const instance of instances) {
      this.#workers.delete(instance);
      this.transport.expire('count', instance);
    }
    for (;;) {
      const result = await this.#round('a');
      if (result?.busy === false) return result.worker;
    }
  }

  async #round(instance: Instance): Promise<{ worker: StreamWorker; busy: boolean } | undefined> {
    let worker = this.#workers.get(instance);
    if (worker === undefined) {
      worker = new StreamWorker({
        topology: countingTopology(),
        transport: this.transport,
        clock: manualClock(),
        instance,
        // Each member has its own disk.
        stateDirectory: join(this.#directory, instance),
        commit: { maxBytes: 20 },
        snapshotEvery: 2000,
      });
      this.#workers.set(instance, worker);
    }
    try {
      return { worker, busy: await worker.runOnce() };
    } catch (error) {
      // A process ends at these; a lost answer leaves the outcome open.
      assert.ok(error instanceof TransportFailedError || error instanceof MemberFencedError, String(error));
      this.transport.expire('count', instance);
      this.#workers.delete(instance);
      return undefined;
    }
  }

  async #stop(instance: Instance): Promise<void> {
    await this.#workers.get(instance)?.stop();
    this.#workers.delete(instance);
  }

  /** The same instance is started again while the first one still runs. */
  async #twin(instance: Instance): Promise<void> {
    const first = this.#workers.get(instance);
    if (first === undefined) return;
    this.#workers.delete(instance);
    await this.#round(instance);
    if (first.metrics().tasks > 0) this.#zombies.push(first);
  }

  #leave(instance: Instance, goesOn: boolean): void {
    const worker = this.#workers.get(instance);
    if (worker === undefined) return;
    if (goesOn && worker.metrics().tasks > 0) this.#zombies.push(worker);
    this.transport.expire('count', instance);
    this.#workers.delete(instance);
  }
}

/** What one message after the other, without any fault, must give: counts per partition and outputs per source and target. */
function reference(sent: readonly string[][]): {
  counts: Map<string, number>[];
  outputs: Map<string, string[]>;
} {
  const outputs = new Map<string, string[]>();
  const counts = sent.map((values, partition) => {
    const count = new Map<string, number>();
    for (const value of values) {
      const [key = '', target] = value.split(':');
      if (key === 'poison') continue;
      count.set(key, (count.get(key) ?? 0) + 1);
      if (target === undefined) continue;
      const name = `${partition}>${target}`;
      outputs.set(name, [...(outputs.get(name) ?? []), `${key}=${count.get(key)!}`]);
    }
    return count;
  });
  return { counts, outputs };
}

function found(transport: MemoryTransport): Map<string, string[]> {
  const outputs = new Map<string, string[]>();
  for (let target = 0; target < partitions; target++) {
    for (const { value, chain } of transport.messages('out', target)) {
      const name = `${chain!.source.slice('count:in/'.length)}>${target}`;
      outputs.set(name, [...(outputs.get(name) ?? []), value.toString()]);
    }
  }
  return outputs;
}

/** Each source's messages in a target partition form one chain without a hole or a repetition. */
function checkChains(transport: MemoryTransport): void {
  for (let target = 0; target < partitions; target++) {
    const last = new Map<string, number>();
    for (const { chain } of transport.messages('out', target)) {
      assert.equal(chain!.previous, last.get(chain!.source) ?? -1);
      last.set(chain!.source, chain!.offset);
    }
  }
}

test('whatever crashes, outputs and state are those of a run without any fault', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 60 }), async (actions) => {
      const directory = mkdtempSync(join(tmpdir(), 'engine-model-'));
      try {
        const simulation = new Simulation(directory);
        await simulation.begin();
        for (const step of actions) await simulation.act(step);
        const worker = await simulation.settle();
        const expected = reference(simulation.sent);
        assert.deepEqual(found(simulation.transport), expected.outputs);
        checkChains(simulation.transport);
        const counts = simulation.sent.map(
          (_, partition) => new Map(worker.tasks.stores(partition)!.store<ProgressStore>('counts').entries()),
        );
        assert.deepEqual(counts, expected.counts);
        const letters = Array.from(
          { length: partitions },
          (_, partition) => simulation.transport.messages('count-dead-letters', partition).length,
        );
        assert.deepEqual(
          letters,
          simulation.sent.map((values) => values.filter((each) => each.startsWith('poison')).length),
        );
      } finally {
        rmSync(directory, { recursive: true });
      }
    }),
    { numRuns: 250 },
  );
});
