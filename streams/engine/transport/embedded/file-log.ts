import { closeSync, mkdirSync, openSync, readSync, rmSync } from 'node:fs';
import { ByteWriter } from '../../byte-writer.ts';
import type { Clock } from '../../clock.ts';
import type { EventListener } from '../../engine-event.ts';
import { TransportFailedError } from '../../errors.ts';
import type { Message } from '../../message.ts';
import type { CommitReceipt } from '../../transport.ts';
import type { CommitLog, LogAppend } from '../commit-log.ts';
import { LogIndex } from '../log-index.ts';
import { TopicTable } from '../topic-table.ts';
import { encodeCheckpoint } from './checkpoint.ts';
import { DirectoryLock } from './directory-lock.ts';
import { DurableMark } from './durable-mark.ts';
import type { LogFiles } from './file-system.ts';
import { syncDirectory } from './file-system.ts';
import { frameKind, smallFrame } from './frame.ts';
import { recoverLog } from './log-recovery.ts';
import type { SegmentStart } from './log-recovery.ts';
import { LogState } from './log-state.ts';
import { LogWriter } from './log-writer.ts';
import { MessageCache } from './message-cache.ts';
import { createSegment, segmentFile, segmentHeaderBytes } from './segment-files.ts';
import type { MessagePlace } from './transaction-frame.ts';
import { decodeMessage, encodeTransaction } from './transaction-frame.ts';

export interface FileLogOptions {
  readonly directory: string;
  readonly clock: Clock;
  readonly segmentBytes: number;
  readonly cacheBytes: number;
  readonly files: LogFiles;
  readonly onEvent: EventListener;
}

/** A log in the segments of one directory; one process at a time. */
export class FileLog implements CommitLog {
  readonly topics = new TopicTable();
  readonly index = new LogIndex();
  readonly state = new LogState(this.topics, this.index);
  readonly #options: FileLogOptions;
  readonly #lock: DirectoryLock;
  readonly #mark: DurableMark;
  readonly #writer: LogWriter;
  readonly #cache: MessageCache;
  readonly #segments: SegmentStart[];
  readonly #readers = new Map<number, number>();
  #sequence: number;
  #closed = false;

  /** @throws StateCorruptedError, TransportFailedError */
  constructor(options: FileLogOptions) {
    this.#options = options;
    const { directory, onEvent, segmentBytes, files } = options;
    mkdirSync(directory, { recursive: true });
    this.#lock = DirectoryLock.take(directory, onEvent);
    try {
      const { mark, last } = DurableMark.open(directory);
      this.#mark = mark;
      const { index, state } = this;
      const found = recoverLog({ directory, index, state, durable: last, onEvent }) ?? this.#createFirst();
      this.#sequence = found.nextSequence;
      this.#segments = [...found.segments];
      this.#writer = new LogWriter({ directory, segmentBytes, files, mark, end: found.end });
    } catch (error) {
      this.#lock.free();
      throw error;
    }
    this.#cache = new MessageCache(options.cacheBytes);
  }

  /** The segments, oldest first, with the first ordinal of each. */
  get segments(): readonly SegmentStart[] {
    return this.#segments;
  }

  createTopic(topic: string, partitions: number): void {
    if (this.topics.has(topic, partitions)) return;
    this.#writeSmall(new ByteWriter().u8(frameKind.topic).text(topic).u32(partitions).finish());
    this.state.addTopic(topic, partitions);
  }

