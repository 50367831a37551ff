import { suggestion } from '../expression/nearest-name.ts';
import { catalog } from './catalog.ts';
import type { CatalogFault, CatalogFaultCode, CatalogPath, FaultSpot } from './catalog-fault.ts';
import { bareSchema } from './schema-walk.ts';
import { YamlSource } from './yaml-source.ts';
import type { SourceFile } from './yaml-source.ts';

interface Part {
  readonly source: YamlSource;
  /** Index of the part's first item in the merged list. */
  readonly offset: number;
  readonly length: number;
}

const TOP_KEYS = Object.keys(catalog.shape);

function isList(key: string): boolean {
  const schema = catalog.shape[key as keyof typeof catalog.shape];
  return bareSchema(schema)._zod.def.type === 'array';
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'a map' : `a ${typeof value}`;
}

/** The union of all files: lists are joined in the order of the files' paths, everything else may be given once. */
export class MergedSources {
  readonly value: Record<string, unknown> = {};
  /** Faults of the files themselves and of their top keys. */
  readonly faults: CatalogFault[] = [];
  /** Top keys with a fault that makes further faults about them pointless. */
  readonly broken = new Set<string>();
  /** False when part of a file could not be understood, so that what is missing may be there. */
  readonly intact: boolean;
  private readonly parts = new Map<string, Part[]>();
  private readonly first: YamlSource;

  constructor(files: readonly SourceFile[]) {
    const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    const sources = sorted.map((file) => new YamlSource(file));
    for (const source of sources) this.add(source);
    this.first = sources[0] ?? new YamlSource({ path: '(no file)', text: '' });
    this.intact = sources.every((source) => source.intact);
  }

  private add(source: YamlSource): void {
    this.faults.push(...source.faults);
    const { value } = source;
    if (value === null) return;
    if (typeof value !== 'object' || Array.isArray(value)) {
      this.faults.push(
        source.fault('TYPE_WRONG', [], `expected a map of catalog keys, found ${kindOf(value)}`),
      );
      return;
    }
    for (const [key, content] of Object.entries(value)) this.addKey(source, key, content);
  }

  private addKey(source: YamlSource, key: string, content: unknown): void {
    if (!TOP_KEYS.includes(key)) {
      const message = `unknown key "${key}"${suggestion(key, TOP_KEYS)}`;
      this.faults.push(source.fault('KEY_UNKNOWN', [key], message, 'key'));
      return;
    }
    if (isList(key)) this.addList(source, key, content);
    else this.addSingle(source, key, content);
  }

  private addList(source: YamlSource, key: string, content: unknown): void {
    if (!Array.isArray(content)) {
      this.broken.add(key);
      this.faults.push(source.fault('TYPE_WRONG', [key], `expected a list, found ${kindOf(content)}`));
      return;
    }
    const merged = (this.value[key] ??= []) as unknown[];
    this.keep(key, { source, offset: merged.length, length: content.length });
    for (const item of content as unknown[]) merged.push(item);
  }

  private addSingle(source: YamlSource, key: string, content: unknown): void {
    const earlier = this.parts.get(key)?.[0];
    if (earlier !== undefined) {
      const { file, line } = earlier.source.fault('KEY_TWICE', [key], '', 'key');
      const message = `"${key}" may be given once, it is also at ${file}:${line}`;
      this.faults.push(source.fault('KEY_TWICE', [key], message, 'key'));
      return;
    }
    this.value[key] = content;
    this.keep(key, { source, offset: 0, length: 0 });
  }

  private keep(key: string, part: Part): void {
    const parts = this.parts.get(key);
    if (parts === undefined) this.parts.set(key, [part]);
    else parts.push(part);
  }

  /** A fault at a path of the merged catalog, told by file, line and the path in that file. */
  fault(code: CatalogFaultCode, path: CatalogPath, message: string, spot?: FaultSpot): CatalogFault {
    const [key, index, ...rest] = path;
    const parts = this.parts.get(String(key)) ?? [];
    if (typeof index !== 'number') return (parts[0]?.source ?? this.first).fault(code, path, message, spot);
    const part = parts.find(({ offset, length }) => index >= offset && index < offset + length);
    const local = [String(key), index - (part?.offset ?? 0), ...rest];
    return (part?.source ?? this.first).fault(code, local, message, spot);
  }
}
