import { Worker } from 'node:worker_threads';
import type { Delivery } from '../../engine/index.ts';
import type { Inserter } from './warehouse-inserter.ts';

/** A delivery as it crosses to the thread: all values in one buffer, which is handed over. */
export interface PostedDelivery {
  readonly number: number;
  readonly delivery: Omit<Delivery, 'messages'>;
  readonly values: ArrayBuffer;
  readonly messages: readonly PostedMessage[];
}

export interface PostedMessage {
  readonly offset: number;
  readonly timestamp: number;
  /** Where the value is in `values`. */
  readonly start: number;
  readonly end: number;
}

export interface PostedAnswer {
  readonly number: number;
  /** Null when it was inserted. */
  readonly failure: string | null;
}

interface Waiting {
  readonly resolve: (outputs: []) => void;
  readonly reject: (error: Error) => void;
}

function post(number: number, { messages, ...delivery }: Delivery): PostedDelivery {
  const length = messages.reduce((sum, { value }) => sum + value.length, 0);
  const values = new Uint8Array(length);
  let end = 0;
  const posted = messages.map(({ offset, timestamp, value }) => {
    const start = end;
    values.set(value, start);
    end += value.length;
    return { offset, timestamp, start, end };
  });
  return { number, delivery, values: values.buffer, messages: posted };
}

/** Encodes and inserts in a thread of its own, so that rows are written while the workers go on with the next records. */
export class ThreadedInserter implements Inserter {
  /** Rejects when the thread ends without having been closed; nothing can be inserted any more. */
  readonly ended: Promise<never>;
  private readonly thread: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private deliveries = 0;
  private failure: Error | null = null;

  constructor(url: string) {
    this.thread = new Worker(new URL('./inserter-thread.mjs', import.meta.url), {
      workerData: { url },
      // Flags of the process (an evaluated script, test options) are not the thread's.
      execArgv: [],
    });
    this.thread.on('message', (answer: PostedAnswer) => this.settle(answer));
    this.ended = new Promise((_, reject) => {
      const end = (error: Error): void => {
        if (this.failure === null) reject(error);
        this.fail(error);
      };
      this.thread.on('error', end);
      this.thread.on('exit', () =>
        end(new Error('The thread that inserts into ClickHouse has ended; start again')),
      );
    });
    this.ended.catch(() => undefined);
  }

  deliver(delivery: Delivery): Promise<[]> {
    if (this.failure !== null) return Promise.reject(this.failure);
    const posted = post(this.deliveries++, delivery);
    return new Promise((resolve, reject) => {
      this.waiting.set(posted.number, { resolve, reject });
      this.thread.postMessage(posted, [posted.values]);
    });
  }

  async close(): Promise<void> {
    this.failure ??= new Error('the inserter is closed');
    await this.thread.terminate();
  }

  private settle({ number, failure }: PostedAnswer): void {
    const waiting = this.waiting.get(number);
    this.waiting.delete(number);
    if (failure === null) waiting?.resolve([]);
    else waiting?.reject(new Error(failure));
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
