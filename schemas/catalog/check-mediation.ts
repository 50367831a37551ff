import type { ExpressionResult, ExpressionType } from '../expression/compile-expression.ts';
import { suggestion } from '../expression/nearest-name.ts';
import { textResults } from '../expression/text-results.ts';
import { compileAssignment, compileCondition, compileQuantity } from './catalog-expressions.ts';
import type { CatalogPath } from './catalog-fault.ts';
import { ruleMaySet } from './catalog-view.ts';
import { checkDistinct, checkReference, named } from './cross-check.ts';
import type { CrossCheck } from './cross-check.ts';
import type { ContainerAttribute } from './mapping.ts';
import type { LookupTable, ProcessingStream, Rule } from './rules.ts';

function checkExpression(
  { report }: CrossCheck,
  result: ExpressionResult<ExpressionType>,
  path: CatalogPath,
): boolean {
  if (result.ok) return true;
  const { position, message } = result;
  report('EXPRESSION_INVALID', path, `at character ${position + 1}: ${message}`, position);
  return false;
}

function checkRule(check: CrossCheck, rule: Rule, tables: readonly LookupTable[], path: CatalogPath): void {
  if (rule.when !== undefined) checkExpression(check, compileCondition(rule.when, tables), [...path, 'when']);
  if (rule.type === 'filter') return;
  for (const [attribute, text] of Object.entries(rule.set) as [ContainerAttribute, string][]) {
    const at = [...path, 'set', attribute];
    const good = checkExpression(check, compileAssignment(attribute, text, tables), at);
    if (good && attribute === 'usageType') checkUsageTypes(check, text, at);
  }
}

/** A usage type written into a rule should be one of the catalog. */
function checkUsageTypes({ view, report }: CrossCheck, text: string, path: CatalogPath): void {
  const { ids, present } = view.list('usageTypes');
  for (const { value, position } of textResults(text)) {
    if (!present || value === '' || ids.has(value)) continue;
    const message = `records that get the unknown usage type "${value}" are suspended${suggestion(value, ids)}`;
    report('USAGE_TYPE_UNKNOWN', path, message, position);
  }
}

/** Attributes without which every record of a stream would be suspended. */
const NEEDED = ['usageType', 'serviceId'] as const satisfies readonly ContainerAttribute[];

function checkNeeded({ view, report }: CrossCheck, stream: ProcessingStream, path: CatalogPath): void {
  const mapping = view.list('mappings').byId.get(stream.mapping)?.value;
  if (mapping === undefined) return;
  for (const attribute of NEEDED) {
    const mapped = mapping.fields.some(({ to }) => to === attribute);
    if (mapped || stream.rules.some((id) => ruleMaySet(view, id, attribute))) continue;
    report(
      'ATTRIBUTE_UNSET',
      path,
      `neither the mapping nor a rule sets ${attribute}: all records are suspended`,
    );
  }
}

function checkWindow({ view, report }: CrossCheck, stream: ProcessingStream, path: CatalogPath): void {
  const { windowDays } = view;
  if (windowDays === null) return;
  if (stream.maxAgeDays + 1 >= windowDays)
    report(
      'AGE_OUTSIDE_WINDOW',
      [...path, 'maxAgeDays'],
      `maxAgeDays ${stream.maxAgeDays} + 1 must be below duplicates.windowDays ${windowDays}, or old duplicates are rated`,
    );
  const mapping = view.list('mappings').byId.get(stream.mapping)?.value;
  if (mapping?.fileDate === 'none')
    report(
      'WINDOW_UNGUARDED',
      [...path, 'mapping'],
      `mapping "${mapping.id}" has no file date: records of any age are rated, and copies older than the duplicate window are not seen`,
    );
}

function checkStream(check: CrossCheck, stream: ProcessingStream, path: CatalogPath): void {
  checkReference(check, 'platforms', stream.platform, 'platform', [...path, 'platform']);
  checkReference(check, 'serviceTypes', stream.serviceType, 'service type', [...path, 'serviceType']);
  checkReference(check, 'mappings', stream.mapping, 'mapping', [...path, 'mapping']);
  const rules = named(stream.rules, [...path, 'rules']);
  for (const { name, path: at } of rules) checkReference(check, 'rules', name, 'rule', at);
  checkDistinct(check, rules, 'ITEM_TWICE', (name) => `the rule "${name}"`);
  checkNeeded(check, stream, path);
  checkWindow(check, stream, path);
}

/** Rules, rate units' expressions and processing streams. */
export function checkMediation(check: CrossCheck): void {
  const { view } = check;
  const lookupTables = view.list('lookupTables');
  // A table that could not be read would make every lookup of it a second fault.
  const tables = lookupTables.entries.map(({ value }) => value);
  const unread = [...lookupTables.ids].filter((id) => !lookupTables.byId.has(id));
  for (const id of unread) tables.push({ id, entries: {} });
  for (const { value, path } of view.list('rules').entries) checkRule(check, value, tables, path);
  for (const { value, path } of view.list('rateUnits').entries)
    checkExpression(check, compileQuantity(value.quantity, tables), [...path, 'quantity']);
  for (const { value, path } of view.list('streams').entries) checkStream(check, value, path);
}
