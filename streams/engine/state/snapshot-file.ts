/**
 * Snapshot of the stores of one task in one file. All numbers are 32-bit little endian.
 *
 *   file   = magic "TALLYSNP" (8 bytes) | version (1) | CRC32 of these 12 bytes | chunk… | end chunk
 *   chunk  = type | length n of the payload | n bytes of payload | CRC32 of type, length and payload
 *   type 1 = head, the first chunk: JSON { task, positions, stores: [{ name, format }] }
 *   type 2 = data: number of the store (its place in the head) | bytes of its snapshot, in order
 *   type 3 = end, the last chunk, nothing follows: number of chunks before it | CRC32 of all bytes of the file before it
 *
 * Written to `<path>.tmp`, flushed, renamed, and the folder flushed: the file under its own name is whole or not there.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { EngineError } from '../errors.ts';
import type { StateStore } from '../state-store.ts';

export const SNAPSHOT_MAGIC = Buffer.from('TALLYSNP', 'latin1');
export const SNAPSHOT_VERSION = 1;
export const PREAMBLE_BYTES = 16;
/** Type and length before a payload. */
export const CHUNK_HEAD_BYTES = 8;
export const CHUNK_CRC_BYTES = 4;
export const END_PAYLOAD_BYTES = 8;
/** A larger piece of a store is cut, so that a reader never needs more memory than this for one chunk. */
export const MAX_PAYLOAD_BYTES = 1 << 23;
export const ChunkType = { head: 1, data: 2, end: 3 } as const;

/** What the head chunk says. */
export interface SnapshotHead {
  readonly task: string;
  /** Input offsets and changelog offset that the state corresponds to, under names that the caller chooses. */
  readonly positions: Readonly<Record<string, number>>;
  readonly stores: readonly { readonly name: string; readonly format: string }[];
}

export interface SnapshotContent {
  readonly task: string;
  readonly positions: Readonly<Record<string, number>>;
  readonly stores: readonly Pick<StateStore, 'name' | 'format' | 'snapshot'>[];
}

class ChunkWriter {
  private readonly file: number;
  private crc = 0;
  private chunks = 0;

  constructor(file: number) {
    this.file = file;
  }

  preamble(): void {
    const bytes = Buffer.alloc(PREAMBLE_BYTES);
    SNAPSHOT_MAGIC.copy(bytes);
    bytes.writeUInt32LE(SNAPSHOT_VERSION, 8);
    bytes.writeUInt32LE(crc32(bytes.subarray(0, 12)), 12);
    this.write(bytes);
  }

  chunk(type: number, ...parts: readonly Buffer[]): void {
    const head = Buffer.alloc(CHUNK_HEAD_BYTES);
    head.writeUInt32LE(type, 0);
    head.writeUInt32LE(
      parts.reduce((sum, part) => sum + part.length, 0),
      4,
    );
    let crc = crc32(head);
    this.write(head);
    for (const part of parts) {
      crc = crc32(part, crc);
      this.write(part);
    }
    this.write(uint32(crc));
    this.chunks++;
  }

  end(): void {
    this.chunk(ChunkType.end, uint32(this.chunks), uint32(this.crc));
  }

  private write(bytes: Buffer): void {
    this.crc = crc32(bytes, this.crc);
    for (let written = 0; written < bytes.length;) written += writeSync(this.file, bytes, written);
  }
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function encodeHead(content: SnapshotContent): Buffer {
  for (const [name, position] of Object.entries(content.positions)) {
    if (!Number.isSafeInteger(position)) {
      throw new EngineError(
        'STATE_POSITION',
        `position ${name} of task ${content.task} is ${position}, not an offset`,
      );
    }
  }
  const stores = content.stores.map(({ name, format }) => ({ name, format }));
  if (new Set(stores.map(({ name }) => name)).size !== stores.length) {
    throw new EngineError('STATE_LAYOUT', `task ${content.task} has two stores of one name`);
  }
  const head: SnapshotHead = { task: content.task, positions: content.positions, stores };
  return Buffer.from(JSON.stringify(head), 'utf8');
}

function writeChunks(path: string, content: SnapshotContent): void {
  const file = openSync(path, 'w');
  try {
    const writer = new ChunkWriter(file);
    writer.preamble();
    writer.chunk(ChunkType.head, encodeHead(content));
    content.stores.forEach((store, index) => {
      const number = uint32(index);
      for (const bytes of store.snapshot()) {
        for (let at = 0; at < bytes.length; at += MAX_PAYLOAD_BYTES - 4) {
          writer.chunk(ChunkType.data, number, bytes.subarray(at, at + MAX_PAYLOAD_BYTES - 4));
        }
      }
    });
    writer.end();
  } finally {
    closeSync(file);
  }
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Writes a snapshot that survives the loss of power once the promise resolves. The stores are read before the function
 * returns its promise, so processing may go on while the file is flushed. They must have no uncommitted writes. One
 * call at a time for a path. On failure the former snapshot under this path stays.
 */
export async function writeSnapshot(path: string, content: SnapshotContent): Promise<void> {
  const temporary = `${path}.tmp`;
  try {
    writeChunks(temporary, content);
    await flush(temporary);
    await rename(temporary, path);
    await flush(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
