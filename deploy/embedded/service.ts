import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { ZoneOffsets } from '../../processors/calendar/zone-offsets.ts';
import { MEDIATION_FOLDER } from '../../processors/intake/folder-path.ts';
import { EmbeddedTransport, SourceWorker, StreamWorker, systemClock } from '../../streams/engine/index.ts';
import type {
  Clock,
  EngineEvent,
  SinkWorker,
  StructStore,
  Topology,
  Transport,
} from '../../streams/engine/index.ts';
import { createContentStore, createFileStore } from '../../streams/gateway/file-registry.ts';
import { createIntakeFolders } from '../../streams/gateway/intake-candidates.ts';
import { IntakeGateway } from '../../streams/gateway/intake-gateway.ts';
import type { GatewayEvent } from '../../streams/gateway/intake-gateway.ts';
import { aggregateTopology } from '../../streams/workers/aggregate/aggregate-topology.ts';
import { createBillingSync } from '../../streams/workers/billing-sync/billing-sync-worker.ts';
import type { BillingSync } from '../../streams/workers/billing-sync/billing-sync-worker.ts';
import { mediateTopology } from '../../streams/workers/mediate/mediate-topology.ts';
import { rateTopology } from '../../streams/workers/rate/rate-topology.ts';
import { createTopics, TOPICS } from '../../streams/workers/topics.ts';
import { ThreadedInserter } from '../../streams/workers/warehouse/threaded-inserter.ts';
import { createWarehouseWorker } from '../../streams/workers/warehouse/warehouse-worker.ts';
import { newWorkCounters } from '../../streams/workers/work-counters.ts';
import { BillingRuns } from './billing-runs.ts';
import type { Configuration } from './configuration.ts';
import { dataLayout } from './data-layout.ts';
import { existingPartitions, prepareFolders } from './prepare-site.ts';
import type { ServiceStatus } from './service-status.ts';
import { Lag } from './lag.ts';
import { openWarehouse } from './warehouse.ts';
import type { Warehouse } from './warehouse.ts';

/** Where billing lines go. */
export interface BillingTarget {
  readonly url: string;
  readonly clientNo: string;
  readonly authKey: string;
}

export interface ServiceOptions {
  readonly configuration: Configuration;
  /** Ingest folders are `<home>/<client>/mediation/…`. */
  readonly home: string;
  /** Log, state and ClickHouse data. */
  readonly dataDirectory: string;
  /** Lines wait in the log while there is none. */
  readonly billing: BillingTarget | null;
  /** A ClickHouse server to use instead of a child process. */
  readonly clickhouseUrl?: string;
  /** Partitions of every topic; fixed when the data folder is made. */
  readonly partitions?: number;
  /** Upper bound of records taken in per second. */
  readonly recordsPerSecond?: number;
  readonly clock?: Clock;
  readonly onEvent?: (event: EngineEvent | GatewayEvent) => void;
}

const DEFAULT_PARTITIONS = 4;
const COMMIT_BYTES = 8 << 20;
const BILLING_TIMEOUT_MS = 30_000;
const IDLE_MS = 5;
/** A billing system may be named later; until then its lines wait in the log. */
const READERS_TO_COME = [{ group: 'billing-sync', topics: [TOPICS.billingLines] }];
const TRUNCATE_EVERY_MS = 2_000;

interface Step {
  runOnce(): Promise<boolean>;
  stop(): Promise<void>;
}

function openLog(directory: string, { onEvent }: ServiceOptions, clock: Clock): EmbeddedTransport {
  return new EmbeddedTransport({ directory, clock, ...(onEvent === undefined ? {} : { onEvent }) });
}

/** The number is fixed when the data folder is made. @throws when another one is asked for later */
function partitionsFor(transport: Transport, wanted: number | undefined): number {
  const existing = existingPartitions(transport);
  if (existing === null) return wanted ?? DEFAULT_PARTITIONS;
  if (wanted === undefined || wanted === existing) return existing;
  throw new Error(
    `This data folder was made with ${existing} partitions, ${wanted} were asked for: leave --partitions out, or begin a new data folder.`,
  );
}

/**
 * The embedded profile: gateway, workers and ClickHouse of one site in one process. The workers know nothing of each other
 * but topics, so that the same ones run as processes of their own on Kafka.
 */
