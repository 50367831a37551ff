import { UNEXPECTED_ERROR } from './billing-call.ts';

export interface LineError {
  readonly code: number;
  readonly message: string;
}

/** An answer, checked: the call's own code (0 = done) and the lines that were refused, by client_record_id. */
export interface Answer {
  readonly call: LineError;
  readonly errors: ReadonlyMap<string, LineError>;
}

const NO_ERRORS: ReadonlyMap<string, LineError> = new Map();

/** Reads the parsed JSON of an answer; undefined when none came. What cannot be read counts as 1001: whether it was done is unknown. */
export function readAnswer(answer: unknown): Answer {
  if (answer === undefined) return unreadable('no answer');
  if (!isObject(answer)) return unreadable('the answer is no JSON object');
  const code = integerOf(answer['error_code']);
  if (code === null) return unreadable('the answer has no error_code');
  const errors = readErrors(answer['error_records']);
  if (errors === null) return unreadable('error_records cannot be read');
  return { call: { code, message: textOf(answer['error_msg']) }, errors };
}

function readErrors(records: unknown): ReadonlyMap<string, LineError> | null {
  if (records === undefined || records === null) return NO_ERRORS;
  if (!Array.isArray(records)) return null;
  const errors = new Map<string, LineError>();
  for (const record of records as unknown[]) {
    if (!isObject(record)) return null;
    const id = record['out_client_record_id'];
    const code = integerOf(record['record_error_code']);
    if (typeof id !== 'string' || code === null) return null;
    if (code !== 0) errors.set(id, { code, message: textOf(record['record_error_msg']) });
  }
  return errors;
}

function unreadable(message: string): Answer {
  return { call: { code: UNEXPECTED_ERROR, message }, errors: NO_ERRORS };
}

/** An integer, also as text: forms of the API differ. */
function integerOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
