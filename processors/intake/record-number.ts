/**
 * Numbers of batches that hold pieces of one line. A line that fits no batch is cut into pieces; the first carries the line's
 * number, piece k (from 1) of what follows carries line + k × 2^32, so that a repeated batch is still known by its number.
 */
const PIECE = 2 ** 32;

/** First record number of a batch that goes on with `line`; `piece` counts from 1, 0 is the line's own first batch. */
export function pieceNumber(line: number, piece: number): number {
  return line + piece * PIECE;
}

/** Line of a batch's first record number. */
export function lineOf(firstRecordNumber: number): number {
  return firstRecordNumber % PIECE;
}

/** Piece of a batch's first record number; 0 when the batch begins with a line's start. */
export function pieceOf(firstRecordNumber: number): number {
  return Math.floor(firstRecordNumber / PIECE);
}
