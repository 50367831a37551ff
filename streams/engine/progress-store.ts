import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import type { StateStore } from './state-store.ts';

/**
 * Numbers by name: input positions and chain ends of a task. Touched once a message, never once a record.
 *
 * Format `progress/1`, delta and snapshot alike: u32 count, then per entry text name, f64 value.
 */
export class ProgressStore implements StateStore {
  readonly name: string;
  readonly format = 'progress/1';
  readonly #values = new Map<string, number>();
  /** What changed since the last commit, with the value before. */
  readonly #before = new Map<string, number | undefined>();

  constructor(name = '$progress') {
    this.name = name;
  }

  get size(): number {
    return this.#values.size;
  }

  get byteLength(): number {
    return this.#values.size * 96;
  }

  get(name: string): number | undefined {
    return this.#values.get(name);
  }

  set(name: string, value: number): void {
    if (!this.#before.has(name)) this.#before.set(name, this.#values.get(name));
    this.#values.set(name, value);
  }

  entries(): IterableIterator<[string, number]> {
    return this.#values.entries();
  }

  delta(): Buffer | null {
    if (this.#before.size === 0) return null;
    return encode(
      [...this.#before.keys()].map((name): [string, number] => [name, this.#values.get(name)!]),
      this.#before.size,
    );
  }

  commit(): void {
    this.#before.clear();
  }

  rollback(): void {
    for (const [name, value] of this.#before) {
      if (value === undefined) this.#values.delete(name);
      else this.#values.set(name, value);
    }
    this.#before.clear();
  }

  applyDelta(delta: Buffer): void {
    const reader = new ByteReader(delta);
    for (let left = reader.u32(); left > 0; left--) this.#values.set(reader.text(), reader.f64());
  }

  *snapshot(): Iterable<Buffer> {
    yield encode(this.#values, this.#values.size);
  }

  restore(chunks: Iterable<Buffer>): void {
    this.#values.clear();
    this.#before.clear();
    this.applyDelta(Buffer.concat([...chunks]));
  }
}

function encode(entries: Iterable<[string, number]>, count: number): Buffer {
  const writer = new ByteWriter().u32(count);
  for (const [name, value] of entries) writer.text(name).f64(value);
  return writer.finish();
}
