import type { FieldType } from './schema.ts';

/** First lines of every generated file. */
export function fileHead(purpose: string): string {
  return `// Generated from schemas/avro and schemas/codec/codecs.ts by \`npm run generate\`; do not edit.\n\n/**\n * ${purpose}\n */\n`;
}

/** A docstring, or nothing. */
export function doc(text: string, indent = ''): string {
  return text === '' ? '' : `${indent}/** ${text.replaceAll('*/', '* /')} */\n`;
}

export function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

export function uncapital(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** An import of the names of `candidates` that occur in `body`; nothing when there are none. */
export function importUsed(
  body: string,
  candidates: readonly string[],
  from: string,
  typeOnly = false,
): string {
  const used = candidates.filter((name) => new RegExp(`\\b${name}\\b`).test(body)).sort();
  return used.length === 0 ? '' : `import ${typeOnly ? 'type ' : ''}{ ${used.join(', ')} } from '${from}';\n`;
}

/** Whether the type is held as a byte range. */
export function isRange(type: FieldType): boolean {
  return type.kind === 'string' || type.kind === 'bytes' || type.kind === 'fixed';
}
