import type { Chain, Message } from '../../message.ts';
import type { LogAppend } from '../commit-log.ts';
import type { TopicTable } from '../topic-table.ts';
import { crcOf, frameHeaderBytes, frameKind, writeFrameHeader } from './frame.ts';

/**
 * Body of a transaction frame:
 *
 *   u8 kind (2) | u32 number of messages | u32 number of offsets | u16 length of the group's name | name
 *   per offset: u32 slot, f64 next offset
 *   per message: head (48 bytes), key, name of the chain's source, value
 *
 * Head of a message:
 *   0  u32 slot                        24  u32 length of the chain's source, 0xffffffff when there is no chain
 *   4  f64 offset                      28  f64 chain offset
 *  12  f64 timestamp                   36  f64 chain previous
 *  20  u32 key length, 0xffffffff null 44  u32 value length
 */
const headBytes = 48;
const none = 0xffffffff;
const fixedBytes = 11;
const offsetBytes = 12;

/** A message's bytes, counted from the start of the frame. */
export interface MessagePlace {
  readonly slot: number;
  readonly offset: number;
  readonly position: number;
  readonly length: number;
  readonly valueBytes: number;
}

interface FrameOffset {
  readonly slot: number;
  readonly offset: number;
}

export interface EncodedFrame {
  readonly buffers: readonly Buffer[];
  readonly bytes: number;
  readonly messages: readonly MessagePlace[];
}

export interface FrameContext {
  readonly sequence: number;
  readonly timestamp: number;
  readonly topics: TopicTable;
  /** End of a partition before this frame. */
  readonly endOffset: (slot: number) => number;
}

interface Plan {
  readonly heads: Buffer;
  readonly places: MessagePlace[];
  /** Keys, chain sources and values are written from where they are; heads come from one buffer. */
  readonly buffers: Buffer[];
}

/** The frame as buffers for one gathered write; values are not copied. */
export function encodeTransaction(append: LogAppend, context: FrameContext): EncodedFrame {
  const group = Buffer.from(append.group);
  const prologue = frameHeaderBytes + fixedBytes + group.length + append.offsets.length * offsetBytes;
  const plan: Plan = {
    heads: Buffer.allocUnsafe(prologue + append.outputs.length * headBytes),
    places: [],
    buffers: [],
  };
  writePrologue(plan.heads, append, group, context.topics);
  plan.buffers.push(plan.heads.subarray(0, prologue));
  const bytes = planMessages(plan, prologue, append, context);
  const body = [plan.heads.subarray(frameHeaderBytes, prologue), ...plan.buffers.slice(1)];
  const header = { length: bytes - frameHeaderBytes, sequence: context.sequence, bodyCrc: crcOf(body) };
  if (header.length >= none) throw new RangeError(`a transaction of ${bytes} bytes is too large for a frame`);
  writeFrameHeader(plan.heads, header);
  return { buffers: plan.buffers, bytes, messages: plan.places };
}

function writePrologue(target: Buffer, append: LogAppend, group: Buffer, topics: TopicTable): void {
  let at = target.writeUInt8(frameKind.transaction, frameHeaderBytes);
  at = target.writeUInt32LE(append.outputs.length, at);
  at = target.writeUInt32LE(append.offsets.length, at);
  at = target.writeUInt16LE(group.length, at);
  at += group.copy(target, at);
  for (const { topic, partition, offset } of append.offsets) {
    at = target.writeUInt32LE(topics.slot(topic, partition), at);
    at = target.writeDoubleLE(offset, at);
  }
}

