import type { TopologyParts } from './topology-parts.ts';

/** Everything that is wrong with a wiring, as sentences; empty when it can run. */
export function topologyFaults(parts: TopologyParts): string[] {
  return [
    ...(/^[\w.-]+$/.test(parts.app)
      ? []
      : [`app "${parts.app}" must consist of letters, digits, '.', '_' and '-'`]),
    ...twice(
      'source',
      parts.sources.map((node) => node.name),
    ),
    ...twice(
      'topic of a source',
      parts.sources.map((node) => node.topic),
    ),
    ...twice(
      'store',
      parts.stores.map((node) => node.name),
    ),
    ...twice(
      'processor',
      parts.processors.map((node) => node.name),
    ),
    ...twice(
      'output',
      parts.processors.flatMap((node) => node.outputs),
    ),
    ...twice(
      'sink of output',
      parts.sinks.map((node) => node.output),
    ),
    // A second output into one topic would make two messages with one chain position.
    ...twice(
      'topic of a sink',
      parts.sinks.map((node) => node.topic),
    ),
    ...sourceFaults(parts),
    ...storeFaults(parts),
    ...outputFaults(parts),
  ];
}

function sourceFaults(parts: TopologyParts): string[] {
  const known = new Set(parts.sources.map((node) => node.name));
  const used = new Set(parts.processors.flatMap((node) => node.inputs));
  return [
    ...(parts.sources.length === 0 ? ['there is no source'] : []),
    ...parts.processors.flatMap((node) =>
      node.inputs.length === 0
        ? [`processor "${node.name}" has no input`]
        : unknown(node.name, 'source', node.inputs, known),
    ),
    ...[...known].filter((name) => !used.has(name)).map((name) => `source "${name}" is read by no processor`),
  ];
}

function storeFaults(parts: TopologyParts): string[] {
  const known = new Set(parts.stores.map((node) => node.name));
  const uses = parts.processors.flatMap((node) => node.stores);
  const used = new Set(uses);
  return [
    ...parts.processors.flatMap((node) => unknown(node.name, 'store', node.stores, known)),
    ...twice('use of store', uses),
    ...[...known].filter((name) => !used.has(name)).map((name) => `store "${name}" is used by no processor`),
    ...[...known]
      .filter((name) => name.startsWith('$'))
      .map((name) => `store "${name}" begins with the engine's own sign`),
  ];
}

function outputFaults(parts: TopologyParts): string[] {
  const outputs = new Set(parts.processors.flatMap((node) => node.outputs));
  const sinks = new Set(parts.sinks.map((node) => node.output));
  return [
    ...[...outputs].filter((name) => !sinks.has(name)).map((name) => `output "${name}" has no sink`),
    ...[...sinks].filter((name) => !outputs.has(name)).map((name) => `sink of unknown output "${name}"`),
  ];
}

function unknown(
  processor: string,
  kind: string,
  names: readonly string[],
  known: ReadonlySet<string>,
): string[] {
  return names
    .filter((name) => !known.has(name))
    .map((name) => `processor "${processor}" names the unknown ${kind} "${name}"`);
}

function twice(kind: string, names: readonly string[]): string[] {
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...repeated].map((name) => `${kind} "${name}" is there more than once`);
}