export class Service {
  readonly configuration: Configuration;
  readonly counters = newWorkCounters();
  readonly gateway: IntakeGateway;
  readonly warehouse: Warehouse;
  readonly billingSync: BillingSync | null;
  readonly warehouseWorker: SinkWorker;
  private readonly options: ServiceOptions;
  private readonly clock: Clock;
  private readonly transport: EmbeddedTransport;
  private readonly lag: Lag;
  private readonly runs: BillingRuns;
  private readonly aggregate: StreamWorker;
  private readonly source: SourceWorker;
  private readonly inserter: ThreadedInserter;
  private readonly steps: readonly Step[];
  private readonly streams: readonly StreamWorker[];
  private lastTruncation = 0;
  private throttleStart = 0;

  /** Opens log, ClickHouse and workers; restores their state. @throws what is wrong, in words */
  static async open(options: ServiceOptions): Promise<Service> {
    const { home, configuration, dataDirectory } = options;
    const layout = dataLayout(dataDirectory);
    const root = join(home, configuration.catalog.client.id, MEDIATION_FOLDER);
    prepareFolders('home', home, () => {
      for (const stream of configuration.catalog.streams) createIntakeFolders(root, stream);
    });
    prepareFolders('data', dataDirectory, () => mkdirSync(layout.snapshots, { recursive: true }));
    const clock = options.clock ?? systemClock;
    const transport = openLog(layout.log, options, clock);
    try {
      await createTopics(transport, partitionsFor(transport, options.partitions));
      const warehouse = await openWarehouse(layout, options.clickhouseUrl);
      return new Service(options, { transport, warehouse, clock, root, snapshots: layout.snapshots });
    } catch (error) {
      await transport.close();
      throw error;
    }
  }

  private constructor(
    options: ServiceOptions,
    parts: {
      transport: EmbeddedTransport;
      warehouse: Warehouse;
      clock: Clock;
      root: string;
      snapshots: string;
    },
  ) {
    const { transport, warehouse, clock } = parts;
    const { configuration } = options;
    const { catalog, compiled, catalogVersion, directory } = configuration;
    this.options = options;
    this.configuration = configuration;
    this.clock = clock;
    this.transport = transport;
    this.warehouse = warehouse;
    this.lag = new Lag(transport);
    this.runs = new BillingRuns(transport, clock);
    this.throttleStart = clock.now();
    const common = {
      transport,
      clock,
      instance: 'embedded',
      ...(options.onEvent === undefined ? {} : { onEvent: options.onEvent }),
    };
    const stream = (topology: Topology): StreamWorker =>
      new StreamWorker({
        ...common,
        topology,
        stateDirectory: parts.snapshots,
        commit: { maxBytes: COMMIT_BYTES },
      });
    this.gateway = new IntakeGateway({
      ...{ root: parts.root, catalog, isCongested: () => this.isCongested() },
      ...(options.onEvent === undefined ? {} : { onEvent: options.onEvent }),
    });
    this.source = new SourceWorker({
      ...common,
      ...{ name: 'gateway', stateDirectory: parts.snapshots, stores: [createFileStore, createContentStore] },
      next: (context) => this.gateway.next(context),
    });
    this.aggregate = stream(aggregateTopology(compiled));
    this.billingSync = this.createBillingSync(common, options);
    this.inserter = new ThreadedInserter(warehouse.url);
    this.warehouseWorker = createWarehouseWorker({ ...common, inserter: this.inserter });
    const shared = { catalogVersion, directory, counters: this.counters };
    this.streams = [
      stream(mediateTopology({ ...shared, catalog, compiled })),
      stream(rateTopology({ ...shared, catalog: compiled, windowDays: catalog.duplicates.windowDays })),
      this.aggregate,
    ];
    this.steps = [
      this.source,
      ...this.streams,
      ...(this.billingSync === null ? [] : [this.billingSync.worker]),
      this.warehouseWorker,
    ];
  }

  /** Works until the signal, or until everything that has come in is settled when `untilIdle`. @throws what stopped it */
  async run(signal: AbortSignal, untilIdle = false): Promise<void> {
    const ending = new AbortController();
    const work = this.work(AbortSignal.any([signal, ending.signal]), untilIdle);
    try {
      await Promise.race([work, this.warehouse.ended, this.inserter.ended]);
    } finally {
      // Nobody may stop the workers while a round is under way.
      ending.abort();
      await work.catch(() => undefined);
    }
  }

