import type { CodecsSpec } from './spec.ts';
import type { Contracts, Field, FieldType, RecordType } from './schema.ts';
import { doc, fileHead, importUsed, uncapital } from './source.ts';

/** `generated/values.ts`: enums as index constants, and the plain objects that the writers take. */
export function emitValues(contracts: Contracts, spec: CodecsSpec): string {
  const enums = [...enumsOf(contracts).values()].map(emitEnum);
  const values = [...contracts.values()].map((record) => emitInterfaces(record));
  const tails = spec.writers.flatMap((writer) => {
    if (writer.prefix === undefined) return [];
    const fields = tailFields(contracts, writer.schema, writer.prefix.schema);
    const text = `Fields of ${writer.schema} behind those of ${writer.prefix.schema}.`;
    return [emitInterface(`${writer.prefix.tail}Value`, text, fields)];
  });
  const body = [...enums, ...values, ...tails].join('\n');
  return (
    fileHead('Values of the contracts: what the writers take, and the indexes of the enums.') +
    importUsed(body, ['BytesValue', 'FixedValue'], '../avro-writer.ts', true) +
    importUsed(body, ['Text'], '../text.ts', true) +
    '\n' +
    body
  );
}

/** Fields behind the prefix, which must be exact: same names, same types, same order. */
export function tailFields(contracts: Contracts, schema: string, prefix: string): readonly Field[] {
  const whole = contracts.get(schema)!.fields;
  const head = contracts.get(prefix)!.fields;
  head.forEach((field, index) => {
    const other = whole[index];
    if (other?.name !== field.name || JSON.stringify(other.type) !== JSON.stringify(field.type)) {
      throw new Error(
        `${prefix} is no prefix of ${schema}: ${field.name} differs, so appending would not be legal Avro`,
      );
    }
  });
  return whole.slice(head.length);
}

type EnumType = FieldType & { kind: 'enum' };

function enumsOf(contracts: Contracts): Map<string, EnumType> {
  const enums = new Map<string, EnumType>();
  for (const record of contracts.values()) {
    for (const { type } of record.fields) if (type.kind === 'enum') enums.set(type.name, type);
  }
  return enums;
}

function emitEnum(type: EnumType): string {
  const entries = type.symbols.map((symbol, index) => `  ${symbol}: ${index},\n`).join('');
  return (
    `export const ${type.name} = {\n${entries}} as const;\n` +
    `export type ${type.name} = (typeof ${type.name})[keyof typeof ${type.name}];\n` +
    doc(`Symbols of ${type.name} by index.`) +
    `export const ${uncapital(type.name)}Symbols = [${type.symbols.map((symbol) => `'${symbol}'`).join(', ')}] as const;\n`
  );
}

function emitInterfaces(record: RecordType): string {
  const value = emitInterface(`${record.name}Value`, record.doc, record.fields);
  if (record.fields.at(-1)!.type.kind !== 'array') return value;
  const text = `Fields of ${record.name} before its array.`;
  return value + '\n' + emitInterface(`${record.name}Head`, text, record.fields.slice(0, -1));
}

function emitInterface(name: string, text: string, fields: readonly Field[]): string {
  const lines = fields.map(
    (field) => doc(field.doc, '  ') + `  readonly ${field.name}: ${valueType(field.type)};\n`,
  );
  return `${doc(text)}export interface ${name} {\n${lines.join('')}}\n`;
}

function valueType(type: FieldType): string {
  switch (type.kind) {
    case 'long':
    case 'int':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'string':
      return 'Text';
    case 'bytes':
      return 'BytesValue';
    case 'fixed':
      return 'FixedValue';
    case 'enum':
      return type.name;
    case 'array':
      return `readonly ${type.items.name}Value[]`;
  }
}
