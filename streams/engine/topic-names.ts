/** The only place where the engine makes up topic names. */

/** Where an app's state deltas go; one message a commit holds all stores of a task, so the engine asks for `state`. */
export function changelogTopic(app: string, store: string): string {
  return `${app}-${store}-changelog`;
}

/** Messages that can never be processed. */
export function deadLetterTopic(app: string): string {
  return `${app}-dead-letters`;
}

/** Open and settled deliveries of a sink for one of its input topics. */
export function intentTopic(sink: string, topic: string): string {
  return changelogTopic(sink, `${topic}-intents`);
}

/** Name of a chain: see Chain.source. */
export function chainSource(app: string, topic: string, partition: number): string {
  return `${app}:${topic}/${partition}`;
}
