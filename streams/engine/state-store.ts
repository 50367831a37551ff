/** State of one task. Writes of the open transaction can be undone; a delta holds absolute values, so it may be applied twice. */
export interface StateStore {
  readonly name: string;
  /** Format of deltas and snapshots, `kind/version`; a snapshot of another format is refused or migrated, never guessed. */
  readonly format: string;
  /** Number of live entries. */
  readonly size: number;
  /** Bytes held, allocated capacity included. */
  readonly byteLength: number;
  /** All entries changed since the last commit with their new values, or null when nothing changed. */
  delta(): Buffer | null;
  /** Keeps the writes since the last commit. */
  commit(): void;
  /** Undoes the writes since the last commit. */
  rollback(): void;
  /** Applies a committed delta while restoring. */
  applyDelta(delta: Buffer): void;
  /** The committed entries as chunks of any size, for a snapshot; must not be called with uncommitted writes. */
  snapshot(): Iterable<Buffer>;
  /** Replaces everything by the chunks of a snapshot (the concatenation counts, not the borders). */
  restore(chunks: Iterable<Buffer>): void;
}
