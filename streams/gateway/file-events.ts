import { dayText } from '../../processors/calendar/civil-date.ts';
import { partitionOf } from '../../schemas/identity/murmur2.ts';
import { writeMessage } from '../../schemas/codec/batch-writer.ts';
import type { FileStatus } from '../../schemas/codec/generated/values.ts';
import { fileEventFormat } from '../../schemas/codec/generated/writers.ts';
import type { SourceContext } from '../engine/index.ts';
import { TOPICS } from '../workers/topics.ts';
import type { IdentifiedFile, Inspection } from './file-inspection.ts';

export interface FileEventFacts {
  readonly status: FileStatus;
  readonly code?: string;
  readonly reason?: string;
  readonly batches?: number;
  readonly duplicateOf?: string;
}

/** Where the messages of a file go: all to one partition, so that its control totals are one task's business. */
export function filePartition(context: SourceContext, topic: string, fileId: string): number {
  return partitionOf(fileId, context.partitions(topic));
}

/** Publishes a step in the life of a file, with the next commit. */
export function sendFileEvent(
  context: SourceContext,
  bucket: string,
  file: IdentifiedFile,
  inspection: Inspection,
  facts: FileEventFacts,
): void {
  const { candidate, fileId, key } = file;
  const { platform, serviceType, recordType } = candidate.folder;
  const { scan, fileDay } = inspection;
  const event = {
    ...{ fileId, bucket, key, platform, serviceType, recordType, status: facts.status },
    ...{
      code: facts.code ?? '',
      reason: facts.reason ?? '',
      sha256: file.facts.sha256,
      bytes: file.facts.bytes,
    },
    ...{ lines: scan?.lines ?? 0, details: scan?.details ?? 0, batches: facts.batches ?? 0 },
    ...{
      duplicateOf: facts.duplicateOf ?? '',
      fileDate: Number.isNaN(fileDay) ? '' : dayText(fileDay),
      at: context.clock.now(),
    },
  };
  const partition = filePartition(context, TOPICS.files, fileId);
  context.send(TOPICS.files, partition, Buffer.from(fileId), writeMessage(fileEventFormat, event));
}
