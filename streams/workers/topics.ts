import type { Transport } from '../engine/transport.ts';

/** All topics of the product; names are built nowhere else. */
export const TOPICS = {
  files: 'usage.files',
  raw: 'usage.raw',
  errors: 'usage.errors',
  mediated: 'usage.mediated',
  rated: 'usage.rated',
  suspended: 'usage.suspended',
  ledger: 'usage.ledger',
  billingCommands: 'billing.commands',
  billingLines: 'billing.lines',
  billingRuns: 'billing.runs',
  billingResults: 'billing.results',
} as const;

export type TopicName = (typeof TOPICS)[keyof typeof TOPICS];

/** Creates what is missing; every topic has the same number of partitions, so that stages are co-partitioned. */
export async function createTopics(transport: Transport, partitions: number): Promise<void> {
  for (const topic of Object.values(TOPICS)) await transport.createTopic(topic, partitions);
}
