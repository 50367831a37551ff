import { Suspense, SUSPENSE_CODES } from '../../../processors/suspense/suspense-code.ts';
import { ratingReason } from '../../../processors/suspense/suspense-reason.ts';
import { ContainerUsage } from '../../../processors/rating/container-usage.ts';
import type { CompiledCatalog } from '../../../processors/rating/compiled-catalog.ts';
import type { Rater } from '../../../processors/rating/rater.ts';
import { RatingResult } from '../../../processors/rating/rating-result.ts';
import type { ServiceDirectory } from '../../../processors/guiding/service-directory.ts';
import { BatchWriter, writeMessage } from '../../../schemas/codec/batch-writer.ts';
import { CodecError } from '../../../schemas/codec/codec-error.ts';
import { Outcome, Phase, Stage } from '../../../schemas/codec/generated/values.ts';
import type { ErrorRecordValue } from '../../../schemas/codec/generated/values.ts';
import { MediatedBatchView } from '../../../schemas/codec/generated/views.ts';
import {
  errorBatchFormat,
  ledgerBatchFormat,
  ratedBatchFormat,
  suspendedBatchFormat,
  writeErrorRecord,
  writeSuspendedTail,
} from '../../../schemas/codec/generated/writers.ts';
import { PoisonMessageError } from '../../engine/index.ts';
import type { BatchProcessor, FingerprintWindow, Message, ProcessorContext } from '../../engine/index.ts';
import type { WorkCounters } from '../work-counters.ts';
import { writeContainerBytes, writeRatedParts } from './rated-record-writer.ts';
import type { StoreBalances } from './store-balances.ts';

export type RateOutput = 'rated' | 'suspended' | 'errors' | 'ledger';

export interface RateParts {
  readonly context: ProcessorContext<RateOutput>;
  readonly rater: Rater;
  readonly catalog: CompiledCatalog;
  readonly directory: ServiceDirectory;
  readonly balances: StoreBalances;
  readonly seen: FingerprintWindow;
  readonly windowDays: number;
  readonly catalogVersion: string;
  readonly counters: WorkCounters;
}

const MICROS_PER_DAY = 86_400_000_000;
const NO_BYTES = Buffer.alloc(0);
const RATED = 0;
const DUPLICATE = -1;

/** Counts of one batch; the control totals of the ledger. */
class Totals {
  details = 0;
  suspended = 0;
  charges = 0;
  quantity = 0;
  amount = 0;
}

/**
 * Finds duplicates, rates, updates balances (docs/rules.md 6 and 7). A record is remembered as seen only in the
 * transaction that rates it.
 */
export class RateProcessor implements BatchProcessor {
  private readonly parts: RateParts;
  private readonly view = new MediatedBatchView();
  private readonly usage = new ContainerUsage(this.view.record);
  private readonly result = new RatingResult();
  private readonly ratedParts = { record: this.view.record, result: this.result };
  private readonly rated = new BatchWriter(ratedBatchFormat);
  private readonly suspended = new BatchWriter(suspendedBatchFormat);
  private readonly errors = new BatchWriter(errorBatchFormat);
  private totals = new Totals();
  private suspenseTail = { code: '', reason: '' };

  constructor(parts: RateParts) {
    this.parts = parts;
  }

  process(message: Message): void {
    this.reset();
    try {
      this.view.open(message.value);
      while (this.view.next()) this.rateRecord();
    } catch (error) {
      if (error instanceof CodecError)
        throw new PoisonMessageError('BATCH_UNREADABLE', error.message, { cause: error });
      throw error;
    }
    this.emit(message);
  }

  private rateRecord(): void {
    const { seen, windowDays } = this.parts;
    const { record } = this.view;
    const day = Math.floor(record.startTime / MICROS_PER_DAY);
    this.totals.details += 1;
    const fate = this.fateOf(day);
    if (fate === DUPLICATE) this.reportDuplicate();
    else if (fate !== RATED) this.suspend(fate);
    else {
      seen.add(day, record.buffer, record.uniqueKeyStart);
      seen.expireBefore(day - windowDays);
      this.rated.append(writeRatedParts, this.ratedParts);
      this.count();
    }
  }

