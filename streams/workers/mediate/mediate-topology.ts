import type { ServiceDirectory } from '../../../processors/guiding/service-directory.ts';
import type { CompiledCatalog } from '../../../processors/rating/compiled-catalog.ts';
import type { Catalog } from '../../../schemas/catalog/catalog.ts';
import { TopologyBuilder } from '../../engine/index.ts';
import type { Topology } from '../../engine/index.ts';
import { TOPICS } from '../topics.ts';
import { newWorkCounters } from '../work-counters.ts';
import type { WorkCounters } from '../work-counters.ts';
import { MediateProcessor } from './mediate-processor.ts';
import { createHeldStore, createProgressStore, ProgressStores } from './progress-stores.ts';
import { compileStreams } from './stream-table.ts';

export interface MediateOptions {
  readonly catalog: Catalog;
  readonly compiled: CompiledCatalog;
  readonly catalogVersion: string;
  readonly directory: ServiceDirectory;
  readonly counters?: WorkCounters;
}

/** Raw batches in, containers out, each to the partition of its balance group. */
export function mediateTopology(options: MediateOptions): Topology {
  const { catalog, compiled, catalogVersion, directory, counters = newWorkCounters() } = options;
  return new TopologyBuilder('mediate')
    .source('raw', TOPICS.raw)
    .store('files', createProgressStore)
    .store('held', createHeldStore)
    .processor('mediate', {
      inputs: ['raw'],
      stores: ['files', 'held'],
      outputs: ['mediated', 'suspended', 'errors', 'ledger'],
      create: (context) =>
        new MediateProcessor({
          context,
          streams: compileStreams(catalog),
          catalog: compiled,
          catalogVersion,
          directory,
          counters,
          progress: new ProgressStores(
            context.store<ReturnType<typeof createProgressStore>>('files'),
            context.store<ReturnType<typeof createHeldStore>>('held'),
          ),
        }),
    })
    .sink('mediated', TOPICS.mediated)
    .sink('suspended', TOPICS.suspended)
    .sink('errors', TOPICS.errors)
    .sink('ledger', TOPICS.ledger)
    .build();
}
