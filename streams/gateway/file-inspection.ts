import { fileDayOf } from '../../processors/intake/file-date.ts';
import { FileFrame } from '../../processors/intake/file-frame.ts';
import { fileId } from '../../processors/intake/file-id.ts';
import { FileScan } from '../../processors/intake/file-scan.ts';
import type { FileScanResult } from '../../processors/intake/file-scan.ts';
import { decideFile } from '../../processors/intake/file-verdict.ts';
import type { FileVerdict } from '../../processors/intake/file-verdict.ts';
import { fileKey, streamKey } from '../../processors/intake/folder-path.ts';
import type { Catalog } from '../../schemas/catalog/catalog.ts';
import type { Mapping } from '../../schemas/catalog/mapping.ts';
import { contentChunks, fileFacts, GzipCorruptError } from './file-bytes.ts';
import type { FileFacts } from './file-bytes.ts';
import { pathOf } from './file-moves.ts';
import type { IntakeCandidate } from './intake-candidates.ts';

/** What the catalog says about files of one folder. */
export interface StreamFrame {
  readonly frame: FileFrame;
  readonly mapping: Mapping;
}

/** Frames by stream key. */
export function streamFrames(catalog: Catalog): ReadonlyMap<string, StreamFrame> {
  return new Map(
    catalog.streams.flatMap((stream) => {
      const mapping = catalog.mappings.find(({ id }) => id === stream.mapping);
      if (mapping === undefined) return [];
      return [[streamKey(stream), { frame: new FileFrame(mapping), mapping }] as const];
    }),
  );
}

/** A locked file with its identity. */
export interface IdentifiedFile {
  readonly candidate: IntakeCandidate;
  readonly fileId: string;
  /** Path below the client's folder, as it was in input/. */
  readonly key: string;
  readonly facts: FileFacts;
}

/** Reads the file once to know who it is. */
export async function identify(candidate: IntakeCandidate, bucket: string): Promise<IdentifiedFile> {
  const facts = await fileFacts(pathOf(candidate, 'processing'));
  const { platform, serviceType, recordType } = candidate.folder;
  const key = fileKey({ platform, serviceType, recordType, folder: 'input', name: candidate.name });
  return { candidate, key, facts, fileId: fileId({ bucket, key, etag: facts.sha256, length: facts.bytes }) };
}

export interface Inspection {
  readonly verdict: FileVerdict;
  /** Null when the content could not be read. */
  readonly scan: FileScanResult | null;
  /** Days since 1970-01-01; NaN when the name has no date. */
  readonly fileDay: number;
}

async function scanContent(
  path: string,
  frame: FileFrame | null,
): Promise<{ scan: FileScanResult | null; gzipFault: string | null }> {
  const scan = new FileScan(frame);
  try {
    for await (const chunk of contentChunks(path)) scan.push(chunk);
  } catch (error) {
    if (error instanceof GzipCorruptError) return { scan: null, gzipFault: error.message };
    throw error;
  }
  return { scan: scan.end(), gzipFault: null };
}

/** Reads the whole content and decides, before anything of the file is published (docs/rules.md, section 2). */
export async function inspect(
  file: IdentifiedFile,
  stream: StreamFrame | undefined,
  duplicateOf: string | null,
): Promise<Inspection> {
  const { candidate, key, facts } = file;
  const { scan, gzipFault } = await scanContent(pathOf(candidate, 'processing'), stream?.frame ?? null);
  const fileDay = fileDayOf(candidate.name);
  const verdict = decideFile({
    key,
    name: candidate.name,
    hasStream: stream !== undefined,
    receivedBytes: facts.bytes,
    gzipFault,
    duplicateOf,
    dateRequired: stream?.mapping.fileDate === 'fileName',
    fileDay,
    frame: stream?.frame ?? null,
    scan,
  });
  return { verdict, scan, fileDay };
}
