import { admitByChain } from '../chain-guard.ts';
import { EngineError, StateCorruptedError } from '../errors.ts';
import type { Message } from '../message.ts';
import type { ProgressStore } from '../progress-store.ts';
import type { Delivery, DeliveryOutput } from './delivery.ts';
import { encodeSinkState } from './sink-state.ts';
import type { Intent, SinkState } from './sink-state.ts';

/**
 *   GATHERING ──cut──► INTENDED ──intent durable──► DELIVERING ──accepted──► DELIVERED ──committed──► GATHERING
 *       ▲                                               ▲
 *   (no open intent)                REPLAYING ──whole───┘          REPLAYING: an open intent was found at the start
 */
const sinkTransitions = {
  GATHERING: ['INTENDED', 'DELIVERED'],
  INTENDED: ['GATHERING', 'DELIVERING'],
  REPLAYING: ['DELIVERING', 'DELIVERED'],
  DELIVERING: ['DELIVERED'],
  DELIVERED: ['GATHERING'],
} as const satisfies Record<string, readonly string[]>;

export type SinkPartitionState = keyof typeof sinkTransitions;

export interface CutLimits {
  readonly maxRecords: number;
  readonly maxBytes: number;
  readonly recordsOf: (message: Message) => number;
}

interface Queued {
  readonly message: Message;
  readonly records: number;
  readonly arrivedMs: number;
}

/** One input partition of a sink: what waits, and the one delivery that is under way. Pure bookkeeping, no I/O. */
export class SinkPartition {
  readonly topic: string;
  readonly partition: number;
  readonly #limits: CutLimits;
  readonly #progress: ProgressStore;
  #state: SinkPartitionState;
  /** The open intent that was found at the start. */
  readonly #found: Intent | null;
  #intentValue: Buffer | null = null;
  #queue: Queued[] = [];
  #queuedBytes = 0;
  #queuedRecords = 0;
  /** Held from cut to completion, for retries. */
  #delivery: Delivery | null = null;
  #deliveryBytes = 0;
  #outputs: readonly DeliveryOutput[] = [];
  /** The partition belongs to another member now; whatever still comes back is ignored. */
  abandoned = false;
  /** When its older states were last given up. */
  refreshedMs = 0;

  constructor(at: { topic: string; partition: number }, restored: SinkState, limits: CutLimits) {
    this.topic = at.topic;
    this.partition = at.partition;
    this.#limits = limits;
    this.#progress = restored.progress;
    this.#found = restored.intent;
    this.#state = restored.intent === null ? 'GATHERING' : 'REPLAYING';
  }

  get state(): SinkPartitionState {
    return this.#state;
  }

  /** Bytes of values waiting or under way. */
  get bytes(): number {
    return this.#queuedBytes + this.#deliveryBytes;
  }

  /** First offset that is not settled; -1 when nothing ever was. */
  get next(): number {
    return this.#progress.get('next') ?? -1;
  }

