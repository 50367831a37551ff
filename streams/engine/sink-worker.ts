import type { Clock } from './clock.ts';
import type { EventListener } from './engine-event.ts';
import { EngineError } from './errors.ts';
import type { Message, TopicPartition } from './message.ts';
import type { Delivery, DeliveryOutput } from './sink/delivery.ts';
import { DeliveryAttempts } from './sink/delivery-attempts.ts';
import type { BackOff, FailingDelivery } from './sink/delivery-attempts.ts';
import { SinkCommitter } from './sink/sink-committer.ts';
import { SinkPartition } from './sink/sink-partition.ts';
import { restoreSinkState } from './sink/sink-store.ts';
import { intentTopic } from './topic-names.ts';
import type { Member, Transport } from './transport.ts';
import { WakeUp } from './transport/wake-up.ts';

export interface SinkWorkerOptions {
  /** Names the group and the intent topics; it must never change. */
  readonly name: string;
  readonly topics: readonly string[];
  readonly transport: Transport;
  readonly clock: Clock;
  readonly instance: string;
  /** Upper bounds of one delivery; one message is always possible. 100,000 records and 32 MB by default. */
  readonly maxRecords?: number;
  readonly maxBytes?: number;
  /** Records in a message; 1 by default. */
  readonly recordsOf?: (message: Message) => number;
  /** Deliveries under way at a time, each of another partition; 4 by default. */
  readonly maxInFlight?: number;
  /** How long a message waits for a fuller delivery; 0 by default. */
  readonly lingerMs?: number;
  /** A partition to which nothing was added for so long is delivered at once, whatever `lingerMs` says; as long as that by default. */
  readonly quietMs?: number;
  /** Values held in memory, waiting or under way; twice what may be in flight by default. */
  readonly maxBufferedBytes?: number;
  readonly backOff?: BackOff;
  /** Time after which a partition's old states may leave the intent topic; 5 minutes by default. */
  readonly refreshMs?: number;
  /** How long `stop` waits for deliveries under way; what is not back then is repeated at the next start. 10 s by default. */
  readonly stopTimeoutMs?: number;
  /**
   * Hands a range to the other side and resolves once it has it. It is called again with the same borders when it
   * throws or the process dies, so the other side must recognise `delivery.id`.
   */
  readonly deliver: (delivery: Delivery) => Promise<readonly DeliveryOutput[]>;
  readonly onEvent?: EventListener;
}

export interface SinkHealth {
  readonly healthy: boolean;
  readonly failing: readonly FailingDelivery[];
  readonly inFlight: number;
  readonly bufferedBytes: number;
}

export interface SinkMetrics {
  messages: number;
  bytes: number;
  deliveries: number;
  replays: number;
  failures: number;
  commits: number;
  aborts: number;
}

type Limits = Required<
  Pick<
    SinkWorkerOptions,
    'maxRecords' | 'maxBytes' | 'recordsOf' | 'maxInFlight' | 'lingerMs' | 'quietMs' | 'maxBufferedBytes'
  >
>;

/**
 * Delivers messages to a system outside, exactly once as far as that system recognises a repeated delivery id.
 *
 * Per partition: cut a range, commit the intent, wait until it is durable, deliver, commit the new offset together
 * with the outputs and the end of the intent. After a crash the open intent gives the same borders again.
 */
export class SinkWorker {
  readonly #options: SinkWorkerOptions;
  readonly #limits: Limits;
  readonly #attempts: DeliveryAttempts;
  readonly #committer: SinkCommitter;
  readonly #partitions = new Map<string, SinkPartition>();
  readonly #wakeUp = new WakeUp();
  readonly #metrics = { messages: 0, bytes: 0, deliveries: 0, replays: 0, failures: 0 };
  #member: Member | undefined;
  #inFlight = 0;
  #failure: Error | null = null;
  #stopping = false;

