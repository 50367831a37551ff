/**
 * Infrastructure errors of the engine, named after what the runtime must do next. Bad data is never thrown: it is a
 * returned outcome or a dead letter.
 */
export class EngineError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(`[${code}] ${message}`, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** Nothing was committed: roll the state back, read again from the committed offsets, go on. */
export class TransactionAbortedError extends EngineError {}

/** Another owner works on these partitions: stop at once, without any clean-up that writes. */
export class MemberFencedError extends EngineError {}

/** The outcome of a call is unknown or the log is gone: end the process; a restart settles it. */
export class TransportFailedError extends EngineError {}

/** Stored bytes are not what was written: refuse to start; the message names file, position and what to do. */
export class StateCorruptedError extends EngineError {}

/** This one message can never be processed: it becomes a dead letter in the same transaction. */
export class PoisonMessageError extends EngineError {}

/** A message that came before this one is missing: stop the task, an operator must find it. */
export class ChainBrokenError extends EngineError {}

/** A processor failed in a way that nobody foresaw: the task stands still until somebody has looked at it. */
export class TaskFailedError extends EngineError {}

/** The wiring is wrong: nothing was started. */
export class TopologyError extends EngineError {}
