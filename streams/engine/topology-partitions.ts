import { TopologyError } from './errors.ts';
import type { Topology } from './topology.ts';
import type { Transport } from './transport.ts';

/** The one number of partitions of all sources. @throws TopologyError when they differ: records that belong together would meet in different tasks. */
export function partitionsOfSources(topology: Topology, transport: Pick<Transport, 'partitions'>): number {
  const counts = topology.sources.map((source) => ({
    topic: source.topic,
    partitions: transport.partitions(source.topic),
  }));
  const first = counts[0]!.partitions;
  if (counts.every(({ partitions }) => partitions === first)) return first;
  const list = counts.map(({ topic, partitions }) => `${topic} has ${partitions}`).join(', ');
  throw new TopologyError(
    'PARTITIONS_DIFFER',
    `the inputs of ${topology.app} must have the same number of partitions: ${list}`,
  );
}
