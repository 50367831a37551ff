/**
 * A site on the memory transport: the gateway and the workers of `tally run`, without its process. `work` starts them with the
 * catalog it is given, lets them do what there is to do, and stops them; so each call is a restart.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { BillingRuns } from '../../../deploy/embedded/billing-runs.ts';
import { buildPath, MEDIATION_FOLDER } from '../../../processors/intake/folder-path.ts';
import type { FileSource } from '../../../processors/intake/folder-path.ts';
import { MemoryTransport, SourceWorker, StreamWorker, systemClock } from '../../../streams/engine/index.ts';
import type { SinkWorker, Topology } from '../../../streams/engine/index.ts';
import { createContentStore, createFileStore } from '../../../streams/gateway/file-registry.ts';
import { IntakeGateway } from '../../../streams/gateway/intake-gateway.ts';
import { aggregateTopology } from '../../../streams/workers/aggregate/aggregate-topology.ts';
import { mediateTopology } from '../../../streams/workers/mediate/mediate-topology.ts';
import { rateTopology } from '../../../streams/workers/rate/rate-topology.ts';
import { createTopics } from '../../../streams/workers/topics.ts';
import type { TopicName } from '../../../streams/workers/topics.ts';
import type { Northwind } from './northwind.ts';

const CLIENT = 'northwind';

interface Worker {
  runOnce(): Promise<boolean>;
  stop(): Promise<void>;
}

export class Site {
  readonly transport = new MemoryTransport({ clock: systemClock });
  /** Holds the intake folders and the snapshots; removed by `close`. */
  readonly directory = mkdtempSync(join(tmpdir(), 'tally-chapter-'));

  static async create(partitions = 1): Promise<Site> {
    const site = new Site();
    await createTopics(site.transport, partitions);
    return site;
  }

  /** Puts a file where a carrier would. @returns its path */
  deliver(source: FileSource, name: string, content: string): string {
    const path = join(this.directory, buildPath({ client: CLIENT, ...source, folder: 'input', name }));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  /** Starts the workers, lets them work until nothing moves any more, stops them. */
  async work(northwind: Northwind, sinks: readonly SinkWorker[] = []): Promise<void> {
    const workers = this.workers(northwind);
    while (await this.step(workers)) await nextTurn();
    for (const worker of workers) await worker.stop();
    for (const sink of sinks) await sink.drain();
  }

  /** Orders a billing run of what is rated; `work` makes its lines. @returns its id */
  async bill(): Promise<string> {
    const runs = new BillingRuns(this.transport, systemClock);
    const id = await runs.order();
    await runs.close();
    return id;
  }

  /** All messages of a topic, over its partitions. */
  messages(topic: TopicName): Buffer[] {
    const partitions = Array.from({ length: this.transport.partitions(topic) }, (_, number) => number);
    return partitions.flatMap((partition) =>
      this.transport.messages(topic, partition).map(({ value }) => value),
    );
  }

  async close(): Promise<void> {
    await this.transport.close();
    rmSync(this.directory, { recursive: true });
  }

  private async step(workers: readonly Worker[]): Promise<boolean> {
    let isBusy = false;
    for (const worker of workers) isBusy = (await worker.runOnce()) || isBusy;
    return isBusy;
  }

  private workers(northwind: Northwind): Worker[] {
    const { catalog, compiled, catalogVersion, directory } = northwind;
    const stateDirectory = join(this.directory, 'snapshots');
    const common = { transport: this.transport, clock: systemClock, instance: 'chapter', stateDirectory };
    const gateway = new IntakeGateway({ root: join(this.directory, CLIENT, MEDIATION_FOLDER), catalog });
    const stream = (topology: Topology): StreamWorker =>
      new StreamWorker({ ...common, topology, commit: { maxBytes: 1 << 20 } });
    const { windowDays } = catalog.duplicates;
    return [
      new SourceWorker({
        ...common,
        name: 'gateway',
        stores: [createFileStore, createContentStore],
        next: (context) => gateway.next(context),
      }),
      stream(mediateTopology({ catalog, compiled, catalogVersion, directory })),
      stream(rateTopology({ catalog: compiled, catalogVersion, directory, windowDays })),
      stream(aggregateTopology(compiled)),
    ];
  }
}
