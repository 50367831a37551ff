import { StateCorruptedError } from '../errors.ts';
import type { TopicPartition } from '../message.ts';
import { ProgressStore } from '../progress-store.ts';
import { intentTopic } from '../topic-names.ts';
import type { Transport } from '../transport.ts';
import { decodeSinkState } from './sink-state.ts';
import type { SinkState } from './sink-state.ts';

/** Reads the state of a sink for one partition: the last message of its intent topic. @throws StateCorruptedError */
export async function restoreSinkState(
  transport: Transport,
  sink: string,
  at: TopicPartition,
): Promise<SinkState> {
  const topic = intentTopic(sink, at.topic);
  let last: SinkState = { intent: null, progress: new ProgressStore() };
  for await (const message of transport.read({ topic, partition: at.partition }, 0)) {
    last = decodeSinkState(message.value, `${topic}/${at.partition} offset ${message.offset}`);
  }
  const committed = transport.committedOffset(sink, at);
  const next = last.progress.get('next') ?? last.intent?.first ?? 0;
  if (committed > next) {
    throw new StateCorruptedError(
      'STATE_BEHIND_OFFSETS',
      `${sink} has settled ${at.topic}/${at.partition} up to ${committed}, its restored state only up to ${next}: messages of ${topic} are missing`,
    );
  }
  return last;
}
