import { createHash } from 'node:crypto';

/** What a file's identity is made of (rules section 2). */
export interface FileIdentity {
  /** Bucket, or the client's id. */
  readonly bucket: string;
  /** Path below the client's folder as in input: mediation/<platform>/…/input/<name>. */
  readonly key: string;
  /** Hex sha256 of the file's bytes as received. */
  readonly etag: string;
  /** Bytes of the file as received. */
  readonly length: number;
}

const ID_BYTES = 16;

/** File id: the first 16 bytes, as 32 hex digits, of sha256 over `bucket NUL key NUL etag NUL length`. */
export function fileId({ bucket, key, etag, length }: FileIdentity): string {
  const text = [bucket, key, etag, String(length)].join('\0');
  return createHash('sha256')
    .update(text, 'utf8')
    .digest('hex')
    .slice(0, 2 * ID_BYTES);
}
