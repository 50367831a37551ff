import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, Node, Pair } from 'yaml';
import { severityOf, formatPath } from './catalog-fault.ts';
import type { CatalogFault, CatalogFaultCode, CatalogPath, FaultSpot } from './catalog-fault.ts';

/** A file of the catalog: its path is used in messages only. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const PLAIN_DECIMAL = /^-?\d+(?:\.\d+)?$/;

function normal(decimal: string): string {
  const short = decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
  return short.replace(/^(-?)0+(?=\d)/, '$1');
}

/** Keeps a decimal that a double does not hold, or prints differently, as the text that was written. */
function keepDecimals(document: Document): void {
  visit(document, {
    Scalar(_key, node) {
      const { value, source } = node;
      if (typeof value !== 'number' || source === undefined || !PLAIN_DECIMAL.test(source)) return;
      if (normal(source) !== String(value)) node.value = source;
    },
  });
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

/** One parsed YAML file that knows the line and column of every path. */
export class YamlSource {
  readonly file: string;
  /** Plain value of the file; null when it has none or is not intact. */
  readonly value: unknown;
  /** The first syntax error and all keys given twice. */
  readonly faults: readonly CatalogFault[];
  /** False when the file is no YAML. */
  readonly intact: boolean;
  private readonly text: string;
  private readonly document: Document;
  private readonly lines = new LineCounter();

  constructor({ path, text }: SourceFile) {
    this.file = path;
    this.text = text;
    this.document = parseDocument(text, { prettyErrors: false });
    // The library's own count misses lines inside some broken keys.
    for (let start = 0; start >= 0 && start <= text.length; start = text.indexOf('\n', start) + 1 || -1)
      this.lines.addNewLine(start);
    keepDecimals(this.document);
    const errors = [...this.document.errors].sort((a, b) => a.pos[0] - b.pos[0]);
    const broken = errors.find(({ code }) => code !== 'DUPLICATE_KEY');
    // What follows the first syntax error is mostly its consequence.
    const twice = errors.filter(
      ({ code, pos: [at] }) => code === 'DUPLICATE_KEY' && at < (broken?.pos[0] ?? Infinity),
    );
    const alias = this.danglingAlias();
    const faults = twice.map(({ pos: [at] }) => {
      return this.faultAt(
        at,
        'KEY_TWICE',
        formatPath(this.pathAt(at)),
        'the key is given twice in one place',
      );
    });
    if (broken !== undefined) faults.push(this.faultAt(broken.pos[0], 'YAML_SYNTAX', '', broken.message));
    else if (alias !== null) faults.push(alias);
    this.value = faults.length === twice.length ? this.toValue(faults) : null;
    this.faults = faults;
    this.intact = faults.length === twice.length;
  }

  /** The plain value. The library refuses aliases that would expand without bound: a fault, and no value. */
  private toValue(faults: CatalogFault[]): unknown {
    try {
      return this.document.toJS() as unknown;
    } catch (error) {
      faults.push(this.fault('YAML_SYNTAX', [], error instanceof Error ? error.message : String(error)));
      return null;
    }
  }

  /** A fault at the first alias whose anchor does not exist before it. */
  private danglingAlias(): CatalogFault | null {
    let fault: CatalogFault | null = null;
    visit(this.document, {
      Alias: (_key, node) => {
        if (node.resolve(this.document) !== undefined) return undefined;
        const message = `the alias *${node.source} has no anchor &${node.source} before it`;
        const at = startOf(node) ?? 0;
        fault = this.faultAt(at, 'YAML_SYNTAX', formatPath(this.pathAt(at)), message);
        return visit.BREAK;
      },
    });
    return fault;
  }

  private faultAt(offset: number, code: CatalogFaultCode, path: string, message: string): CatalogFault {
    const { line, col } = this.lines.linePos(offset);
    const place = { file: this.file, line: Math.max(1, line), column: Math.max(1, col) };
    return { code, severity: severityOf(code), ...place, path, message };
  }

  /** A fault at a path of this file; of a path that does not exist the deepest part that does counts. */
  fault(code: CatalogFaultCode, path: CatalogPath, message: string, spot: FaultSpot = 'value'): CatalogFault {
    return this.faultAt(this.offset(path, spot), code, formatPath(path), message);
  }

  private resolve(node: unknown): unknown {
    return isAlias(node) ? node.resolve(this.document) : node;
  }

  /** The node below a node, and its key when it is a map's; null where the path ends. */
  private child(node: unknown, step: string | number): { key: unknown; value: unknown } | null {
    const parent = this.resolve(node);
    if (isSeq(parent) && typeof step === 'number') return { key: null, value: parent.items[step] };
    const pair = isMap(parent) ? parent.items.find((item) => keyOf(item) === step) : undefined;
    return pair ?? null;
  }

  private offset(path: CatalogPath, spot: FaultSpot): number {
    let node: unknown = this.document.contents;
    let start = startOf(node) ?? 0;
    for (const [depth, step] of path.entries()) {
      const found = this.child(node, step);
      if (found === null) return start;
      if (depth === path.length - 1 && spot === 'key') return startOf(found.key) ?? start;
      node = found.value;
      start = startOf(node) ?? startOf(found.key) ?? start;
    }
    return typeof spot === 'number' ? start + this.inside(node, spot) : start;
  }

  /** Offset of a character of a text value behind the value's start, 0 where escapes or folding hide it. */
  private inside(node: unknown, character: number): number {
    if (!isScalar(node) || !node.range || typeof node.value !== 'string') return 0;
    const quote = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? 1 : 0;
    return this.text.startsWith(node.value, node.range[0] + quote) ? quote + character : 0;
  }

  /** Path of the deepest key or value that contains an offset. */
  private pathAt(offset: number): CatalogPath {
    const path: (string | number)[] = [];
    let node: unknown = this.document.contents;
    for (;;) {
      const items: readonly unknown[] = isMap(node) || isSeq(node) ? node.items : [];
      const index = items.findIndex((item) => contains(item, offset));
      if (index < 0) return path;
      const item = items[index];
      path.push(isPair(item) ? keyOf(item) : index);
      node = isPair(item) ? item.value : item;
    }
  }
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null)?.range?.[0];
}

function contains(item: unknown, offset: number): boolean {
  const first = isPair(item) ? item.key : item;
  const last = isPair(item) ? (item.value ?? item.key) : item;
  const end = (last as Node | null)?.range?.[1];
  const start = startOf(first);
  return start !== undefined && end !== undefined && start <= offset && offset < Math.max(end, start + 1);
}
