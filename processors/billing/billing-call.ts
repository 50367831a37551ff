/** Who calls the billing API, and what every call carries (usage operations 7.6). */
export interface BillingCaller {
  readonly clientNo: string;
  readonly authKey: string;
}

/** Fields that every request has. */
export interface BillingEnvelope {
  readonly rest_call: string;
  readonly output_format: 'json';
  readonly client_no: string;
  readonly auth_key: string;
}

export function envelopeOf(restCall: string, caller: BillingCaller): BillingEnvelope {
  return { rest_call: restCall, output_format: 'json', client_no: caller.clientNo, auth_key: caller.authKey };
}

/** Code of the API for what may succeed when tried again; also ours for answers that cannot be read. */
export const UNEXPECTED_ERROR = 1001;
/** Code of the API for a client_receipt_id that a call had which was done (usage operations 7.6). */
export const RECEIPT_USED = 1012;
/** "Not attempted": the record was not looked at. */
const NOT_ATTEMPTED = -1;
/** "No data found". */
export const NO_DATA = 1002;

/** Whether a call or line with this code may be sent again by itself; every other code needs a person (usage operations 7.9). */
export function isRetryable(code: number): boolean {
  return code === UNEXPECTED_ERROR || code === NOT_ATTEMPTED;
}
