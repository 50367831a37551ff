import { newFileProgress } from '../../../processors/mediation/file-progress.ts';
import type { FileProgress } from '../../../processors/mediation/file-progress.ts';
import { bytes, StructStore } from '../../engine/index.ts';

const ID_BYTES = 16;
const PIECE_BYTES = 1024;
const PIECE_KEY_BYTES = ID_BYTES + 4;

const PROGRESS_FIELDS = {
  nextRecordNumber: 'integer',
  bytePosition: 'integer',
  contentSeen: 'integer',
  pieces: 'integer',
  finished: 'integer',
  heldLength: 'integer',
  heldRecordNumber: 'integer',
  heldBytePosition: 'integer',
  heldTooLong: 'integer',
} as const;
const HELD_FIELDS = { data: bytes(PIECE_BYTES) } as const;

type NumberField = Exclude<keyof typeof PROGRESS_FIELDS, 'contentSeen' | 'finished' | 'heldLength'>;
const NUMBERS: readonly NumberField[] = [
  'nextRecordNumber',
  'bytePosition',
  'pieces',
  'heldRecordNumber',
  'heldBytePosition',
  'heldTooLong',
];

export function createProgressStore(): StructStore<typeof PROGRESS_FIELDS> {
  return new StructStore({ name: 'files', keyWidth: ID_BYTES, fields: PROGRESS_FIELDS });
}

/** Held lines, which are rare and of any length, in pieces. */
export function createHeldStore(): StructStore<typeof HELD_FIELDS> {
  return new StructStore({ name: 'held', keyWidth: PIECE_KEY_BYTES, fields: HELD_FIELDS });
}

/** Keeps how far each file was read. */
export class ProgressStores {
  private readonly files: StructStore<typeof PROGRESS_FIELDS>;
  private readonly held: StructStore<typeof HELD_FIELDS>;
  private readonly data;
  private readonly piece = Buffer.alloc(PIECE_BYTES);

  constructor(files: StructStore<typeof PROGRESS_FIELDS>, held: StructStore<typeof HELD_FIELDS>) {
    this.files = files;
    this.held = held;
    this.data = held.bytes('data');
  }

  load(fileId: string): FileProgress {
    const progress = newFileProgress();
    const slot = this.files.find(Buffer.from(fileId, 'hex'), 0);
    if (slot < 0) return progress;
    for (const name of NUMBERS) progress[name] = this.files.integer(name).get(slot);
    progress.contentSeen = this.files.integer('contentSeen').get(slot) === 1;
    progress.finished = this.files.integer('finished').get(slot) === 1;
    progress.held = this.loadHeld(fileId, this.files.integer('heldLength').get(slot));
    return progress;
  }

  save(fileId: string, progress: FileProgress): void {
    const slot = this.files.upsert(Buffer.from(fileId, 'hex'), 0);
    for (const name of NUMBERS) this.files.integer(name).set(slot, progress[name]);
    this.files.integer('contentSeen').set(slot, progress.contentSeen ? 1 : 0);
    this.files.integer('finished').set(slot, progress.finished ? 1 : 0);
    const before = this.files.integer('heldLength').get(slot);
    this.files.integer('heldLength').set(slot, progress.held.length);
    this.saveHeld(fileId, progress.held, before);
  }

  private loadHeld(fileId: string, length: number): Buffer {
    const line = Buffer.alloc(length);
    for (let at = 0; at < length; at += PIECE_BYTES) {
      this.data.get(this.held.find(pieceKey(fileId, at / PIECE_BYTES), 0), this.piece, 0);
      this.piece.copy(line, at);
    }
    return line;
  }

  private saveHeld(fileId: string, line: Buffer, before: number): void {
    for (let at = 0; at < Math.max(line.length, before); at += PIECE_BYTES) {
      const key = pieceKey(fileId, at / PIECE_BYTES);
      if (at >= line.length) {
        this.held.delete(key, 0);
        continue;
      }
      this.piece.fill(0);
      line.copy(this.piece, 0, at);
      this.data.set(this.held.upsert(key, 0), this.piece, 0);
    }
  }
}

function pieceKey(fileId: string, number: number): Buffer {
  const key = Buffer.alloc(PIECE_KEY_BYTES);
  key.write(fileId, 'hex');
  key.writeUInt32LE(number, ID_BYTES);
  return key;
}
