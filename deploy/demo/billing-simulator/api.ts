/** Codes and messages of the billing API (usage operations 7.8). */
export const API_MESSAGES = {
  0: 'OK',
  1001: 'unexpected error',
  1002: 'no data found',
  1004: 'authentication error',
  1009: 'account does not exist',
  1010: 'missing required parameter',
  1012: 'invalid format',
  1016: 'invalid input',
  1024: 'invalid date format',
  14047: 'invalid client plan instance id',
} as const;
export type ApiCode = keyof typeof API_MESSAGES;

/** A refusal, of a line or of the whole call. */
export interface Refusal {
  readonly code: Exclude<ApiCode, 0>;
  readonly message: string;
}

export function refuse(code: Exclude<ApiCode, 0>, detail?: string): Refusal {
  return { code, message: detail === undefined ? API_MESSAGES[code] : `${API_MESSAGES[code]}: ${detail}` };
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Body of an answer that refuses the whole call. */
export function refusedCall(refusal: Refusal): JsonObject {
  return { error_code: refusal.code, error_msg: refusal.message };
}

/** A line that billing has accepted and will charge. Amounts and units are decimal text as received. */
export interface AcceptedLine {
  usage_rec_no: number;
  client_record_id: string | null;
  client_receipt_id: string | null;
  client_acct_id: string | null;
  client_plan_instance_id: string | null;
  usage_type_code: string;
  usage_units: string;
  usage_date: string;
  amt: string | null;
  rate: string | null;
  comments: string | null;
  qualifiers: (string | null)[];
}
