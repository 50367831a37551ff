import { recordKey, type RecordOutcome } from './results.ts';

const CHUNK_BYTES = 4 << 20;

/** What a comparison needs of a set of record outcomes; a Map by `fileId:recordNumber` is one. */
export interface RecordOutcomes {
  readonly size: number;
  get(key: string): RecordOutcome | undefined;
  keys(): Iterable<string>;
}

/** Record outcomes by `fileId:recordNumber`, kept as JSON outside the heap so that millions of records fit. */
export class RecordTable implements RecordOutcomes {
  readonly #chunks: Buffer[] = [];
  #end = CHUNK_BYTES;
  #size = 0;
  /** Per file, by record number: chunk, start and end of the outcome. */
  readonly #places = new Map<string, Map<number, [number, number, number]>>();

  get size(): number {
    return this.#size;
  }

  add(fileId: string, recordNumber: number, outcome: RecordOutcome): void {
    const bytes = Buffer.from(JSON.stringify(outcome));
    if (this.#chunks.length === 0 || this.#end + bytes.length > (this.#chunks.at(-1)?.length ?? 0)) {
      this.#chunks.push(Buffer.alloc(Math.max(CHUNK_BYTES, bytes.length)));
      this.#end = 0;
    }
    const chunk = this.#chunks.length - 1;
    bytes.copy(this.#chunks[chunk]!, this.#end);
    const ofFile = this.#places.get(fileId) ?? new Map<number, [number, number, number]>();
    this.#places.set(fileId, ofFile);
    ofFile.set(recordNumber, [chunk, this.#end, this.#end + bytes.length]);
    this.#end += bytes.length;
    this.#size++;
  }

  get(key: string): RecordOutcome | undefined {
    const colon = key.lastIndexOf(':');
    const place = this.#places.get(key.slice(0, colon))?.get(Number(key.slice(colon + 1)));
    if (place === undefined) return undefined;
    const [chunk, start, end] = place;
    return JSON.parse(this.#chunks[chunk]!.toString('utf8', start, end)) as RecordOutcome;
  }

  *keys(): Generator<string> {
    for (const [fileId, places] of this.#places) {
      for (const recordNumber of places.keys()) yield recordKey(fileId, recordNumber);
    }
  }
}
