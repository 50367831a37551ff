import type { Clock } from './clock.ts';
import type { Message } from './message.ts';
import type { StateStore } from './state-store.ts';

/** What a processor may use; handed over when its task is created. */
export interface ProcessorContext<Output extends string> {
  /** Partition of the task, the same for all its inputs. */
  readonly partition: number;
  readonly clock: Clock;
  /** A store of this task, by the name that the topology gives it. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows what it put there
  store<Store extends StateStore>(name: string): Store;
  /**
   * Sends a message through a named output. An input message yields at most one message per output and target
   * partition. Without `partition`, the task's own partition is the target. The value is handed over.
   */
  emit(output: Output, message: EmittedMessage): void;
  /** Number of partitions behind a named output. */
  partitionsOf(output: Output): number;
}

export interface EmittedMessage {
  readonly partition?: number;
  readonly key: Uint8Array | null;
  readonly value: Buffer;
}

/** Synchronous and deterministic: the same messages give the same outputs and state, whatever the transactions were. */
export interface BatchProcessor {
  /** @throws PoisonMessageError when this message can never be processed; anything else stops the task. */
  process(message: Message): void;
}
