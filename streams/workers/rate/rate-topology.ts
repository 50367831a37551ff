import type { ServiceDirectory } from '../../../processors/guiding/service-directory.ts';
import type { CompiledCatalog } from '../../../processors/rating/compiled-catalog.ts';
import { Rater } from '../../../processors/rating/rater.ts';
import { FingerprintWindow, TopologyBuilder } from '../../engine/index.ts';
import type { StructStore, Topology } from '../../engine/index.ts';
import { TOPICS } from '../topics.ts';
import { newWorkCounters } from '../work-counters.ts';
import type { WorkCounters } from '../work-counters.ts';
import { RateProcessor } from './rate-processor.ts';
import { createBalanceStore, StoreBalances } from './store-balances.ts';

export interface RateOptions {
  readonly catalog: CompiledCatalog;
  readonly catalogVersion: string;
  readonly directory: ServiceDirectory;
  /** Duplicate window in days. */
  readonly windowDays: number;
  readonly counters?: WorkCounters;
}

function groupNames(directory: ServiceDirectory): string[] {
  return Array.from({ length: directory.groups }, (_, group) => directory.groupId(group));
}

/** Mediated usage in, rated usage out; state: balances and the records seen. */
export function rateTopology(options: RateOptions): Topology {
  const { catalog, catalogVersion, directory, windowDays, counters = newWorkCounters() } = options;
  const names = {
    groups: groupNames(directory),
    resources: catalog.resources.map(({ id, kind }) => `${kind}:${id.text}`),
  };
  return new TopologyBuilder('rate')
    .source('mediated', TOPICS.mediated)
    .store('balances', createBalanceStore)
    .store('seen', () => new FingerprintWindow({ name: 'seen' }))
    .processor('rate', {
      inputs: ['mediated'],
      stores: ['balances', 'seen'],
      outputs: ['rated', 'suspended', 'errors', 'ledger'],
      create: (context) =>
        new RateProcessor({
          context,
          rater: new Rater(catalog, directory),
          catalog,
          directory,
          balances: new StoreBalances(context.store<StructStore<{ value: 'integer' }>>('balances'), names),
          seen: context.store<FingerprintWindow>('seen'),
          windowDays,
          catalogVersion,
          counters,
        }),
    })
    .sink('rated', TOPICS.rated)
    .sink('suspended', TOPICS.suspended)
    .sink('errors', TOPICS.errors)
    .sink('ledger', TOPICS.ledger)
    .build();
}
