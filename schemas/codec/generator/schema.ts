import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The subset of Avro that our contracts use, resolved: no names left to look up. */
export type FieldType =
  | { readonly kind: 'long' | 'int' | 'string' | 'bytes' | 'boolean' }
  | { readonly kind: 'fixed'; readonly size: number }
  | { readonly kind: 'enum'; readonly name: string; readonly symbols: readonly string[] }
  | { readonly kind: 'array'; readonly items: RecordType };

export interface Field {
  readonly name: string;
  readonly doc: string;
  readonly type: FieldType;
}

export interface RecordType {
  readonly name: string;
  readonly doc: string;
  readonly fields: readonly Field[];
}

/** All records of the contracts, nested ones included, by their simple name. */
export type Contracts = ReadonlyMap<string, RecordType>;

type Json = Record<string, unknown>;

/** Reads every *.avsc of a folder. What is not in our subset, and two different types of one name, is an error. */
export function readContracts(folder: string): Contracts {
  const files = readdirSync(folder).filter((name) => name.endsWith('.avsc'));
  return resolveContracts(files.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Json));
}

/** The same for parsed schemas, in any order. */
export function resolveContracts(schemas: readonly Json[]): Contracts {
  const definitions = new Map<string, Json>();
  for (const schema of schemas) collectDefinitions(schema, definitions);
  const records = new Map<string, RecordType>();
  for (const [name, definition] of definitions) {
    if (definition['type'] === 'record') records.set(name, toRecord(definition, definitions));
  }
  return records;
}

function collectDefinitions(node: unknown, into: Map<string, Json>): void {
  if (Array.isArray(node)) for (const item of node) collectDefinitions(item, into);
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
  const json = node as Json;
  const isNamed =
    typeof json['name'] === 'string' && ['record', 'enum', 'fixed'].includes(json['type'] as string);
  if (isNamed) define(json['name'] as string, json, into);
  for (const value of Object.values(json)) collectDefinitions(value, into);
}

function define(name: string, definition: Json, into: Map<string, Json>): void {
  const known = into.get(name);
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(definition)) {
    throw new Error(`Two different types are named ${name}`);
  }
  into.set(name, definition);
}

function toRecord(definition: Json, definitions: Map<string, Json>): RecordType {
  const fields = (definition['fields'] as Json[]).map((field) => ({
    name: field['name'] as string,
    doc: (field['doc'] as string | undefined) ?? '',
    type: toType(field['type'], definitions),
  }));
  if (fields.length === 0)
    throw new Error(`Record ${definition['name'] as string} has no fields: an array of it takes no bytes`);
  return { name: definition['name'] as string, doc: (definition['doc'] as string | undefined) ?? '', fields };
}

function toType(type: unknown, definitions: Map<string, Json>): FieldType {
  if (typeof type === 'string') return toNamedType(type, definitions);
  const json = type as Json;
  switch (json['type']) {
    case 'fixed':
      return { kind: 'fixed', size: json['size'] as number };
    case 'enum':
      return { kind: 'enum', name: json['name'] as string, symbols: json['symbols'] as string[] };
    case 'array':
      return { kind: 'array', items: toItems(json['items'], definitions) };
    default:
      throw new Error(`Type ${JSON.stringify(type).slice(0, 80)} is not supported by the codec generator`);
  }
}

function toNamedType(name: string, definitions: Map<string, Json>): FieldType {
  if (['long', 'int', 'string', 'bytes', 'boolean'].includes(name)) return { kind: name as 'long' };
  const definition = definitions.get(simpleName(name));
  if (definition === undefined) throw new Error(`Type ${name} is not defined`);
  return toType(definition, definitions);
}

function toItems(items: unknown, definitions: Map<string, Json>): RecordType {
  const definition = typeof items === 'string' ? definitions.get(simpleName(items)) : (items as Json);
  if (definition?.['type'] !== 'record') throw new Error('Arrays must be of records');
  return toRecord(definition, definitions);
}

function simpleName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