  get delivery(): Delivery {
    if (this.#delivery === null)
      throw new EngineError('SINK_STATE', `${this.topic}/${this.partition} has no delivery`);
    return this.#delivery;
  }

  get outputs(): readonly DeliveryOutput[] {
    return this.#outputs;
  }

  add(message: Message, nowMs: number): void {
    if (message.offset < this.next) return;
    const records = this.#limits.recordsOf(message);
    this.#queue.push({ message, records, arrivedMs: nowMs });
    this.#queuedBytes += message.value.length;
    this.#queuedRecords += records;
  }

  /** When the oldest waiting message arrived; null when a cut is not possible now. */
  get waitingSinceMs(): number | null {
    return this.#state === 'GATHERING' ? (this.#queue[0]?.arrivedMs ?? null) : null;
  }

  /** When the newest waiting message arrived. */
  get newestMs(): number {
    return this.#queue.at(-1)?.arrivedMs ?? 0;
  }

  get isFull(): boolean {
    return this.#queuedBytes >= this.#limits.maxBytes || this.#queuedRecords >= this.#limits.maxRecords;
  }

  /** Cuts the next range. INTENDED, or DELIVERED at once when all of it was delivered before. */
  cut(): void {
    const count = this.#count();
    const intent = { first: this.#queue[0]!.message.offset, last: this.#queue[count - 1]!.message.offset };
    // Before the range is admitted: its chain positions count only once it is delivered.
    this.#intentValue = encodeSinkState(intent, this.#progress);
    this.#take(count, false);
    this.#become(this.delivery.messages.length === 0 ? 'DELIVERED' : 'INTENDED');
  }

  /** Cuts the range of the open intent again, once all of it is there. @returns whether it was. */
  cutReplay(): boolean {
    if (this.#state !== 'REPLAYING' || this.#found === null) return false;
    const { first, last } = this.#found;
    const newest = this.#queue.at(-1);
    if (newest === undefined || newest.message.offset < last) return false;
    const count = this.#queue.findIndex(({ message }) => message.offset === last) + 1;
    if (count === 0 || this.#queue[0]?.message.offset !== first) {
      throw new StateCorruptedError(
        'REPLAY_IMPOSSIBLE',
        `${this.topic}/${this.partition}: the range ${first}-${last} of an open delivery is not there any more`,
      );
    }
    this.#take(count, true);
    this.#become(this.delivery.messages.length === 0 ? 'DELIVERED' : 'DELIVERING');
    return true;
  }

  /** The intent is durable: the other side may be called. */
  intentDurable(): void {
    this.#become('DELIVERING');
  }

  accepted(outputs: readonly DeliveryOutput[]): void {
    this.#outputs = outputs;
    this.#become('DELIVERED');
  }

  /** The intent as the intent topic must hold it, and the offset to commit with it: what is settled so far. */
  encodeIntent(): { value: Buffer; offset: number } {
    return { value: this.#intentValue!, offset: this.delivery.first };
  }

  /** The state after the delivery, and the offset to commit with it. Safe to repeat. */
  encodeSettled(): { value: Buffer; offset: number } {
    const offset = this.delivery.last + 1;
    this.#progress.set('next', offset);
    return { value: encodeSinkState(null, this.#progress), offset };
  }

  /** Settled before and idle now: its state can be written again as it is. */
  get isIdle(): boolean {
    return this.#state === 'GATHERING' && this.next >= 0;
  }

  /** The settled state as it is; for an idle partition. */
  encodeAgain(): { value: Buffer; offset: number } {
    return { value: encodeSinkState(null, this.#progress), offset: this.next };
  }

  /** The completion is committed. */
  settled(): void {
    this.#progress.commit();
    this.#delivery = null;
    this.#deliveryBytes = 0;
    this.#outputs = [];
    this.#intentValue = null;
    this.#become('GATHERING');
  }

  #count(): number {
    let bytes = 0;
    let records = 0;
    for (const [index, queued] of this.#queue.entries()) {
      bytes += queued.message.value.length;
      records += queued.records;
      if (index > 0 && (bytes > this.#limits.maxBytes || records > this.#limits.maxRecords)) return index;
    }
    return this.#queue.length;
  }

  #take(count: number, replay: boolean): void {
    const taken = this.#queue.slice(0, count);
    this.#queue = this.#queue.slice(count);
    const bytes = taken.reduce((sum, { message }) => sum + message.value.length, 0);
    this.#queuedBytes -= bytes;
    this.#queuedRecords -= taken.reduce((sum, { records }) => sum + records, 0);
    this.#deliveryBytes = bytes;
    const first = taken[0]!.message.offset;
    const last = taken.at(-1)!.message.offset;
    if (this.next < 0) this.#progress.set(`first:${this.topic}`, first);
    const messages = taken
      .map(({ message }) => message)
      .filter((message) => admitByChain(message, this.#progress) === 'new');
    const id = `${this.topic}/${this.partition}/${first}-${last}`;
    this.#delivery = { id, topic: this.topic, partition: this.partition, first, last, messages, replay };
  }

  #become(state: SinkPartitionState): void {
    const allowed: readonly SinkPartitionState[] = sinkTransitions[this.#state];
    if (!allowed.includes(state))
      throw new EngineError(
        'SINK_STATE',
        `${this.topic}/${this.partition}: ${this.#state} cannot become ${state}`,
      );
    this.#state = state;
  }
}
