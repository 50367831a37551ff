/** The engine's public face; everything else in this folder is internal to it. */
export { systemClock, manualClock } from './clock.ts';
export type { Clock, ManualClock } from './clock.ts';
export type { EngineEvent, EventListener } from './engine-event.ts';
export {
  ChainBrokenError,
  EngineError,
  MemberFencedError,
  PoisonMessageError,
  StateCorruptedError,
  TaskFailedError,
  TopologyError,
  TransactionAbortedError,
  TransportFailedError,
} from './errors.ts';
export type { Chain, Message, OutgoingMessage, TopicPartition } from './message.ts';
export type { BatchProcessor, EmittedMessage, ProcessorContext } from './processor.ts';
export type { StateStore } from './state-store.ts';
export type {
  CommitReceipt,
  CommittedOffset,
  JoinOptions,
  Member,
  PollOptions,
  PollResult,
  Transaction,
  Transport,
} from './transport.ts';

export { TopologyBuilder } from './topology.ts';
export type { ProcessorOptions, Topology } from './topology.ts';
export { changelogTopic, deadLetterTopic, intentTopic } from './topic-names.ts';
export { decodeDeadLetter } from './dead-letter.ts';
export type { DeadLetter } from './dead-letter.ts';
export { StreamWorker } from './stream-worker.ts';
export type { StreamWorkerMetrics, StreamWorkerOptions } from './stream-worker.ts';

export { SinkWorker } from './sink-worker.ts';
export type { SinkHealth, SinkMetrics, SinkWorkerOptions } from './sink-worker.ts';
export type { Delivery, DeliveryOutput } from './sink/delivery.ts';
export type { BackOff, FailingDelivery } from './sink/delivery-attempts.ts';
export { SourceWorker } from './source-worker.ts';
export type { SourceContext, SourceWorkerOptions } from './source-worker.ts';

export { MemoryTransport } from './transport/memory-transport.ts';
export type { CommitFault } from './transport/memory-log.ts';
export { EmbeddedTransport } from './transport/embedded/embedded-transport.ts';
export type { EmbeddedTransportOptions } from './transport/embedded/embedded-transport.ts';

export { TopologyTestDriver } from './testing/topology-test-driver.ts';
export type { PipedMessage, TopologyTestDriverOptions } from './testing/topology-test-driver.ts';

export { ProgressStore } from './progress-store.ts';
export { StructStore } from './state/struct-store.ts';
export type { StructStoreOptions } from './state/struct-store.ts';
export { bytes, text } from './state/struct-layout.ts';
export type { FieldType, StructFields } from './state/struct-layout.ts';
export { FingerprintWindow } from './state/fingerprint-window.ts';
export type { FingerprintWindowOptions } from './state/fingerprint-window.ts';
export { readSnapshot } from './state/snapshot-reader.ts';
export { writeSnapshot } from './state/snapshot-file.ts';
export { HASH128_BYTES, hash128, hash128Text } from './hash/hash128.ts';
