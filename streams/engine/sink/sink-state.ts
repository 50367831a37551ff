import { ByteReader } from '../byte-reader.ts';
import { ByteWriter } from '../byte-writer.ts';
import { StateCorruptedError } from '../errors.ts';
import { ProgressStore } from '../progress-store.ts';

/**
 * State of a sink for one input partition, whole in every message of the intent topic; the last one counts.
 *
 *   u8 version (1) | u8 1 when an intent is open | f64 first, f64 last of it (0 without) | u32 length, progress table
 *
 * The progress table is that of all settled deliveries, without the open one.
 */
export interface SinkState {
  readonly intent: Intent | null;
  readonly progress: ProgressStore;
}

/** Offsets of a delivery that was begun and may have reached the other side. */
export interface Intent {
  readonly first: number;
  readonly last: number;
}

/** @param progress must have no uncommitted writes. */
export function encodeSinkState(intent: Intent | null, progress: ProgressStore): Buffer {
  return new ByteWriter()
    .u8(1)
    .u8(intent === null ? 0 : 1)
    .f64(intent?.first ?? 0)
    .f64(intent?.last ?? 0)
    .blob(Buffer.concat([...progress.snapshot()]))
    .finish();
}

/** @throws StateCorruptedError when the bytes are of another version or do not add up. */
export function decodeSinkState(bytes: Buffer, where: string): SinkState {
  try {
    const reader = new ByteReader(bytes);
    const version = reader.u8();
    if (version !== 1) throw new RangeError(`version ${version} is not known, 1 is`);
    const open = reader.u8() === 1;
    const intent = { first: reader.f64(), last: reader.f64() };
    const progress = new ProgressStore();
    progress.restore([reader.blob()]);
    return { intent: open ? intent : null, progress };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new StateCorruptedError('INTENT_UNREADABLE', `${where}: ${error.message}`, { cause: error });
  }
}
