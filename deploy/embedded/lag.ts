import type { Transport } from '../../streams/engine/index.ts';
import { TOPICS } from '../../streams/workers/topics.ts';
import type { TopicName } from '../../streams/workers/topics.ts';
import type { TopicLag } from './service-status.ts';

/** Groups that read each topic; `billing-sync` only where there is a billing system. */
const READERS: readonly (readonly [group: string, topic: TopicName])[] = [
  ['mediate', TOPICS.raw],
  ['rate', TOPICS.mediated],
  ['aggregate', TOPICS.rated],
  ['aggregate', TOPICS.billingCommands],
  ['billing-sync', TOPICS.billingLines],
  ['warehouse', TOPICS.files],
  ['warehouse', TOPICS.raw],
  ['warehouse', TOPICS.errors],
  ['warehouse', TOPICS.rated],
  ['warehouse', TOPICS.suspended],
  ['warehouse', TOPICS.ledger],
  ['warehouse', TOPICS.billingLines],
  ['warehouse', TOPICS.billingResults],
  ['warehouse', TOPICS.billingRuns],
];

/** Raw batches that may wait for mediation, and those that may wait for ClickHouse, before the gateway pauses. */
const MAX_UNMEDIATED = 64;
const MAX_UNSTORED = 400;

/** How far the readers are behind the ends of their topics, in messages. */
export class Lag {
  private readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  of(group: string, topic: TopicName): number {
    let lag = 0;
    for (let partition = 0; partition < this.transport.partitions(topic); partition++) {
      const at = { topic, partition };
      lag += this.transport.endOffset(at) - this.transport.committedOffset(group, at);
    }
    return lag;
  }

  all(hasBilling: boolean): TopicLag[] {
    return READERS.filter(([group]) => group !== 'billing-sync' || hasBilling).map(([group, topic]) => ({
      group,
      topic,
      messages: this.of(group, topic),
    }));
  }

  isHigh(): boolean {
    return (
      this.of('mediate', TOPICS.raw) > MAX_UNMEDIATED ||
      this.of('warehouse', TOPICS.raw) > MAX_UNSTORED ||
      this.of('warehouse', TOPICS.rated) > 4 * MAX_UNSTORED
    );
  }

  isZero(hasBilling: boolean): boolean {
    return this.all(hasBilling).every(({ messages }) => messages === 0);
  }
}
