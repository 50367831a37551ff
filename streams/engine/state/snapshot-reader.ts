import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { StateCorruptedError } from '../errors.ts';
import {
  CHUNK_CRC_BYTES,
  CHUNK_HEAD_BYTES,
  ChunkType,
  END_PAYLOAD_BYTES,
  MAX_PAYLOAD_BYTES,
  PREAMBLE_BYTES,
  SNAPSHOT_MAGIC,
  SNAPSHOT_VERSION,
} from './snapshot-file.ts';
import type { SnapshotHead } from './snapshot-file.ts';

/** One store in a snapshot. */
export interface StoredState {
  readonly name: string;
  readonly format: string;
  /** Reads the file again, chunk by chunk; for `StateStore.restore`. */
  readonly chunks: Iterable<Buffer>;
}

export interface Snapshot {
  readonly task: string;
  readonly positions: Readonly<Record<string, number>>;
  readonly stores: ReadonlyMap<string, StoredState>;
}

interface Chunk {
  readonly type: number;
  readonly at: number;
  readonly payload: Buffer;
}

/** Reads chunks in order, checking each; knows the CRC32 of all bytes read so far. */
class ChunkFile {
  at = 0;
  crc = 0;
  private readonly path: string;
  private readonly file: number;
  private readonly size: number;

  constructor(path: string, file: number) {
    this.path = path;
    this.file = file;
    this.size = fstatSync(file).size;
  }

  get finished(): boolean {
    return this.at === this.size;
  }

  fail(at: number, problem: string): StateCorruptedError {
    return new StateCorruptedError(
      'STATE_SNAPSHOT_CORRUPTED',
      `${this.path}: byte ${at}: ${problem}. Move the file away: the task then restores from an older snapshot or from ` +
        'the whole changelog, and refuses to start when neither reaches back far enough',
    );
  }

  preamble(): void {
    const bytes = this.take(PREAMBLE_BYTES);
    if (!bytes.subarray(0, 8).equals(SNAPSHOT_MAGIC)) throw this.fail(0, 'this is no snapshot');
    if (bytes.readUInt32LE(12) !== crc32(bytes.subarray(0, 12))) throw this.fail(12, 'the checksum is wrong');
    const version = bytes.readUInt32LE(8);
    if (version !== SNAPSHOT_VERSION) {
      throw this.fail(8, `version ${version}, and only version ${SNAPSHOT_VERSION} can be read`);
    }
  }

  chunk(): Chunk {
    const at = this.at;
    const head = this.take(CHUNK_HEAD_BYTES);
    const length = head.readUInt32LE(4);
    if (length > MAX_PAYLOAD_BYTES) throw this.fail(at + 4, `a chunk of ${length} bytes is never written`);
    const payload = this.take(length);
    if (this.take(CHUNK_CRC_BYTES).readUInt32LE(0) !== crc32(payload, crc32(head))) {
      throw this.fail(at, 'the checksum of the chunk is wrong');
    }
    return { type: head.readUInt32LE(0), at, payload };
  }

  private take(length: number): Buffer {
    if (this.at + length > this.size) throw this.fail(this.size, 'the file ends too early');
    const bytes = Buffer.allocUnsafe(length);
    for (let filled = 0; filled < length;) {
      const read = readSync(this.file, bytes, filled, length - filled, this.at + filled);
      if (read === 0) throw this.fail(this.at + filled, 'the file became shorter while it was read');
      filled += read;
    }
    this.at += length;
    this.crc = crc32(bytes, this.crc);
    return bytes;
  }
}

function withFile<Result>(path: string, use: (file: number) => Result): Result {
  const file = openSync(path, 'r');
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

/** Positions of the data chunks of each store. */
function verify(file: ChunkFile): { head: SnapshotHead; positions: number[][] } {
  file.preamble();
  const first = file.chunk();
  if (first.type !== ChunkType.head) throw file.fail(first.at, 'the first chunk is not the head');
  const head = JSON.parse(first.payload.toString('utf8')) as SnapshotHead;
  const positions = head.stores.map((): number[] => []);
  for (let chunks = 1; ; chunks++) {
    const crc = file.crc;
    const chunk = file.chunk();
    if (chunk.type === ChunkType.end) {
      checkEnd(file, chunk, chunks, crc);
      return { head, positions };
    }
    const store = positions[chunk.payload.length < 4 ? -1 : chunk.payload.readUInt32LE(0)];
    if (chunk.type !== ChunkType.data || store === undefined)
      throw file.fail(chunk.at, 'the chunk belongs to no store');
    store.push(chunk.at);
  }
}

function checkEnd(file: ChunkFile, end: Chunk, chunks: number, crc: number): void {
  if (end.payload.length !== END_PAYLOAD_BYTES) throw file.fail(end.at, 'the end chunk has another size');
  if (end.payload.readUInt32LE(0) !== chunks)
    throw file.fail(end.at, `${chunks} chunks are not all that were written`);
  if (end.payload.readUInt32LE(4) !== crc) throw file.fail(end.at, 'the checksum of the file is wrong');
  if (!file.finished) throw file.fail(file.at, 'bytes follow the end');
}

function* readChunks(path: string, positions: readonly number[]): Generator<Buffer> {
  const descriptor = openSync(path, 'r');
  try {
    const file = new ChunkFile(path, descriptor);
    for (const position of positions) {
      file.at = position;
      yield file.chunk().payload.subarray(4);
    }
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Reads and checks a snapshot as a whole before it gives anything away.
 * @returns null when there is no file.
 * @throws StateCorruptedError STATE_SNAPSHOT_CORRUPTED when any byte is missing, changed or too many.
 */
export function readSnapshot(path: string): Snapshot | null {
  try {
    const { head, positions } = withFile(path, (file) => verify(new ChunkFile(path, file)));
    const stores = new Map<string, StoredState>();
    head.stores.forEach(({ name, format }, index) => {
      const chunksAt = positions[index]!;
      stores.set(name, { name, format, chunks: { [Symbol.iterator]: () => readChunks(path, chunksAt) } });
    });
    return { task: head.task, positions: head.positions, stores };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
