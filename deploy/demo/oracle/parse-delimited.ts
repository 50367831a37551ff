/**
 * The columns of a line (its bytes as latin1 characters), or null when quoting is broken: a column that begins with the
 * quote ends at the next single quote, a doubled one is a literal quote, and only a delimiter or the end may follow.
 */
export function splitDelimited(line: string, delimiterText: string, quoteText: string): string[] | null {
  const delimiter = bytesAsText(delimiterText);
  const quote = bytesAsText(quoteText);
  const columns: string[] = [];
  let at = 0;
  for (;;) {
    if (line.startsWith(quote, at)) {
      const quoted = readQuoted(line, at + quote.length, quote);
      if (quoted === null) return null;
      columns.push(quoted.value);
      at = quoted.end;
      if (at < line.length && !line.startsWith(delimiter, at)) return null;
    } else {
      const next = line.indexOf(delimiter, at);
      columns.push(line.slice(at, next === -1 ? line.length : next));
      at = next === -1 ? line.length : next;
    }
    if (at >= line.length) return columns;
    at += delimiter.length;
  }
}

function readQuoted(line: string, start: number, quote: string): { value: string; end: number } | null {
  let value = '';
  let at = start;
  for (;;) {
    const end = line.indexOf(quote, at);
    if (end === -1) return null;
    value += line.slice(at, end);
    if (!line.startsWith(quote, end + quote.length)) return { value, end: end + quote.length };
    value += quote;
    at = end + 2 * quote.length;
  }
}

function bytesAsText(text: string): string {
  return Buffer.from(text).toString('latin1');
}
