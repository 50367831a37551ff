/**
 * Faults on every Nth call of bulk_record_usage_m, counted from the start of the process:
 *   error:N         answers 1001 and does nothing
 *   unavailable:N   answers HTTP 503 and does nothing
 *   lost:N          does the work, then breaks the connection instead of answering
 *   slow:N:MS       answers that many milliseconds later
 */
export interface Fault {
  readonly kind: 'error' | 'unavailable' | 'lost' | 'slow';
  readonly every: number;
  readonly delayMs: number;
}

const FAULT = /^(error|unavailable|lost|slow):([1-9]\d{0,6})(?::(\d{1,6}))?$/;

/** @throws RangeError for anything that is not a fault */
export function parseFault(text: string): Fault {
  const [, kind, every, delay] = FAULT.exec(text) ?? [];
  if (kind === undefined || (kind === 'slow') !== (delay !== undefined)) {
    throw new RangeError(`"${text}" is not a fault: error:N, unavailable:N, lost:N or slow:N:MS`);
  }
  return { kind: kind as Fault['kind'], every: Number(every), delayMs: Number(delay ?? 0) };
}

export interface FaultsNow {
  error: boolean;
  unavailable: boolean;
  lost: boolean;
  delayMs: number;
}

/** Faults of the call with that number, from 1. */
export function faultsOf(call: number, faults: readonly Fault[]): FaultsNow {
  const due = faults.filter((fault) => call % fault.every === 0);
  return {
    error: due.some((fault) => fault.kind === 'error'),
    unavailable: due.some((fault) => fault.kind === 'unavailable'),
    lost: due.some((fault) => fault.kind === 'lost'),
    delayMs: due.reduce((longest, fault) => Math.max(longest, fault.delayMs), 0),
  };
}
