import { existsSync } from 'node:fs';
import { BatchCutter } from '../../processors/intake/batch-cutter.ts';
import type { Slice } from '../../processors/intake/batch-cutter.ts';
import { streamKey } from '../../processors/intake/folder-path.ts';
import type { Catalog } from '../../schemas/catalog/catalog.ts';
import { writeMessage } from '../../schemas/codec/batch-writer.ts';
import { FileStatus } from '../../schemas/codec/generated/values.ts';
import { rawBatchFormat } from '../../schemas/codec/generated/writers.ts';
import type { SourceContext, StructStore } from '../engine/index.ts';
import { TOPICS } from '../workers/topics.ts';
import { BlockedFiles, isFileSystemError } from './blocked-files.ts';
import type { BlockedFile } from './blocked-files.ts';
import { contentChunks } from './file-bytes.ts';
import { filePartition, sendFileEvent } from './file-events.ts';
import { identify, inspect, streamFrames } from './file-inspection.ts';
import type { IdentifiedFile, Inspection, StreamFrame } from './file-inspection.ts';
import { archiveFile, hasLength, isArchived, lockFile, pathOf, refuseFile } from './file-moves.ts';
import { FileRegistry, FileStep } from './file-registry.ts';
import { intakeCandidates } from './intake-candidates.ts';
import type { IntakeCandidate } from './intake-candidates.ts';

export type GatewayEvent =
  | { readonly type: 'file-accepted'; readonly file: string; readonly lines: number }
  | { readonly type: 'file-refused'; readonly file: string; readonly code: string; readonly reason: string }
  /** The file system said no to a file or a folder; it stays where it is and is tried again. Told once per reason. */
  | { readonly type: 'file-blocked'; readonly file: string; readonly reason: string };

export interface GatewayOptions {
  /** `<home>/<client>/mediation`. */
  readonly root: string;
  readonly catalog: Catalog;
  /** True while the workers have enough to do; nothing is published then. */
  readonly isCongested?: () => boolean;
  readonly onEvent?: (event: GatewayEvent) => void;
}

/** A file whose slices are being published. */
interface OpenFile {
  readonly file: IdentifiedFile;
  readonly inspection: Inspection;
  readonly slices: AsyncIterator<Slice, undefined>;
  published: number;
}

/** Bytes of slices that go into one transaction. */
const TRANSACTION_BYTES = 4 << 20;
/** Lists the folders again after this many files at the latest, so that new files find their place in the order. */
const LISTING_FILES = 64;

async function* slicesOf(path: string, maxRecordBytes: number): AsyncGenerator<Slice, undefined> {
  const cutter = new BatchCutter({ maxRecordBytes });
  for await (const chunk of contentChunks(path)) yield* cutter.push(chunk);
  yield* cutter.end();
  return undefined;
}

/** Reads about TRANSACTION_BYTES before anything of it is sent: a file that cannot be read half-way leaves nothing behind. */
async function gather(
  slices: AsyncIterator<Slice, undefined>,
): Promise<{ gathered: Slice[]; isLast: boolean }> {
  const gathered: Slice[] = [];
  for (let bytes = 0; bytes < TRANSACTION_BYTES;) {
    const next = await slices.next();
    if (next.done === true) return { gathered, isLast: true };
    gathered.push(next.value);
    bytes += next.value.payload.length;
    if (next.value.last) return { gathered, isLast: true };
  }
  return { gathered, isLast: false };
}

/**
 * The embedded gateway: locks a file by moving it, reads it whole to decide about it, publishes it in slices, archives it. Its
 * progress is committed with the slices, so a restart goes on behind the last published one.
 */
export class IntakeGateway {
  /** Counts since the start of the process. */
  readonly metrics = { files: 0, refused: 0, bytes: 0, lines: 0 };
  private readonly options: GatewayOptions;
  private readonly bucket: string;
  private readonly frames: ReadonlyMap<string, StreamFrame>;
  private readonly blockedFiles = new BlockedFiles();
  private listing: IntakeCandidate[] = [];
  private open: OpenFile | null = null;
  /** Paths of complete files that wait for the log to be durable before they are archived. */
  private readonly finishing = new Set<string>();
  private failure: unknown = null;
  /** The last look found nothing to do. */
  isIdle = false;

  constructor(options: GatewayOptions) {
    this.options = options;
    this.bucket = options.catalog.client.id;
    this.frames = streamFrames(options.catalog);
  }

