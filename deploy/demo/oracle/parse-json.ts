/** A JSON value in which every number stands as its text, so "1.50" stays "1.50". */
export type JsonValue = string | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** In valid JSON every token that is not a string and looks like a number is one. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** The object of a line, or null when the line is not exactly one JSON object. */
export function parseJsonObject(line: string): { [key: string]: JsonValue } | null {
  try {
    JSON.parse(line);
  } catch {
    return null;
  }
  const numbersAsText = line.replace(TOKEN, (token) => (token.startsWith('"') ? token : `"${token}"`));
  const value = JSON.parse(numbersAsText) as JsonValue;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}

/** Text at a path of keys; empty when null or absent; null when an object or array stands there. */
export function textAt(object: { [key: string]: JsonValue }, path: string): string | null {
  let value: JsonValue = object;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key))
      return '';
    value = value[key] ?? null;
  }
  if (value === null) return '';
  return typeof value === 'object' ? null : String(value);
}
