import type { CodecsSpec, ViewSpec } from './spec.ts';
import type { Contracts, Field, FieldType, RecordType } from './schema.ts';
import { tailFields } from './emit-values.ts';
import { doc, fileHead, importUsed, isRange, uncapital } from './source.ts';

const READERS = [
  'decodedInt',
  'decodedLong',
  'readBoolean',
  'readEnum',
  'readFixed',
  'readInt',
  'readLong',
  'readSpan',
  'skipLong',
];
const BLOCKS = ['BlockReader', 'skipArray'];
const FRAMES = ['FRAME_BYTES', 'embeddedSchemaIds', 'expectEnd'];

/** `generated/views.ts`: views that decode without allocation, cursors over arrays inside records, skip functions. */
export function emitViews(contracts: Contracts, spec: CodecsSpec): string {
  const nested = spec.views.filter((view) => view.message !== true && view.items !== undefined);
  const itemNames = nested.map((view) => arrayOf(recordOf(contracts, view)).items.name);
  const skips = [...new Set(itemNames)].map((name) => emitSkip(contracts.get(name)!));
  const body = [...skips, ...spec.views.map((view) => emitView(contracts, view))].join('\n');
  const enums = [...contracts.values()].flatMap(({ fields }) =>
    fields.flatMap(({ type }) => (type.kind === 'enum' ? [type.name] : [])),
  );
  return (
    fileHead(
      'Views: `decode(buffer, position)` returns the position behind the record and leaves its fields in the view, strings as\n' +
        ' * ranges (`xStart`, `xEnd`) with a getter `x` that makes a string. A view is reused for the next record. Bad bytes: CodecError.',
    ) +
    importUsed(body, READERS, '../avro-reader.ts') +
    importUsed(body, BLOCKS, '../block-reader.ts') +
    importUsed(body, FRAMES, '../schema-ids.ts') +
    importUsed(body, ['SchemaIds'], '../schema-ids.ts', true) +
    importUsed(body, ['text'], '../text.ts') +
    importUsed(body, [...new Set(enums)], './values.ts', true) +
    '\nconst NO_BYTES = Buffer.alloc(0);\n\n' +
    body
  );
}

function recordOf(contracts: Contracts, spec: ViewSpec): RecordType {
  const record = contracts.get(spec.schema);
  if (record === undefined) throw new Error(`View ${spec.view}: no schema ${spec.schema}`);
  return record;
}

function arrayOf(record: RecordType): Extract<FieldType, { kind: 'array' }> {
  const last = record.fields.at(-1)!.type;
  if (last.kind !== 'array') throw new Error(`${record.name} does not end with an array`);
  return last;
}

/** Fields that the view holds; an array is held as its start, or walked by `next`. */
function heldFields(record: RecordType, spec: ViewSpec): readonly Field[] {
  const names = spec.fields ?? record.fields.map(({ name }) => name);
  const unknown = names.filter((name) => !record.fields.some((field) => field.name === name));
  if (unknown.length > 0) throw new Error(`View ${spec.view}: ${record.name} has no ${unknown.join(', ')}`);
  return record.fields.filter(({ name, type }) => names.includes(name) || type.kind === 'array');
}

function emitSkip(record: RecordType): string {
  return (
    `function skip${record.name}(buffer: Buffer, position: number): number {\n  let p = position;\n` +
    record.fields.map((field) => emitSkipField(field)).join('') +
    '  return p;\n}\n'
  );
}

function emitSkipField({ name, type }: Field, indent = '  '): string {
  switch (type.kind) {
    case 'array':
      return `${indent}p = skipArray(buffer, p, skip${type.items.name}); // ${name}\n`;
    case 'long':
    case 'int':
      return `${indent}p = skipLong(buffer, p); // ${name}, skipped\n`;
    case 'boolean':
    case 'bytes':
    case 'enum':
    case 'fixed':
    case 'string':
      return `${indent}p = ${readCall(type)}; // ${name}, skipped\n`;
  }
}

