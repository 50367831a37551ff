const ISO = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?)(?:\.(\d+))?(Z|[+-]\d{2}:?\d{2})$/;

/** Microseconds since the epoch of an ISO 8601 instant with offset; finer digits are cut. NaN when it is none. */
export function parseInstant(text: string): number {
  const match = ISO.exec(text);
  if (match === null) return Number.NaN;
  const micros = Number((match[2] ?? '').slice(0, 6).padEnd(6, '0'));
  return Date.parse(`${match[1] ?? ''}${match[3] ?? ''}`) * 1000 + micros;
}
