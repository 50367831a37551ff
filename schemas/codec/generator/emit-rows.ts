import type { CodecsSpec, ColumnSpec, TableSpec, ViewSpec } from './spec.ts';
import type { Contracts, FieldType, RecordType } from './schema.ts';
import { capital, doc, fileHead, importUsed, uncapital } from './source.ts';

/** `generated/rows.ts`: `writeXRows` per table (Avro message → RowBinary rows) and `columnsOf`. */
export function emitRows(contracts: Contracts, spec: CodecsSpec): string {
  const tables = spec.tables.map((table) => new TableEmitter(contracts, spec, table).emit());
  const body = [
    emitSymbols(contracts, tables.join('')),
    emitColumns(spec.tables),
    ...tables,
    emitRowWriters(spec.tables),
  ].join('\n');
  const symbols = [...body.matchAll(/encodeSymbols\((\w+)\)/g)].map((match) => match[1]!);
  const cursors = spec.views.flatMap((view) => [
    view.view,
    ...(view.cursor === undefined ? [] : [view.cursor]),
  ]);
  return (
    fileHead(
      'Transcoders: a framed message becomes RowBinary rows, bytes to bytes. Each returns the number of rows; when it throws (CodecError),\n' +
        ' * nothing of the message is in the writer.',
    ) +
    importUsed(body, ['CodecError'], '../codec-error.ts') +
    importUsed(body, ['encodeSymbols', 'writeAtomically'], '../row-binary.ts') +
    importUsed(body, ['ItemList'], '../block-reader.ts') +
    importUsed(body, ['RowBinaryWriter', 'RowSource'], '../row-binary.ts', true) +
    importUsed(body, ['embeddedSchemaIds'], '../schema-ids.ts') +
    importUsed(body, ['SchemaIds'], '../schema-ids.ts', true) +
    importUsed(body, symbols, './values.ts') +
    importUsed(body, cursors, './views.ts') +
    '\n' +
    body
  );
}

function emitSymbols(contracts: Contracts, body: string): string {
  const types = [...contracts.values()].flatMap(({ fields }) => fields.map(({ type }) => type));
  const names = types.flatMap((type) => (type.kind === 'enum' ? [type.name] : []));
  const used = [...new Set(names)].filter((name) => body.includes(`${symbolsOf(name)}[`)).sort();
  return used
    .map((name) => `const ${symbolsOf(name)} = encodeSymbols(${uncapital(name)}Symbols);\n`)
    .join('');
}

function symbolsOf(name: string): string {
  return `${uncapital(name)}Bytes`;
}

function emitColumns(tables: readonly TableSpec[]): string {
  const lines = tables.map(({ table, columns }) => {
    const entries = columns.map(
      ({ name, type }) => `    { name: '${name}', type: ${JSON.stringify(type)} },\n`,
    );
    return `  ${table}: [\n${entries.join('')}  ],\n`;
  });
  return (
    `/** A column as in ClickHouse. */\nexport interface Column {\n  readonly name: string;\n  readonly type: string;\n}\n\n` +
    `export type TableName = ${tables.map(({ table }) => `'${table}'`).join(' | ')};\n\n` +
    `const columns: Readonly<Record<TableName, readonly Column[]>> = {\n${lines.join('')}};\n\n` +
    '/** Columns of a table in the order in which its rows are written. */\n' +
    'export function columnsOf(table: TableName): readonly Column[] {\n  return columns[table];\n}\n'
  );
}

function emitRowWriters(tables: readonly TableSpec[]): string {
  const entries = tables.map(({ table }) => `  ${table}: ${functionName(table)},\n`).join('');
  return (
    '/** Transcodes one message; see the head of this file. */\n' +
    'export type WriteRows = (writer: RowBinaryWriter, message: Buffer, source: RowSource, ids?: SchemaIds) => number;\n\n' +
    `/** The transcoder of each table. */\nexport const rowWriters: Readonly<Record<TableName, WriteRows>> = {\n${entries}};\n`
  );
}

function functionName(table: string): string {
  return `write${table.split('_').map(capital).join('')}Rows`;
}

/** Where the values of a column are while a row is written: the variable and the record type behind it. */
interface Place {
  readonly variable: string;
  readonly record: RecordType;
}