function planMessages(plan: Plan, prologue: number, append: LogAppend, context: FrameContext): number {
  const ends = new Map<number, number>();
  let position = prologue;
  let headAt = prologue;
  for (const { topic, partition, key, value, chain } of append.outputs) {
    const slot = context.topics.slot(topic, partition);
    const offset = ends.get(slot) ?? context.endOffset(slot);
    ends.set(slot, offset + 1);
    const source = chain === null ? null : Buffer.from(chain.source);
    const head = plan.heads.subarray(headAt, headAt + headBytes);
    headAt += headBytes;
    writeHead(head, {
      slot,
      offset,
      timestamp: context.timestamp,
      keyLength: key?.length,
      source,
      chain,
      valueBytes: value.length,
    });
    plan.buffers.push(head);
    if (key !== null && key.length > 0) plan.buffers.push(asBuffer(key));
    if (source !== null) plan.buffers.push(source);
    if (value.length > 0) plan.buffers.push(value);
    const length = headBytes + (key?.length ?? 0) + (source?.length ?? 0) + value.length;
    plan.places.push({ slot, offset, position, length, valueBytes: value.length });
    position += length;
  }
  return position;
}

interface HeadValues {
  readonly slot: number;
  readonly offset: number;
  readonly timestamp: number;
  readonly keyLength: number | undefined;
  readonly source: Buffer | null;
  readonly chain: Chain | null;
  readonly valueBytes: number;
}

function writeHead(head: Buffer, values: HeadValues): void {
  head.writeUInt32LE(values.slot, 0);
  head.writeDoubleLE(values.offset, 4);
  head.writeDoubleLE(values.timestamp, 12);
  head.writeUInt32LE(values.keyLength ?? none, 20);
  head.writeUInt32LE(values.source?.length ?? none, 24);
  head.writeDoubleLE(values.chain?.offset ?? 0, 28);
  head.writeDoubleLE(values.chain?.previous ?? 0, 36);
  head.writeUInt32LE(values.valueBytes, 44);
}

export interface DecodedTransaction {
  readonly group: string;
  readonly offsets: readonly FrameOffset[];
  readonly messages: readonly MessagePlace[];
}

/** Positions only; the values stay in the file. The body was checked before. */
export function decodeTransaction(body: Buffer): DecodedTransaction {
  const messageCount = body.readUInt32LE(1);
  const offsetCount = body.readUInt32LE(5);
  let at = fixedBytes + body.readUInt16LE(9);
  const group = body.toString('utf8', fixedBytes, at);
  const offsets: FrameOffset[] = [];
  for (let left = offsetCount; left > 0; left--, at += offsetBytes) {
    offsets.push({ slot: body.readUInt32LE(at), offset: body.readDoubleLE(at + 4) });
  }
  const messages: MessagePlace[] = [];
  for (let left = messageCount; left > 0; left--) {
    const valueBytes = body.readUInt32LE(at + 44);
    const length =
      headBytes + present(body.readUInt32LE(at + 20)) + present(body.readUInt32LE(at + 24)) + valueBytes;
    const place = {
      slot: body.readUInt32LE(at),
      offset: body.readDoubleLE(at + 4),
      position: frameHeaderBytes + at,
      length,
      valueBytes,
    };
    messages.push(place);
    at += length;
  }
  return { group, offsets, messages };
}

/** A message from its own bytes (MessagePlace.position, length). The value is a view of them. */
export function decodeMessage(bytes: Buffer, topics: TopicTable): Message {
  const { topic, partition } = topics.partitionOf(bytes.readUInt32LE(0));
  const keyLength = bytes.readUInt32LE(20);
  const sourceLength = bytes.readUInt32LE(24);
  const keyEnd = headBytes + present(keyLength);
  const sourceEnd = keyEnd + present(sourceLength);
  const chain =
    sourceLength === none
      ? null
      : {
          source: bytes.toString('utf8', keyEnd, sourceEnd),
          offset: bytes.readDoubleLE(28),
          previous: bytes.readDoubleLE(36),
        };
  return {
    topic,
    partition,
    offset: bytes.readDoubleLE(4),
    key: keyLength === none ? null : bytes.subarray(headBytes, keyEnd),
    value: bytes.subarray(sourceEnd),
    timestamp: bytes.readDoubleLE(12),
    chain,
  };
}

function present(length: number): number {
  return length === none ? 0 : length;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
