/**
 * Where an output came from: the input that produced it and the input offset that was sent to this same output
 * partition before it (-1 when none). A reader drops what it already has and stops at a hole.
 */
export interface Chain {
  /** Who made it from what: `app:topic/partition` of the input, so that two apps reading one topic never mix chains. */
  readonly source: string;
  readonly offset: number;
  readonly previous: number;
}

/** A message as a transport delivers it. Nobody changes the bytes; who keeps them keeps the memory. */
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
