/**
 * Closed list of what a codec can object to. TRUNCATED: bytes end inside a value. MALFORMED: bytes that no Avro encoder writes
 * (overlong varint, negative length, boolean other than 0 and 1, unknown enum index, block that is not as long as it says).
 * UNSAFE_INTEGER: beyond 2^53 - 1 (or the width of the type). BAD_FRAME: unknown magic byte or schema id. BAD_VALUE: a value that the
 * target cannot hold. NO_ROOM: the output buffer is too small; BatchWriter grows and repeats.
 */
export type CodecErrorCode =
  'TRUNCATED' | 'MALFORMED' | 'UNSAFE_INTEGER' | 'BAD_FRAME' | 'BAD_VALUE' | 'NO_ROOM';

/** The only error that codecs throw. For a message that was read it means: this message is poison, it will not become readable. */
export class CodecError extends Error {
  override readonly name = 'CodecError';
  readonly code: CodecErrorCode;
  /** Byte position in the buffer where the fault was seen; -1 where there is none. */
  readonly position: number;

  constructor(code: CodecErrorCode, message: string, position = -1) {
    super(position < 0 ? message : `${message} at byte ${position}`);
    this.code = code;
    this.position = position;
  }
}
