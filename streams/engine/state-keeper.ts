import { statSync } from 'node:fs';
import type { Clock } from './clock.ts';
import type { EngineEvent, EventListener } from './engine-event.ts';
import { StateCorruptedError, TopologyError, TransportFailedError } from './errors.ts';
import { SnapshotDirectory } from './snapshot-directory.ts';
import { readSnapshot } from './state/snapshot-reader.ts';
import { writeSnapshot } from './state/snapshot-file.ts';
import type { TaskStores } from './task-stores.ts';
import type { Transport } from './transport.ts';

export interface StateKeeperOptions {
  readonly app: string;
  readonly partition: number;
  readonly changelog: string;
  readonly stateDirectory: string;
  /** Bytes of changelog after which a snapshot is written; at least the size of the last one. */
  readonly snapshotEvery: number;
  /** Time after which one is written although little changed, so that a quiet task does not hold back an old log. */
  readonly snapshotAfterMs: number;
  readonly clock: Clock;
  readonly transport: Transport;
  readonly onEvent: EventListener;
}

/** Keeps the state of one task recoverable: snapshots on disk, the changelog behind them, and the way back. */
export class StateKeeper {
  readonly #options: StateKeeperOptions;
  readonly #snapshots: SnapshotDirectory;
  #bytesSinceSnapshot = 0;
  #snapshotOffset = -1;
  #snapshotBytes = 0;
  /** Everything before it was released. */
  #released = 0;
  #lookedAtMs: number;

  constructor(options: StateKeeperOptions) {
    this.#options = options;
    this.#lookedAtMs = options.clock.now();
    this.#snapshots = new SnapshotDirectory(options.stateDirectory, options.app, options.partition);
  }

  /**
   * The newest valid snapshot and every changelog message behind it.
   * @param create makes empty stores; called again when a snapshot turns out to be unusable.
   * @throws StateCorruptedError when the changelog does not reach back to a usable snapshot; TransportFailedError when
   * the changelog ends before a snapshot; TopologyError when a store reads another format.
   */
  async restore(create: () => TaskStores): Promise<TaskStores> {
    const { transport, changelog, partition } = this.#options;
    const at = { topic: changelog, partition };
    const { stores, offset, file } = this.#restoreSnapshot(create);
    const start = transport.startOffset(at);
    if (offset < start) {
      throw new StateCorruptedError(
        'CHANGELOG_CUT',
        `${changelog}/${partition} begins at ${start}, but the newest usable snapshot in ${this.#snapshots.path} ends at ${offset}. ` +
          'Bring a later snapshot back from a copy; without it the state cannot be rebuilt.',
      );
    }
    let messages = 0;
    for await (const message of transport.read(at, offset)) {
      stores.applyChangelog(message.value, `${changelog}/${partition} offset ${message.offset}`);
      stores.commit();
      this.#bytesSinceSnapshot += message.value.length;
      messages++;
    }
    this.#event({
      type: 'restored',
      worker: this.#options.app,
      partition,
      snapshot: file,
      changelogMessages: messages,
    });
    return stores;
  }

  /** Counts a committed changelog message. */
  committed(changelogBytes: number): void {
    this.#bytesSinceSnapshot += changelogBytes;
  }

  get due(): boolean {
    const { snapshotEvery, snapshotAfterMs, clock } = this.#options;
    // A large state is not written out again for a small change.
    if (this.#bytesSinceSnapshot >= Math.max(snapshotEvery, this.#snapshotBytes)) return true;
    const isBehind = this.#bytesSinceSnapshot > 0 || this.#released < this.#snapshotOffset;
    return isBehind && clock.now() - this.#lookedAtMs >= snapshotAfterMs;
  }

  /**
   * Writes the committed state and releases the changelog that no kept snapshot needs. When nothing has changed for a
   * long time, the last one is read back instead and everything before it is released.
   */
  async snapshot(stores: TaskStores): Promise<void> {
    const { app, changelog, partition, transport, clock, snapshotAfterMs } = this.#options;
    // Everything before this offset is in the state, as nobody else writes to this partition.
    const offset = transport.endOffset({ topic: changelog, partition });
    const wasQuiet = clock.now() - this.#lookedAtMs >= snapshotAfterMs;
    this.#lookedAtMs = clock.now();
    this.#bytesSinceSnapshot = 0;
    const file = this.#snapshots.fileFor(offset);
    if (offset === this.#snapshotOffset) {
      if (wasQuiet && readSnapshot(file) !== null) await this.#release(offset);
      return;
    }
    await writeSnapshot(file, {
      task: `${app}/${partition}`,
      positions: { changelog: offset },
      stores: stores.all,
    });
    this.#snapshotOffset = offset;
    this.#snapshotBytes = statSync(file).size;
    this.#event({ type: 'snapshot-written', worker: app, partition, file });
    await this.#release(this.#snapshots.prune());
  }

  async #release(offset: number): Promise<void> {
    const { changelog, partition, transport } = this.#options;
    if (offset <= this.#released) return;
    await transport.release({ topic: changelog, partition }, offset);
    this.#released = offset;
  }

  #restoreSnapshot(create: () => TaskStores): { stores: TaskStores; offset: number; file: string | null } {
    for (const { file } of this.#snapshots.list()) {
      const stores = create();
      try {
        const offset = this.#load(file, stores);
        this.#snapshotOffset = offset;
        this.#snapshotBytes = statSync(file).size;
        return { stores, offset, file };
      } catch (error) {
        if (!(error instanceof StateCorruptedError)) throw error;
        this.#snapshots.setAside(file);
        this.#event({ type: 'snapshot-invalid', worker: this.#options.app, file, reason: error.message });
      }
    }
    return { stores: create(), offset: 0, file: null };
  }

  #load(file: string, stores: TaskStores): number {
    const { app, partition, changelog, transport } = this.#options;
    const snapshot = readSnapshot(file);
    const task = `${app}/${partition}`;
    const offset = snapshot?.positions['changelog'];
    if (snapshot === null || offset === undefined || snapshot.task !== task) {
      throw new StateCorruptedError('SNAPSHOT_FOREIGN', `${file} is no snapshot of ${task}`);
    }
    if (offset > transport.endOffset({ topic: changelog, partition })) {
      throw new TransportFailedError(
        'LOG_BEHIND_SNAPSHOT',
        `${file} was written at ${offset} of ${changelog}/${partition}, which ends before: the log was lost, or is another one. ` +
          'Bring it back; to begin anew, remove the snapshots together with the log.',
      );
    }
    for (const store of stores.all) {
      const stored = snapshot.stores.get(store.name);
      // A store that the topology gained since then begins empty.
      if (stored === undefined) continue;
      if (stored.format !== store.format) {
        // The snapshot is sound: it must not be set aside.
        throw new TopologyError(
          'STORE_FORMAT',
          `${file} holds "${store.name}" as ${stored.format}, the store reads ${store.format}: migrate it, or run the former version`,
        );
      }
      store.restore(stored.chunks);
      store.commit();
    }
    return offset;
  }

  #event(event: EngineEvent): void {
    this.#options.onEvent(event);
  }
}
