import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Raised while reading a `.gz` file whose content is not whole; the file is rejected, never read in part. */
export class GzipCorruptError extends Error {}

export interface FileFacts {
  /** Hex sha256 of the bytes as they lie in the folder. */
  readonly sha256: string;
  readonly bytes: number;
}

const READ_BYTES = 1 << 20;

export async function fileFacts(path: string): Promise<FileFacts> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}

function isZlibError(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return (
    typeof code === 'string' &&
    (code.startsWith('Z_') || code.startsWith('ERR_ZLIB') || code === 'ERR_STREAM_PREMATURE_CLOSE')
  );
}

/** Chunks of the file's content, gunzipped when its name ends in `.gz`. @throws GzipCorruptError */
export async function* contentChunks(path: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: READ_BYTES });
  if (!path.endsWith('.gz')) {
    yield* file as AsyncIterable<Buffer>;
    return;
  }
  const gunzip = createGunzip({ chunkSize: READ_BYTES });
  file.once('error', (error) => gunzip.destroy(error));
  try {
    yield* file.pipe(gunzip) as Readable as AsyncIterable<Buffer>;
  } catch (error) {
    if (isZlibError(error)) throw new GzipCorruptError((error as Error).message, { cause: error });
    throw error;
  } finally {
    file.destroy();
  }
}
