/**
 * Why a record is suspended (docs/rules.md 5 and 7). A code's place in the list is its number inside processors: 0 means rated.
 * Numbers live in memory only; the text is what records carry.
 */
export const SUSPENSE_CODES = [
  '',
  'USAGE_TYPE_UNKNOWN',
  'USAGE_TOO_OLD',
  'USAGE_IN_FUTURE',
  'SVC_NOT_FOUND',
  'SVC_NOT_EFFECTIVE',
  'SVC_NOT_ACTIVE',
  'DUPLICATE_WINDOW_PASSED',
  'NO_RATE_UNIT',
  'QTY_INVALID',
  'NO_PRICE_OFFER',
  'NO_ZONE',
  'NO_TIME_CLASS',
  'NO_ATTRIBUTE_MATCH',
  'TIER_GAP',
  'BASIS_MISSING',
  'AMOUNT_OVERFLOW',
] as const;
export type SuspenseCode = Exclude<(typeof SUSPENSE_CODES)[number], ''>;

/** Number of each code. */
export const Suspense = Object.fromEntries(SUSPENSE_CODES.map((code, number) => [code, number])) as Readonly<
  Record<SuspenseCode, number>
>;

/** What an operator does about it; the record itself is never edited, it is processed again (usage operations 8.1). */
export const SUSPENSE_REMEDIES: Readonly<Record<SuspenseCode, string>> = {
  USAGE_TYPE_UNKNOWN:
    'Add the usage type to the catalog, or correct the rule that classifies the records; then reprocess.',
  USAGE_TOO_OLD:
    'Older than the stream takes: discard, or raise maxAgeDays within the duplicate window; then reprocess.',
  USAGE_IN_FUTURE: "Check the source's clock and the file's date; then reprocess.",
  SVC_NOT_FOUND: 'Add the service id to a subscription with dates that cover the usage; then reprocess.',
  SVC_NOT_EFFECTIVE: 'Correct the dates of the service or its subscription; then reprocess.',
  SVC_NOT_ACTIVE: 'Correct the status history of the subscription, or discard; then reprocess.',
  DUPLICATE_WINDOW_PASSED:
    'Whether it was rated before is no longer known: compare with the rated records of its day, then discard it, or widen the window and reprocess.',
  NO_RATE_UNIT: 'Map the usage type or its service type to a rate unit; then reprocess.',
  QTY_INVALID: "Correct the rate unit's expression; then reprocess.",
  NO_PRICE_OFFER: "Add an offer for the usage type to the subscription's plan; then reprocess.",
  NO_ZONE: "Add the number's prefix to the offer's zone model; then reprocess.",
  NO_TIME_CLASS: "Add a class without conditions to the end of the offer's time model; then reprocess.",
  NO_ATTRIBUTE_MATCH: 'Add a row without attributes, or one for these values, to the offer; then reprocess.',
  TIER_GAP: 'Add a last tier without an upper bound to the offer; then reprocess.',
  BASIS_MISSING:
    'A percentage needs the charges it is a part of: rate the multi-rate parent, not this child alone.',
  AMOUNT_OVERFLOW: 'An amount or total exceeds 2^53: check quantity and price; then reprocess.',
};
