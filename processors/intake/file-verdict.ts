import { CODES } from '../codes.ts';
import type { FileCode } from '../codes.ts';
import { printable } from '../parsing/printable.ts';
import type { FileFrame } from './file-frame.ts';
import type { FileScanResult } from './file-scan.ts';

/** Everything a verdict depends on, observed by the gateway. What cannot be observed any more (no stream, …) may be null. */
export interface FileFacts {
  /** Path below the client's folder. */
  readonly key: string;
  readonly name: string;
  /** A processing stream is configured for the path. */
  readonly hasStream: boolean;
  /** Bytes as received. */
  readonly receivedBytes: number;
  /** Why the gzip file could not be unpacked; null when it could or is none. */
  readonly gzipFault: string | null;
  /** Key of the file that was accepted with the same sha256; null when there is none. */
  readonly duplicateOf: string | null;
  /** The mapping takes the file's date from its name. */
  readonly dateRequired: boolean;
  /** Date in the name, days since 1970-01-01; NaN when there is none. */
  readonly fileDay: number;
  readonly frame: FileFrame | null;
  readonly scan: FileScanResult | null;
}

export type FileVerdict =
  | { readonly status: 'ACCEPTED' }
  | {
      readonly status: 'REJECTED' | 'DUPLICATE';
      readonly code: FileCode;
      /** What was found, in words, with the line where there is one. */
      readonly reason: string;
      /** Line concerned, from 1; 0 when it concerns the file. */
      readonly line: number;
      /** What the operator does next. */
      readonly whatToDo: string;
    };

const ACCEPTED: FileVerdict = { status: 'ACCEPTED' };

function refuse(code: FileCode, reason: string, line = 0): FileVerdict {
  const { outcome, whatToDo } = CODES[code];
  return { status: outcome === 'DUPLICATE' ? 'DUPLICATE' : 'REJECTED', code, reason, line, whatToDo };
}

/** Decides about a file: the first reason of rules section 2 that applies, else accepted. */
export function decideFile(facts: FileFacts): FileVerdict {
  const { scan } = facts;
  if (!facts.hasStream) return refuse('NO_STREAM', `No processing stream takes files of ${facts.key}`);
  if (facts.receivedBytes === 0 || (scan?.bytes === 0 && facts.gzipFault === null)) {
    return refuse('FILE_EMPTY', `${facts.name} has 0 bytes`);
  }
  if (facts.gzipFault !== null) {
    return refuse('FILE_GZIP_CORRUPT', `${facts.name} cannot be unpacked: ${facts.gzipFault}`);
  }
  if (facts.duplicateOf !== null) {
    return refuse(
      'FILE_DUPLICATE',
      `${facts.name} has the same bytes as ${facts.duplicateOf}, which was accepted before`,
    );
  }
  if (facts.dateRequired && Number.isNaN(facts.fileDay)) {
    return refuse('FILE_DATE_MISSING', `The name ${facts.name} has no eight digits that are a date yyyymmdd`);
  }
  return facts.frame === null || scan === null ? ACCEPTED : decideFrame(facts.frame, scan);
}

function decideFrame(frame: FileFrame, scan: FileScanResult): FileVerdict {
  const { header, trailer } = frame;
  if (header?.required === true && !scan.headerPresent) {
    const reason = frameReason('first', scan.firstLine, scan.firstBytes, header.startsWith);
    return refuse('FILE_HEADER_MISSING', reason, scan.firstLine);
  }
  if (trailer?.required === true && !scan.trailerPresent) {
    const reason = frameReason('last', scan.lastLine, scan.lastBytes, trailer.startsWith);
    return refuse('FILE_TRAILER_MISSING', reason, scan.lastLine);
  }
  if (scan.trailerPresent && frame.counts && scan.trailerCount !== scan.details) {
    const stated =
      scan.trailerCount === null ? 'states no readable count' : `states ${scan.trailerCount} records`;
    const shown = printable(scan.lastBytes, 0, scan.lastBytes.length);
    const reason = `Line ${scan.lastLine}: the trailer ${stated}, the file holds ${scan.details}: ${shown}`;
    return refuse('FILE_TRAILER_COUNT', reason, scan.lastLine);
  }
  return ACCEPTED;
}

function frameReason(which: 'first' | 'last', line: number, bytes: Buffer, startsWith: Buffer): string {
  const expected = printable(startsWith, 0, startsWith.length);
  if (line === 0) return `All lines are empty, expected a line that starts with ${expected}`;
  const shown = printable(bytes, 0, bytes.length);
  return `Line ${line}, the ${which} that is not empty, does not start with ${expected}: ${shown}`;
}