  /** What cannot be taken in now; it is tried again. */
  get blocked(): readonly BlockedFile[] {
    return this.blockedFiles.all;
  }

  /** A piece of work for SourceWorker. */
  async next(context: SourceContext): Promise<'idle' | 'busy'> {
    this.rethrowFailure(context.clock.now());
    if (this.options.isCongested?.() === true) return 'idle';
    if (this.open !== null) {
      await this.goOn(context, this.open);
      return 'busy';
    }
    if (this.listing.length === 0) this.listing = this.list(context.clock.now());
    const candidate = this.listing.shift();
    this.isIdle = candidate === undefined && this.finishing.size === 0;
    if (candidate === undefined) return 'idle';
    await this.take(context, candidate);
    return 'busy';
  }

  /** Files whose turn it is; those that are blocked wait for the end of their pause. */
  private list(now: number): IntakeCandidate[] {
    const seen = new Set<string>();
    const found = intakeCandidates(this.options.root, (path, error) => {
      seen.add(path);
      if (!this.blockedFiles.isPaused(path, now)) this.block(path, error, now);
    });
    const ready = found.filter((candidate) => {
      const path = pathOf(candidate, candidate.stage);
      seen.add(path);
      return !this.finishing.has(path) && !this.blockedFiles.isPaused(path, now);
    });
    this.blockedFiles.keep(seen);
    return ready.slice(0, LISTING_FILES);
  }

  private async take(context: SourceContext, candidate: IntakeCandidate): Promise<void> {
    let locked = candidate;
    try {
      locked = lockFile(candidate);
      await this.begin(context, await identify(locked, this.bucket), candidate.stage === 'processing');
      this.blockedFiles.forget(pathOf(candidate, candidate.stage));
    } catch (error) {
      const path = pathOf(locked, locked.stage);
      if (!isFileSystemError(error)) this.listing = [];
      // A source may take a file back, or give it its final name, before it is ours.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT' && !existsSync(path)) return;
      this.block(path, error, context.clock.now());
    }
  }

  /** An archive that failed: the file stays in processing/, where the next listing finds it complete. */
  private rethrowFailure(now: number): void {
    const { failure } = this;
    this.failure = null;
    if (failure !== null) this.block(this.options.root, failure, now);
  }

  /** @throws what is not of the file system: that is not ours to judge */
  private block(file: string, error: unknown, now: number): void {
    if (!isFileSystemError(error)) throw error;
    if (this.blockedFiles.note(file, error.message, now))
      this.options.onEvent?.({ type: 'file-blocked', file, reason: error.message });
  }

  /** Publishes more of the open file; whatever fails, it begins again behind what is committed. */
  private async goOn(context: SourceContext, open: OpenFile): Promise<void> {
    try {
      await this.publish(context, open);
    } catch (error) {
      this.open = null;
      // What was open stands first in a new list.
      this.listing = [];
      this.block(pathOf(open.file.candidate, 'processing'), error, context.clock.now());
    }
  }

  private registry(context: SourceContext): FileRegistry {
    const files = context.store<StructStore<{ step: 'integer'; slices: 'integer' }>>('files');
    return new FileRegistry(files, context.store('contents'));
  }

  private async begin(context: SourceContext, file: IdentifiedFile, wasLocked: boolean): Promise<void> {
    const registry = this.registry(context);
    const { step, slices } = registry.find(file.fileId);
    if (
      step === FileStep.COMPLETED &&
      wasLocked &&
      !isArchived(file.candidate, { fileId: file.fileId, sha256: file.facts.sha256 })
    ) {
      archiveFile(file.candidate, file.fileId);
      return;
    }
    const isResumed = step === FileStep.ACCEPTED;
    const stream = this.frames.get(streamKey(file.candidate.folder));
    const accepted = isResumed ? null : registry.acceptedWith(file.facts.sha256);
    const inspection = await inspect(file, stream, accepted?.name ?? null);
    if (!hasLength(file.candidate, file.facts.bytes))
      throw Object.assign(
        new Error('it is still being written; sources must use a name that ends in .tmp until they are done'),
        { code: 'EBUSY' },
      );
    if (inspection.verdict.status !== 'ACCEPTED') {
      await this.refuse(context, file, inspection, { acceptedAs: accepted?.fileId ?? '', wasLocked });
      return;
    }
    if (!isResumed) await this.accept(context, file, inspection);
    const iterator = slicesOf(pathOf(file.candidate, 'processing'), stream!.mapping.maxRecordBytes);
    for (let skipped = 0; skipped < slices; skipped++) await iterator.next();
    this.open = { file, inspection, slices: iterator, published: slices };
  }

