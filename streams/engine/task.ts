import { admitByChain } from './chain-guard.ts';
import type { InputRange } from './changelog.ts';
import type { Clock } from './clock.ts';
import { encodeDeadLetter } from './dead-letter.ts';
import { EmitCollector } from './emit-collector.ts';
import {
  ChainBrokenError,
  EngineError,
  PoisonMessageError,
  TaskFailedError,
  TopologyError,
} from './errors.ts';
import type { Message, OutgoingMessage } from './message.ts';
import type { BatchProcessor, ProcessorContext } from './processor.ts';
import type { StateStore } from './state-store.ts';
import { nextTaskState } from './task-state.ts';
import type { TaskState } from './task-state.ts';
import { TaskStores } from './task-stores.ts';
import { changelogTopic, deadLetterTopic } from './topic-names.ts';
import type { ProcessorNode } from './topology-parts.ts';
import type { Topology } from './topology.ts';
import type { CommittedOffset, Transaction } from './transport.ts';

export interface TaskOptions {
  readonly topology: Topology;
  readonly partition: number;
  readonly clock: Clock;
  readonly partitionsOf: (topic: string) => number;
  readonly onDeadLetter?: (message: Message, reason: PoisonMessageError) => void;
}

export interface TaskMetrics {
  messages: number;
  /** Read again although the state had them, by position or by chain. */
  repeated: number;
  deadLetters: number;
}

/**
 * One partition number of co-partitioned inputs: its processors and their state. It does no I/O; the worker hands in
 * messages, sends what `run` returns in one transaction, and then calls `promote` or `rollback`.
 */
export class Task {
  readonly partition: number;
  readonly metrics: TaskMetrics = { messages: 0, repeated: 0, deadLetters: 0 };
  readonly #options: TaskOptions;
  readonly #app: string;
  #state: TaskState = 'CREATED';
  #stores: TaskStores | undefined;
  #collector: EmitCollector | undefined;
  #processors: ReadonlyMap<string, readonly BatchProcessor[]> = new Map();
  #current: Message | undefined;

  constructor(options: TaskOptions) {
    this.#options = options;
    this.#app = options.topology.app;
    this.partition = options.partition;
  }

  get state(): TaskState {
    return this.#state;
  }

  get stores(): TaskStores {
    if (this.#stores === undefined)
      throw new EngineError('TASK_STATE', `task ${this.partition} is ${this.#state}, it has no state yet`);
    return this.#stores;
  }

  /** Empty stores as the topology describes them. */
  createStores(): TaskStores {
    return new TaskStores(
      this.#options.topology.stores.map((node) => checkedStore(node.name, node.create(this.partition))),
    );
  }

  /** Restores by the given function and makes the processors. On an error the task is FAILED. */
  async start(restore: () => Promise<TaskStores>): Promise<void> {
    this.#become('RESTORING');
    try {
      this.#install(await restore());
    } catch (error) {
      this.#become('FAILED');
      throw error;
    }
    this.#become('RUNNING');
  }

  /** Starts with empty stores; for tests. */
  startEmpty(): void {
    this.#become('RESTORING');
    this.#install(this.createStores());
    this.#become('RUNNING');
  }

  /**
   * Processes messages of this task in the given order and returns the transaction that makes the result visible.
   * A poison message undoes everything and starts again without it, so that nothing half-done of it stays.
   * @throws ChainBrokenError, TaskFailedError; the task is FAILED and its state is that of the last commit.
   */
  run(messages: readonly Message[]): Transaction {
    if (this.#state !== 'RUNNING')
      throw new EngineError('TASK_STATE', `task ${this.partition} is ${this.#state}`);
    const before = new Map(this.#inputs().map((topic) => [topic, this.stores.position(topic)]));
    const poison = new Map<Message, PoisonMessageError>();
    const metrics = { ...this.metrics };
    while (!this.#attempt(messages, poison)) {
      this.rollback();
      Object.assign(this.metrics, metrics);
    }
    for (const [message, reason] of poison) this.#options.onDeadLetter?.(message, reason);
    return this.#transaction(messages, before);
  }

  /** The transaction is visible: its state is the committed one. */
  promote(): void {
    this.stores.commit();
  }

  /** Nothing of the transaction happened. */
  rollback(): void {
    this.#collector?.clear();
    this.stores.rollback();
  }

  close(): void {
    if (this.#state !== 'CLOSED') this.#become('CLOSED');
  }

  #attempt(messages: readonly Message[], poison: Map<Message, PoisonMessageError>): boolean {
    for (const message of messages) {
      this.#current = message;
      const reason = poison.get(message);
      try {
        this.#process(message, reason);
      } catch (error) {
        if (error instanceof PoisonMessageError && reason === undefined) {
          poison.set(message, error);
          return false;
        }
        throw this.#fail(message, error);
      }
    }
    this.#current = undefined;
    return true;
  }

  #process(message: Message, poison: PoisonMessageError | undefined): void {
    const { topic, offset } = message;
    const next = this.stores.position(topic);
    if (offset < next) {
      this.metrics.repeated++;
      return;
    }
    if (next < 0) this.stores.progress.set(`first:${topic}`, offset);
    this.stores.setPosition(topic, offset + 1);
    if (admitByChain(message, this.stores.progress) === 'seen') {
      this.metrics.repeated++;
      return;
    }
    this.metrics.messages++;
    if (poison === undefined)
      for (const processor of this.#processors.get(topic) ?? []) processor.process(message);
    else this.#bury(message, poison);
  }

  #bury(message: Message, poison: PoisonMessageError): void {
    const { topic, partition, offset, timestamp, key, value } = message;
    const facts = {
      app: this.#app,
      topic,
      partition,
      offset,
      timestamp,
      code: poison.code,
      reason: poison.message,
    };
    this.#collector!.send(message, deadLetterTopic(this.#app), {
      key,
      value: encodeDeadLetter({ ...facts, key, value }),
    });
    this.metrics.deadLetters++;
  }

