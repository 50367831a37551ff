import type { EventListener } from '../engine-event.ts';
import type { Delivery, DeliveryOutput } from './delivery.ts';

export interface BackOff {
  /** Pause before the first repetition; 100 ms by default. */
  readonly initialMs?: number;
  /** Longest pause; 30 s by default. */
  readonly maxMs?: number;
}

export interface FailingDelivery {
  readonly delivery: string;
  readonly attempts: number;
  readonly reason: string;
}

export interface DeliveryAttemptsOptions {
  readonly sink: string;
  readonly backOff: BackOff;
  readonly deliver: (delivery: Delivery) => Promise<readonly DeliveryOutput[]>;
  readonly onEvent: EventListener;
}

/** Calls the other side until it accepts, with growing pauses; the same delivery each time, marked as a replay. */
export class DeliveryAttempts {
  readonly #options: DeliveryAttemptsOptions;
  readonly #failing = new Map<string, FailingDelivery>();
  readonly #pauses = new Set<() => void>();
  #stopped = false;

  constructor(options: DeliveryAttemptsOptions) {
    this.#options = options;
  }

  /** Deliveries whose last attempt failed. */
  get failing(): readonly FailingDelivery[] {
    return [...this.#failing.values()];
  }

  /** @returns null when the attempts were given up, because the worker stops or `abandoned` says so. */
  async run(delivery: Delivery, abandoned: () => boolean): Promise<readonly DeliveryOutput[] | null> {
    const { initialMs = 100, maxMs = 30_000 } = this.#options.backOff;
    try {
      for (let attempt = 1; !this.#stopped && !abandoned(); attempt++) {
        try {
          return await this.#options.deliver(attempt === 1 ? delivery : { ...delivery, replay: true });
        } catch (error) {
          this.#report(delivery, attempt, error);
        }
        await this.#pause(Math.min(initialMs * 2 ** Math.min(attempt - 1, 30), maxMs));
      }
      return null;
    } finally {
      this.#failing.delete(delivery.id);
    }
  }

  /** No further attempt begins; one that is running is left alone. */
  stop(): void {
    this.#stopped = true;
    for (const end of this.#pauses) end();
  }

  #report(delivery: Delivery, attempts: number, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#failing.set(delivery.id, { delivery: delivery.id, attempts, reason });
    this.#options.onEvent({
      type: 'delivery-failed',
      worker: this.#options.sink,
      delivery: delivery.id,
      attempt: attempts,
      reason,
    });
  }

  #pause(ms: number): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#pauses.delete(end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.#pauses.add(end);
    });
  }
}
