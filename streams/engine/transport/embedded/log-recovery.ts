import { truncateSync } from 'node:fs';
import { ByteReader } from '../../byte-reader.ts';
import type { EventListener } from '../../engine-event.ts';
import { StateCorruptedError } from '../../errors.ts';
import type { LogIndex } from '../log-index.ts';
import { decodeCheckpoint } from './checkpoint.ts';
import type { LogPosition } from './durable-mark.ts';
import { checkFrame, frameKind } from './frame.ts';
import type { LogState } from './log-state.ts';
import { listSegments, readSegment, segmentFile, segmentHeaderBytes } from './segment-files.ts';
import { decodeTransaction } from './transaction-frame.ts';

export interface RecoveryParts {
  readonly directory: string;
  readonly index: LogIndex;
  readonly state: LogState;
  readonly durable: LogPosition | null;
  readonly onEvent: EventListener;
}

export interface RecoveredLog {
  readonly end: LogPosition;
  readonly nextSequence: number;
  /** Ordinal of the first message of each segment, from the oldest segment on. */
  readonly segments: readonly SegmentStart[];
}

export interface SegmentStart {
  readonly segment: number;
  readonly firstOrdinal: number;
}

/**
 * Reads and checks every frame of a log and builds its index.
 *
 * A tail that ends before its frame does is a write that was cut off: it is named and cut. Everything else that is not
 * what was written is an error: nobody may go on with a log that lost what somebody relied on.
 * @returns null when the directory holds no log.
 * @throws StateCorruptedError naming file, byte and remedy.
 */
export function recoverLog(parts: RecoveryParts): RecoveredLog | null {
  const numbers = listSegments(parts.directory);
  if (numbers.length === 0) {
    if (parts.durable !== null)
      throw damaged(parts.directory, 0, 0, 'there is no segment, but a mark of what was durable');
    return null;
  }
  return new Recovery(parts, numbers).run();
}

class Recovery {
  readonly #parts: RecoveryParts;
  readonly #numbers: readonly number[];
  readonly #segments: SegmentStart[] = [];
  /** Unknown until the first frame of the oldest segment. */
  #sequence = -1;

  constructor(parts: RecoveryParts, numbers: readonly number[]) {
    this.#parts = parts;
    this.#numbers = numbers;
  }

  run(): RecoveredLog {
    let position = 0;
    for (const segment of this.#numbers) position = this.#segment(segment);
    const end = { segment: this.#numbers.at(-1)!, position };
    this.#checkMark(end);
    return { end, nextSequence: this.#sequence, segments: this.#segments };
  }

  #segment(segment: number): number {
    const { directory } = this.#parts;
    const bytes = readSegment(directory, segment);
    let position = segmentHeaderBytes;
    if (this.#sequence < 0)
      this.#sequence = bytes.length < position + 16 ? 0 : bytes.readDoubleLE(position + 8);
    while (position < bytes.length || position === segmentHeaderBytes) {
      const check = checkFrame(bytes, position, this.#sequence);
      if (check.kind === 'damaged') throw damaged(directory, segment, position, check.reason);
      if (check.kind === 'short') {
        this.#cutTail(segment, position, bytes.length);
        break;
      }
      this.#apply(check.body, segment, position);
      this.#sequence++;
      position = check.end;
    }
    return position;
  }

  #cutTail(segment: number, position: number, size: number): void {
    const { directory, durable, onEvent } = this.#parts;
    if (segment !== this.#numbers.at(-1))
      throw damaged(directory, segment, position, 'the segment ends too early, others follow');
    if (position === segmentHeaderBytes)
      throw damaged(directory, segment, position, 'the checkpoint is not whole');
    if (
      durable !== null &&
      (durable.segment > segment || (durable.segment === segment && durable.position > position))
    ) {
      throw damaged(
        directory,
        segment,
        position,
        `the log was durable up to byte ${durable.position} of segment ${durable.segment}`,
      );
    }
    const file = segmentFile(directory, segment);
    onEvent({ type: 'torn-tail', file, position, bytes: size - position });
    truncateSync(file, position);
  }

  #apply(body: Buffer, segment: number, position: number): void {
    const first = position === segmentHeaderBytes;
    const kind = body[0];
    if ((kind === frameKind.checkpoint) !== first) {
      throw damaged(
        this.#parts.directory,
        segment,
        position,
        'a checkpoint must be the first frame of a segment and nothing else',
      );
    }
    if (kind === frameKind.checkpoint) this.#applyCheckpoint(body, segment, position);
    else if (kind === frameKind.transaction) this.#applyTransaction(body, segment, position);
    else if (kind === frameKind.topic) this.#applyTopic(body);
    else if (kind === frameKind.release) this.#applyRelease(body);
    else throw damaged(this.#parts.directory, segment, position, `frame kind ${kind ?? 'none'} is not known`);
  }

  #applyCheckpoint(body: Buffer, segment: number, position: number): void {
    const { index, state, directory } = this.#parts;
    const checkpoint = decodeCheckpoint(body);
    if (this.#segments.length === 0) {
      index.begin(checkpoint.nextOrdinal);
      state.install(checkpoint);
    } else if (index.endOrdinal !== checkpoint.nextOrdinal) {
      throw damaged(
        directory,
        segment,
        position,
        `${checkpoint.nextOrdinal} messages should precede, there are ${index.endOrdinal}`,
      );
    }
    this.#segments.push({ segment, firstOrdinal: index.endOrdinal });
  }

  #applyTransaction(body: Buffer, segment: number, position: number): void {
    const { index, state, directory } = this.#parts;
    const { group, offsets, messages } = decodeTransaction(body);
    for (const message of messages) {
      const offset = index.append({ ...message, segment, position: position + message.position });
      if (offset === message.offset) continue;
      throw damaged(directory, segment, position, `offset ${message.offset} stands where ${offset} should`);
    }
    for (const { slot, offset } of offsets) state.commit(group, slot, offset);
  }

  #applyTopic(body: Buffer): void {
    const reader = new ByteReader(body, 1);
    this.#parts.state.addTopic(reader.text(), reader.u32());
  }

  #applyRelease(body: Buffer): void {
    const reader = new ByteReader(body, 1);
    this.#parts.state.release(reader.u32(), reader.f64());
  }

  #checkMark(end: LogPosition): void {
    const { durable, directory } = this.#parts;
    if (durable === null) return;
    if (
      durable.segment > end.segment ||
      (durable.segment === end.segment && durable.position > end.position)
    ) {
      throw damaged(
        directory,
        end.segment,
        end.position,
        `the log ends here, but was durable up to byte ${durable.position} of segment ${durable.segment}`,
      );
    }
  }
}

function damaged(directory: string, segment: number, position: number, reason: string): StateCorruptedError {
  return new StateCorruptedError(
    'LOG_DAMAGED',
    `${segmentFile(directory, segment)} at byte ${position}: ${reason}. Stop, keep the directory, and restore it from a copy; ` +
      'what lies behind this byte cannot be trusted.',
  );
}