  private async accept(context: SourceContext, file: IdentifiedFile, inspection: Inspection): Promise<void> {
    const registry = this.registry(context);
    registry.note(file.fileId, FileStep.ACCEPTED, 0);
    registry.noteContent(file.facts.sha256, { fileId: file.fileId, name: file.candidate.name });
    sendFileEvent(context, this.bucket, file, inspection, { status: FileStatus.ACCEPTED });
    await context.commit();
    this.options.onEvent?.({
      type: 'file-accepted',
      file: file.candidate.name,
      lines: inspection.scan?.lines ?? 0,
    });
  }

  private async refuse(
    context: SourceContext,
    file: IdentifiedFile,
    inspection: Inspection,
    { acceptedAs, wasLocked }: { acceptedAs: string; wasLocked: boolean },
  ): Promise<void> {
    const { verdict } = inspection;
    if (verdict.status === 'ACCEPTED') return;
    const { code, reason, whatToDo } = verdict;
    const registry = this.registry(context);
    const duplicateOf = code === 'FILE_DUPLICATE' ? acceptedAs : '';
    const { step, slices } = registry.find(file.fileId);
    // A refusal that was published before a restart is not published again; an accepted file sent again is.
    if (step !== FileStep.REFUSED && !(step === FileStep.REPEATED && wasLocked)) {
      registry.note(file.fileId, step === FileStep.UNKNOWN ? FileStep.REFUSED : FileStep.REPEATED, slices);
      sendFileEvent(context, this.bucket, file, inspection, {
        status: FileStatus[verdict.status],
        code,
        reason,
        duplicateOf,
      });
      await (
        await context.commit()
      ).durable;
    }
    refuseFile(file.candidate, { fileId: file.fileId, code, reason, whatToDo });
    if (step === FileStep.COMPLETED || step === FileStep.REPEATED)
      registry.note(file.fileId, FileStep.COMPLETED, slices);
    this.metrics.refused += 1;
    this.metrics.bytes += file.facts.bytes;
    this.options.onEvent?.({ type: 'file-refused', file: file.candidate.name, code, reason });
  }

  /** Publishes about TRANSACTION_BYTES; with the last slice the file is complete. */
  private async publish(context: SourceContext, open: OpenFile): Promise<void> {
    const { file, slices, inspection } = open;
    const registry = this.registry(context);
    const { gathered, isLast } = await gather(slices);
    for (const slice of gathered) this.sendSlice(context, file, slice);
    open.published += gathered.length;
    registry.note(file.fileId, isLast ? FileStep.COMPLETED : FileStep.ACCEPTED, open.published);
    if (isLast)
      sendFileEvent(context, this.bucket, file, inspection, {
        status: FileStatus.COMPLETED,
        batches: open.published,
      });
    const receipt = await context.commit();
    if (isLast) this.finish(file, inspection, receipt.durable);
  }

  /** The file is the only copy until the log is durable; meanwhile the next one is taken. */
  private finish(file: IdentifiedFile, inspection: Inspection, durable: Promise<void>): void {
    this.open = null;
    const path = pathOf(file.candidate, 'processing');
    this.finishing.add(path);
    const archived = durable.then(() => {
      archiveFile(file.candidate, file.fileId);
      this.metrics.files += 1;
      this.metrics.bytes += file.facts.bytes;
      this.metrics.lines += inspection.scan?.lines ?? 0;
    });
    archived
      .catch((error: unknown) => {
        this.failure ??= error;
      })
      .finally(() => this.finishing.delete(path));
  }

  private sendSlice(context: SourceContext, { candidate, fileId, key }: IdentifiedFile, slice: Slice): void {
    const { platform, serviceType, recordType } = candidate.folder;
    const batch = {
      ...{ fileId, bucket: this.bucket, key, platform, serviceType, recordType },
      ...{ firstRecordNumber: slice.firstRecordNumber, lastBatch: slice.last, payload: slice.payload },
    };
    const partition = filePartition(context, TOPICS.raw, fileId);
    context.send(TOPICS.raw, partition, Buffer.from(fileId), writeMessage(rawBatchFormat, batch));
  }
}
