import type { CompiledCatalog } from '../../../processors/rating/compiled-catalog.ts';
import { TopologyBuilder } from '../../engine/index.ts';
import type { Topology } from '../../engine/index.ts';
import { TOPICS } from '../topics.ts';
import { AggregateProcessor } from './aggregate-processor.ts';
import { createCutStore, CutStore } from './cut-store.ts';
import { createGroupStore, StoreLineGroups } from './store-line-groups.ts';

/** Rated usage and run commands in, billing lines and runs out; state: the groups of the run in the making. */
export function aggregateTopology(catalog: CompiledCatalog): Topology {
  return new TopologyBuilder('aggregate')
    .source('rated', TOPICS.rated)
    .source('commands', TOPICS.billingCommands)
    .store('groups', createGroupStore)
    .store('cuts', createCutStore)
    .processor('aggregate', {
      inputs: ['rated', 'commands'],
      stores: ['groups', 'cuts'],
      outputs: ['lines', 'runs'],
      create: (context) =>
        new AggregateProcessor({
          context,
          catalog,
          groups: new StoreLineGroups(context.store<ReturnType<typeof createGroupStore>>('groups')),
          cuts: new CutStore(context.store<ReturnType<typeof createCutStore>>('cuts')),
        }),
    })
    .sink('lines', TOPICS.billingLines)
    .sink('runs', TOPICS.billingRuns)
    .build();
}