function readCall(type: Exclude<FieldType, { kind: 'array' }>): string {
  switch (type.kind) {
    case 'long':
      return 'readLong(buffer, p)';
    case 'int':
      return 'readInt(buffer, p)';
    case 'boolean':
      return 'readBoolean(buffer, p)';
    case 'enum':
      return `readEnum(buffer, p, ${type.symbols.length})`;
    case 'fixed':
      return `readFixed(buffer, p, ${type.size})`;
    case 'string':
    case 'bytes':
      return 'readSpan(buffer, p)';
  }
}

function emitView(contracts: Contracts, spec: ViewSpec): string {
  const record = recordOf(contracts, spec);
  const isBatch = spec.message === true && spec.items !== undefined;
  const held = heldFields(record, spec).filter(({ type }) => !(isBatch && type.kind === 'array'));
  const subset =
    spec.fields === undefined ? '' : ' (the fields that its readers need; the others are skipped)';
  return (
    `${doc(`${spec.schema}: ${record.doc}${subset}`)}export class ${spec.view} {\n` +
    '  /** The bytes that were decoded. */\n  buffer: Buffer = NO_BYTES;\n' +
    (spec.message === true
      ? ''
      : '  /** First byte of the record. */\n  start = 0;\n  /** Position behind the record. */\n  end = 0;\n') +
    (spec.prefix === undefined
      ? ''
      : `  /** Position behind the fields of the ${spec.prefix}. */\n  ${prefixEnd(spec.prefix)} = 0;\n`) +
    held.map(emitProperty).join('') +
    (isBatch ? batchProperties(spec) : '') +
    (spec.message === true ? messageConstructor() : '') +
    (spec.message === true ? emitOpen(spec, isBatch) : '') +
    (isBatch ? emitNext() : '') +
    emitDecode({
      fields: isBatch ? record.fields.slice(0, -1) : record.fields,
      held,
      spec,
      prefixLength: prefixLength(contracts, spec),
    }) +
    held.map(emitGetter).join('') +
    '}\n' +
    (spec.cursor === undefined ? '' : '\n' + emitCursor(spec, spec.cursor))
  );
}

function emitProperty({ name, type, doc: text }: Field): string {
  if (type.kind === 'array') return doc(`Where the array starts: ${text}`, '  ') + `  ${name}Start = 0;\n`;
  if (type.kind === 'fixed') return doc(text, '  ') + `  ${name}Start = 0;\n`;
  if (isRange(type)) return doc(text, '  ') + `  ${name}Start = 0;\n  ${name}End = 0;\n`;
  const initial = type.kind === 'boolean' ? 'false' : type.kind === 'enum' ? `0 as ${type.name}` : '0';
  return doc(text, '  ') + `  ${name} = ${initial};\n`;
}

function batchProperties(spec: ViewSpec): string {
  return (
    '  /** Index of `record` in the batch, from 0; -1 before the first. */\n  index = -1;\n' +
    `  /** The record that \`next\` decoded. */\n  readonly record = new ${spec.items!}();\n` +
    '  private readonly blocks = new BlockReader();\n'
  );
}

function messageConstructor(): string {
  return (
    '  private readonly ids: SchemaIds;\n  private later = false;\n\n' +
    '  constructor(ids: SchemaIds = embeddedSchemaIds) {\n    this.ids = ids;\n  }\n'
  );
}

function emitOpen(spec: ViewSpec, isBatch: boolean): string {
  const what = isBatch
    ? 'Checks the frame and decodes the header; `next` walks the records.'
    : 'Checks the frame and decodes the message.';
  const end = isBatch
    ? '    this.blocks.open(message, this.decode(message, FRAME_BYTES));\n    this.index = -1;\n'
    : '    expectEnd(message, this.decode(message, FRAME_BYTES), this.later);\n';
  return (
    `\n  /** ${what} */\n  open(message: Buffer): this {\n` +
    `    this.later = this.ids.expect(message, '${spec.schema}');\n${end}    return this;\n  }\n`
  );
}

