import { Guide } from '../../../processors/guiding/guide.ts';
import type { GuidingRequest } from '../../../processors/guiding/guide.ts';
import type { ServiceDirectory } from '../../../processors/guiding/service-directory.ts';
import { fileDayOf } from '../../../processors/intake/file-date.ts';
import { streamKey } from '../../../processors/intake/folder-path.ts';
import { ATTRIBUTE_INDEX } from '../../../processors/mediation/container-record.ts';
import type { DetailSink } from '../../../processors/mediation/raw-batch-reader.ts';
import type { CompiledCatalog } from '../../../processors/rating/compiled-catalog.ts';
import { SUSPENSE_CODES } from '../../../processors/suspense/suspense-code.ts';
import { guidingReason } from '../../../processors/suspense/suspense-reason.ts';
import { BatchWriter, writeMessage } from '../../../schemas/codec/batch-writer.ts';
import { CodecError } from '../../../schemas/codec/codec-error.ts';
import { Outcome, Phase, Stage } from '../../../schemas/codec/generated/values.ts';
import type { MediatedBatchHead } from '../../../schemas/codec/generated/values.ts';
import { RawBatchView } from '../../../schemas/codec/generated/views.ts';
import {
  errorBatchFormat,
  ledgerBatchFormat,
  mediatedBatchFormat,
  suspendedBatchFormat,
  writeContainer,
  writeErrorRecord,
  writeSuspendedTail,
} from '../../../schemas/codec/generated/writers.ts';
import { EngineError, PoisonMessageError } from '../../engine/index.ts';
import type { BatchProcessor, Message, ProcessorContext } from '../../engine/index.ts';
import type { WorkCounters } from '../work-counters.ts';
import type { ProgressStores } from './progress-stores.ts';
import type { CompiledStream } from './stream-table.ts';

export type MediateOutput = 'mediated' | 'suspended' | 'errors' | 'ledger';

export interface MediateParts {
  readonly context: ProcessorContext<MediateOutput>;
  readonly streams: ReadonlyMap<string, CompiledStream>;
  readonly catalog: CompiledCatalog;
  readonly catalogVersion: string;
  readonly directory: ServiceDirectory;
  readonly progress: ProgressStores;
  readonly counters: WorkCounters;
}

const NO_BYTES = Buffer.alloc(0);
const { usageType: USAGE_TYPE, serviceId: SERVICE_ID } = ATTRIBUTE_INDEX;

/**
 * Cuts raw batches into records, parses, maps, filters, enriches and guides them, and sends each to the partition of its
 * balance group (docs/rules.md 3 to 5). Repeated batches are dropped: gateways deliver at least once.
 */
export class MediateProcessor implements BatchProcessor, DetailSink {
  private readonly parts: MediateParts;
  private readonly guide: Guide;
  private readonly batch = new RawBatchView();
  private readonly mediated: readonly BatchWriter<MediatedBatchHead>[];
  private readonly suspended = new BatchWriter(suspendedBatchFormat);
  private readonly errors = new BatchWriter(errorBatchFormat);
  private readonly suspenseTail = { code: '', reason: '' };
  private readonly request: GuidingRequest = {
    ...{ usageType: -1, buffer: NO_BYTES, serviceIdStart: 0, serviceIdEnd: 0 },
    ...{ startTime: 0, endTime: 0, fileDay: Number.NaN },
  };
  private stream!: CompiledStream;
  private fileDay = Number.NaN;
  private ignored = 0;
  private failed = 0;

  constructor(parts: MediateParts) {
    this.parts = parts;
    this.guide = new Guide(
      parts.directory,
      parts.catalog.usageTypes.map(({ serviceType }) => serviceType),
    );
    const partitions = parts.context.partitionsOf('mediated');
    this.mediated = Array.from({ length: partitions }, () => new BatchWriter(mediatedBatchFormat));
  }

  process(message: Message): void {
    this.reset();
    const { batch } = this;
    try {
      batch.open(message.value);
    } catch (error) {
      if (error instanceof CodecError)
        throw new PoisonMessageError('BATCH_UNREADABLE', error.message, { cause: error });
      throw error;
    }
    const { fileId } = batch;
    const key = streamKey(batch);
    const stream = this.parts.streams.get(key);
    if (stream === undefined) {
      throw new PoisonMessageError(
        'NO_STREAM',
        `The catalog has no processing stream ${key}, file ${batch.key}`,
      );
    }
    this.stream = stream;
    this.fileDay =
      stream.mediator.mapping.fileDate === 'fileName'
        ? fileDayOf(batch.key.slice(batch.key.lastIndexOf('/') + 1))
        : Number.NaN;
    const progress = this.parts.progress.load(fileId);
    const result = stream.reader.read(batch, progress, this);
    if (result === 'REPEATED') return;
    if (result === 'GAP') {
      throw new EngineError(
        'RAW_BATCH_GAP',
        `File ${batch.key}: record ${progress.nextRecordNumber} was expected, ${batch.firstRecordNumber} came`,
      );
    }
    this.parts.progress.save(fileId, progress);
    this.emit(message);
  }