  append(append: LogAppend): CommitReceipt {
    this.#refuseClosed();
    const estimate = append.outputs.reduce((sum, { value }) => sum + value.length, 0);
    this.#rollWhenFull(estimate);
    const timestamp = this.#options.clock.now();
    const frame = encodeTransaction(append, {
      sequence: this.#sequence,
      timestamp,
      topics: this.topics,
      endOffset: (slot) => this.index.endOffset(slot),
    });
    const start = this.#writer.write(frame.buffers, frame.bytes);
    this.#sequence++;
    frame.messages.forEach((place, number) =>
      this.#remember(place, start, { ...append.outputs[number]!, offset: place.offset, timestamp }),
    );
    for (const { topic, partition, offset } of append.offsets)
      this.state.commit(append.group, this.topics.slot(topic, partition), offset);
    return { durable: this.#writer.durable() };
  }

  messageAt(ordinal: number): Message {
    return this.#cache.get(ordinal) ?? this.#readMessage(ordinal);
  }

  committed(group: string, slot: number): number | undefined {
    return this.state.committed(group, slot);
  }

  release(slot: number, beforeOffset: number): void {
    if (beforeOffset <= (this.state.released(slot) ?? 0)) return;
    this.#writeSmall(new ByteWriter().u8(frameKind.release).u32(slot).f64(beforeOffset).finish());
    this.state.release(slot, beforeOffset);
  }

  /** Resolves when everything written so far survives the loss of power. */
  durable(): Promise<void> {
    return this.#writer.durable();
  }

  /** Drops the oldest segments, the given number of them. */
  dropSegments(count: number): void {
    const kept = this.#segments[count];
    if (count <= 0 || kept === undefined) return;
    for (const { segment } of this.#segments.splice(0, count)) {
      const fd = this.#readers.get(segment);
      if (fd !== undefined) closeSync(fd);
      this.#readers.delete(segment);
      rmSync(segmentFile(this.#options.directory, segment));
    }
    syncDirectory(this.#options.directory);
    this.index.cut(kept.firstOrdinal);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      await this.#writer.close();
    } finally {
      for (const fd of this.#readers.values()) closeSync(fd);
      this.#mark.close();
      this.#lock.free();
    }
  }

  #remember(place: MessagePlace, start: { segment: number; position: number }, message: Message): void {
    const ordinal = this.index.endOrdinal;
    this.index.append({ ...place, segment: start.segment, position: start.position + place.position });
    this.#cache.push(ordinal, message);
  }

  #writeSmall(body: Buffer): void {
    this.#refuseClosed();
    this.#rollWhenFull(body.length);
    const frame = smallFrame(this.#sequence, body);
    this.#writer.write([frame], frame.length);
    this.#sequence++;
    void this.#writer.durable();
  }

  #rollWhenFull(bytes: number): void {
    if (!this.#writer.isFull(bytes)) return;
    this.#writer.roll(smallFrame(this.#sequence, encodeCheckpoint(this.state.checkpoint())));
    this.#sequence++;
    this.#segments.push({ segment: this.#writer.segment, firstOrdinal: this.index.endOrdinal });
  }

  #createFirst(): {
    end: { segment: number; position: number };
    nextSequence: number;
    segments: SegmentStart[];
  } {
    const frame = smallFrame(0, encodeCheckpoint({ nextOrdinal: 0, topics: [], groups: [] }));
    createSegment(this.#options.directory, 1, frame);
    const end = { segment: 1, position: segmentHeaderBytes + frame.length };
    return { end, nextSequence: 1, segments: [{ segment: 1, firstOrdinal: 0 }] };
  }

  #readMessage(ordinal: number): Message {
    const { segment, position, length } = this.index.placeAt(ordinal);
    const bytes = Buffer.allocUnsafeSlow(length);
    for (let done = 0; done < length;) {
      const count = readSync(this.#reader(segment), bytes, done, length - done, position + done);
      if (count === 0)
        throw new TransportFailedError(
          'LOG_SHORTENED',
          `${segmentFile(this.#options.directory, segment)} became shorter while it was open`,
        );
      done += count;
    }
    return decodeMessage(bytes, this.topics);
  }

  #reader(segment: number): number {
    let fd = this.#readers.get(segment);
    if (fd === undefined) {
      fd = openSync(segmentFile(this.#options.directory, segment), 'r');
      this.#readers.set(segment, fd);
    }
    return fd;
  }

  #refuseClosed(): void {
    if (this.#closed)
      throw new TransportFailedError('LOG_CLOSED', `the log in ${this.#options.directory} is closed`);
  }
}
