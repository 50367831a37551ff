import { EngineError } from './errors.ts';
import type { Message, OutgoingMessage } from './message.ts';
import type { EmittedMessage } from './processor.ts';
import type { ProgressStore } from './progress-store.ts';
import { chainSource } from './topic-names.ts';

/** Gathers what a task sends in one transaction and gives every message its place in a chain. */
export class EmitCollector {
  readonly #app: string;
  readonly #progress: ProgressStore;
  readonly #partitionsOf: (topic: string) => number;
  #outputs: OutgoingMessage[] = [];

  constructor(app: string, progress: ProgressStore, partitionsOf: (topic: string) => number) {
    this.#app = app;
    this.#progress = progress;
    this.#partitionsOf = partitionsOf;
  }

  /** @throws EngineError when the partition does not exist or got a message of this input already. */
  send(input: Message, topic: string, message: EmittedMessage): void {
    const { partition = input.partition, key, value } = message;
    if (!Number.isInteger(partition) || partition < 0 || partition >= this.#partitionsOf(topic)) {
      throw new EngineError(
        'NO_SUCH_PARTITION',
        `${topic} has ${this.#partitionsOf(topic)} partitions, ${partition} is not among them`,
      );
    }
    const name = `sent:${topic}/${partition}<${input.topic}`;
    const previous = this.#progress.get(name) ?? -1;
    if (previous === input.offset) {
      throw new EngineError(
        'SECOND_MESSAGE',
        `${input.topic}/${input.partition} offset ${input.offset} sent a second message to ${topic}/${partition}; put both into one`,
      );
    }
    this.#progress.set(name, input.offset);
    const source = chainSource(this.#app, input.topic, input.partition);
    this.#outputs.push({ topic, partition, key, value, chain: { source, offset: input.offset, previous } });
  }

  clear(): void {
    this.#outputs = [];
  }

  take(): OutgoingMessage[] {
    const outputs = this.#outputs;
    this.#outputs = [];
    return outputs;
  }
}
