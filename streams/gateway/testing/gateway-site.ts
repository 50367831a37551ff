import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileStatus } from '../../../schemas/codec/generated/values.ts';
import { FileEventView, RawBatchView } from '../../../schemas/codec/generated/views.ts';
import { manualClock, MemoryTransport, SourceWorker } from '../../engine/index.ts';
import type { ManualClock } from '../../engine/index.ts';
import { loadTestCatalog } from '../../workers/testing/test-catalog.ts';
import { createTopics, TOPICS } from '../../workers/topics.ts';
import { createContentStore, createFileStore } from '../file-registry.ts';
import { IntakeGateway } from '../intake-gateway.ts';
import type { GatewayEvent } from '../intake-gateway.ts';

const PARTITIONS = 2;

/** Runs until nothing is left to take in now. */
export async function settle(worker: SourceWorker, gateway: IntakeGateway): Promise<void> {
  while ((await worker.runOnce()) || !gateway.isIdle);
}

/** Folders and a log of their own; a gateway can be started over them again and again, as after a kill. */
export class GatewaySite {
  readonly root = mkdtempSync(join(tmpdir(), 'gateway-'));
  readonly home = join(this.root, 'mediation');
  readonly transport = new MemoryTransport();
  readonly clock: ManualClock = manualClock();
  readonly events: GatewayEvent[] = [];

  static async create(): Promise<GatewaySite> {
    const site = new GatewaySite();
    await createTopics(site.transport, PARTITIONS);
    return site;
  }

  path(recordType: string, ...rest: readonly string[]): string {
    return join(this.home, 'switch', 'VOICE', recordType, ...rest);
  }

  put(recordType: string, name: string, bytes: string | Buffer, folder = 'input'): void {
    mkdirSync(this.path(recordType, folder), { recursive: true });
    writeFileSync(this.path(recordType, folder, name), bytes);
  }

  /** Names in a folder, hidden ones too. */
  names(recordType: string, folder: string): string[] {
    const path = this.path(recordType, folder);
    return existsSync(path) ? readdirSync(path).sort() : [];
  }

  start(options: { isCongested?: () => boolean } = {}): { gateway: IntakeGateway; worker: SourceWorker } {
    const gateway = new IntakeGateway({
      ...{ root: this.home, catalog: loadTestCatalog().catalog, ...options },
      onEvent: (event) => this.events.push(event),
    });
    const worker = new SourceWorker({
      ...{ name: 'gateway', transport: this.transport, clock: this.clock },
      stateDirectory: join(this.root, 'state'),
      stores: [createFileStore, createContentStore],
      next: (context) => gateway.next(context),
    });
    return { gateway, worker };
  }

  /** Takes in what there is. */
  async drain(): Promise<IntakeGateway> {
    const { gateway, worker } = this.start();
    await settle(worker, gateway);
    return gateway;
  }

  /** Steps of all files, `name STATUS code`, in the order of the partitions' logs. */
  steps(): string[] {
    const view = new FileEventView();
    return this.messages(TOPICS.files).map((value) => {
      const { key, status, code } = view.open(value);
      const name = key.slice(key.lastIndexOf('/') + 1);
      const word = Object.entries(FileStatus).find(([, number]) => number === status)![0];
      return code === '' ? `${name} ${word}` : `${name} ${word} ${code}`;
    });
  }

  /** Published contents by key; only slices that follow each other without a gap or a repetition. */
  contents(): Map<string, string> {
    const view = new RawBatchView();
    const found = new Map<string, string>();
    const finished = new Set<string>();
    for (const value of this.messages(TOPICS.raw)) {
      const { key, firstRecordNumber, lastBatch, payloadStart, payloadEnd } = view.open(value);
      const before = found.get(key) ?? '';
      const expected = before.split('\n').length;
      if (firstRecordNumber !== expected || finished.has(key))
        throw new Error(`${key}: record ${firstRecordNumber} came, ${expected} was expected`);
      found.set(key, before + value.toString('latin1', payloadStart, payloadEnd));
      if (lastBatch) finished.add(key);
    }
    return found;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private messages(topic: string): Buffer[] {
    return Array.from({ length: PARTITIONS }, (_, partition) =>
      this.transport.messages(topic, partition),
    ).flatMap((list) => list.map(({ value }) => value));
  }
}