  /** Whether there is rated usage that no run has billed yet. */
  hasUnbilledUsage(): boolean {
    for (let partition = 0; partition < this.transport.partitions(TOPICS.rated); partition++) {
      const groups = this.aggregate.tasks.stores(partition)?.store<StructStore>('groups');
      if ((groups?.size ?? 0) > 0) return true;
    }
    return false;
  }

  /** Orders a billing run of everything rated so far; its lines follow while the service runs. */
  async bill(): Promise<string> {
    return this.runs.order();
  }

  /** Commits nothing more, snapshots, leaves ClickHouse and the log in order, whatever of it fails. @throws the first failure */
  async stop(): Promise<void> {
    const failures: unknown[] = [];
    const attempt = async (action: () => Promise<void>): Promise<void> => {
      try {
        await action();
      } catch (error) {
        failures.push(error);
      }
    };
    for (const step of this.steps) await attempt(() => step.stop());
    await attempt(() => this.runs.close());
    await attempt(() => this.inserter.close());
    await attempt(() => this.warehouse.close());
    await attempt(() => this.transport.close());
    if (failures.length > 0) throw failures[0];
  }

  /** What an operator asks: is it well, how far behind is it, what waits. */
  status(): ServiceStatus {
    const { files, refused, bytes, lines } = this.gateway.metrics;
    const sinks = [this.warehouseWorker, ...(this.billingSync === null ? [] : [this.billingSync.worker])];
    const sum = (read: (sink: SinkWorker) => number): number =>
      sinks.reduce((total, sink) => total + read(sink), 0);
    return {
      counts: {
        ...{ filesAccepted: files, filesRefused: refused, bytesRead: bytes, linesRead: lines },
        ...{ recordsMediated: this.counters.mediated, recordsRated: this.counters.rated },
        deadLetters: this.streams.reduce((total, worker) => total + worker.metrics().deadLetters, 0),
        deliveries: sum((sink) => sink.metrics().deliveries),
        deliveryFailures: sum((sink) => sink.metrics().failures),
      },
      blocked: this.gateway.blocked,
      failing: sinks.flatMap((sink) => sink.health().failing),
      lag: this.lag.all(this.billingSync !== null),
      hasUnbilledUsage: this.hasUnbilledUsage(),
    };
  }

  private createBillingSync(
    common: { transport: EmbeddedTransport; clock: Clock; instance: string },
    options: ServiceOptions,
  ): BillingSync | null {
    const { billing, configuration } = options;
    if (billing === null) return null;
    const { catalog } = configuration;
    return createBillingSync({
      ...common,
      billing: { ...billing, timeoutMs: BILLING_TIMEOUT_MS },
      linesPerCall: catalog.aggregation.linesPerCall,
      zone: new ZoneOffsets(catalog.client.timeZone),
    });
  }

  /** Every worker has its own loop, so that none waits for another's disk or network. */
  private async work(signal: AbortSignal, untilIdle: boolean): Promise<void> {
    const ending = new AbortController();
    const either = AbortSignal.any([signal, ending.signal]);
    const loops = this.steps.map((step) => repeat(step, either));
    try {
      await Promise.race([Promise.all(loops), this.watch(either, untilIdle)]);
    } finally {
      ending.abort();
      await Promise.allSettled(loops);
    }
  }

  /** Keeps the log short; ends when everything is settled and that is asked for. */
  private async watch(signal: AbortSignal, untilIdle: boolean): Promise<void> {
    while (!signal.aborted) {
      await this.truncateNowAndThen();
      if (untilIdle && this.isSettled()) return;
      await delay(IDLE_MS);
    }
  }

  private isSettled(): boolean {
    return !this.isCongested() && this.gateway.isIdle && this.lag.isZero(this.billingSync !== null);
  }

  private isCongested(): boolean {
    return this.lag.isHigh() || this.isThrottled();
  }

  private isThrottled(): boolean {
    const { recordsPerSecond } = this.options;
    if (recordsPerSecond === undefined) return false;
    return this.counters.mediated > ((this.clock.now() - this.throttleStart) / 1000) * recordsPerSecond;
  }

  private async truncateNowAndThen(): Promise<void> {
    if (this.clock.now() - this.lastTruncation < TRUNCATE_EVERY_MS) return;
    this.lastTruncation = this.clock.now();
    await this.transport.truncate({ expected: READERS_TO_COME });
  }
}

/** Runs a worker until the signal; one that found nothing to do rests a moment. @throws what stopped it */
async function repeat(step: Step, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (await step.runOnce()) await nextTurn();
    else await delay(IDLE_MS);
  }
}
