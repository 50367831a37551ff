import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Json = Record<string, unknown>;

const avroFolder = join(import.meta.dirname, '../avro');

/**
 * The contract of record `name` (e.g. `RatedBatch`) with every type that it names defined inside it, each once: what a schema registry
 * takes and avsc compiles. Reads schemas/avro; unknown names throw.
 */
export function selfContainedSchema(name: string): Json {
  const definitions = new Map<string, Json>();
  for (const file of readdirSync(avroFolder)) {
    if (file.endsWith('.avsc'))
      collect(JSON.parse(readFileSync(join(avroFolder, file), 'utf8')), definitions);
  }
  const definition = definitions.get(name);
  if (definition === undefined) throw new Error(`No contract is named ${name}`);
  return inline(definition, definitions, new Set()) as Json;
}

function isDefinition(json: Json): boolean {
  return typeof json['name'] === 'string' && ['record', 'enum', 'fixed'].includes(json['type'] as string);
}

function collect(node: unknown, into: Map<string, Json>): void {
  if (Array.isArray(node)) for (const item of node) collect(item, into);
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
  if (isDefinition(node as Json)) into.set((node as Json)['name'] as string, node as Json);
  for (const value of Object.values(node)) collect(value, into);
}

/** Replaces names by definitions at their first use, and repeated definitions by their name. Only types are looked at. */
function inline(type: unknown, definitions: Map<string, Json>, seen: Set<string>): unknown {
  const named =
    typeof type === 'string' ? definitions.get(type.slice(type.lastIndexOf('.') + 1)) : (type as Json);
  if (named === undefined) return type;
  if (named['type'] === 'array') return { ...named, items: inline(named['items'], definitions, seen) };
  const name = named['name'] as string;
  if (seen.has(name)) return `usage.${name}`;
  seen.add(name);
  const namespaced = { namespace: 'usage', ...named };
  if (named['type'] !== 'record') return namespaced;
  const fields = (named['fields'] as Json[]).map((field) => ({
    ...field,
    type: inline(field['type'], definitions, seen),
  }));
  return { ...namespaced, fields };
}
