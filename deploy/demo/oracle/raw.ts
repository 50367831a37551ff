import { Exact } from './numbers.ts';

/** A mapping node of a YAML or JSON document. */
export type Raw = Record<string, unknown>;

/** Readers of untyped documents; each throws with the path when the shape is wrong, because a broken catalog proves nothing. */
export function rawObject(value: unknown, path: string): Raw {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${path}: expected an object`);
  return value as Raw;
}

/** A list of objects; absent = empty. */
export function rawObjects(value: unknown, path: string): Raw[] {
  return rawList(value, path).map((item, index) => rawObject(item, `${path}[${index}]`));
}

/** A list; absent = empty. */
function rawList(value: unknown, path: string): unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new Error(`${path}: expected a list`);
  return value as unknown[];
}

/** Text; numbers and booleans by their text. */
export function rawText(value: unknown, path: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw new Error(`${path}: expected text`);
}

export function rawTexts(value: unknown, path: string): string[] {
  return rawList(value, path).map((item, index) => rawText(item, `${path}[${index}]`));
}

/** Text or null when absent. */
export function rawOptionalText(value: unknown, path: string): string | null {
  return value === undefined ? null : rawText(value, path);
}

export function rawDecimal(value: unknown, path: string): Exact {
  return new Exact(rawText(value, path));
}

export function rawOptionalNumber(value: unknown, path: string): number | null {
  if (value === undefined) return null;
  if (typeof value !== 'number') throw new Error(`${path}: expected a number`);
  return value;
}

export function rawNumber(value: unknown, path: string, byDefault: number): number {
  return rawOptionalNumber(value, path) ?? byDefault;
}
