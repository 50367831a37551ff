import { StateCorruptedError } from './errors.ts';

/**
 * A message that can never be processed, as the dead-letter topic holds it.
 *
 *   u8 version (1) | u32 length of the JSON | JSON of everything but key and value | u32 key length + 1, 0 for null | key | value
 */
export interface DeadLetter {
  readonly app: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Epoch milliseconds of the original. */
  readonly timestamp: number;
  readonly code: string;
  readonly reason: string;
  readonly key: Buffer | null;
  readonly value: Buffer;
}

export function encodeDeadLetter(
  letter: Omit<DeadLetter, 'key'> & { readonly key: Uint8Array | null },
): Buffer {
  const { key, value, ...facts } = letter;
  const json = Buffer.from(JSON.stringify(facts));
  const head = Buffer.alloc(5);
  head.writeUInt8(1, 0);
  head.writeUInt32LE(json.length, 1);
  const keyHead = Buffer.alloc(4);
  keyHead.writeUInt32LE(key === null ? 0 : key.length + 1, 0);
  return Buffer.concat([head, json, keyHead, key ?? Buffer.alloc(0), value]);
}

/** @throws StateCorruptedError when it is not a dead letter of a known version. */
export function decodeDeadLetter(bytes: Buffer): DeadLetter {
  if (bytes[0] !== 1)
    throw new StateCorruptedError(
      'DEAD_LETTER_UNREADABLE',
      `version ${bytes[0] ?? 'none'} is not known, 1 is`,
    );
  const keyHead = 5 + bytes.readUInt32LE(1);
  const facts = JSON.parse(bytes.toString('utf8', 5, keyHead)) as Omit<DeadLetter, 'key' | 'value'>;
  const keyLength = bytes.readUInt32LE(keyHead);
  const start = keyHead + 4;
  const valueStart = keyLength === 0 ? start : start + keyLength - 1;
  return {
    ...facts,
    key: keyLength === 0 ? null : bytes.subarray(start, valueStart),
    value: bytes.subarray(valueStart),
  };
}