class TableEmitter {
  private readonly spec: CodecsSpec;
  private readonly table: TableSpec;
  private readonly places = new Map<string, Place>();
  private readonly message: RecordType;
  private readonly isBatch: boolean;
  private readonly item: RecordType | undefined;
  private readonly parallel: { readonly field: string; readonly record: RecordType } | undefined;

  constructor(contracts: Contracts, spec: CodecsSpec, table: TableSpec) {
    this.spec = spec;
    this.table = table;
    const view = spec.views.find(({ view: name }) => name === table.view);
    if (view?.message !== true)
      throw new Error(`Table ${table.table}: ${table.view} is not the view of a message`);
    this.message = contracts.get(view.schema)!;
    this.isBatch = view.items !== undefined;
    this.places.set('batch', { variable: 'batch', record: this.message });
    const record = this.isBatch ? lastArray(this.message)!.record : undefined;
    if (record !== undefined) this.places.set('record', { variable: 'record', record });
    this.item = table.rowPer === undefined ? undefined : lastArray(record!)!.record;
    if (this.item !== undefined)
      this.places.set(uncapital(this.item.name), { variable: uncapital(this.item.name), record: this.item });
    this.parallel = this.item && lastArray(this.item);
  }

  emit(): string {
    const { table, view } = this.table;
    const what = this.item === undefined ? (this.isBatch ? 'record' : 'message') : uncapital(this.item.name);
    return (
      `${doc(`${this.message.name} → rows of \`${table}\`, one per ${what}.`)}export function ${functionName(table)}(\n` +
      '  writer: RowBinaryWriter,\n  message: Buffer,\n  source: RowSource,\n  ids: SchemaIds = embeddedSchemaIds,\n): number {\n' +
      `  return writeAtomically(writer, () => ${table}Rows(writer, new ${view}(ids).open(message), source));\n}\n\n` +
      `function ${table}Rows(writer: RowBinaryWriter, batch: ${view}, source: RowSource): number {\n` +
      `${this.emitBody()}}\n`
    );
  }

  private emitBody(): string {
    const start = '  const message = batch.buffer;\n';
    if (!this.isBatch) return `${start}${this.emitRow('  ')}  return 1;\n`;
    if (this.item === undefined) {
      return `${start}  const record = batch.record;\n  while (batch.next()) {\n${this.emitRow('    ')}  }\n  return batch.index + 1;\n`;
    }
    return start + this.emitItemLoop(uncapital(this.item.name));
  }

  private emitItemLoop(item: string): string {
    const { rowPer, table } = this.table;
    const pool = this.parallel;
    const poolLine =
      pool === undefined
        ? ''
        : `  const ${pool.field} = new ItemList(() => new ${this.viewOf(pool.record).view}());\n`;
    const load = pool === undefined ? '' : `      ${pool.field}.load(message, ${item}.${pool.field}Start);\n`;
    return (
      '  const record = batch.record;\n' +
      `  const ${rowPer!} = new ${this.viewOf(this.item!).cursor!}();\n  const ${item} = ${rowPer!}.${item};\n${poolLine}` +
      `  let rows = 0;\n  while (batch.next()) {\n    const rowsBefore = rows;\n    ${rowPer!}.open(message, record.${rowPer!}Start);\n` +
      `    while (${rowPer!}.next()) {\n${load}${this.emitRow('      ')}      rows += 1;\n    }\n` +
      // A record that leaves no row would be missing from the books without a trace.
      `    if (rows === rowsBefore) throw new CodecError('BAD_VALUE', \`Record \${batch.index} has no ${rowPer!}, so no row of ${table}\`);\n` +
      '  }\n  return rows;\n'
    );
  }

  private viewOf(record: RecordType): ViewSpec {
    const view = this.spec.views.find(
      ({ schema, fields, cursor }) => schema === record.name && fields === undefined && cursor !== undefined,
    );
    if (view === undefined)
      throw new Error(
        `Table ${this.table.table} needs a view of all fields of ${record.name}, with a cursor`,
      );
    return view;
  }

  private emitRow(indent: string): string {
    return this.table.columns.map((column) => this.emitColumn(column, indent)).join('');
  }

