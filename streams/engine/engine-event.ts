import type { TopicPartition } from './message.ts';

/** What an operator wants to know; numbers are in `metrics()`. */
export type EngineEvent =
  | { readonly type: 'assigned'; readonly worker: string; readonly partitions: readonly TopicPartition[] }
  | { readonly type: 'revoked'; readonly worker: string; readonly partitions: readonly TopicPartition[] }
  | {
      readonly type: 'restored';
      readonly worker: string;
      readonly partition: number;
      /** Null when the state came from the changelog alone. */
      readonly snapshot: string | null;
      readonly changelogMessages: number;
    }
  | {
      readonly type: 'snapshot-written';
      readonly worker: string;
      readonly partition: number;
      readonly file: string;
    }
  | {
      readonly type: 'snapshot-invalid';
      readonly worker: string;
      readonly file: string;
      readonly reason: string;
    }
  | { readonly type: 'transaction-aborted'; readonly worker: string; readonly reason: string }
  | {
      readonly type: 'dead-letter';
      readonly worker: string;
      readonly topic: string;
      readonly partition: number;
      readonly offset: number;
      readonly reason: string;
    }
  | {
      readonly type: 'delivery-failed';
      readonly worker: string;
      readonly delivery: string;
      readonly attempt: number;
      readonly reason: string;
    }
  | { readonly type: 'torn-tail'; readonly file: string; readonly position: number; readonly bytes: number }
  | { readonly type: 'lock-taken-over'; readonly file: string; readonly pid: number };

export type EventListener = (event: EngineEvent) => void;
