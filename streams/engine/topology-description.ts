import { changelogTopic, deadLetterTopic } from './topic-names.ts';
import type { TopologyParts } from './topology-parts.ts';

/** The wiring as indented text, in the order in which it was written. */
export function describeTopology(parts: TopologyParts): string {
  const topicOf = new Map(parts.sinks.map((sink) => [sink.output, sink.topic]));
  const lines = [`Topology ${parts.app}`, '  Sources'];
  for (const source of parts.sources) lines.push(`    ${source.name} <- topic ${source.topic}`);
  if (parts.stores.length > 0) lines.push('  Stores');
  for (const store of parts.stores) lines.push(`    ${store.name}`);
  lines.push('  Processors');
  for (const node of parts.processors) {
    lines.push(`    ${node.name}`, `      inputs: ${node.inputs.join(', ')}`);
    if (node.stores.length > 0) lines.push(`      stores: ${node.stores.join(', ')}`);
    for (const output of node.outputs) lines.push(`      ${output} -> topic ${topicOf.get(output) ?? '?'}`);
  }
  lines.push(
    `  Changelog ${changelogTopic(parts.app, 'state')}`,
    `  Dead letters ${deadLetterTopic(parts.app)}`,
  );
  return `${lines.join('\n')}\n`;
}

/** The wiring as a Mermaid flow chart; topics are rounded, stores are cylinders. */
export function mermaidTopology(parts: TopologyParts): string {
  const ids = new Map<string, string>();
  const lines = ['flowchart LR'];
  const node = (kind: string, name: string, open: string, close: string): string => {
    const key = `${kind} ${name}`;
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = `n${ids.size}`;
    ids.set(key, id);
    lines.push(`  ${id}${open}"${name}"${close}`);
    return id;
  };
  const topic = (name: string): string => node('topic', name, '([', '])');
  const inputTopic = new Map(parts.sources.map((source) => [source.name, source.topic]));
  const outputTopic = new Map(parts.sinks.map((sink) => [sink.output, sink.topic]));
  for (const processor of parts.processors) {
    const id = node('processor', processor.name, '[', ']');
    for (const input of processor.inputs) lines.push(`  ${topic(inputTopic.get(input) ?? '?')} --> ${id}`);
    for (const store of processor.stores) lines.push(`  ${id} <--> ${node('store', store, '[(', ')]')}`);
    for (const output of processor.outputs)
      lines.push(`  ${id} -- ${output} --> ${topic(outputTopic.get(output) ?? '?')}`);
  }
  return `${lines.join('\n')}\n`;
}
