/** Phase in which a code is given; FILE concerns a whole file, GUIDING is counted in the phase Rating. */
export type CodePhase = 'FILE' | 'PARSE' | 'MEDIATION' | 'GUIDING' | 'RATING';
/** What becomes of the file or record. */
export type CodeOutcome = 'REJECTED' | 'DUPLICATE' | 'ERROR' | 'IGNORED' | 'SUSPENDED';

/** One outcome code; its runbook page is docs/runbooks/<code>.md. */
export interface OutcomeCode {
  readonly phase: CodePhase;
  readonly outcome: CodeOutcome;
  /** What happened, in a few words. */
  readonly title: string;
  /** What the operator does next, in a sentence. */
  readonly whatToDo: string;
}

const FILE_CODES = {
  NO_STREAM: {
    phase: 'FILE',
    outcome: 'REJECTED',
    title: 'No processing stream for this folder',
    whatToDo:
      'Add a stream for the platform, service type and record type to the catalog, or move the file to the right folder.',
  },
  FILE_EMPTY: {
    phase: 'FILE',
    outcome: 'REJECTED',
    title: 'The file has no bytes',
    whatToDo: 'Ask the source for the file again; an empty upload is usually a broken transfer.',
  },
  FILE_GZIP_CORRUPT: {
    phase: 'FILE',
    outcome: 'REJECTED',
    title: 'The gzip file cannot be unpacked',
    whatToDo: 'Check it with `gzip -t` and have it transferred again in binary mode.',
  },
  FILE_DUPLICATE: {
    phase: 'FILE',
    outcome: 'DUPLICATE',
    title: 'The same bytes were accepted before',
    whatToDo: 'Nothing, when it was sent twice by mistake; else ask the source for the file that was meant.',
  },
  FILE_DATE_MISSING: {
    phase: 'FILE',
    outcome: 'REJECTED',
    title: 'The file name carries no date',
    whatToDo:
      'Rename the file so that its name holds the date as eight digits yyyymmdd, and put it into input again.',
  },
  FILE_HEADER_MISSING: {
    phase: 'FILE',
    outcome: 'REJECTED',
    title: 'The first line is not the header',
    whatToDo: 'Compare the first line with the header of the mapping; have a truncated file sent again.',
  },
  FILE_TRAILER_MISSING: {
    phase: 'FILE',
    outcome: 'REJECTED',
    title: 'The last line is not the trailer',
    whatToDo: 'The transfer probably stopped early: have the file sent again.',
  },
  FILE_TRAILER_COUNT: {
    phase: 'FILE',
    outcome: 'REJECTED',
    title: 'The trailer does not count the records',
    whatToDo: 'Compare the two numbers in the reason and have the complete file sent again.',
  },
} as const satisfies Record<string, OutcomeCode>;

const PARSE_CODES = {
  RECORD_TOO_LONG: {
    phase: 'PARSE',
    outcome: 'ERROR',
    title: 'The record is longer than the mapping allows',
    whatToDo: 'Look for missing line ends in the file; raise maxRecordBytes when such records are right.',
  },
  INVALID_ENCODING: {
    phase: 'PARSE',
    outcome: 'ERROR',
    title: 'A value is not valid UTF-8',
    whatToDo: 'Have the source export UTF-8, then have the file sent again under a new name.',
  },
  QUOTE_INVALID: {
    phase: 'PARSE',
    outcome: 'ERROR',
    title: 'A quoted column is malformed',
    whatToDo:
      'Check whether the source doubles quotes inside values, and whether the mapping names the right quote.',
  },
  COLUMN_COUNT: {
    phase: 'PARSE',
    outcome: 'ERROR',
    title: 'The number of columns is wrong',
    whatToDo: 'Look for unquoted delimiters in values, or adapt columns of the mapping to the new layout.',
  },
  RECORD_LENGTH: {
    phase: 'PARSE',
    outcome: 'ERROR',
    title: 'The fixed-width record has the wrong length',
    whatToDo:
      'Compare the length in the reason with recordLength of the mapping; check for removed trailing blanks.',
  },
  JSON_INVALID: {
    phase: 'PARSE',
    outcome: 'ERROR',
    title: 'The line is not one JSON object',
    whatToDo: 'Look at the position in the reason; objects that span lines must be written on one line.',
  },
  FIELD_MISSING: {
    phase: 'PARSE',
    outcome: 'ERROR',
    title: 'A required field is empty',
    whatToDo: 'Ask the source for the value, or make the field optional in the mapping when it may be empty.',
  },
  FIELD_TOO_LONG: {
    phase: 'PARSE',
    outcome: 'ERROR',
    title: 'A field is longer than the mapping allows',
    whatToDo: 'Check the value for a shifted layout; raise maxLength when such values are right.',
  },
  FIELD_TYPE: {
    phase: 'PARSE',
    outcome: 'ERROR',
    title: 'A field does not have its type',
    whatToDo: 'Compare the value in the reason with type and pattern of the field in the mapping.',
  },
  FIELD_RANGE: {
    phase: 'PARSE',
    outcome: 'ERROR',
    title: 'A number is out of range',
    whatToDo: 'Check sign, decimals and unit of the value against the attribute that it goes to.',
  },
} as const satisfies Record<string, OutcomeCode>;

const MEDIATION_CODES = {
  FILTERED: {
    phase: 'MEDIATION',
    outcome: 'IGNORED',
    title: 'A filter rule excludes the record',
    whatToDo: 'Nothing, when the rule named in the reason is meant; else correct its expression.',
  },
  RULE_FAILED: {
    phase: 'MEDIATION',
    outcome: 'ERROR',
    title: 'The expression of a rule failed',
    whatToDo:
      'Correct the rule named in the reason, or add the missing key or a default to its lookup table.',
  },
} as const satisfies Record<string, OutcomeCode>;

