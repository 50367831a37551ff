/**
 * How far a file's batches were read: plain values that the worker stores between batches of the file.
 * A line that may be the trailer is held until it is known whether another line follows it.
 */
export interface FileProgress {
  /** Record number that the next batch must begin with. */
  nextRecordNumber: number;
  /** Position of its first byte in the uncompressed file. */
  bytePosition: number;
  /** A line that is not empty was seen: no later one can be the header. */
  contentSeen: boolean;
  /** Batches seen of the line at hand, which no batch holds as a whole; 0 when the next batch begins with a line's start. */
  pieces: number;
  /** The last batch was read. */
  finished: boolean;
  /** Bytes of the held line (of one that is too long its first 64 KiB); empty when none is held. */
  held: Buffer;
  heldRecordNumber: number;
  heldBytePosition: number;
  /** Bytes that the held line really has when it is too long to be kept; 0 otherwise. */
  heldTooLong: number;
}

const NOTHING = Buffer.alloc(0);

/** Progress of a file of which nothing was read. */
export function newFileProgress(): FileProgress {
  return {
    nextRecordNumber: 1,
    bytePosition: 0,
    contentSeen: false,
    pieces: 0,
    finished: false,
    held: NOTHING,
    heldRecordNumber: 0,
    heldBytePosition: 0,
    heldTooLong: 0,
  };
}

/** Forgets the held line. */
export function releaseHeld(progress: FileProgress): void {
  progress.held = NOTHING;
  progress.heldRecordNumber = 0;
  progress.heldBytePosition = 0;
  progress.heldTooLong = 0;
}

/** Lines of a batch by what they are; lines = header + trailer + empty + details. */
export interface LineCounts {
  lines: number;
  header: number;
  trailer: number;
  empty: number;
  details: number;
}

export function newLineCounts(): LineCounts {
  return { lines: 0, header: 0, trailer: 0, empty: 0, details: 0 };
}