  /** RATED with the result in `result`, DUPLICATE, or the number of a suspense code. */
  private fateOf(day: number): number {
    const { record } = this.view;
    const { seen, directory, rater, balances } = this.parts;
    if (!seen.covers(day)) return Suspense.DUPLICATE_WINDOW_PASSED;
    if (seen.has(day, record.buffer, record.uniqueKeyStart)) return DUPLICATE;
    const { subscriptionIdStart, subscriptionIdEnd } = record;
    const subscription = directory.subscriptionBy(record.buffer, subscriptionIdStart, subscriptionIdEnd);
    // Mediation guided it with a catalog in which the subscription was still there.
    if (subscription < 0) return Suspense.SVC_NOT_FOUND;
    return rater.rate(this.usage, subscription, balances, this.result);
  }

  private failedUsageType(): string {
    const { rater, catalog } = this.parts;
    return catalog.usageTypes[rater.failedUsageType]?.id.text ?? this.view.record.usageType;
  }

  private count(): void {
    const { totals, result } = this;
    totals.charges += result.chargeCount;
    for (let index = 0; index < result.chargeCount; index++) {
      totals.quantity += result.charges[index]!.quantity;
      totals.amount += result.charges[index]!.amount;
    }
  }

  private suspend(code: number): void {
    this.suspenseTail.code = SUSPENSE_CODES[code]!;
    this.suspenseTail.reason = ratingReason(code, this.failedUsageType(), this.usage);
    this.suspended.append(this.writeSuspended, this.suspenseTail);
  }

  private readonly writeSuspended = (
    out: Buffer,
    position: number,
    tail: { code: string; reason: string },
  ): number => writeSuspendedTail(out, writeContainerBytes(out, position, this.view.record), tail);

  private reportDuplicate(): void {
    const { record } = this.view;
    const value: ErrorRecordValue = {
      recordNumber: record.recordNumber,
      bytePosition: -1,
      phase: Phase.RATING,
      outcome: Outcome.DUPLICATE,
      code: 'DUPLICATE_RECORD',
      reason: 'A record with the same unique key and day was rated before.',
      field: '',
      fieldPosition: -1,
      startTime: record.startTime,
      raw: NO_BYTES,
    };
    this.errors.append(writeErrorRecord, value);
  }

  private emit(message: Message): void {
    const { context, catalogVersion } = this.parts;
    const { fileId, platform, serviceType, recordType } = this.view;
    const head = {
      fileId,
      platform,
      serviceType,
      recordType,
      catalogVersion,
      processedAt: context.clock.now(),
    };
    const { key } = message;
    const counts = {
      rated: this.rated.count,
      suspended: this.suspended.count,
      duplicates: this.errors.count,
    };
    if (counts.rated > 0) context.emit('rated', { key, value: this.rated.finish(head) });
    if (counts.suspended > 0) context.emit('suspended', { key, value: this.suspended.finish(head) });
    if (counts.duplicates > 0) context.emit('errors', { key, value: this.errors.finish(head) });
    const { details, charges, quantity, amount } = this.totals;
    this.parts.counters.rated += details;
    const ledger = {
      ...{ fileId, platform, serviceType, recordType, stage: Stage.RATE, at: head.processedAt },
      ...{ sourcePartition: message.partition, sourceOffset: message.offset, lines: 0, skipped: 0, details },
      ...{
        processed: counts.rated,
        ignored: 0,
        errors: 0,
        suspended: counts.suspended,
        duplicates: counts.duplicates,
      },
      ...{ charges, quantity, amount },
    };
    context.emit('ledger', { key, value: writeMessage(ledgerBatchFormat, ledger) });
  }

  /** A batch that failed half-way left records in the writers. */
  private reset(): void {
    this.totals = new Totals();
    this.rated.discard();
    this.suspended.discard();
    this.errors.discard();
  }
}
