import { closeSync, fdatasyncSync, openSync } from 'node:fs';
import { TransportFailedError } from '../../errors.ts';
import type { DurableMark, LogPosition } from './durable-mark.ts';
import type { LogFiles } from './file-system.ts';
import { createSegment, segmentFile, segmentHeaderBytes } from './segment-files.ts';

export interface LogWriterOptions {
  readonly directory: string;
  readonly segmentBytes: number;
  readonly files: LogFiles;
  readonly mark: DurableMark;
  /** Where the next frame goes. */
  readonly end: LogPosition;
}

interface Waiting {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** The end of the log: gathered writes at once, syncs in the background, a new segment when one is full. */
export class LogWriter {
  readonly #options: LogWriterOptions;
  #fd: number;
  #segment: number;
  #position: number;
  /** Commits since the running sync began. */
  #waiting: Waiting | null = null;
  #syncing: Promise<void> | null = null;
  /** Full segments that a running sync may still hold. */
  #retired: number[] = [];
  #failure: TransportFailedError | null = null;

  constructor(options: LogWriterOptions) {
    this.#options = options;
    this.#segment = options.end.segment;
    this.#position = options.end.position;
    this.#fd = this.#openSegment();
  }

  get segment(): number {
    return this.#segment;
  }

  /** Whether a frame of this size belongs into the next segment. */
  isFull(bytes: number): boolean {
    return this.#position > segmentHeaderBytes && this.#position + bytes > this.#options.segmentBytes;
  }

  /**
   * Appends one frame as a whole.
   * @returns where it begins.
   * @throws TransportFailedError when the disk does not take it; what was written of it is cut off again.
   */
  write(buffers: readonly Buffer[], bytes: number): LogPosition {
    if (this.#failure !== null) throw this.#failure;
    const start = { segment: this.#segment, position: this.#position };
    try {
      this.#writeAll(buffers, bytes);
    } catch (error) {
      throw this.#undo(error);
    }
    this.#position += bytes;
    return start;
  }

  /** Begins the next segment with its checkpoint; the full one is durable before. */
  roll(checkpointFrame: Buffer): void {
    if (this.#failure !== null) throw this.#failure;
    try {
      fdatasyncSync(this.#fd);
      createSegment(this.#options.directory, this.#segment + 1, checkpointFrame);
    } catch (error) {
      throw this.#fail(error, 'could not begin a new segment');
    }
    this.#retired.push(this.#fd);
    this.#segment++;
    this.#position = segmentHeaderBytes + checkpointFrame.length;
    this.#fd = this.#openSegment();
  }

  /** Resolves when everything written so far survives the loss of power. */
  durable(): Promise<void> {
    if (this.#waiting === null) {
      this.#waiting = newWaiting();
      // Who does not wait for durability must not be killed by its failure; the next write reports it.
      this.#waiting.promise.catch(() => undefined);
    }
    const { promise } = this.#waiting;
    this.#syncing ??= this.#syncWhileWaiting();
    return promise;
  }

  async close(): Promise<void> {
    try {
      if (this.#failure === null) await this.durable();
      await this.#syncing;
    } finally {
      closeSync(this.#fd);
    }
  }

  async #syncWhileWaiting(): Promise<void> {
    // Commits of the same turn share a sync.
    await new Promise<void>((resolve) => setImmediate(resolve));
    for (let batch = this.#waiting; batch !== null; batch = this.#waiting) {
      this.#waiting = null;
      await this.#sync(batch);
    }
    for (const fd of this.#retired.splice(0)) closeSync(fd);
    this.#syncing = null;
  }

  async #sync(batch: Waiting): Promise<void> {
    const reached = { segment: this.#segment, position: this.#position };
    try {
      await this.#options.files.datasync(this.#fd);
      this.#options.mark.write(reached);
      batch.resolve();
    } catch (error) {
      batch.reject(this.#fail(error, 'could not make the log durable'));
    }
  }

  #writeAll(buffers: readonly Buffer[], bytes: number): void {
    let rest = buffers;
    let written = 0;
    while (written < bytes) {
      // The system takes a limited number of buffers at a time.
      const count = this.#options.files.writev(this.#fd, rest.slice(0, maxBuffers), this.#position + written);
      written += count;
      if (written < bytes) rest = withoutFirst(rest, count);
    }
  }

  #undo(cause: unknown): TransportFailedError {
    try {
      this.#options.files.truncate(this.#fd, this.#position);
    } catch (error) {
      return this.#fail(error, 'could neither write a frame nor cut it off again');
    }
    return failure(
      cause,
      segmentFile(this.#options.directory, this.#segment),
      'took no frame; nothing of it was kept',
    );
  }

  /** After this the state of the file is unknown: nothing more is written. */
  #fail(cause: unknown, what: string): TransportFailedError {
    this.#failure = failure(cause, segmentFile(this.#options.directory, this.#segment), what);
    return this.#failure;
  }

  #openSegment(): number {
    return openSync(segmentFile(this.#options.directory, this.#segment), 'r+');
  }
}

const maxBuffers = 1024;

function withoutFirst(buffers: readonly Buffer[], bytes: number): Buffer[] {
  let left = bytes;
  const rest: Buffer[] = [];
  for (const buffer of buffers) {
    if (left >= buffer.length) left -= buffer.length;
    else {
      rest.push(buffer.subarray(left));
      left = 0;
    }
  }
  return rest;
}

function failure(cause: unknown, file: string, what: string): TransportFailedError {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new TransportFailedError(
      'DISK_FULL',
      `the disk is full: ${file} ${what}. Make room and start again; nothing is lost.`,
      { cause },
    );
  }
  return new TransportFailedError(
    'DISK_FAILED',
    `${file} ${what} (${reason}). Check the disk and the rights, then start again.`,
    { cause },
  );
}

function newWaiting(): Waiting {
  let resolve: () => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
