/** Keys and list indices (from 0) from the top of the catalog. */
export type CatalogPath = readonly (string | number)[];

/** What is wrong; README.md of this folder explains each. */
export type CatalogFaultCode =
  | 'YAML_SYNTAX'
  | 'KEY_TWICE'
  | 'KEY_UNKNOWN'
  | 'KEY_MISSING'
  | 'TYPE_WRONG'
  | 'VALUE_INVALID'
  | 'ID_TWICE'
  | 'ITEM_TWICE'
  | 'REFERENCE_UNKNOWN'
  | 'REFERENCE_MISMATCH'
  | 'EXPRESSION_INVALID'
  | 'USAGE_TYPE_UNKNOWN'
  | 'FIELD_LOCATOR'
  | 'FIELD_OUTSIDE'
  | 'FIELD_KEY_UNUSED'
  | 'FIELD_TARGET_TYPE'
  | 'PATTERN_INVALID'
  | 'COUNTRY_MISSING'
  | 'FRAME_INVALID'
  | 'FORMAT_CHARACTER'
  | 'START_TIME_INVALID'
  | 'DURATION_MISSING'
  | 'UNIQUE_KEY_OPTIONAL'
  | 'ATTRIBUTE_UNSET'
  | 'AGE_OUTSIDE_WINDOW'
  | 'WINDOW_UNGUARDED'
  | 'PREFIX_TWICE'
  | 'TIME_CLASS_INVALID'
  | 'TIME_MODEL_GAPS'
  | 'RATE_UNIT_MISSING'
  | 'MULTI_RATE_NESTED'
  | 'MULTI_RATE_PRICED'
  | 'PERCENTAGE_BASIS'
  | 'TIER_BOUND'
  | 'TIER_REFERENCE'
  | 'UNIT_MISMATCH'
  | 'ROW_UNREACHABLE'
  | 'PLAN_PRICE_TWICE'
  | 'PLAN_PRICE_PARTIAL'
  | 'JSON_INVALID'
  | 'STATUS_ORDER'
  | 'PERIOD_INVALID'
  | 'PERIOD_OVERLAP'
  | 'BILL_CYCLE_DIFFERS';

const WARNINGS: ReadonlySet<CatalogFaultCode> = new Set([
  'UNIQUE_KEY_OPTIONAL',
  'ATTRIBUTE_UNSET',
  'USAGE_TYPE_UNKNOWN',
  'WINDOW_UNGUARDED',
  'TIME_MODEL_GAPS',
  'ROW_UNREACHABLE',
  'PLAN_PRICE_PARTIAL',
]);

export interface CatalogFault {
  readonly code: CatalogFaultCode;
  /** A catalog with errors is refused; warnings are shown and it runs. */
  readonly severity: 'error' | 'warning';
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** Path in that file, e.g. `offers[3].rows[2].price.tiers[0].price`; empty for a file as a whole. */
  readonly path: string;
  readonly message: string;
}

/** Where a fault is: the value at the path, its key, or a character (from 0) inside a text value. */
export type FaultSpot = 'value' | 'key' | number;

/** Takes a fault found at a path of the merged catalog. */
export type ReportFault = (
  code: CatalogFaultCode,
  path: CatalogPath,
  message: string,
  spot?: FaultSpot,
) => void;

/** Severity of a code: always the same. */
export function severityOf(code: CatalogFaultCode): CatalogFault['severity'] {
  return WARNINGS.has(code) ? 'warning' : 'error';
}

/** `offers[3].rows[2]`; keys that are no plain names are quoted in brackets. */
export function formatPath(path: CatalogPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (!/^[A-Za-z0-9_-]+$/.test(step)) text += `[${JSON.stringify(step)}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}

/** One line for a terminal: `file:line:column path: message (CODE)`. */
export function formatFault(fault: CatalogFault): string {
  const path = fault.path === '' ? '' : `${fault.path}: `;
  return `${fault.file}:${fault.line}:${fault.column} ${fault.severity}: ${path}${fault.message} (${fault.code})`;
}

/** Order in which people read: by file, line and column. */
export function compareFaults(a: CatalogFault, b: CatalogFault): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