function emitNext(): string {
  return `
  /** Decodes the next record into \`record\`; false behind the last. */
  next(): boolean {
    const blocks = this.blocks;
    if (!blocks.hasNext()) {
      expectEnd(this.buffer, blocks.position, this.later);
      return false;
    }
    blocks.position = this.record.decode(this.buffer, blocks.position);
    this.index += 1;
    return true;
  }
`;
}

function prefixEnd(prefix: string): string {
  return `${uncapital(prefix)}End`;
}

/** Number of fields of the prefix, -1 without one. */
function prefixLength(contracts: Contracts, spec: ViewSpec): number {
  if (spec.prefix === undefined) return -1;
  return recordOf(contracts, spec).fields.length - tailFields(contracts, spec.schema, spec.prefix).length;
}

interface DecodeParts {
  readonly fields: readonly Field[];
  readonly held: readonly Field[];
  readonly spec: ViewSpec;
  readonly prefixLength: number;
}

function emitDecode({ fields, held, spec, prefixLength: prefixed }: DecodeParts): string {
  const isMessage = spec.message === true;
  const lines = fields.map((field, index) => {
    const line = held.includes(field) ? emitRead(field) : emitSkipField(field, '    ');
    return index + 1 === prefixed ? `${line}    this.${prefixEnd(spec.prefix!)} = p;\n` : line;
  });
  return (
    `\n  ${isMessage ? 'private ' : ''}decode(buffer: Buffer, position: number): number {\n    let p = position;\n    this.buffer = buffer;\n` +
    (isMessage ? '' : '    this.start = position;\n') +
    lines.join('') +
    (isMessage ? '' : '    this.end = p;\n') +
    '    return p;\n  }\n'
  );
}

function emitRead(field: Field): string {
  const { name, type } = field;
  if (type.kind === 'array') return `    this.${name}Start = p;\n${emitSkipField(field, '    ')}`;
  const read = `    p = ${readCall(type)};\n`;
  switch (type.kind) {
    case 'long':
      return `${read}    this.${name} = decodedLong[0]!;\n`;
    case 'int':
      return `${read}    this.${name} = decodedInt[0]!;\n`;
    case 'enum':
      return `${read}    this.${name} = decodedInt[0]! as ${type.name};\n`;
    case 'boolean':
      return `${read}    this.${name} = decodedInt[0] === 1;\n`;
    case 'fixed':
      return `${read}    this.${name}Start = decodedInt[0]!;\n`;
    case 'bytes':
    case 'string':
      return `${read}    this.${name}Start = decodedInt[0]!;\n    this.${name}End = p;\n`;
  }
}

function emitGetter({ name, type }: Field): string {
  switch (type.kind) {
    case 'string':
      return `\n  get ${name}(): string {\n    return text(this.buffer, this.${name}Start, this.${name}End);\n  }\n`;
    case 'bytes':
      return `\n  get ${name}(): Buffer {\n    return this.buffer.subarray(this.${name}Start, this.${name}End);\n  }\n`;
    case 'fixed':
      return `\n  get ${name}(): Buffer {\n    return this.buffer.subarray(this.${name}Start, this.${name}Start + ${type.size});\n  }\n`;
    case 'array':
    case 'boolean':
    case 'enum':
    case 'int':
    case 'long':
      return '';
  }
}

function emitCursor(spec: ViewSpec, cursor: string): string {
  const item = uncapital(spec.schema);
  return `/** Walks an array of ${spec.schema}: \`open\` at the array's start, then \`next\` until false. */
export class ${cursor} {
  readonly ${item} = new ${spec.view}();
  private readonly blocks = new BlockReader();
  private buffer: Buffer = NO_BYTES;

  open(buffer: Buffer, arrayStart: number): this {
    this.buffer = buffer;
    this.blocks.open(buffer, arrayStart);
    return this;
  }

  next(): boolean {
    if (!this.blocks.hasNext()) return false;
    this.blocks.position = this.${item}.decode(this.buffer, this.blocks.position);
    return true;
  }
}
`;
}