  private emitColumn(column: ColumnSpec, indent: string): string {
    const [where, field] = column.from.split('.') as [string, string];
    if (where === 'source')
      return `${indent}writer.${integerOf(column)}(${this.sourceValue(field)}); // ${column.name}\n`;
    if (where === this.parallel?.field) return this.emitArray(column, field, indent);
    const place = this.places.get(where);
    if (place === undefined)
      throw new Error(`Column ${this.table.table}.${column.name}: nothing is called ${where}`);
    return `${indent}${this.emitValue(column, place, field)} // ${column.name}\n`;
  }

  private sourceValue(field: string): string {
    if (field !== 'index') return `source.${field}`;
    return this.isBatch ? 'batch.index' : '0';
  }

  private emitArray(column: ColumnSpec, field: string, indent: string): string {
    const { field: array, record } = this.parallel!;
    const element = { ...column, type: inner(column.type, 'Array') };
    return (
      `${indent}writer.arrayLength(${array}.count); // ${column.name}\n` +
      `${indent}for (let i = 0; i < ${array}.count; i++) ${this.emitValue(element, { variable: `${array}.items[i]!`, record }, field)}\n`
    );
  }

  private emitValue(column: ColumnSpec, { variable, record }: Place, field: string): string {
    const type = record.fields.find(({ name }) => name === field)?.type;
    if (type === undefined)
      throw new Error(`Column ${this.table.table}.${column.name}: ${record.name} has no field ${field}`);
    const value = `${variable}.${field}`;
    const target = column.type.startsWith('LowCardinality')
      ? inner(column.type, 'LowCardinality')
      : column.type;
    const range = `message, ${value}Start, ${value}End`;
    switch (`${type.kind} ${target.replace(/\(.*/, '')}`) {
      case 'string String':
      case 'bytes String':
        return `writer.range(${range});`;
      case 'string Date':
        return `writer.dateText(${range});`;
      case 'string Decimal':
        return `writer.decimalText(${range}, ${decimalScale(column)});`;
      case 'boolean Bool':
        return `writer.bool(${value});`;
      case 'fixed FixedString':
        return `writer.fixed(message, ${value}Start, ${value}Start + ${fixedSize(type, column)});`;
      case 'enum Enum8':
        return `writer.int8(${value});`;
      case 'enum String':
        return `writer.encoded(${symbolsOf((type as { name: string }).name)}[${value}]!);`;
    }
    if (type.kind !== 'int' && type.kind !== 'long')
      throw new Error(`Column ${column.name}: ${type.kind} cannot become ${column.type}`);
    return `writer.${integerOf({ ...column, type: target })}(${value});`;
  }
}

function lastArray(record: RecordType): { field: string; record: RecordType } | undefined {
  const { name, type } = record.fields.at(-1)!;
  return type.kind === 'array' ? { field: name, record: type.items } : undefined;
}

function inner(type: string, outer: string): string {
  if (!type.startsWith(`${outer}(`)) throw new Error(`Type ${type} should be ${outer}(...)`);
  return type.slice(outer.length + 1, -1);
}

function fixedSize(type: FieldType, column: ColumnSpec): number {
  const size = (type as { size: number }).size;
  if (column.type !== `FixedString(${size})`)
    throw new Error(`Column ${column.name}: ${column.type} should be FixedString(${size})`);
  return size;
}

/** Text becomes a Decimal(38,s) only: what fits a smaller one should be a long. */
function decimalScale({ name, type }: ColumnSpec): string {
  const scale = /^Decimal\(38,(\d+)\)$/.exec(type)?.[1];
  if (scale === undefined) throw new Error(`Column ${name}: text cannot become ${type}`);
  return scale;
}

/** Writer method of a type that is an integer on the wire. */
function integerOf({ name, type }: ColumnSpec): string {
  if (/^(Int|UInt)(8|16|32|64)$/.test(type)) return uncapital(type).replace('uInt', 'uint');
  if (/^Decimal\(18,\d+\)$/.test(type) || /^DateTime64\(\d(,'UTC')?\)$/.test(type)) return 'int64';
  if (/^Decimal\(38,\d+\)$/.test(type)) return 'int128';
  throw new Error(`Column ${name}: type ${type} is not supported`);
}
