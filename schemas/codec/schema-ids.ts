/**
 * Confluent framing: byte 0 is the magic 0, bytes 1 to 4 the schema id, big-endian, then the Avro body.
 */
import { CodecError } from './codec-error.ts';

/** Bytes before the Avro body. */
export const FRAME_BYTES = 5;

/** A schema under its id. `later`: the id is of a later version, which may have further fields behind the last one known here. */
export interface SchemaId {
  readonly name: string;
  readonly id: number;
  readonly later?: boolean;
}

/** Which id stands for which schema. One name may have several ids (versions); the first that is not `later` is written. */
export class SchemaIds {
  private readonly byId = new Map<number, SchemaId>();
  private readonly byName = new Map<string, number>();

  constructor(entries: Iterable<SchemaId>) {
    for (const entry of entries) {
      if (this.byId.has(entry.id)) throw new CodecError('BAD_VALUE', `Schema id ${entry.id} is given twice`);
      this.byId.set(entry.id, entry);
      if (entry.later !== true && !this.byName.has(entry.name)) this.byName.set(entry.name, entry.id);
    }
  }

  /** Id to write for a schema. */
  idOf(name: string): number {
    const id = this.byName.get(name);
    if (id === undefined) throw new CodecError('BAD_VALUE', `Schema ${name} has no id`);
    return id;
  }

  /** Name of the schema of a message; unknown magic or id is a CodecError (BAD_FRAME) that names both. */
  nameIn(message: Uint8Array): string {
    return this.entryOf(message).name;
  }

  /** Checks that a message is of schema `name`; true when bytes behind the last known field are to be tolerated. */
  expect(message: Uint8Array, name: string): boolean {
    const entry = this.entryOf(message);
    if (entry.name !== name)
      throw new CodecError(
        'BAD_FRAME',
        `Message is a ${entry.name} (schema id ${entry.id}), expected a ${name}`,
      );
    return entry.later === true;
  }

  private entryOf(message: Uint8Array): SchemaId {
    const id = readSchemaId(message);
    const entry = this.byId.get(id);
    if (entry === undefined)
      throw new CodecError('BAD_FRAME', `Magic ${message[0]!}, unknown schema id ${id}`);
    return entry;
  }
}

/** Schema id of a framed message; another magic than 0 is a CodecError (BAD_FRAME) that names magic and id. */
export function readSchemaId(message: Uint8Array): number {
  if (message.length < FRAME_BYTES)
    throw new CodecError('TRUNCATED', `Message of ${message.length} bytes has no frame`);
  const id = ((message[1]! << 24) | (message[2]! << 16) | (message[3]! << 8) | message[4]!) >>> 0;
  if (message[0] !== 0)
    throw new CodecError('BAD_FRAME', `Magic ${message[0]!} is not 0 (schema id would be ${id})`);
  return id;
}

/** Writes the frame; returns FRAME_BYTES more than `position`. */
export function writeFrame(out: Buffer, position: number, id: number): number {
  out[position] = 0;
  out.writeUInt32BE(id, position + 1);
  return position + FRAME_BYTES;
}

/** Refuses bytes behind the last field, unless the message is of a later version of the schema. */
export function expectEnd(message: Uint8Array, position: number, later: boolean): void {
  if (position !== message.length && !later) {
    throw new CodecError('MALFORMED', `${message.length - position} bytes behind the last field`, position);
  }
}

/** Static ids of the embedded profile. Never reuse or renumber: messages on disk carry them. */
export const embeddedSchemaIds = new SchemaIds([
  { name: 'FileEvent', id: 1 },
  { name: 'RawBatch', id: 2 },
  { name: 'MediatedBatch', id: 3 },
  { name: 'RatedBatch', id: 4 },
  { name: 'SuspendedBatch', id: 5 },
  { name: 'ErrorBatch', id: 6 },
  { name: 'LedgerBatch', id: 7 },
  { name: 'BillingCommand', id: 8 },
  { name: 'BillingRun', id: 9 },
  { name: 'BillingLineBatch', id: 10 },
  { name: 'BillingResultBatch', id: 11 },
]);
