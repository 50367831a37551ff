import type { z } from 'zod';
import { formatScaled, QUANTITY_SCALE } from '../decimal/scaled.ts';
import { catalog } from './catalog.ts';
import { bareSchema } from './schema-walk.ts';
import type { AnySchema } from './schema-walk.ts';
import { subscription } from './subscription.ts';

type Schema = z.core.$ZodType;

interface Row {
  readonly key: string;
  readonly value: string;
  /** `required`, `optional` or the default. */
  readonly presence: string;
  readonly meaning: string;
}

/** The nearest description: of the key, else of what it holds. */
function descriptionOf(schema: Schema): string {
  let current = schema as AnySchema;
  for (;;) {
    const { description } = current as { readonly description?: string };
    if (description !== undefined) return description;
    const { def } = current._zod;
    if (def.type === 'optional' || def.type === 'default' || def.type === 'prefault')
      current = def.innerType as AnySchema;
    else if (def.type === 'pipe') current = def.in as AnySchema;
    else if (def.type === 'array') current = def.element as AnySchema;
    else return '';
  }
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

function rangeOf(schema: AnySchema): string {
  const { minValue, maxValue } = schema as {
    readonly minValue?: number | null;
    readonly maxValue?: number | null;
  };
  const least = minValue ?? Number.MIN_SAFE_INTEGER;
  const most = maxValue ?? Number.MAX_SAFE_INTEGER;
  if (least === Number.MIN_SAFE_INTEGER) return '';
  return most === Number.MAX_SAFE_INTEGER ? ` from ${least}` : ` ${least} to ${most}`;
}

/** Kinds of a union of plain values: a decimal may be written as text or number, an expression as any of the three. */
const PLAIN_UNIONS: Readonly<Record<string, string>> = {
  'string number': 'decimal',
  'string number boolean': 'expression',
};

function unionText(options: readonly Schema[]): string {
  const bare = options.map(bareSchema);
  const plain = PLAIN_UNIONS[bare.map(({ _zod }) => _zod.def.type).join(' ')];
  return plain ?? [...new Set(bare.map(valueText))].join(' or ');
}

/** What is written for a value, in words. */
function valueText(schema: Schema): string {
  const bare = bareSchema(schema);
  const { def } = bare._zod;
  if (def.type === 'string') return 'text';
  if (def.type === 'number') return `whole number${rangeOf(bare)}`;
  if (def.type === 'boolean') return 'true or false';
  if (def.type === 'literal') return def.values.map(code).join(' or ');
  if (def.type === 'enum') return Object.values(def.entries).map(code).join(', ');
  if (def.type === 'array') return `list of ${valueText(def.element)}`;
  return def.type === 'union' ? unionText(def.options) : 'map';
}

function presenceOf(schema: Schema): string {
  const { def } = (schema as AnySchema)._zod;
  if (def.type === 'optional') return 'optional';
  if (def.type === 'prefault') return 'optional';
  if (def.type !== 'default') return 'required';
  const { defaultValue } = def;
  const decimal = typeof defaultValue === 'number' && valueText(schema) === 'decimal';
  return decimal ? code(formatScaled(defaultValue, QUANTITY_SCALE)) : code(defaultValue);
}

/** ` (type: delimited)` when an option of a union is told apart by a literal. */
function optionSuffix(option: AnySchema): string {
  if (option._zod.def.type !== 'object') return '';
  for (const [key, value] of Object.entries(option._zod.def.shape)) {
    const { def } = bareSchema(value)._zod;
    if (def.type === 'literal') return ` (${key}: ${def.values.map(String).join()})`;
  }
  return '';
}

/** Rows of the keys below a value, which stands at `path`. */
function rowsBelow(schema: Schema, path: string): Row[] {
  const bare = bareSchema(schema);
  const { def } = bare._zod;
  if (def.type === 'array') return rowsBelow(def.element, path === '' ? '' : `${path}[]`);
  if (def.type === 'record') return rowsBelow(def.valueType, `${path}.*`);
  if (def.type === 'union')
    return def.options
      .map(bareSchema)
      .flatMap((option) => rowsBelow(option, `${path}${optionSuffix(option)}`));
  if (def.type !== 'object') return [];
  return Object.entries(def.shape).flatMap(([name, value]) => {
    const key = path === '' ? name : `${path}.${name}`;
    const row = { key, value: valueText(value), presence: presenceOf(value), meaning: descriptionOf(value) };
    return [row, ...rowsBelow(value, key)];
  });
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function section(name: string, schema: Schema): string {
  const list = bareSchema(schema)._zod.def.type === 'array';
  const presence = presenceOf(schema) === 'required' ? 'required' : 'optional';
  const rows = rowsBelow(schema, '').map(({ key, value, presence: given, meaning }) => {
    return `| \`${key.trim()}\` | ${cell(value)} | ${cell(given)} | ${cell(meaning)} |`;
  });
  const title = `## ${name}\n\n${list ? 'A list' : 'A map'}, ${presence}. ${descriptionOf(schema)}`.trim();
  return [title, '', '| Key | Value | Default | Meaning |', '| --- | --- | --- | --- |', ...rows, ''].join(
    '\n',
  );
}

/** Markdown reference of every key of the catalog and of a subscription, made from the schemas and their descriptions. */
export function catalogReference(): string {
  const sections = Object.entries(catalog.shape).map(([name, schema]) => section(name, schema));
  const intro = [
    '# Reference of the catalog',
    '',
    'Generated from `schemas/catalog` by `reference.ts`. In keys, `[]` stands for each item of a list and `.*` for each value of a map.',
    'Decimals may be written as numbers or as text; both are read digit by digit.',
    '',
    '<!-- prettier-ignore-start -->',
    '',
  ];
  const subscriptions = section('Subscriptions (JSON lines)', subscription);
  return [...intro, ...sections, subscriptions, '<!-- prettier-ignore-end -->', ''].join('\n');
}