  #fail(message: Message, cause: unknown): Error {
    this.rollback();
    this.#become('FAILED');
    if (cause instanceof ChainBrokenError) return cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const where = `${message.topic}/${message.partition} offset ${message.offset}`;
    return new TaskFailedError('PROCESSOR_FAILED', `${this.#app} stops at ${where}: ${reason}`, { cause });
  }

  #transaction(messages: readonly Message[], before: ReadonlyMap<string, number>): Transaction {
    const outputs = this.#collector!.take();
    const ranges = this.#inputs()
      .map((input): InputRange => ({ input, from: before.get(input)!, to: this.stores.position(input) }))
      .filter((range) => range.to > range.from);
    const changes = this.stores.encodeCommit(ranges);
    if (changes !== null) outputs.push(this.#changelog(changes));
    return { outputs, offsets: this.#offsets(messages) };
  }

  #changelog(value: Buffer): OutgoingMessage {
    return {
      topic: changelogTopic(this.#app, 'state'),
      partition: this.partition,
      key: null,
      value,
      chain: null,
    };
  }

  #offsets(messages: readonly Message[]): CommittedOffset[] {
    const topics = new Set(messages.map((message) => message.topic));
    return [...topics].map((topic) => ({
      topic,
      partition: this.partition,
      offset: this.stores.position(topic),
    }));
  }

  #inputs(): string[] {
    return this.#options.topology.sources.map((source) => source.topic);
  }

  #install(stores: TaskStores): void {
    const { topology, partitionsOf } = this.#options;
    this.#stores = stores;
    this.#collector = new EmitCollector(this.#app, stores.progress, partitionsOf);
    const byTopic = new Map(topology.sources.map((source): [string, BatchProcessor[]] => [source.topic, []]));
    const topicOf = new Map(topology.sources.map((source) => [source.name, source.topic]));
    for (const node of topology.processors) {
      const processor = node.create(this.#contextOf(node));
      for (const input of node.inputs) byTopic.get(topicOf.get(input)!)!.push(processor);
    }
    this.#processors = byTopic;
  }

  #contextOf(node: ProcessorNode): ProcessorContext<string> {
    const { topology, clock, partitionsOf } = this.#options;
    const topics = new Map(
      topology.sinks
        .filter((sink) => node.outputs.includes(sink.output))
        .map((sink) => [sink.output, sink.topic]),
    );
    const topicOf = (output: string): string => {
      const topic = topics.get(output);
      if (topic === undefined)
        throw new TopologyError('OUTPUT_UNKNOWN', `processor "${node.name}" has no output "${output}"`);
      return topic;
    };
    return {
      partition: this.partition,
      clock,
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows what it put there
      store: <Store extends StateStore>(name: string): Store => {
        if (!node.stores.includes(name))
          throw new TopologyError('STORE_UNKNOWN', `processor "${node.name}" has no store "${name}"`);
        return this.stores.store(name);
      },
      emit: (output, message) => {
        if (this.#current === undefined)
          throw new EngineError('EMIT_OUTSIDE', `"${node.name}" emits outside of process()`);
        this.#collector!.send(this.#current, topicOf(output), message);
      },
      partitionsOf: (output) => partitionsOf(topicOf(output)),
    };
  }

  #become(state: TaskState): void {
    this.#state = nextTaskState(this.#state, state);
  }
}

function checkedStore(name: string, store: StateStore): StateStore {
  if (store.name === name) return store;
  throw new TopologyError(
    'STORE_NAME',
    `the topology's store "${name}" calls itself "${store.name}"; both names must be one`,
  );
}
