import type { BatchProcessor, ProcessorContext } from './processor.ts';
import type { StateStore } from './state-store.ts';

export interface SourceNode {
  readonly name: string;
  readonly topic: string;
}

export interface StoreNode {
  readonly name: string;
  /** Makes the empty store of one task. */
  readonly create: (partition: number) => StateStore;
}

export interface ProcessorNode {
  readonly name: string;
  /** Names of sources. */
  readonly inputs: readonly string[];
  /** Names of stores; a store belongs to exactly one processor. */
  readonly stores: readonly string[];
  readonly outputs: readonly string[];
  readonly create: (context: ProcessorContext<string>) => BatchProcessor;
}

export interface SinkNode {
  /** Name of a processor's output. */
  readonly output: string;
  readonly topic: string;
}

export interface TopologyParts {
  readonly app: string;
  readonly sources: readonly SourceNode[];
  readonly stores: readonly StoreNode[];
  readonly processors: readonly ProcessorNode[];
  readonly sinks: readonly SinkNode[];
}
