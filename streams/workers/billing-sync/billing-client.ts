export interface BillingClientOptions {
  readonly url: string;
  /** Milliseconds until a call counts as unanswered. */
  readonly timeoutMs: number;
}

/**
 * Posts a call; resolves to the parsed answer, or to undefined when none came (connection lost, time-out, HTTP 5xx, no
 * JSON), which means that the outcome is unknown.
 */
export async function callBilling(
  { url, timeoutMs }: BillingClientOptions,
  request: object,
): Promise<unknown> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return response.status >= 500 ? undefined : await response.json();
  } catch {
    return undefined;
  }
}
