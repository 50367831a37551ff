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
