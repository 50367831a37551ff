import type { Clock } from './clock.ts';
import type { EventListener } from './engine-event.ts';
import { EngineError, TransactionAbortedError } from './errors.ts';
import type { OutgoingMessage } from './message.ts';
import { StateKeeper } from './state-keeper.ts';
import type { StateStore } from './state-store.ts';
import { TaskStores } from './task-stores.ts';
import { changelogTopic } from './topic-names.ts';
import type { CommitReceipt, Member, Transport } from './transport.ts';

/** What a source may do in one call of `next`; sends and store writes become visible together, by `commit`. */
export interface SourceContext {
  readonly clock: Clock;
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows what it put there
  store<Store extends StateStore>(name: string): Store;
  /** The value is handed over. */
  send(topic: string, partition: number, key: Uint8Array | null, value: Buffer): void;
  partitions(topic: string): number;
  /**
   * Makes sends and store writes since the last commit visible, atomically.
   * @throws TransactionAbortedError when nothing happened: sends are dropped and the stores are as after the last
   * commit. Let it pass; `next` is called again.
   */
  commit(): Promise<CommitReceipt>;
}

export interface SourceWorkerOptions {
  /** Names its changelog; two workers of one name fence each other, so exactly one works. */
  readonly name: string;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly stateDirectory: string;
  /** Makes the empty stores. */
  readonly stores?: readonly (() => StateStore)[];
  /** Bytes of changelog after which a snapshot is written; 16 MB by default. */
  readonly snapshotEvery?: number;
  /** Time after which one is written although less has changed; 5 minutes by default. */
  readonly snapshotAfterMs?: number;
  /** Pause after a call that found nothing to do; 200 ms by default. */
  readonly idleMs?: number;
  /** Does a piece of work. What it leaves uncommitted is committed after it returns, and undone when it throws. */
  readonly next: (context: SourceContext) => Promise<'idle' | 'busy'>;
  readonly onEvent?: EventListener;
}

const commitCount = '$commits';

/** Runs a producer that has progress to remember, for example a reader of files. */
export class SourceWorker {
  readonly #options: SourceWorkerOptions;
  readonly #metrics = { messages: 0, bytes: 0, commits: 0, aborts: 0 };
  readonly #keeper: StateKeeper;
  #member: Member | undefined;
  #stores: TaskStores | undefined;
  #outputs: OutgoingMessage[] = [];
  #failed = false;
  #lastReceipt: CommitReceipt | undefined;

  constructor(options: SourceWorkerOptions) {
    this.#options = options;
    const {
      name,
      transport,
      stateDirectory,
      clock,
      snapshotEvery = 16 << 20,
      snapshotAfterMs = 300_000,
    } = options;
    this.#keeper = new StateKeeper({
      app: name,
      partition: 0,
      changelog: changelogTopic(name, 'state'),
      stateDirectory,
      snapshotEvery,
      snapshotAfterMs,
      clock,
      transport,
      onEvent: (event) => options.onEvent?.(event),
    });
  }

  /** Fences a former worker of this name and restores the state. */
  async start(): Promise<void> {
    const { name, transport, stores = [] } = this.#options;
    await transport.createTopic(changelogTopic(name, 'state'), 1);
    this.#member = await transport.join({ group: name, topics: [], instance: name });
    this.#stores = await this.#keeper.restore(() => new TaskStores(stores.map((create) => create())));
  }

  /** One call of `next` and what is left to commit. @returns whether it was busy. */
  async runOnce(): Promise<boolean> {
    if (this.#failed) throw new EngineError('WORKER_STATE', `source ${this.#options.name} has failed`);
    if (this.#member === undefined) await this.start();
    try {
      const result = await this.#options.next(this.#context);
      if (this.#isDirty()) await this.#commit();
      if (this.#keeper.due) await this.#snapshot();
      return result === 'busy';
    } catch (error) {
      this.#undo();
      if (error instanceof TransactionAbortedError) return true;
      this.#failed = true;
      throw error;
    }
  }

  /** Runs until the signal, then snapshots and leaves. */
  async run(signal: AbortSignal): Promise<void> {
    const { idleMs = 200 } = this.#options;
    while (!signal.aborted) {
      const busy = await this.runOnce();
      await new Promise<void>((resolve) => (busy ? setImmediate(resolve) : setTimeout(resolve, idleMs)));
    }
    await this.stop();
  }

  async stop(): Promise<void> {
    if (this.#member === undefined) return;
    if (!this.#failed) await this.#snapshot();
    await this.#member.close();
    this.#member = undefined;
  }

  metrics(): Readonly<{ messages: number; bytes: number; commits: number; aborts: number }> {
    return { ...this.#metrics };
  }

  /** A store in its committed state; for queries between calls. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows what it put there
  store<Store extends StateStore>(name: string): Store {
    if (this.#stores === undefined)
      throw new EngineError('WORKER_STATE', `source ${this.#options.name} was not started`);
    return this.#stores.store(name);
  }

  readonly #context: SourceContext = {
    clock: { now: () => this.#options.clock.now() },
    store: (name) => this.store(name),
    send: (topic, partition, key, value) => {
      this.#outputs.push({ topic, partition, key, value, chain: null });
    },
    partitions: (topic) => this.#options.transport.partitions(topic),
    commit: () => this.#commit(),
  };

  async #commit(): Promise<CommitReceipt> {
    const stores = this.#stores!;
    const from = stores.position(commitCount);
    const to = Math.max(from, 0) + 1;
    stores.setPosition(commitCount, to);
    const changes = stores.encodeCommit([{ input: commitCount, from, to }])!;
    const topic = changelogTopic(this.#options.name, 'state');
    const outputs = [...this.#outputs, { topic, partition: 0, key: null, value: changes, chain: null }];
    try {
      this.#lastReceipt = await this.#member!.commit({ outputs, offsets: [] });
    } catch (error) {
      this.#undo();
      if (error instanceof TransactionAbortedError) this.#countAbort(error);
      throw error;
    }
    stores.commit();
    this.#keeper.committed(changes.length);
    this.#metrics.commits++;
    this.#metrics.messages += this.#outputs.length;
    for (const { value } of this.#outputs) this.#metrics.bytes += value.length;
    this.#outputs = [];
    return this.#lastReceipt;
  }

  async #snapshot(): Promise<void> {
    // A snapshot must never know more than the log that survives.
    await this.#lastReceipt?.durable;
    await this.#keeper.snapshot(this.#stores!);
  }

  #isDirty(): boolean {
    return this.#outputs.length > 0 || this.#stores!.all.some((store) => store.delta() !== null);
  }

  #undo(): void {
    this.#outputs = [];
    this.#stores?.rollback();
  }

  #countAbort(error: Error): void {
    this.#metrics.aborts++;
    this.#options.onEvent?.({
      type: 'transaction-aborted',
      worker: this.#options.name,
      reason: error.message,
    });
  }
}
