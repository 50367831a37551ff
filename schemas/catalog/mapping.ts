import { z } from 'zod';
import { displayName, identifier, timeZone } from './primitives.ts';

/** Container attributes that a mapping or an enrichment rule may fill, with their kind. */
export const CONTAINER_ATTRIBUTES = {
  sourceRecordId: 'text',
  usageType: 'text',
  serviceId: 'text',
  callingNumber: 'text',
  calledNumber: 'text',
  duration: 'quantity',
  volumeUp: 'integer',
  volumeDown: 'integer',
  units: 'quantity',
  wholesaleAmount: 'amount',
  callType: 'text',
  network: 'text',
  apn: 'text',
  description: 'text',
  flex1: 'text',
  flex2: 'text',
  flex3: 'text',
  flex4: 'text',
} as const;
export type ContainerAttribute = keyof typeof CONTAINER_ATTRIBUTES;
const attributeNames = Object.keys(CONTAINER_ATTRIBUTES) as [ContainerAttribute, ...ContainerAttribute[]];
export const containerAttribute = z.enum(attributeNames);

const field = z
  .strictObject({
    name: identifier,
    column: z.int().min(1).optional(),
    position: z.int().min(1).optional(),
    length: z.int().min(1).optional(),
    path: z.string().min(1).optional(),
    type: z
      .enum(['string', 'integer', 'decimal', 'e164', 'date', 'time', 'datetime'])
      .describe(
        'string; integer (digits, optional minus); decimal (plain decimal); e164 (telephone number: blanks, dots, hyphens, brackets removed; leading 00 becomes +, leading single 0 becomes + and `country`; anything else stays); date and time (local, joined by `startTime`); datetime (local by `pattern`, or ISO 8601 with offset when `pattern` is "iso").',
      ),
    pattern: z
      .string()
      .min(1)
      .optional()
      .describe('yyyy MM dd HH mm ss and literal characters; "iso" for ISO 8601 with offset or Z.'),
    country: z
      .string()
      .regex(/^\d{1,3}$/)
      .optional(),
    required: z.boolean().default(false),
    maxLength: z.int().min(1).max(1000).default(200),
    to: containerAttribute
      .optional()
      .describe('Attribute of the container that the field fills; a field without it serves times and keys.'),
  })
  .describe(
    'One field of a record. Exactly one of `column` (delimited, from 1), `position`+`length` (fixed width, bytes, from 1) or `path` (JSON, dots between keys) says where it is. Text is trimmed of spaces at both ends.',
  );
export type MappingField = z.infer<typeof field>;

const frameRecord = z
  .strictObject({ startsWith: z.string().min(1), required: z.boolean().default(true) })
  .describe('A header or trailer line: recognised by how the line starts, the same in every format.');

const trailerRecord = frameRecord.extend({
  count: z
    .strictObject({
      column: z.int().min(1).optional(),
      position: z.int().min(1).optional(),
      length: z.int().min(1).optional(),
    })
    .optional()
    .describe(
      'Where the number of detail records stands: column of the delimited trailer, or position and length.',
    ),
});

export const mapping = z
  .strictObject({
    id: identifier,
    name: displayName,
    format: z.discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('delimited'),
        delimiter: z.string().length(1).default(','),
        quote: z.string().length(1).default('"'),
        columns: z.int().min(1).max(1000).describe('Exact number of columns of a detail record.'),
      }),
      z.strictObject({
        type: z.literal('fixed'),
        recordLength: z
          .int()
          .min(1)
          .max(10_000)
          .describe('Exact length of a detail record in bytes, line end not counted.'),
      }),
      z.strictObject({ type: z.literal('json') }),
    ]),
    timeZone: timeZone.describe(
      'Zone of local dates and times. An ambiguous local time is the earlier instant; one inside a gap moves forward by the gap.',
    ),
    header: frameRecord.optional(),
    trailer: trailerRecord.optional(),
    fields: z.array(field).min(1),
    startTime: z
      .union([z.strictObject({ field: identifier }), z.strictObject({ date: identifier, time: identifier })])
      .describe('Event time: one datetime field, or a date and a time field.'),
    endTime: z
      .enum(['duration', 'start'])
      .default('start')
      .describe("`duration`: start + the container's duration; `start`: the same instant."),
    uniqueKey: z
      .array(identifier)
      .min(1)
      .describe('Fields that form the business unique key; their received bytes, trimmed, count.'),
    fileDate: z
      .enum(['fileName', 'none'])
      .default('none')
      .describe(
        "`fileName`: the first run of exactly eight digits in the file's name that is a date yyyymmdd.",
      ),
    maxRecordBytes: z
      .int()
      .min(16)
      .max(1_000_000)
      .default(65_536)
      .describe('A longer line is an error (RECORD_TOO_LONG).'),
  })
  .describe('How the records of a file become containers.');
export type Mapping = z.infer<typeof mapping>;
