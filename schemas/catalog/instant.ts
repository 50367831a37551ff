const INSTANT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?)(?:\.(\d+))?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Microseconds since the epoch, UTC, of an ISO 8601 instant with offset as the catalog's schemas accept it; finer digits
 * are cut. NaN when the text is none.
 */
export function instantMicros(text: string): number {
  const match = INSTANT.exec(text);
  if (match === null) return Number.NaN;
  const micros = Number((match[2] ?? '').slice(0, 6).padEnd(6, '0'));
  return Date.parse(`${match[1]!}${match[3]!}`) * 1000 + micros;
}
