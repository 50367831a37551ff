import type { CodecsSpec, WriterSpec } from './spec.ts';
import type { Contracts, Field, FieldType } from './schema.ts';
import { tailFields } from './emit-values.ts';
import { doc, fileHead, importUsed, uncapital } from './source.ts';

const PRIMITIVES = [
  'writeArrayEnd',
  'writeArrayStart',
  'writeBoolean',
  'writeBytes',
  'writeEnum',
  'writeFixed',
  'writeInt',
  'writeLong',
  'writeText',
];

/** `generated/writers.ts`: `writeX` per record, `writeXHead` for the fields before an array, tails, formats of messages. */
export function emitWriters(contracts: Contracts, spec: CodecsSpec): string {
  const body = spec.writers.map((writer) => emitWriter(contracts, writer)).join('\n');
  const types = [...body.matchAll(/value: (\w+)\)/g)].map((match) => match[1]!);
  return (
    fileHead(
      'Writers: `write(out, position, value)` returns the position behind the value; NO_ROOM when `out` is full.',
    ) +
    importUsed(body, PRIMITIVES, '../avro-writer.ts') +
    importUsed(body, ['BatchFormat', 'MessageFormat'], '../batch-writer.ts', true) +
    importUsed(body, [...new Set(types)], './values.ts', true) +
    '\n' +
    body
  );
}

function emitWriter(contracts: Contracts, spec: WriterSpec): string {
  const { name, fields } = contracts.get(spec.schema)!;
  const hasArray = fields.at(-1)!.type.kind === 'array';
  const parts = [emitFunction(`write${name}`, `${name}Value`, fields, `Writes a whole ${name}.`)];
  if (hasArray) {
    const text = `Writes the fields of a ${name} before its array; writeArrayStart, the items and writeArrayEnd follow.`;
    parts.push(emitFunction(`write${name}Head`, `${name}Head`, fields.slice(0, -1), text));
  }
  if (spec.prefix !== undefined) {
    const text = `Writes what follows a copied ${spec.prefix.schema} in a ${name}.`;
    const tail = tailFields(contracts, spec.schema, spec.prefix.schema);
    parts.push(emitFunction(`write${spec.prefix.tail}`, `${spec.prefix.tail}Value`, tail, text));
  }
  if (spec.message === true) parts.push(emitFormat(name, hasArray));
  return parts.join('\n');
}

function emitFormat(name: string, hasArray: boolean): string {
  const type = hasArray
    ? `BatchFormat<${name}Head> & MessageFormat<${name}Value>`
    : `MessageFormat<${name}Value>`;
  const head = hasArray ? `  writeHead: write${name}Head,\n` : '';
  return `export const ${uncapital(name)}Format: ${type} = {\n  schema: '${name}',\n${head}  write: write${name},\n};\n`;
}

function emitFunction(name: string, type: string, fields: readonly Field[], text: string): string {
  if (fields.length === 0) {
    return `${doc(text)}export function ${name}(_out: Buffer, position: number, _value: ${type}): number {\n  return position;\n}\n`;
  }
  const lines = fields.map((field, index) => emitField(field, index === 0));
  return (
    `${doc(text)}export function ${name}(out: Buffer, position: number, value: ${type}): number {\n` +
    lines.join('') +
    '  return p;\n}\n'
  );
}

function emitField({ name, type }: Field, isFirst: boolean): string {
  const from = isFirst ? 'position' : 'p';
  const assign = isFirst ? '  let p =' : '  p =';
  if (type.kind === 'array') {
    return (
      `${assign} writeArrayStart(out, ${from}, value.${name}.length);\n` +
      `  for (const item of value.${name}) p = write${type.items.name}(out, p, item);\n` +
      '  p = writeArrayEnd(out, p);\n'
    );
  }
  return `${assign} ${primitiveOf(type)}(out, ${from}, value.${name}${extraOf(type)});\n`;
}

function extraOf(type: FieldType): string {
  if (type.kind === 'fixed') return `, ${type.size}`;
  return type.kind === 'enum' ? `, ${type.symbols.length}` : '';
}

function primitiveOf(type: Exclude<FieldType, { kind: 'array' }>): string {
  const names = {
    long: 'writeLong',
    int: 'writeInt',
    string: 'writeText',
    bytes: 'writeBytes',
    boolean: 'writeBoolean',
    fixed: 'writeFixed',
    enum: 'writeEnum',
  };
  return names[type.kind];
}
