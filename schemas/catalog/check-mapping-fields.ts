import type { CatalogPath } from './catalog-fault.ts';
import { article } from './cross-check.ts';
import type { CrossCheck } from './cross-check.ts';
import { CONTAINER_ATTRIBUTES } from './mapping.ts';
import type { Mapping, MappingField } from './mapping.ts';

type Format = Mapping['format'];
type Locator = 'column' | 'position' | 'length' | 'path';

const LOCATORS: readonly Locator[] = ['column', 'position', 'length', 'path'];
const NEEDED: Readonly<Record<Format['type'], readonly Locator[]>> = {
  delimited: ['column'],
  fixed: ['position', 'length'],
  json: ['path'],
};

/** Whether the locator keys that the format needs, and no others, are there. */
function checkLocator({ report }: CrossCheck, format: Format, field: MappingField, path: CatalogPath): void {
  const needed = NEEDED[format.type];
  for (const locator of LOCATORS) {
    const wanted = needed.includes(locator);
    if (wanted && field[locator] === undefined)
      report('FIELD_LOCATOR', path, `a field of a ${format.type} record needs ${needed.join(' and ')}`);
    if (!wanted && field[locator] !== undefined)
      report(
        'FIELD_LOCATOR',
        [...path, locator],
        `"${locator}" does not belong to a ${format.type} record`,
        'key',
      );
    if (wanted && field[locator] === undefined) break;
  }
  if (field.path?.split('.').includes('') === true)
    report('FIELD_LOCATOR', [...path, 'path'], 'a path is keys with single dots between them');
}

function checkExtent({ report }: CrossCheck, format: Format, field: MappingField, path: CatalogPath): void {
  const { column, position, length } = field;
  if (format.type === 'delimited' && column !== undefined && column > format.columns)
    report(
      'FIELD_OUTSIDE',
      [...path, 'column'],
      `column ${column} of a record with ${format.columns} columns`,
    );
  if (format.type !== 'fixed' || position === undefined || length === undefined) return;
  const last = position + length - 1;
  if (last > format.recordLength)
    report(
      'FIELD_OUTSIDE',
      [...path, 'length'],
      `ends at byte ${last} of a record with ${format.recordLength} bytes`,
    );
}

const PARTS = ['yyyy', 'MM', 'dd', 'HH', 'mm', 'ss'] as const;
const DATE_PARTS: readonly string[] = ['yyyy', 'MM', 'dd'];
const PATTERN_PARTS = {
  date: { needs: DATE_PARTS, allows: DATE_PARTS },
  time: { needs: ['HH', 'mm'], allows: ['HH', 'mm', 'ss'] },
  datetime: { needs: [...DATE_PARTS, 'HH', 'mm'], allows: PARTS },
} as const satisfies Record<string, { needs: readonly string[]; allows: readonly string[] }>;

/** What is wrong with a date or time pattern, or null. T may stand between date and time. */
function patternFault(pattern: string, type: keyof typeof PATTERN_PARTS): string | null {
  if (pattern === 'iso') return type === 'datetime' ? null : '"iso" is for the type datetime only';
  const { needs, allows } = PATTERN_PARTS[type];
  const found: string[] = [];
  let rest = pattern;
  while (rest !== '') {
    const part = PARTS.find((candidate) => rest.startsWith(candidate));
    if (part !== undefined) {
      if (found.includes(part)) return `"${part}" is given twice`;
      if (!(allows as readonly string[]).includes(part)) return `"${part}" does not belong to a ${type}`;
      found.push(part);
    } else if (/^[A-SU-Za-z]/.test(rest)) {
      const letters = /^[A-Za-z]+/.exec(rest)![0];
      return `unknown pattern letters "${letters}", known are ${PARTS.join(' ')}`;
    }
    rest = rest.slice(part?.length ?? 1);
  }
  const missing = (needs as readonly string[]).filter((part) => !found.includes(part));
  return missing.length === 0 ? null : `a ${type} needs ${missing.join(' and ')}`;
}

function checkPattern({ report }: CrossCheck, { type, pattern }: MappingField, path: CatalogPath): void {
  const dated = type === 'date' || type === 'time' || type === 'datetime';
  if (!dated) {
    if (pattern !== undefined)
      report('FIELD_KEY_UNUSED', [...path, 'pattern'], `${article(type)} has no pattern`, 'key');
    return;
  }
  if (pattern === undefined) {
    report('PATTERN_INVALID', path, `a ${type} needs a pattern`);
    return;
  }
  const fault = patternFault(pattern, type);
  if (fault !== null) report('PATTERN_INVALID', [...path, 'pattern'], fault);
}

function checkCountry({ report }: CrossCheck, { type, country }: MappingField, path: CatalogPath): void {
  if (type === 'e164' && country === undefined)
    report('COUNTRY_MISSING', path, 'an e164 number needs "country" for numbers without a country code');
  if (type !== 'e164' && country !== undefined)
    report('FIELD_KEY_UNUSED', [...path, 'country'], `${article(type)} has no country`, 'key');
}

const FILLS: Readonly<Record<MappingField['type'], 'text' | 'number' | null>> = {
  string: 'text',
  e164: 'text',
  integer: 'number',
  decimal: 'number',
  date: null,
  time: null,
  datetime: null,
};

function checkTarget({ report }: CrossCheck, { type, to }: MappingField, path: CatalogPath): void {
  if (to === undefined) return;
  const kind = CONTAINER_ATTRIBUTES[to] === 'text' ? 'text' : 'number';
  const fills = FILLS[type];
  if (fills === kind) return;
  const message =
    fills === null
      ? `a ${type} serves startTime and fills no attribute`
      : `${to} holds ${kind === 'text' ? 'text' : 'a number'}, a field of type ${type} does not fill it`;
  report('FIELD_TARGET_TYPE', [...path, 'to'], message);
}

/** One field by itself: where it is, that it lies in the record, and that its other keys fit its type. */
export function checkMappingField(
  check: CrossCheck,
  format: Format,
  field: MappingField,
  path: CatalogPath,
): void {
  checkLocator(check, format, field, path);
  checkExtent(check, format, field, path);
  checkPattern(check, field, path);
  checkCountry(check, field, path);
  checkTarget(check, field, path);
}