  detail(
    bytes: Buffer,
    start: number,
    end: number,
    recordNumber: number,
    bytePosition: number,
    tooLong: number,
  ): void {
    const { mediator } = this.stream;
    const outcome =
      tooLong > 0
        ? mediator.refuseTooLong(tooLong)
        : mediator.mediate(bytes, start, end, recordNumber, this.fileDay);
    if (outcome !== 'MEDIATED') {
      this.reportFault(outcome === 'IGNORED', bytes.subarray(start, end), recordNumber, bytePosition);
      return;
    }
    const { container } = mediator;
    const subscription = this.findSubscription();
    if (subscription < 0) {
      this.suspenseTail.code = SUSPENSE_CODES[-subscription]!;
      this.suspenseTail.reason = guidingReason(-subscription, container, this.stream.mediator.stream);
      this.suspended.append(this.writeSuspended, this.suspenseTail);
      return;
    }
    const { directory } = this.parts;
    container.accountId = directory.accountBytes(subscription);
    container.subscriptionId = directory.subscriptionBytes(subscription);
    container.balanceGroupId = directory.groupBytes(directory.group(subscription));
    this.mediated[directory.partition(subscription, this.mediated.length)]!.append(writeContainer, container);
  }

  private findSubscription(): number {
    const { request, fileDay } = this;
    const { container } = this.stream.mediator;
    const usageType = container.range(USAGE_TYPE);
    request.usageType = this.parts.catalog.usageTypeIds.find(
      0,
      usageType.buffer,
      usageType.start,
      usageType.end,
    );
    const serviceId = container.range(SERVICE_ID);
    request.buffer = serviceId.buffer;
    request.serviceIdStart = serviceId.start;
    request.serviceIdEnd = serviceId.end;
    request.startTime = container.startTime;
    request.endTime = container.endTime;
    request.fileDay = fileDay;
    return this.guide.guide(request, this.stream.guiding);
  }

  private readonly writeSuspended = (
    out: Buffer,
    position: number,
    tail: { code: string; reason: string },
  ): number => writeSuspendedTail(out, writeContainer(out, position, this.stream.mediator.container), tail);

  private reportFault(isIgnored: boolean, raw: Buffer, recordNumber: number, bytePosition: number): void {
    const { phase, code, reason, field, fieldPosition, startTime } = this.stream.mediator.fault;
    if (isIgnored) this.ignored += 1;
    else this.failed += 1;
    this.errors.append(writeErrorRecord, {
      ...{
        recordNumber,
        bytePosition,
        phase: Phase[phase],
        outcome: isIgnored ? Outcome.IGNORED : Outcome.ERROR,
      },
      ...{ code, reason, field, fieldPosition, startTime, raw },
    });
  }

  private emit(message: Message): void {
    const { context, catalogVersion } = this.parts;
    const { fileId, platform, serviceType, recordType } = this.batch;
    const head = {
      fileId,
      platform,
      serviceType,
      recordType,
      catalogVersion,
      processedAt: context.clock.now(),
    };
    const { key } = message;
    const suspended = this.suspended.count;
    let processed = 0;
    this.mediated.forEach((writer, partition) => {
      if (writer.count === 0) return;
      processed += writer.count;
      context.emit('mediated', { partition, key, value: writer.finish(head) });
    });
    if (suspended > 0) context.emit('suspended', { key, value: this.suspended.finish(head) });
    if (this.errors.count > 0) context.emit('errors', { key, value: this.errors.finish(head) });
    const { lines, header, trailer, empty, details } = this.stream.reader.counts;
    this.parts.counters.mediated += details;
    const ledger = {
      ...{ fileId, platform, serviceType, recordType, stage: Stage.MEDIATE, at: head.processedAt },
      ...{ sourcePartition: message.partition, sourceOffset: message.offset },
      ...{
        lines,
        skipped: header + trailer + empty,
        details,
        processed,
        ignored: this.ignored,
        errors: this.failed,
      },
      ...{ suspended, duplicates: 0, charges: 0, quantity: 0, amount: 0 },
    };
    context.emit('ledger', { key, value: writeMessage(ledgerBatchFormat, ledger) });
  }

  /** A batch that failed half-way left records in the writers. */
  private reset(): void {
    this.ignored = 0;
    this.failed = 0;
    for (const writer of this.mediated) writer.discard();
    this.suspended.discard();
    this.errors.discard();
  }
}
