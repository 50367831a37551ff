import { bytes, StructStore, text } from '../engine/index.ts';

const ID_BYTES = 16;

/**
 * How far a file has come; kept in the gateway's state, in the transaction that makes it true. REPEATED: completed, and the same
 * file has come again, was refused as a duplicate, and may still lie in processing/.
 */
export const FileStep = { UNKNOWN: 0, ACCEPTED: 1, COMPLETED: 2, REFUSED: 3, REPEATED: 4 } as const;
export type FileStep = (typeof FileStep)[keyof typeof FileStep];

const FILE_FIELDS = { step: 'integer', slices: 'integer' } as const;
const CONTENT_FIELDS = { fileId: bytes(ID_BYTES), name: text(255) } as const;

export function createFileStore(): StructStore<typeof FILE_FIELDS> {
  return new StructStore({ name: 'files', keyWidth: ID_BYTES, fields: FILE_FIELDS });
}

export function createContentStore(): StructStore<typeof CONTENT_FIELDS> {
  return new StructStore({ name: 'contents', keyWidth: ID_BYTES, fields: CONTENT_FIELDS });
}

/** The file with the same bytes that was accepted before. */
export interface AcceptedFile {
  readonly fileId: string;
  readonly name: string;
}

/** Which files are known, by id, and which contents were accepted, by sha256. */
export class FileRegistry {
  private readonly files: StructStore<typeof FILE_FIELDS>;
  private readonly contents: StructStore<typeof CONTENT_FIELDS>;
  private readonly step;
  private readonly slices;
  private readonly contentFile;
  private readonly contentName;

  constructor(files: StructStore<typeof FILE_FIELDS>, contents: StructStore<typeof CONTENT_FIELDS>) {
    this.files = files;
    this.contents = contents;
    this.step = files.integer('step');
    this.slices = files.integer('slices');
    this.contentFile = contents.bytes('fileId');
    this.contentName = contents.text('name');
  }

  /** Step of a file and how many of its slices are published. */
  find(fileId: string): { step: FileStep; slices: number } {
    const slot = this.files.find(Buffer.from(fileId, 'hex'), 0);
    if (slot < 0) return { step: FileStep.UNKNOWN, slices: 0 };
    return { step: this.step.get(slot) as FileStep, slices: this.slices.get(slot) };
  }

  note(fileId: string, step: FileStep, slices: number): void {
    const slot = this.files.upsert(Buffer.from(fileId, 'hex'), 0);
    this.step.set(slot, step);
    this.slices.set(slot, slices);
  }

  acceptedWith(sha256: string): AcceptedFile | null {
    const slot = this.contents.find(Buffer.from(sha256, 'hex'), 0);
    if (slot < 0) return null;
    const id = Buffer.alloc(ID_BYTES);
    this.contentFile.get(slot, id, 0);
    return { fileId: id.toString('hex'), name: this.contentName.get(slot) };
  }

  noteContent(sha256: string, file: AcceptedFile): void {
    const slot = this.contents.upsert(Buffer.from(sha256, 'hex'), 0);
    this.contentFile.set(slot, Buffer.from(file.fileId, 'hex'), 0);
    this.contentName.set(slot, file.name);
  }
}
