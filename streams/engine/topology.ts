import { TopologyError } from './errors.ts';
import type { BatchProcessor, ProcessorContext } from './processor.ts';
import type { StateStore } from './state-store.ts';
import type { ProcessorNode, SinkNode, SourceNode, StoreNode, TopologyParts } from './topology-parts.ts';
import { describeTopology, mermaidTopology } from './topology-description.ts';
import { topologyFaults } from './topology-faults.ts';

/** A checked wiring. All sources must have the same number of partitions; one task serves one partition number of all of them. */
export interface Topology extends TopologyParts {
  /** For people and golden files. */
  describe(): string;
  /** The same as a Mermaid flow chart. */
  mermaid(): string;
}

export interface ProcessorOptions<Output extends string> {
  readonly inputs: readonly string[];
  readonly stores?: readonly string[];
  readonly outputs: readonly Output[];
  readonly create: (context: ProcessorContext<NoInfer<Output>>) => BatchProcessor;
}

/** Collects the wiring in any order; `build` checks it and names all faults at once. */
export class TopologyBuilder {
  readonly #app: string;
  readonly #sources: SourceNode[] = [];
  readonly #stores: StoreNode[] = [];
  readonly #processors: ProcessorNode[] = [];
  readonly #sinks: SinkNode[] = [];

  /** @param app names the consumer group, the changelog and the dead letters; it must never change. */
  constructor(app: string) {
    this.#app = app;
  }

  source(name: string, topic: string): this {
    this.#sources.push({ name, topic });
    return this;
  }

  store(name: string, create: (partition: number) => StateStore): this {
    this.#stores.push({ name, create });
    return this;
  }

  processor<const Output extends string>(name: string, options: ProcessorOptions<Output>): this {
    const { inputs, stores = [], outputs, create } = options;
    this.#processors.push({
      name,
      inputs: [...inputs],
      stores: [...stores],
      outputs: [...outputs],
      create,
    });
    return this;
  }

  sink(output: string, topic: string): this {
    this.#sinks.push({ output, topic });
    return this;
  }

  /** @throws TopologyError naming every fault of the wiring. */
  build(): Topology {
    const parts: TopologyParts = {
      app: this.#app,
      sources: [...this.#sources],
      stores: [...this.#stores],
      processors: [...this.#processors],
      sinks: [...this.#sinks],
    };
    const faults = topologyFaults(parts);
    if (faults.length > 0) throw new TopologyError('TOPOLOGY_INVALID', `${this.#app}: ${faults.join('; ')}`);
    return { ...parts, describe: () => describeTopology(parts), mermaid: () => mermaidTopology(parts) };
  }
}
