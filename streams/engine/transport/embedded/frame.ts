import { crc32 } from 'node:zlib';

/**
 * One frame of the log; a transaction is one frame, so it is there as a whole or not at all. Little endian.
 *
 *   0  u32 magic "FRM1"
 *   4  u32 length of the body
 *   8  f64 sequence number, one more than the frame before, over all segments
 *  16  u32 CRC-32 of the body
 *  20  u32 CRC-32 of bytes 0 … 19: a damaged length is told from a write that was cut off
 *  24  body; its first byte is the kind
 */
export const frameHeaderBytes = 24;
const magic = 0x314d5246;

export const frameKind = { checkpoint: 1, transaction: 2, topic: 3, release: 4 } as const;

export interface FrameHeader {
  readonly length: number;
  readonly sequence: number;
  readonly bodyCrc: number;
}

export function writeFrameHeader(target: Buffer, { length, sequence, bodyCrc }: FrameHeader): void {
  target.writeUInt32LE(magic, 0);
  target.writeUInt32LE(length, 4);
  target.writeDoubleLE(sequence, 8);
  target.writeUInt32LE(bodyCrc, 16);
  target.writeUInt32LE(crc32(target.subarray(0, 20)), 20);
}

/** Null when the bytes at the position are no frame header. */
function readFrameHeader(bytes: Buffer, position: number): FrameHeader | null {
  if (bytes.readUInt32LE(position) !== magic) return null;
  if (crc32(bytes.subarray(position, position + 20)) !== bytes.readUInt32LE(position + 20)) return null;
  return {
    length: bytes.readUInt32LE(position + 4),
    sequence: bytes.readDoubleLE(position + 8),
    bodyCrc: bytes.readUInt32LE(position + 16),
  };
}

/** CRC-32 over buffers as if they were one. */
export function crcOf(buffers: readonly Buffer[]): number {
  let crc = 0;
  for (const buffer of buffers) crc = crc32(buffer, crc);
  return crc;
}

/** A frame with a small body, ready to be written. */
export function smallFrame(sequence: number, body: Buffer): Buffer {
  const frame = Buffer.allocUnsafe(frameHeaderBytes + body.length);
  body.copy(frame, frameHeaderBytes);
  writeFrameHeader(frame, { length: body.length, sequence, bodyCrc: crc32(body) });
  return frame;
}

export type FrameCheck =
  | { readonly kind: 'frame'; readonly sequence: number; readonly body: Buffer; readonly end: number }
  /** The bytes end before the frame does, as after a write that was cut off. */
  | { readonly kind: 'short' }
  | { readonly kind: 'damaged'; readonly reason: string };

/** What stands at the position of a segment. */
export function checkFrame(bytes: Buffer, position: number, expectedSequence: number): FrameCheck {
  if (bytes.length - position < frameHeaderBytes) return { kind: 'short' };
  const header = readFrameHeader(bytes, position);
  if (header === null) return headless(bytes, position);
  if (header.sequence !== expectedSequence) {
    return { kind: 'damaged', reason: `frame ${header.sequence} stands where ${expectedSequence} should` };
  }
  const start = position + frameHeaderBytes;
  const end = start + header.length;
  if (end > bytes.length) return { kind: 'short' };
  const body = bytes.subarray(start, end);
  if (crc32(body) !== header.bodyCrc)
    return { kind: 'damaged', reason: `the body of frame ${header.sequence} does not match its checksum` };
  return { kind: 'frame', sequence: header.sequence, body, end };
}

/** A file system may lengthen a file before its bytes arrive: zeros to the end are a write that was cut off. */
function headless(bytes: Buffer, position: number): FrameCheck {
  const zeros = Buffer.alloc(Math.min(bytes.length - position, 65536));
  for (let at = position; at < bytes.length; at += zeros.length) {
    const part = bytes.subarray(at, at + zeros.length);
    if (!part.equals(zeros.subarray(0, part.length)))
      return { kind: 'damaged', reason: 'there is no frame header' };
  }
  return { kind: 'short' };
}