const GUIDING_CODES = {
  USAGE_TYPE_UNKNOWN: {
    phase: 'GUIDING',
    outcome: 'SUSPENDED',
    title: 'The usage type is empty, unknown or of another service type',
    whatToDo: 'Add the usage type to the catalog or correct the rule that sets it, then reprocess.',
  },
  USAGE_TOO_OLD: {
    phase: 'GUIDING',
    outcome: 'SUSPENDED',
    title: 'The usage is older than the stream allows',
    whatToDo: 'Clear up with the source why it came late; discard it, or raise maxAgeDays and reprocess.',
  },
  USAGE_IN_FUTURE: {
    phase: 'GUIDING',
    outcome: 'SUSPENDED',
    title: 'The usage starts after the date of its file',
    whatToDo: 'Check the clock and the time zone of the source and of the mapping, then reprocess.',
  },
  SVC_NOT_FOUND: {
    phase: 'GUIDING',
    outcome: 'SUSPENDED',
    title: 'No subscription has this service id',
    whatToDo:
      'Add the service to its subscription, or correct how the mapping writes the number, then reprocess.',
  },
  SVC_NOT_EFFECTIVE: {
    phase: 'GUIDING',
    outcome: 'SUSPENDED',
    title: 'The service was not effective at the time of the usage',
    whatToDo: 'Compare the usage with the periods of service and subscription, correct them and reprocess.',
  },
  SVC_NOT_ACTIVE: {
    phase: 'GUIDING',
    outcome: 'SUSPENDED',
    title: 'The subscription was not active at the time of the usage',
    whatToDo: 'Check the status history of the subscription; correct it and reprocess, or discard.',
  },
} as const satisfies Record<string, OutcomeCode>;

const RATING_CODES = {
  DUPLICATE_RECORD: {
    phase: 'RATING',
    outcome: 'DUPLICATE',
    title: 'A record with the same unique key was rated before',
    whatToDo:
      'Nothing, when the source sent it twice; else make the unique key of the mapping more specific.',
  },
  DUPLICATE_WINDOW_PASSED: {
    phase: 'RATING',
    outcome: 'SUSPENDED',
    title: 'Too old to be checked for a duplicate',
    whatToDo:
      'Find out whether the record was rated before; then discard it, or widen the duplicate window and reprocess.',
  },
  NO_RATE_UNIT: {
    phase: 'RATING',
    outcome: 'SUSPENDED',
    title: 'No rate unit for the usage type',
    whatToDo: 'Add a row for the usage type or its service type to rateUnitMap, then reprocess.',
  },
  QTY_INVALID: {
    phase: 'RATING',
    outcome: 'SUSPENDED',
    title: 'The quantity cannot be computed or is negative',
    whatToDo:
      'Look at the attributes in the reason and correct the quantity expression of the rate unit, then reprocess.',
  },
  NO_PRICE_OFFER: {
    phase: 'RATING',
    outcome: 'SUSPENDED',
    title: 'The plan has no offer for the usage type',
    whatToDo: 'Add an offer for the usage type to the plan of the subscription, then reprocess.',
  },
  NO_ZONE: {
    phase: 'RATING',
    outcome: 'SUSPENDED',
    title: 'No zone of the zone model matches the number',
    whatToDo:
      'Add the prefix of the number to a zone, or correct how the mapping writes numbers, then reprocess.',
  },
  NO_TIME_CLASS: {
    phase: 'RATING',
    outcome: 'SUSPENDED',
    title: 'No time class covers the start of the usage',
    whatToDo: 'Close the gap in the time model, best with a last class without conditions, then reprocess.',
  },
  NO_ATTRIBUTE_MATCH: {
    phase: 'RATING',
    outcome: 'SUSPENDED',
    title: 'No row of the offer matches the record',
    whatToDo: 'Add a row for the zone, time class and attributes in the reason to the offer, then reprocess.',
  },
  TIER_GAP: {
    phase: 'RATING',
    outcome: 'SUSPENDED',
    title: 'The tiers of the price do not cover the quantity',
    whatToDo: 'Remove upTo from the last tier so that the tiers have no end, then reprocess.',
  },
  BASIS_MISSING: {
    phase: 'RATING',
    outcome: 'SUSPENDED',
    title: 'A percentage price lacks the charges that it is a part of',
    whatToDo:
      'Let the records have the multi-rate parent as usage type, not this child alone, then reprocess.',
  },
  AMOUNT_OVERFLOW: {
    phase: 'RATING',
    outcome: 'SUSPENDED',
    title: 'A result leaves the range of exact numbers',
    whatToDo:
      'Check quantity and price in the reason for a wrong unit or a damaged value, correct them and reprocess.',
  },
} as const satisfies Record<string, OutcomeCode>;

export type FileCode = keyof typeof FILE_CODES;
export type ParseCode = keyof typeof PARSE_CODES;
export type MediationCode = keyof typeof MEDIATION_CODES;
export type GuidingCode = keyof typeof GUIDING_CODES;
export type RatingCode = keyof typeof RATING_CODES;
export type Code = FileCode | ParseCode | MediationCode | GuidingCode | RatingCode;

/** The closed list of outcome codes of docs/rules.md. */
export const CODES: Readonly<Record<Code, OutcomeCode>> = {
  ...FILE_CODES,
  ...PARSE_CODES,
  ...MEDIATION_CODES,
  ...GUIDING_CODES,
  ...RATING_CODES,
};
