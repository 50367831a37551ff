import type { Mapping } from '../../schemas/catalog/mapping.ts';
import { isUtf8Range } from './field-converters.ts';
import type { FieldLocator } from './field-locator.ts';
import { JsonCursor } from './json-cursor.ts';
import { COMPOSITE } from './parsed-record.ts';
import type { ParsedRecord } from './parsed-record.ts';
import { firstInvalidUtf8, printable } from './printable.ts';

const QUOTE = 34;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const OPEN_ARRAY = 91;
const COMMA = 44;
const LOWER_N = 110;

/** A step of the mapping's paths. */
interface PathNode {
  readonly key: Buffer;
  /** Fields whose path ends here. */
  readonly fields: number[];
  readonly children: PathNode[];
}

function addPath(root: PathNode, path: string, field: number): void {
  let node = root;
  for (const step of path.split('.')) {
    const key = Buffer.from(step);
    let next = node.children.find((child) => child.key.equals(key));
    if (next === undefined) {
      next = { key, fields: [], children: [] };
      node.children.push(next);
    }
    node = next;
  }
  node.fields.push(field);
}

function matches(key: Buffer, bytes: Buffer, start: number, end: number): boolean {
  if (end - start !== key.length) return false;
  for (let i = 0; i < key.length; i++) if (bytes[start + i] !== key[i]) return false;
  return true;
}

/** Resolves a JSON string token, quotes included, to UTF-8; a lone surrogate becomes U+FFFD. */
function unescape(bytes: Buffer, start: number, end: number): Buffer {
  return Buffer.from(JSON.parse(bytes.toString('utf8', start, end)) as string, 'utf8');
}

/** One object per line; of a repeated key the last one counts, as in JSON.parse. */
class JsonLocator implements FieldLocator {
  private readonly root: PathNode;
  private readonly cursor = new JsonCursor();
  private record: ParsedRecord;
  private start = 0;

  constructor(root: PathNode, record: ParsedRecord) {
    this.root = root;
    this.record = record;
  }

  locate(bytes: Buffer, start: number, end: number, record: ParsedRecord): boolean {
    const { cursor } = this;
    this.record = record;
    this.start = start;
    cursor.reset(bytes, start, end);
    this.forget(this.root);
    cursor.space();
    const read = cursor.peek() === OPEN_OBJECT && this.object(this.root);
    cursor.space();
    const complete = read && cursor.at === end;
    if ((!complete || cursor.bits >= 0x80) && !isUtf8Range(bytes, start, end)) {
      const at = firstInvalidUtf8(bytes, start, end);
      const reason = `The line is not valid UTF-8, from here: ${printable(bytes, at, end)}`;
      return record.fail('INVALID_ENCODING', reason, '', at - start);
    }
    if (complete) return true;
    const what =
      cursor.at >= end
        ? 'ends too early'
        : `is no JSON object from here: ${printable(bytes, cursor.at, end)}`;
    return record.fail('JSON_INVALID', `The line ${what}`, '', cursor.at - start);
  }

  /** Sets all fields at and below the node to absent. */
  private forget(node: PathNode): void {
    const { bytes } = this.cursor;
    for (const field of node.fields) this.record.fields[field]!.locate(bytes, this.start, this.start, 0);
    for (const child of node.children) this.forget(child);
  }

  private object(node: PathNode): boolean {
    const { cursor } = this;
    cursor.at++;
    cursor.space();
    if (cursor.take(CLOSE_OBJECT)) return true;
    do {
      if (!this.member(node)) return false;
      cursor.space();
    } while (cursor.take(COMMA));
    return cursor.take(CLOSE_OBJECT);
  }

  private member(node: PathNode): boolean {
    const { cursor } = this;
    cursor.space();
    const keyAt = cursor.at;
    if (!cursor.string()) return false;
    const child = this.child(node, keyAt, cursor.at);
    cursor.space();
    if (!cursor.take(58)) return false;
    return child === undefined ? cursor.value() : this.mapped(child);
  }

  private child(node: PathNode, start: number, end: number): PathNode | undefined {
    const { bytes, escaped } = this.cursor;
    const { children } = node;
    if (escaped) {
      const key = unescape(bytes, start, end);
      return children.find((child) => child.key.equals(key));
    }
    for (let i = 0; i < children.length; i++) {
      if (matches(children[i]!.key, bytes, start + 1, end - 1)) return children[i];
    }
    return undefined;
  }

  private mapped(node: PathNode): boolean {
    const { cursor } = this;
    this.forget(node);
    cursor.space();
    const at = cursor.at;
    const first = cursor.peek();
    if (first === OPEN_OBJECT || first === OPEN_ARRAY) {
      for (const field of node.fields) this.composite(field, at);
      return first === OPEN_OBJECT && node.children.length > 0 ? this.object(node) : cursor.value();
    }
    if (first !== QUOTE) {
      if (!cursor.scalar()) return false;
      if (first !== LOWER_N) for (const field of node.fields) this.place(field, at, cursor.at, at);
      return true;
    }
    if (!cursor.string()) return false;
    for (const field of node.fields) {
      if (cursor.escaped) this.placeEscaped(field, at, cursor.at);
      else this.place(field, at + 1, cursor.at - 1, at);
    }
    return true;
  }

  private place(field: number, start: number, end: number, at: number): void {
    this.record.fields[field]!.locate(this.cursor.bytes, start, end, at - this.start);
  }

  private placeEscaped(field: number, start: number, end: number): void {
    const value = unescape(this.cursor.bytes, start, end);
    this.record.fields[field]!.locate(value, 0, value.length, start - this.start);
  }

  private composite(field: number, at: number): void {
    this.place(field, at, at + 1, at);
    this.record.fields[field]!.kind = COMPOSITE;
  }
}

/** Locates the fields of JSON lines. Throws an Error when a field has no path. */
export function createJsonLocator(mapping: Mapping, record: ParsedRecord): FieldLocator {
  const root: PathNode = { key: Buffer.alloc(0), fields: [], children: [] };
  mapping.fields.forEach((field, index) => {
    if (field.path === undefined)
      throw new Error(`Field ${field.name} of mapping ${mapping.id} needs a path`);
    addPath(root, field.path, index);
  });
  return new JsonLocator(root, record);
}
