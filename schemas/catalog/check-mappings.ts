import type { CatalogPath } from './catalog-fault.ts';
import { checkMappingField } from './check-mapping-fields.ts';
import { checkDistinct, checkKnown, named } from './cross-check.ts';
import type { CrossCheck } from './cross-check.ts';
import { ruleMaySet } from './catalog-view.ts';
import type { Mapping, MappingField } from './mapping.ts';

type FieldsByName = ReadonlyMap<string, MappingField>;

function checkFormat({ report }: CrossCheck, { format }: Mapping, path: CatalogPath): void {
  if (format.type !== 'delimited') return;
  for (const key of ['delimiter', 'quote'] as const)
    if (!/^[\t -~]$/.test(format[key]))
      report('FORMAT_CHARACTER', [...path, 'format', key], 'must be one ASCII character, no line end');
  if (format.delimiter === format.quote)
    report('FORMAT_CHARACTER', [...path, 'format'], 'delimiter and quote must differ');
}

function checkFrame({ report }: CrossCheck, { format, header, trailer }: Mapping, path: CatalogPath): void {
  if (header !== undefined && header.startsWith === trailer?.startsWith)
    report('FRAME_INVALID', [...path, 'trailer', 'startsWith'], 'header and trailer start alike');
  const count = trailer?.count;
  if (count === undefined) return;
  const at = [...path, 'trailer', 'count'];
  const column = count.column !== undefined;
  const bytes = count.position !== undefined && count.length !== undefined;
  const part = count.position !== undefined || count.length !== undefined;
  if (column && format.type !== 'delimited')
    report('FRAME_INVALID', at, `a ${format.type} file has no columns: give position and length`);
  else if (column === bytes || (column && part))
    report('FRAME_INVALID', at, 'give either a column, or position and length');
}

function checkTimeField(
  check: CrossCheck,
  fields: FieldsByName,
  name: string,
  type: MappingField['type'],
  path: CatalogPath,
): void {
  if (!checkKnown(check, new Set(fields.keys()), name, 'field', path)) return;
  const field = fields.get(name)!;
  if (field.type !== type)
    check.report(
      'START_TIME_INVALID',
      path,
      `field "${name}" must have the type ${type}, it has ${field.type}`,
    );
  else if (!field.required)
    check.report(
      'START_TIME_INVALID',
      path,
      `field "${name}" must be required: every record has a start time`,
    );
}

function checkStartTime(
  check: CrossCheck,
  { startTime }: Mapping,
  fields: FieldsByName,
  path: CatalogPath,
): void {
  const at = [...path, 'startTime'];
  if ('field' in startTime) {
    checkTimeField(check, fields, startTime.field, 'datetime', [...at, 'field']);
    return;
  }
  checkTimeField(check, fields, startTime.date, 'date', [...at, 'date']);
  checkTimeField(check, fields, startTime.time, 'time', [...at, 'time']);
}

function checkUniqueKey(
  check: CrossCheck,
  { uniqueKey }: Mapping,
  fields: FieldsByName,
  path: CatalogPath,
): void {
  const at = [...path, 'uniqueKey'];
  const known = new Set(fields.keys());
  const items = named(uniqueKey, at);
  checkDistinct(check, items, 'ITEM_TWICE', (name) => `the field "${name}"`);
  const found = items.filter(({ name, path: where }) => checkKnown(check, known, name, 'field', where));
  if (found.length === items.length && !uniqueKey.some((name) => fields.get(name)?.required === true))
    check.report(
      'UNIQUE_KEY_OPTIONAL',
      at,
      'no field of the key is required: records of a day without any of them are duplicates of each other',
    );
}

/** The end of a record needs a duration: from a field, or from a rule of every stream that uses the mapping. */
function checkEndTime({ view, report }: CrossCheck, mapping: Mapping, path: CatalogPath): void {
  if (mapping.endTime !== 'duration' || mapping.fields.some(({ to }) => to === 'duration')) return;
  const sets = (id: string): boolean => ruleMaySet(view, id, 'duration');
  const streams = view.list('streams').entries.filter(({ value }) => value.mapping === mapping.id);
  if (streams.length > 0 && streams.every(({ value }) => value.rules.some(sets))) return;
  report(
    'DURATION_MISSING',
    [...path, 'endTime'],
    'neither a field nor a rule of its streams sets the duration',
  );
}

function checkMapping(check: CrossCheck, mapping: Mapping, path: CatalogPath): void {
  const at = (index: number, key: string) => [...path, 'fields', index, key];
  const names = mapping.fields.map(({ name }, index) => ({ name, path: at(index, 'name') }));
  checkDistinct(check, names, 'ID_TWICE', (name) => `the field "${name}"`);
  const targets = mapping.fields.flatMap(({ to }, index) =>
    to === undefined ? [] : [{ name: to, path: at(index, 'to') }],
  );
  checkDistinct(check, targets, 'ITEM_TWICE', (name) => `a field for ${name}`);
  for (const [index, field] of mapping.fields.entries())
    checkMappingField(check, mapping.format, field, [...path, 'fields', index]);
  const fields = new Map(mapping.fields.map((field) => [field.name, field]));
  checkFormat(check, mapping, path);
  checkFrame(check, mapping, path);
  checkStartTime(check, mapping, fields, path);
  checkUniqueKey(check, mapping, fields, path);
  checkEndTime(check, mapping, path);
}

/** Mappings by themselves: format, frame, fields, start and end time, unique key. */
export function checkMappings(check: CrossCheck): void {
  for (const { value, path } of check.view.list('mappings').entries) checkMapping(check, value, path);
}
