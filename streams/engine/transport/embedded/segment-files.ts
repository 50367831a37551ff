import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { StateCorruptedError } from '../../errors.ts';
import { syncDirectory } from './file-system.ts';

/**
 * Segments of the log: `<directory>/<number>.log`, numbered without gaps. Little endian.
 *
 *   0  u32 magic "SWAL"
 *   4  u32 version (1)
 *   8  u32 number of the segment
 *  12  u32 CRC-32 of bytes 0 … 11
 *  16  frames (frame.ts); the first is a checkpoint (checkpoint.ts), so that earlier segments can be dropped
 */
export const segmentHeaderBytes = 16;
const magic = 0x4c415753;
const version = 1;

/** Numbers of the segments in a directory, ascending. @throws StateCorruptedError when one in between is missing. */
export function listSegments(directory: string): number[] {
  const names = readdirSync(directory);
  // A segment gets its name only when it is whole.
  for (const name of names) if (name.endsWith('.log.tmp')) rmSync(join(directory, name));
  const numbers = names
    .filter((name) => /^\d{8}\.log$/.test(name))
    .map((name) => Number(name.slice(0, 8)))
    .sort((a, b) => a - b);
  numbers.forEach((number, index) => {
    if (number !== numbers[0]! + index) {
      throw new StateCorruptedError(
        'LOG_SEGMENT_MISSING',
        `${segmentFile(directory, numbers[0]! + index)} is missing between its neighbours; restore the directory from a copy`,
      );
    }
  });
  return numbers;
}

export function segmentFile(directory: string, number: number): string {
  return join(directory, `${String(number).padStart(8, '0')}.log`);
}

/** Makes a segment with its first frame, durable before it has its name. */
export function createSegment(directory: string, number: number, firstFrame: Buffer): void {
  const file = segmentFile(directory, number);
  const header = Buffer.alloc(segmentHeaderBytes);
  header.writeUInt32LE(magic, 0);
  header.writeUInt32LE(version, 4);
  header.writeUInt32LE(number, 8);
  header.writeUInt32LE(crc32(header.subarray(0, 12)), 12);
  const bytes = Buffer.concat([header, firstFrame]);
  const fd = openSync(`${file}.tmp`, 'w');
  try {
    for (let written = 0; written < bytes.length;) written += writeSync(fd, bytes, written);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(`${file}.tmp`, file);
  syncDirectory(directory);
}

/** The whole segment. @throws StateCorruptedError when its header is not what `createSegment` wrote. */
export function readSegment(directory: string, number: number): Buffer {
  const file = segmentFile(directory, number);
  const bytes = readFileSync(file);
  const whole = bytes.length >= segmentHeaderBytes && bytes.readUInt32LE(0) === magic;
  if (!whole || bytes.readUInt32LE(12) !== crc32(bytes.subarray(0, 12)) || bytes.readUInt32LE(8) !== number) {
    throw new StateCorruptedError(
      'LOG_DAMAGED',
      `${file} at byte 0: the header is damaged; restore the directory from a copy`,
    );
  }
  const found = bytes.readUInt32LE(4);
  if (found !== version)
    throw new StateCorruptedError(
      'LOG_VERSION',
      `${file} has version ${found}, this program reads ${version}`,
    );
  return bytes;
}
