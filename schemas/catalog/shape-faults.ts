import type { z } from 'zod';
import { suggestion } from '../expression/nearest-name.ts';
import type { CatalogPath, ReportFault } from './catalog-fault.ts';
import { knownKeys } from './schema-walk.ts';

type Issue = z.core.$ZodIssue;

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<PropertyKey, unknown>)[step];
  }
  return current;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return KINDS[typeof value] ?? typeof value;
}

/** `"a", "b" or "c"`. */
function anyOf(values: readonly unknown[]): string {
  const texts = values.map((value) => JSON.stringify(value));
  return texts.length < 2 ? texts.join() : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)!}`;
}

/** The faults of the option that a value comes nearest to; of options that differ by type only, null. */
function nearestOption(options: readonly (readonly Issue[])[]): readonly Issue[] | null {
  if (
    options.every((issues) =>
      issues.every((issue) => issue.path.length === 0 && issue.code === 'invalid_type'),
    )
  )
    return null;
  const weight = (issues: readonly Issue[]): number =>
    issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
  // An option that fails as a whole (a map where text is expected) is further away than one that fails inside.
  const whole = (issues: readonly Issue[]): number =>
    issues.some(({ code, path }) => path.length === 0 && code !== 'unrecognized_keys') ? 1000 : 0;
  return [...options].sort((a, b) => weight(a) + whole(a) - weight(b) - whole(b))[0] ?? null;
}

class ShapeFaults {
  private readonly schema: z.core.$ZodType;
  private readonly value: unknown;
  private readonly report: ReportFault;

  constructor(schema: z.core.$ZodType, value: unknown, report: ReportFault) {
    this.schema = schema;
    this.value = value;
    this.report = report;
  }

  add(issue: Issue, prefix: readonly PropertyKey[]): void {
    const path = [...prefix, ...issue.path] as CatalogPath;
    const found = valueAt(this.value, path);
    if (issue.code === 'unrecognized_keys') this.addUnknown(path, issue.keys);
    else if (path.length > 0 && found === undefined) this.report('KEY_MISSING', path, 'the key is missing');
    else if (issue.code === 'invalid_union') this.addUnion(issue, path, found);
    else if (issue.code === 'invalid_type') this.addType(issue, path, found);
    else this.report('VALUE_INVALID', path, describeValue(issue, found));
  }

  private addUnknown(path: CatalogPath, keys: readonly string[]): void {
    const known = knownKeys(this.schema, path, this.value);
    for (const key of keys)
      this.report('KEY_UNKNOWN', [...path, key], `unknown key "${key}"${suggestion(key, known)}`, 'key');
  }

  private addUnion(issue: Issue & { code: 'invalid_union' }, path: CatalogPath, found: unknown): void {
    if ('options' in issue && Array.isArray(issue.options)) {
      this.report('VALUE_INVALID', path, oneOf(issue.options, found));
      return;
    }
    const nearest = nearestOption(issue.errors);
    if (nearest !== null) {
      for (const inner of nearest) this.add(inner, path);
      return;
    }
    const wanted = issue.errors.flat().map((inner) => ('expected' in inner ? inner.expected : ''));
    const kinds = [...new Set(wanted)].map((kind) => KINDS[kind] ?? kind).join(' or ');
    this.report('TYPE_WRONG', path, `expected ${kinds}, found ${kindOf(found)}`);
  }

  private addType(issue: Issue & { code: 'invalid_type' }, path: CatalogPath, found: unknown): void {
    const scalar = typeof found === 'number' || typeof found === 'boolean';
    const hint = issue.expected === 'string' && scalar ? ', put it in quotes' : '';
    const wanted = KINDS[issue.expected] ?? issue.expected;
    this.report('TYPE_WRONG', path, `expected ${wanted}, found ${kindOf(found)}${hint}`);
  }
}

function oneOf(options: readonly unknown[], found: unknown): string {
  const near = typeof found === 'string' ? suggestion(found, options.map(String)) : '';
  return `expected ${anyOf(options)}${near}`;
}

const SIZES: Readonly<Record<string, string>> = { string: ' characters', array: ' items', set: ' items' };

function describeValue(issue: Issue, found: unknown): string {
  if (issue.code === 'invalid_value') return oneOf(issue.values, found);
  if (issue.code === 'too_small' && issue.minimum === 1 && issue.origin in SIZES) return 'must not be empty';
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}${SIZES[issue.origin] ?? ''}`;
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}${SIZES[issue.origin] ?? ''}`;
  return issue.message;
}

/** Reports the issues that zod found in `value` in plain words: missing and unknown keys, wrong types and values. */
export function reportShapeFaults(
  schema: z.core.$ZodType,
  value: unknown,
  issues: readonly Issue[],
  report: ReportFault,
): void {
  const faults = new ShapeFaults(schema, value, report);
  for (const issue of issues) faults.add(issue, []);
}
