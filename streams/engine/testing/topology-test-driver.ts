import type { ManualClock } from '../clock.ts';
import { manualClock } from '../clock.ts';
import type { Chain, Message, OutgoingMessage } from '../message.ts';
import type { StateStore } from '../state-store.ts';
import { Task } from '../task.ts';
import { TopologyError } from '../errors.ts';
import { deadLetterTopic } from '../topic-names.ts';
import type { Topology } from '../topology.ts';

export interface TopologyTestDriverOptions {
  /** Partitions of every topic; 1 by default. */
  readonly partitions?: number;
  readonly startMs?: number;
}

export interface PipedMessage {
  readonly partition?: number;
  readonly key?: Uint8Array | null;
  readonly value: Buffer;
  readonly chain?: Chain;
}

/** Runs a topology without a transport: messages in, outputs out, stores open to see, a clock turned by hand. */
export class TopologyTestDriver {
  readonly clock: ManualClock;
  readonly #topology: Topology;
  readonly #partitions: number;
  readonly #tasks = new Map<number, Task>();
  readonly #nextOffset = new Map<string, number>();
  readonly #outputs: OutgoingMessage[] = [];

  constructor(topology: Topology, options: TopologyTestDriverOptions = {}) {
    this.#topology = topology;
    this.#partitions = options.partitions ?? 1;
    this.clock = manualClock(options.startMs);
  }

  /**
   * Processes one message and commits. @returns its offset.
   * @throws what stops a task, e.g. TaskFailedError; poison becomes a dead letter, see `read(deadLetterTopic)`.
   */
  pipe(topic: string, message: PipedMessage): number {
    if (!this.#topology.sources.some((source) => source.topic === topic)) {
      throw new TopologyError('TOPIC_UNKNOWN', `${this.#topology.app} does not read ${topic}`);
    }
    const { partition = 0, key = null, value, chain = null } = message;
    const offset = this.#takeOffset(`${topic}/${partition}`);
    const piped: Message = { topic, partition, offset, key, value, timestamp: this.clock.now(), chain };
    const task = this.#task(partition);
    this.#outputs.push(...task.run([piped]).outputs);
    task.promote();
    return offset;
  }

  /** Takes what was written to a topic since the last call, in order. */
  read(topic: string, partition?: number): OutgoingMessage[] {
    const wanted = (output: OutgoingMessage): boolean =>
      output.topic === topic && (partition ?? output.partition) === output.partition;
    const taken = this.#outputs.filter(wanted);
    const rest = this.#outputs.filter((output) => !wanted(output));
    this.#outputs.splice(0, this.#outputs.length, ...rest);
    return taken;
  }

  /** Takes the dead letters since the last call; decodeDeadLetter reads them. */
  deadLetters(): OutgoingMessage[] {
    return this.read(deadLetterTopic(this.#topology.app));
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows what it put there
  store<Store extends StateStore>(name: string, partition = 0): Store {
    return this.#task(partition).stores.store(name);
  }

  #takeOffset(at: string): number {
    const offset = this.#nextOffset.get(at) ?? 0;
    this.#nextOffset.set(at, offset + 1);
    return offset;
  }

  #task(partition: number): Task {
    let task = this.#tasks.get(partition);
    if (task === undefined) {
      task = new Task({
        topology: this.#topology,
        partition,
        clock: this.clock,
        partitionsOf: () => this.#partitions,
      });
      task.startEmpty();
      this.#tasks.set(partition, task);
    }
    return task;
  }
}
