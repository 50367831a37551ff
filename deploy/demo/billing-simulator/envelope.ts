import { isObject, refuse } from './api.ts';
import type { JsonObject, Refusal } from './api.ts';

const REST_CALLS = ['bulk_record_usage_m', 'get_usage_history_m'] as const;
type RestCall = (typeof REST_CALLS)[number];

/** Who may call. */
export interface Credentials {
  clientNo: string;
  authKey: string;
}

export interface Envelope {
  call: RestCall;
  body: JsonObject;
}

/** Checks what every call has: the method, the format and who calls (usage operations 7.6). */
export function checkEnvelope(body: unknown, credentials: Credentials): Envelope | Refusal {
  if (!isObject(body)) return refuse(1016, 'the body is not a JSON object');
  for (const field of ['rest_call', 'output_format', 'client_no', 'auth_key']) {
    if (body[field] === undefined || body[field] === null || body[field] === '') return refuse(1010, field);
  }
  const isKnown =
    String(body['client_no']) === credentials.clientNo && body['auth_key'] === credentials.authKey;
  if (!isKnown) return refuse(1004);
  if (body['output_format'] !== 'json') return refuse(1016, 'output_format');
  const call = REST_CALLS.find((name) => name === body['rest_call']);
  return call === undefined ? refuse(1016, 'rest_call') : { call, body };
}
