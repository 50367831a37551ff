import { writeArrayEnd, writeArrayStart } from './avro-writer.ts';
import { CodecError } from './codec-error.ts';
import { embeddedSchemaIds, writeFrame } from './schema-ids.ts';
import type { SchemaIds } from './schema-ids.ts';
import { copyBytes } from './text.ts';

/** A writer of one value: returns the position behind it; throws NO_ROOM when `out` is too small. All generated writers are such. */
export type Write<T> = (out: Buffer, position: number, value: T) => number;

/** How a batch starts: its schema and the fields before the array. Generated (`mediatedBatchFormat`, ...). */
export interface BatchFormat<Head> {
  readonly schema: string;
  readonly writeHead: Write<Head>;
}

/** A whole message: schema and writer of all its fields. Generated (`billingRunFormat`, ...). */
export interface MessageFormat<T> {
  readonly schema: string;
  readonly write: Write<T>;
}

const FIRST_SCRATCH_BYTES = 64 * 1024;
const FIRST_HEAD_BYTES = 1024;

/**
 * Collects the records of one batch in a growing scratch buffer; `finish` frames them. Reusable after `finish`: the scratch buffer stays.
 * A failed `append` leaves the batch as it was.
 */
export class BatchWriter<Head> {
  private readonly format: BatchFormat<Head>;
  private readonly schemaId: number;
  private scratch: Buffer = Buffer.allocUnsafeSlow(FIRST_SCRATCH_BYTES);
  private head: Buffer = Buffer.allocUnsafeSlow(FIRST_HEAD_BYTES);
  private position = 0;
  private records = 0;

  constructor(format: BatchFormat<Head>, ids: SchemaIds = embeddedSchemaIds) {
    this.format = format;
    this.schemaId = ids.idOf(format.schema);
  }

  /** Records appended since the last finish. */
  get count(): number {
    return this.records;
  }

  /** Bytes of these records; for deciding when a batch is full. */
  get bytes(): number {
    return this.position;
  }

  /** Appends one record with `write`, which is called again in a larger buffer when the first has no room: it must only write. */
  append<T>(write: Write<T>, value: T): void {
    for (;;) {
      try {
        this.position = write(this.scratch, this.position, value);
        this.records += 1;
        return;
      } catch (error) {
        if (!isNoRoom(error)) throw error;
        this.scratch = grown(this.scratch, this.position);
      }
    }
  }

  /** The framed message, in a buffer of its own; the writer is empty afterwards. */
  finish(head: Head): Buffer {
    const headBytes = this.writeHead(head);
    const message = Buffer.allocUnsafeSlow(headBytes + this.position + 1);
    copyBytes(message, 0, this.head, 0, headBytes);
    copyBytes(message, headBytes, this.scratch, 0, this.position);
    writeArrayEnd(message, headBytes + this.position);
    this.discard();
    return message;
  }

  /** Forgets the records appended since the last finish. */
  discard(): void {
    this.position = 0;
    this.records = 0;
  }

  private writeHead(head: Head): number {
    for (;;) {
      try {
        const fieldsEnd = this.format.writeHead(this.head, writeFrame(this.head, 0, this.schemaId), head);
        return writeArrayStart(this.head, fieldsEnd, this.records);
      } catch (error) {
        if (!isNoRoom(error)) throw error;
        this.head = grown(this.head, 0);
      }
    }
  }
}

/** Frames one whole message, in a buffer of its own. */
export function writeMessage<T>(
  format: MessageFormat<T>,
  value: T,
  ids: SchemaIds = embeddedSchemaIds,
): Buffer {
  const id = ids.idOf(format.schema);
  for (let out: Buffer = Buffer.allocUnsafeSlow(FIRST_HEAD_BYTES); ; out = grown(out, 0)) {
    try {
      const end = format.write(out, writeFrame(out, 0, id), value);
      const message = Buffer.allocUnsafeSlow(end);
      copyBytes(message, 0, out, 0, end);
      return message;
    } catch (error) {
      if (!isNoRoom(error)) throw error;
    }
  }
}

function isNoRoom(error: unknown): boolean {
  return error instanceof CodecError && error.code === 'NO_ROOM';
}

function grown(buffer: Buffer, used: number): Buffer {
  const larger = Buffer.allocUnsafeSlow(buffer.length * 2);
  copyBytes(larger, 0, buffer, 0, used);
  return larger;
}
