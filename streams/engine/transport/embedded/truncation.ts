import type { FileLog } from './file-log.ts';

export interface TruncationFacts {
  readonly log: FileLog;
  /** Groups with members; what they have not committed yet counts as unread. */
  readonly joined: readonly { readonly group: string; readonly topics: readonly string[] }[];
  readonly disposable: readonly string[];
}

/** How many of the oldest segments hold nothing that anybody can need. The one being written always stays. */
export function droppableSegments(facts: TruncationFacts): number {
  const { log } = facts;
  const needed = neededOffsets(facts);
  const { segments, index } = log;
  let count = 0;
  while (count < segments.length - 1) {
    const end = segments[count + 1]!.firstOrdinal;
    for (let ordinal = segments[count]!.firstOrdinal; ordinal < end; ordinal++) {
      if (index.offsetAt(ordinal) >= needed[index.slotAt(ordinal)]!) return count;
    }
    count++;
  }
  return count;
}

/** Per slot: the first offset that somebody may still ask for. */
function neededOffsets({ log, joined, disposable }: TruncationFacts): Float64Array {
  const needed = new Float64Array(log.topics.slotCount);
  for (const { topic, partitions, firstSlot } of log.topics.all) {
    const readers = readersOf(log, topic, joined);
    for (let slot = firstSlot; slot < firstSlot + partitions; slot++) {
      const read = readers.map((group) => log.committed(group, slot) ?? 0);
      const unread = readers.length > 0 ? Math.min(...read) : 0;
      needed[slot] = disposable.includes(topic) ? Infinity : Math.max(unread, log.state.released(slot) ?? 0);
    }
  }
  return needed;
}

function readersOf(log: FileLog, topic: string, joined: TruncationFacts['joined']): string[] {
  const readers = new Set(joined.filter(({ topics }) => topics.includes(topic)).map(({ group }) => group));
  for (const [group, offsets] of log.state.groups) {
    if ([...offsets.keys()].some((slot) => log.topics.partitionOf(slot).topic === topic)) readers.add(group);
  }
  return [...readers];
}
