import type { Clock } from './clock.ts';
import type { EventListener } from './engine-event.ts';
import { StateCorruptedError } from './errors.ts';
import type { Message, OutgoingMessage, TopicPartition } from './message.ts';
import { StateKeeper } from './state-keeper.ts';
import { Task } from './task.ts';
import type { TaskMetrics } from './task.ts';
import type { TaskStores } from './task-stores.ts';
import { chainSource, changelogTopic } from './topic-names.ts';
import type { Topology } from './topology.ts';
import type { Transaction, Transport } from './transport.ts';

export interface TaskManagerOptions {
  readonly topology: Topology;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly stateDirectory: string;
  readonly snapshotEvery: number;
  readonly snapshotAfterMs: number;
  readonly onEvent: EventListener;
}

/** What one round did in several tasks; promoted or rolled back as one. */
export interface TaskWork {
  readonly transaction: Transaction;
  promote(): void;
  rollback(): void;
}

interface ManagedTask {
  readonly task: Task;
  readonly keeper: StateKeeper;
}

/** The tasks that this worker owns, by partition number. */
export class TaskManager {
  readonly #options: TaskManagerOptions;
  readonly #tasks = new Map<number, ManagedTask>();
  /** Topics assigned so far of partitions whose other topics are still to come. */
  readonly #partial = new Map<number, Set<string>>();
  /** Of tasks that were given up. */
  readonly #past: TaskMetrics = { messages: 0, repeated: 0, deadLetters: 0 };

  constructor(options: TaskManagerOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#tasks.size;
  }

  /** Committed state of a task; valid between rounds only. */
  stores(partition: number): TaskStores | undefined {
    return this.#tasks.get(partition)?.task.stores;
  }

  /** Makes and restores a task once all its inputs are there. */
  async assign(partitions: readonly TopicPartition[]): Promise<void> {
    for (const { topic, partition } of partitions) {
      const topics = this.#partial.get(partition) ?? new Set<string>();
      this.#partial.set(partition, topics.add(topic));
      if (topics.size < this.#options.topology.sources.length) continue;
      this.#partial.delete(partition);
      await this.#open(partition);
    }
  }

  /** Closes tasks; their state lives on in snapshot and changelog. */
  revoke(partitions: readonly TopicPartition[]): void {
    for (const { topic, partition } of partitions) {
      this.#partial.get(partition)?.delete(topic);
      this.#close(partition);
    }
  }

  /** Processes messages in the given order, each in its task. @throws what stopped a task; all are rolled back then. */
  run(messages: readonly Message[]): TaskWork {
    const byTask = new Map<ManagedTask, Message[]>();
    for (const message of messages) {
      const managed = this.#tasks.get(message.partition);
      if (managed === undefined)
        throw new StateCorruptedError(
          'TASK_MISSING',
          `${message.topic}/${message.partition} has no task here`,
        );
      const list = byTask.get(managed);
      if (list === undefined) byTask.set(managed, [message]);
      else list.push(message);
    }
    const rollback = (): void => {
      for (const { task } of byTask.keys()) task.rollback();
    };
    try {
      const results = [...byTask].map(([{ task, keeper }, list]) => ({
        task,
        keeper,
        transaction: task.run(list),
      }));
      const transaction = merge(
        this.#options.topology.app,
        messages,
        results.map((result) => result.transaction),
      );
      return { transaction, rollback, promote: () => this.#promote(results) };
    } catch (error) {
      rollback();
      throw error;
    }
  }

  /** @param durable of the last commit: a snapshot must never know more than the log that survives. */
  async snapshotDue(durable: Promise<void>): Promise<void> {
    for (const { task, keeper } of this.#tasks.values()) {
      if (!keeper.due) continue;
      await durable;
      await keeper.snapshot(task.stores);
    }
  }

  async snapshotAll(): Promise<void> {
    for (const { task, keeper } of this.#tasks.values())
      if (task.state === 'RUNNING') await keeper.snapshot(task.stores);
  }

  closeAll(): void {
    for (const partition of [...this.#tasks.keys()]) this.#close(partition);
  }

  metrics(): TaskMetrics {
    const sum = { ...this.#past };
    for (const { task } of this.#tasks.values()) add(sum, task.metrics);
    return sum;
  }

  #promote(results: readonly { task: Task; keeper: StateKeeper; transaction: Transaction }[]): void {
    const changelog = changelogTopic(this.#options.topology.app, 'state');
    for (const { task, keeper, transaction } of results) {
      task.promote();
      for (const { topic, value } of transaction.outputs)
        if (topic === changelog) keeper.committed(value.length);
    }
  }

  async #open(partition: number): Promise<void> {
    const { topology, transport, clock, onEvent } = this.#options;
    const { app } = topology;
    const task = new Task({
      topology,
      partition,
      clock,
      partitionsOf: (topic) => transport.partitions(topic),
      onDeadLetter: ({ topic, partition: from, offset }, error) => {
        onEvent({ type: 'dead-letter', worker: app, topic, partition: from, offset, reason: error.message });
      },
    });
    const keeper = new StateKeeper({
      ...this.#options,
      app,
      partition,
      changelog: changelogTopic(app, 'state'),
    });
    await task.start(() => keeper.restore(() => task.createStores()));
    this.#refuseMissingState(task);
    this.#tasks.set(partition, { task, keeper });
  }

  /** Offsets and state are committed together, so offsets that are ahead prove that state is missing. */
  #refuseMissingState(task: Task): void {
    const { topology, transport } = this.#options;
    for (const { topic } of topology.sources) {
      const committed = transport.committedOffset(topology.app, { topic, partition: task.partition });
      const position = task.stores.position(topic);
      if (committed <= Math.max(position, 0)) continue;
      throw new StateCorruptedError(
        'STATE_BEHIND_OFFSETS',
        `${topology.app} has read ${topic}/${task.partition} up to ${committed}, its restored state only up to ${position}: ` +
          'changelog messages are missing. Restore them, or reset the offsets of the group to rebuild the state from the input.',
      );
    }
  }

  #close(partition: number): void {
    const managed = this.#tasks.get(partition);
    if (managed === undefined) return;
    add(this.#past, managed.task.metrics);
    managed.task.close();
    this.#tasks.delete(partition);
  }
}

/**
 * One transaction of all tasks. Outputs are in the order of the inputs that caused them, so that the order in an output
 * partition does not depend on where transactions were cut; changelogs come last.
 */
function merge(app: string, messages: readonly Message[], transactions: readonly Transaction[]): Transaction {
  const only = transactions[0];
  if (transactions.length === 1 && only !== undefined) return only;
  const order = new Map(
    messages.map((message, index) => [
      `${chainSource(app, message.topic, message.partition)}@${message.offset}`,
      index,
    ]),
  );
  const placeOf = ({ chain }: OutgoingMessage): number =>
    chain === null ? messages.length : (order.get(`${chain.source}@${chain.offset}`) ?? messages.length);
  const outputs = transactions
    .flatMap((transaction) => transaction.outputs)
    .map((output) => ({ output, place: placeOf(output) }))
    .sort((a, b) => a.place - b.place)
    .map(({ output }) => output);
  return { outputs, offsets: transactions.flatMap((transaction) => transaction.offsets) };
}

function add(sum: TaskMetrics, more: TaskMetrics): void {
  sum.messages += more.messages;
  sum.repeated += more.repeated;
  sum.deadLetters += more.deadLetters;
}
