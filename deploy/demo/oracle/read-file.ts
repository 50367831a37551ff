import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Catalog, Frame, Mapping, Stream } from './catalog.ts';
import type { OracleFile } from './collect-files.ts';
import { linesOf, type Line } from './lines.ts';
import { dayNumber } from './local-time.ts';
import { splitDelimited } from './parse-delimited.ts';
import type { FileResult } from './results.ts';

/** A file after its verdict; the records of an accepted file are the lines that are not empty and no frame. */
export interface ReadFile {
  result: FileResult;
  stream: Stream | null;
  bytes: Buffer;
  /** Business date from the name as days since 1970, null without one. */
  fileDay: number | null;
  /** Numbers of the header's and the trailer's line, 0 without. */
  headerLine: number;
  trailerLine: number;
}

/** Whole-file facts: what the lines are and what the trailer says. */
interface Frames {
  lines: number;
  empty: number;
  headerLine: number;
  trailerLine: number;
  trailer: Buffer | null;
}

/** Reads one file and passes the verdict of docs/rules.md section 2. `accepted` holds the sha256 of files accepted before and grows. */
export function readFile(catalog: Catalog, file: OracleFile, accepted: Set<string>): ReadFile {
  const received = readFileSync(file.path);
  const etag = createHash('sha256').update(received).digest('hex');
  const stream = streamOf(catalog, file.key);
  const name = file.key.slice(file.key.lastIndexOf('/') + 1);
  const bytes = name.endsWith('.gz') && received.length > 0 ? gunzip(received) : received;
  const frames = findFrames(bytes ?? Buffer.alloc(0), stream?.mapping ?? null);
  const headers = frames.headerLine > 0 ? 1 : 0;
  const trailers = frames.trailerLine > 0 ? 1 : 0;
  const details = frames.lines - frames.empty - headers - trailers;
  const fileDay = stream?.mapping.fileDate === 'fileName' ? dayInName(name) : null;

  const verdict = (): string => {
    if (stream === null) return 'NO_STREAM';
    if (received.length === 0) return 'FILE_EMPTY';
    if (bytes === null) return 'FILE_GZIP_CORRUPT';
    if (accepted.has(etag)) return 'FILE_DUPLICATE';
    if (stream.mapping.fileDate === 'fileName' && fileDay === null) return 'FILE_DATE_MISSING';
    return frameVerdict(stream.mapping, frames, details);
  };
  const code = verdict();
  if (code === '') accepted.add(etag);
  const status = code === '' ? 'ACCEPTED' : code === 'FILE_DUPLICATE' ? 'DUPLICATE' : 'REJECTED';
  const { key } = file;
  const fileId = fileIdOf(catalog.clientId, key, etag, received.length);
  return {
    result: {
      fileId,
      key,
      status,
      code,
      lines: frames.lines,
      headers,
      trailers,
      empty: frames.empty,
      details,
    },
    ...{ stream, bytes: bytes ?? Buffer.alloc(0), fileDay },
    ...{ headerLine: frames.headerLine, trailerLine: frames.trailerLine },
  };
}

/** File id of docs/rules.md section 2. */
export function fileIdOf(bucket: string, key: string, etag: string, length: number): string {
  return createHash('sha256').update([bucket, key, etag, length].join('\0')).digest('hex').slice(0, 32);
}

function streamOf(catalog: Catalog, key: string): Stream | null {
  const [, platform, serviceType, recordType] = key.split('/');
  const matches = (stream: Stream) =>
    stream.platform === platform && stream.serviceType === serviceType && stream.recordType === recordType;
  return catalog.streams.find(matches) ?? null;
}

/** Null when the bytes are no gzip stream. */
function gunzip(bytes: Buffer): Buffer | null {
  try {
    return gunzipSync(bytes);
  } catch {
    return null;
  }
}

/** The first run of exactly eight digits in the name that is a date, as days since 1970. */
export function dayInName(name: string): number | null {
  for (const run of name.match(/\d+/g) ?? []) {
    if (run.length !== 8) continue;
    const day = dayNumber(Number(run.slice(0, 4)), Number(run.slice(4, 6)), Number(run.slice(6)));
    if (day !== null) return day;
  }
  return null;
}

function findFrames(bytes: Buffer, mapping: Mapping | null): Frames {
  const frames: Frames = { lines: 0, empty: 0, headerLine: 0, trailerLine: 0, trailer: null };
  let first = 0;
  let last: Line = { number: 0, bytes: Buffer.alloc(0) };
  for (const line of linesOf(bytes)) {
    frames.lines++;
    if (line.bytes.length === 0) {
      frames.empty++;
      continue;
    }
    if (first === 0) {
      first = line.number;
      if (startsLike(mapping?.header, line.bytes)) frames.headerLine = line.number;
    }
    last = line;
  }
  if (last.number !== frames.headerLine && startsLike(mapping?.trailer, last.bytes)) {
    frames.trailerLine = last.number;
    frames.trailer = last.bytes;
  }
  return frames;
}

function startsLike(frame: Frame | null | undefined, bytes: Buffer): boolean {
  if (frame === null || frame === undefined) return false;
  const start = Buffer.from(frame.startsWith);
  return bytes.subarray(0, start.length).equals(start);
}

function frameVerdict(mapping: Mapping, frames: Frames, details: number): string {
  if (mapping.header?.required === true && frames.headerLine === 0) return 'FILE_HEADER_MISSING';
  if (mapping.trailer?.required === true && frames.trailerLine === 0) return 'FILE_TRAILER_MISSING';
  if (frames.trailer === null || mapping.trailer === null || mapping.trailer.count === null) return '';
  const text = countText(mapping, mapping.trailer.count, frames.trailer).trim();
  return /^\d+$/.test(text) && Number(text) === details ? '' : 'FILE_TRAILER_COUNT';
}

/** Text where the count should be; empty when the trailer has no such place. */
function countText(mapping: Mapping, count: NonNullable<Frame['count']>, trailer: Buffer): string {
  if (count.column !== null) {
    const columns = splitDelimited(
      trailer.toString('latin1'),
      mapping.format.delimiter,
      mapping.format.quote,
    );
    return columns?.[count.column - 1] ?? '';
  }
  const from = (count.position ?? 1) - 1;
  return trailer.toString('latin1', from, from + (count.length ?? 0));
}
