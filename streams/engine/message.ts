/**
 * Where an output came from: the input that produced it and the input offset that was sent to this same output
 * partition before it (-1 when none). A reader drops what it already has and stops at a hole.
 */
export interface Chain {
  /** Input partition as `topic/partition`. */
  readonly source: string;
  readonly offset: number;
  readonly previous: number;
}

/** A message as a transport delivers it. The bytes are valid until the next poll; copy what must live longer. */
export interface Message {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: Uint8Array | null;
  readonly value: Buffer;
  /** Epoch milliseconds at which the transport accepted it. */
  readonly timestamp: number;
  readonly chain: Chain | null;
}

/** A message to be written. `value` is handed over: the producer of it must not change it afterwards. */
export interface OutgoingMessage {
  readonly topic: string;
  readonly partition: number;
  readonly key: Uint8Array | null;
  readonly value: Buffer;
  readonly chain: Chain | null;
}

/** A topic partition. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}
