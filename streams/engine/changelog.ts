import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { StateCorruptedError } from './errors.ts';

/**
 * The changelog message of one commit of one task. Values are absolute, so it may be applied twice; the ranges say
 * whether it was, and whether one before it is missing.
 *
 *   u8 version (1)
 *   u32 number of ranges, each: text input topic, f64 from (first offset, or -1 when nothing was known), f64 to (next offset)
 *   u32 number of stores, each: text name, text format, u32 length, delta
 *
 * The transport below guards the bytes by a checksum.
 */
export interface ChangelogEntry {
  readonly ranges: readonly InputRange[];
  readonly deltas: readonly StoreDelta[];
}

/** Input that one commit consumed: offsets `from` … `to - 1`. `from` is the position before it, -1 when there was none. */
export interface InputRange {
  readonly input: string;
  readonly from: number;
  readonly to: number;
}

interface StoreDelta {
  readonly store: string;
  readonly format: string;
  readonly delta: Buffer;
}

const version = 1;

export function encodeChangelog(entry: ChangelogEntry): Buffer {
  const size = entry.deltas.reduce((sum, { delta }) => sum + delta.length + 128, 256);
  const writer = new ByteWriter(size).u8(version).u32(entry.ranges.length);
  for (const range of entry.ranges) writer.text(range.input).f64(range.from).f64(range.to);
  writer.u32(entry.deltas.length);
  for (const { store, format, delta } of entry.deltas) writer.text(store).text(format).blob(delta);
  return writer.finish();
}

/** @throws StateCorruptedError when the bytes are of another version or do not add up. `where` names them. */
export function decodeChangelog(value: Buffer, where: string): ChangelogEntry {
  try {
    const reader = new ByteReader(value);
    const found = reader.u8();
    if (found !== version) throw new RangeError(`version ${found} is not known, ${version} is`);
    const ranges: InputRange[] = [];
    for (let left = reader.u32(); left > 0; left--) {
      ranges.push({ input: reader.text(), from: reader.f64(), to: reader.f64() });
    }
    const deltas: StoreDelta[] = [];
    for (let left = reader.u32(); left > 0; left--) {
      deltas.push({ store: reader.text(), format: reader.text(), delta: reader.blob() });
    }
    if (reader.remaining > 0) throw new RangeError(`${reader.remaining} bytes are left over`);
    return { ranges, deltas };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new StateCorruptedError('CHANGELOG_UNREADABLE', `${where}: ${error.message}`, { cause: error });
  }
}
