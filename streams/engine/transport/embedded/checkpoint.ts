import { ByteReader } from '../../byte-reader.ts';
import { ByteWriter } from '../../byte-writer.ts';
import { frameKind } from './frame.ts';

/**
 * All that a log knows besides its messages; the first frame of each segment.
 *
 *   u8 kind (1) | f64 ordinal of the next message
 *   u32 topics, each: text name, u32 partitions, then per partition: f64 next offset, f64 release mark
 *   u32 groups, each: text name, u32 count, then per partition read: u32 slot, f64 next offset
 */
export interface Checkpoint {
  readonly nextOrdinal: number;
  readonly topics: readonly CheckpointTopic[];
  readonly groups: readonly CheckpointGroup[];
}

interface CheckpointTopic {
  readonly topic: string;
  readonly partitions: readonly { readonly nextOffset: number; readonly released: number }[];
}

interface CheckpointGroup {
  readonly group: string;
  readonly offsets: readonly (readonly [slot: number, offset: number])[];
}

export function encodeCheckpoint({ nextOrdinal, topics, groups }: Checkpoint): Buffer {
  const writer = new ByteWriter(4096).u8(frameKind.checkpoint).f64(nextOrdinal).u32(topics.length);
  for (const { topic, partitions } of topics) {
    writer.text(topic).u32(partitions.length);
    for (const { nextOffset, released } of partitions) writer.f64(nextOffset).f64(released);
  }
  writer.u32(groups.length);
  for (const { group, offsets } of groups) {
    writer.text(group).u32(offsets.length);
    for (const [slot, offset] of offsets) writer.u32(slot).f64(offset);
  }
  return writer.finish();
}

export function decodeCheckpoint(body: Buffer): Checkpoint {
  const reader = new ByteReader(body, 1);
  const nextOrdinal = reader.f64();
  const topics = repeat(reader, () => ({
    topic: reader.text(),
    partitions: repeat(reader, () => ({ nextOffset: reader.f64(), released: reader.f64() })),
  }));
  const groups = repeat(reader, () => ({
    group: reader.text(),
    offsets: repeat(reader, (): [number, number] => [reader.u32(), reader.f64()]),
  }));
  return { nextOrdinal, topics, groups };
}

function repeat<Item>(reader: ByteReader, read: () => Item): Item[] {
  return Array.from({ length: reader.u32() }, read);
}