  constructor(options: SinkWorkerOptions) {
    this.#options = options;
    const {
      maxRecords = 100_000,
      maxBytes = 32 << 20,
      maxInFlight = 4,
      lingerMs = 0,
      quietMs = lingerMs,
      recordsOf = () => 1,
    } = options;
    const maxBufferedBytes = options.maxBufferedBytes ?? maxBytes * maxInFlight * 2;
    this.#limits = { maxRecords, maxBytes, maxInFlight, lingerMs, quietMs, recordsOf, maxBufferedBytes };
    const { name: sink, transport, clock, refreshMs = 300_000 } = options;
    const onEvent: EventListener = (event) => options.onEvent?.(event);
    const onFailure = (error: unknown): void => this.#fail(error);
    this.#committer = new SinkCommitter({ sink, transport, clock, refreshMs, onEvent, onFailure });
    this.#attempts = new DeliveryAttempts({
      sink: options.name,
      backOff: options.backOff ?? {},
      deliver: (delivery) => options.deliver(delivery),
      onEvent: (event) => {
        if (event.type === 'delivery-failed') this.#metrics.failures++;
        options.onEvent?.(event);
      },
    });
  }

  async start(): Promise<void> {
    const { transport, name, topics, instance } = this.#options;
    for (const topic of topics)
      await transport.createTopic(intentTopic(name, topic), transport.partitions(topic));
    this.#member = await transport.join({ group: name, topics, instance });
  }

  /** One round: poll, cut, commit; deliveries run on in the background. @returns whether it did something. @throws what stopped the worker. */
  async runOnce(timeoutMs = 0): Promise<boolean> {
    this.#refuseFailed();
    if (this.#member === undefined) await this.start();
    try {
      const polled = await this.#poll(this.#member!, timeoutMs);
      const settled = await this.#advance(this.#member!);
      this.#refuseFailed();
      return polled || settled;
    } catch (error) {
      this.#fail(error);
      throw error;
    }
  }

  /** Resolves when everything that has come in is settled; for tests and orderly ends. */
  async drain(): Promise<void> {
    for (;;) {
      if (await this.runOnce()) continue;
      if (!this.#isBusy()) return;
      await this.#wakeUp.wait(5);
    }
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.runOnce(100);
      // Deliveries need timers and sockets, which have their turn only here when there is always something to read.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    await this.stop();
  }

  /** Begins nothing new, waits for what is under way, commits it, leaves. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#attempts.stop();
    const deadline = this.#options.clock.now() + (this.#options.stopTimeoutMs ?? 10_000);
    while (
      this.#failure === null &&
      this.#member !== undefined &&
      this.#isUnderWay() &&
      this.#options.clock.now() < deadline
    ) {
      if (!(await this.#advance(this.#member))) await this.#wakeUp.wait(5);
    }
    for (const partition of this.#partitions.values()) partition.abandoned = true;
    await this.#member?.close();
    this.#member = undefined;
  }

  health(): SinkHealth {
    const { failing } = this.#attempts;
    return {
      healthy: failing.length === 0 && this.#failure === null,
      failing,
      inFlight: this.#inFlight,
      bufferedBytes: this.#bufferedBytes(),
    };
  }

  metrics(): SinkMetrics {
    return { ...this.#metrics, ...this.#committer.metrics };
  }

  async #poll(member: Member, timeoutMs: number): Promise<boolean> {
    const { clock, transport, name } = this.#options;
    const room = this.#room();
    const patience = this.#patience(timeoutMs);
    const { assigned, revoked, messages } = await member.poll({ maxBytes: room, timeoutMs: patience });
    if (room === 0 && patience > 0) await this.#wakeUp.wait(patience);
    for (const at of revoked) this.#abandon(at);
    for (const at of assigned) {
      const partition = new SinkPartition(at, await restoreSinkState(transport, name, at), this.#limits);
      partition.refreshedMs = clock.now();
      this.#partitions.set(keyOf(at), partition);
    }
    const now = clock.now();
    for (const message of messages) this.#partitions.get(keyOf(message))?.add(message, now);
    return messages.length + assigned.length + revoked.length > 0;
  }

  /** Commits what came back, cuts what is due, and begins to deliver. */
  async #advance(member: Member): Promise<boolean> {
    this.#replay();
    if (!this.#stopping) this.#cut();
    const delivered = [...this.#partitions.values()].filter((partition) => partition.state === 'DELIVERED');
    const intended = [...this.#partitions.values()].filter(
      (partition) => partition.state === 'INTENDED' && !this.#begun.has(partition),
    );
    const refreshed = [...this.#partitions.values()].filter(
      (partition) => partition.isIdle && this.#committer.isStale(partition),
    );
    if (delivered.length + intended.length + refreshed.length === 0) return false;
    const receipt = await this.#committer.commit(member, { delivered, intended, refreshed });
    if (receipt === null) return true;
    for (const partition of delivered) this.#settled(partition);
    for (const partition of intended) this.#begin(partition, receipt.durable);
    return true;
  }

  /** Partitions whose intent is committed and not settled yet. */
  readonly #begun = new Set<SinkPartition>();

  #replay(): void {
    for (const partition of this.#partitions.values()) {
      if (partition.cutReplay() && partition.state === 'DELIVERING') this.#begin(partition, null);
    }
  }

  #cut(): void {
    const due = [...this.#partitions.values()].filter((partition) => this.#isDue(partition));
    due.sort((a, b) => (a.waitingSinceMs ?? 0) - (b.waitingSinceMs ?? 0));
    for (const partition of due) {
      const open = [...this.#partitions.values()].filter(
        ({ state }) => state === 'INTENDED' || state === 'DELIVERING',
      ).length;
      if (open >= this.#limits.maxInFlight) return;
      partition.cut();
    }
  }

  #isDue(partition: SinkPartition): boolean {
    const since = partition.waitingSinceMs;
    if (since === null) return false;
    const now = this.#options.clock.now();
    // A full buffer cannot wait for anything more.
    return (
      partition.isFull ||
      now - since >= this.#limits.lingerMs ||
      now - partition.newestMs >= this.#limits.quietMs ||
      this.#bufferedBytes() >= this.#limits.maxBufferedBytes
    );
  }

  #begin(partition: SinkPartition, durable: Promise<void> | null): void {
    this.#begun.add(partition);
    this.#inFlight++;
    if (partition.delivery.replay) this.#metrics.replays++;
    this.#deliver(partition, durable)
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#inFlight--;
        this.#wakeUp.notify();
      });
  }

  async #deliver(partition: SinkPartition, durable: Promise<void> | null): Promise<void> {
    if (durable !== null) {
      // Before that, a crash of the machine could forget the borders, and the next start would cut others.
      await durable;
      partition.intentDurable();
    }
    const outputs = await this.#attempts.run(partition.delivery, () => partition.abandoned);
    if (outputs !== null && !partition.abandoned) partition.accepted(outputs);
  }

  #settled(partition: SinkPartition): void {
    this.#metrics.deliveries++;
    this.#metrics.messages += partition.delivery.messages.length;
    this.#metrics.bytes += partition.delivery.messages.reduce((sum, { value }) => sum + value.length, 0);
    this.#begun.delete(partition);
    partition.settled();
  }

  #abandon(at: TopicPartition): void {
    const partition = this.#partitions.get(keyOf(at));
    if (partition === undefined) return;
    partition.abandoned = true;
    this.#begun.delete(partition);
    this.#partitions.delete(keyOf(at));
  }

  /** Bytes that the next poll may bring. A range to be repeated must become whole, whatever the buffer says. */
  #room(): number {
    const { maxBufferedBytes, maxBytes } = this.#limits;
    const room = maxBufferedBytes - this.#bufferedBytes();
    if (room > 0) return Math.min(room, maxBytes);
    const replaying = [...this.#partitions.values()].some(({ state }) => state === 'REPLAYING');
    return replaying && this.#inFlight === 0 ? maxBytes : 0;
  }

  /** How long a poll may wait, given what is under way or lingers. */
  #patience(timeoutMs: number): number {
    if (this.#inFlight > 0) return Math.min(timeoutMs, 5);
    const lingers = [...this.#partitions.values()].some(({ waitingSinceMs }) => waitingSinceMs !== null);
    return lingers ? Math.min(timeoutMs, this.#limits.lingerMs, 5) : timeoutMs;
  }

  #bufferedBytes(): number {
    let bytes = 0;
    for (const partition of this.#partitions.values()) bytes += partition.bytes;
    return bytes;
  }

  #isUnderWay(): boolean {
    return this.#inFlight > 0 || [...this.#partitions.values()].some(({ state }) => state === 'DELIVERED');
  }

  #isBusy(): boolean {
    return (
      this.#isUnderWay() ||
      [...this.#partitions.values()].some(({ state, bytes }) => state !== 'GATHERING' || bytes > 0)
    );
  }

  #fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new EngineError('SINK_FAILED', String(error));
  }

  #refuseFailed(): void {
    if (this.#failure !== null) throw this.#failure;
  }
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}
