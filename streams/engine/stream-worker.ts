import type { Clock } from './clock.ts';
import type { EventListener } from './engine-event.ts';
import { EngineError, TransactionAbortedError } from './errors.ts';
import type { Message, TopicPartition } from './message.ts';
import { TaskManager } from './task-manager.ts';
import { changelogTopic, deadLetterTopic } from './topic-names.ts';
import type { Topology } from './topology.ts';
import { partitionsOfSources } from './topology-partitions.ts';
import type { CommitReceipt, Member, PollOptions, Transport } from './transport.ts';

export interface StreamWorkerOptions {
  readonly topology: Topology;
  readonly transport: Transport;
  readonly clock: Clock;
  /** Stable identity of this process in the group. */
  readonly instance: string;
  /** Folder for snapshots; the worker makes `<app>/<partition>` below it. */
  readonly stateDirectory: string;
  /** One transaction takes about `maxBytes` of input, or what came within `maxMs` (0 by default: what is there). */
  readonly commit: { readonly maxBytes: number; readonly maxMs?: number };
  /** Bytes of changelog of one task after which it is snapshotted; 64 MB by default. */
  readonly snapshotEvery?: number;
  /** Time after which a task is snapshotted although less has changed; 5 minutes by default. */
  readonly snapshotAfterMs?: number;
  readonly onEvent?: EventListener;
}

export interface StreamWorkerMetrics {
  messages: number;
  inputBytes: number;
  outputs: number;
  outputBytes: number;
  commits: number;
  aborts: number;
  deadLetters: number;
  /** Messages that came again although the state had them. */
  repeated: number;
  tasks: number;
}

type WorkerState = 'created' | 'started' | 'failed' | 'stopped';

/** Runs the tasks of one topology in one process: poll, process, commit, promote. */
export class StreamWorker {
  readonly #options: StreamWorkerOptions;
  readonly #tasks: TaskManager;
  readonly #metrics = { messages: 0, inputBytes: 0, outputs: 0, outputBytes: 0, commits: 0, aborts: 0 };
  #member: Member | undefined;
  #state: WorkerState = 'created';
  #lastReceipt: CommitReceipt | undefined;

  constructor(options: StreamWorkerOptions) {
    this.#options = options;
    const { snapshotEvery = 64 << 20, snapshotAfterMs = 300_000 } = options;
    this.#tasks = new TaskManager({ ...options, snapshotEvery, snapshotAfterMs, onEvent: this.#onEvent });
  }

  get app(): string {
    return this.#options.topology.app;
  }

  /** Creates changelog and dead letters and joins the group. Input and output topics must exist. @throws TopologyError */
  async start(): Promise<void> {
    const { topology, transport, instance } = this.#options;
    const partitions = partitionsOfSources(topology, transport);
    await transport.createTopic(changelogTopic(this.app, 'state'), partitions);
    await transport.createTopic(deadLetterTopic(this.app), partitions);
    for (const sink of topology.sinks) transport.partitions(sink.topic);
    const topics = topology.sources.map((source) => source.topic);
    this.#member = await transport.join({ group: this.app, topics, instance });
    this.#state = 'started';
  }

  /**
   * One round: poll, process, commit. Joins first when nobody has.
   * @returns whether it did something.
   * @throws what stopped the worker; it then has to be made anew. A MemberFencedError asks to stop without clean-up.
   */
  async runOnce(timeoutMs = 0): Promise<boolean> {
    if (this.#state === 'created') await this.start();
    if (this.#state !== 'started' || this.#member === undefined) {
      throw new EngineError('WORKER_STATE', `worker ${this.app} is ${this.#state}`);
    }
    try {
      return await this.#round(this.#member, timeoutMs);
    } catch (error) {
      this.#state = 'failed';
      throw error;
    }
  }

  /** Runs until the signal; then commits nothing more, snapshots the state and leaves the group. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // Workers of one process share its thread: a busy one must let the others' timers and files have their turn.
      if (await this.runOnce(100)) await new Promise<void>((resolve) => setImmediate(resolve));
    }
    await this.stop();
  }

  /** Snapshots the committed state of all tasks and leaves the group. */
  async stop(): Promise<void> {
    if (this.#state === 'started') {
      this.#state = 'stopped';
      await this.#lastReceipt?.durable;
      await this.#tasks.snapshotAll();
    }
    this.#tasks.closeAll();
    await this.#member?.close();
    this.#member = undefined;
  }

  metrics(): StreamWorkerMetrics {
    const { deadLetters, repeated, messages } = this.#tasks.metrics();
    return { ...this.#metrics, messages, deadLetters, repeated, tasks: this.#tasks.size };
  }

  /** State of the running tasks by partition, for health checks and queries of committed state between rounds. */
  get tasks(): TaskManager {
    return this.#tasks;
  }

  async #round(member: Member, timeoutMs: number): Promise<boolean> {
    const { commit } = this.#options;
    const poll: PollOptions = { maxBytes: commit.maxBytes, timeoutMs, lingerMs: commit.maxMs ?? 0 };
    const { assigned, revoked, messages } = await member.poll(poll);
    this.#membershipEvents(assigned, revoked);
    this.#tasks.revoke(revoked);
    await this.#tasks.assign(assigned);
    if (messages.length > 0) await this.#transact(member, messages);
    await this.#tasks.snapshotDue(this.#lastReceipt?.durable ?? Promise.resolve());
    return messages.length + assigned.length + revoked.length > 0;
  }

  async #transact(member: Member, messages: readonly Message[]): Promise<void> {
    const work = this.#tasks.run(messages);
    try {
      this.#lastReceipt = await member.commit(work.transaction);
    } catch (error) {
      work.rollback();
      if (!(error instanceof TransactionAbortedError)) throw error;
      this.#metrics.aborts++;
      this.#onEvent({ type: 'transaction-aborted', worker: this.app, reason: error.message });
      member.rewind();
      return;
    }
    work.promote();
    this.#count(messages, work.transaction.outputs);
  }

  #count(messages: readonly { value: Buffer }[], outputs: readonly { value: Buffer }[]): void {
    const metrics = this.#metrics;
    metrics.commits++;
    for (const { value } of messages) metrics.inputBytes += value.length;
    metrics.outputs += outputs.length;
    for (const { value } of outputs) metrics.outputBytes += value.length;
  }

  #membershipEvents(assigned: readonly TopicPartition[], revoked: readonly TopicPartition[]): void {
    if (revoked.length > 0) this.#onEvent({ type: 'revoked', worker: this.app, partitions: revoked });
    if (assigned.length > 0) this.#onEvent({ type: 'assigned', worker: this.app, partitions: assigned });
  }

  readonly #onEvent: EventListener = (event) => this.#options.onEvent?.(event);
}
