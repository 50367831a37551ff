/**
 * Chapter 3: Mapping a new file format
 *
 * A format is configuration, not code. Here we teach Tallystream the call records of Asterisk (`cdr-csv/Master.csv`): 18 columns,
 * accountcode, src, dst, dcontext, clid, channel, dstchannel, lastapp, lastdata, start, answer, end, duration, billsec, disposition,
 * amaflags, uniqueid, userfield. Texts are quoted; `answer` is empty when nobody answered; `billsec`, the seconds after the
 * answer, is what is charged.
 *
 * Three things are written: a mapping (where the fields are and what they become), rules (what is left out and how records are classified) and a
 * stream (which folder is read by which mapping and rules). The rest of the catalog stays as it is.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMediator } from '../../processors/mediation/mediator.ts';
import { parseCatalog } from '../../schemas/catalog/load-catalog.ts';
import { quantity } from './support/decoded.ts';
import { catalogFiles } from './support/northwind.ts';

const ASTERISK = `
platforms:
  - { id: pbx-1, name: Asterisk in Leeds }

mappings:
  - id: asterisk-cdr
    name: Asterisk, cdr-csv
    format: { type: delimited, delimiter: ',', quote: '"', columns: 18 }
    timeZone: Europe/London
    fileDate: fileName
    fields:
      - { name: src, column: 2, type: e164, country: '44', required: true, maxLength: 30, to: serviceId }
      - { name: dst, column: 3, type: e164, country: '44', required: true, maxLength: 30, to: calledNumber }
      - { name: start, column: 10, type: datetime, pattern: 'yyyy-MM-dd HH:mm:ss', required: true }
      - { name: billsec, column: 14, type: integer, required: true, to: duration }
      - { name: disposition, column: 15, type: string, required: true, maxLength: 20, to: callType }
      - { name: uniqueid, column: 17, type: string, required: true, maxLength: 40, to: sourceRecordId }
    startTime: { field: start }
    endTime: duration
    uniqueKey: [uniqueid]

rules:
  - { id: not-answered, name: Calls that nobody answered, type: filter, when: "callType != 'ANSWERED'" }

streams:
  # classify-calls is the demo's rule: premium numbers are a usage type of their own.
  - { platform: pbx-1, serviceType: VOICE, recordType: POSTPAID, mapping: asterisk-cdr, rules: [not-answered, classify-calls] }
`;

/** A folder may hold any number of files; lists of the same name are joined. So a format can live in a file of its own. */
const parsed = parseCatalog([...catalogFiles(), { path: 'asterisk.yaml', text: ASTERISK }]);
assert.ok(parsed.ok, 'the catalog is good');
assert.deepEqual(parsed.warnings, []);
const { catalog } = parsed;

const stream = catalog.streams.find(({ platform }) => platform === 'pbx-1');
/** The stream compiled: takes the bytes of a line, fills a container or says why not. No topology, no files: a function to play with. */
const mediator = createMediator(catalog, stream!);
const NO_FILE_DATE = Number.NaN;

function mediate(line: string): string {
  const bytes = Buffer.from(line);
  return mediator.mediate(bytes, 0, bytes.length, 1, NO_FILE_DATE);
}

const answered =
  '"","01632960111","09098790001","from-internal","""Ann Lee"" <01632960111>","PJSIP/111-00000001","PJSIP/out-00000002",' +
  '"Dial","PJSIP/09098790001@out","2026-10-05 10:00:00","2026-10-05 10:00:06","2026-10-05 10:01:36",96,90,"ANSWERED","DOCUMENTATION","1759654800.1",""';

test('a line becomes a container', () => {
  assert.equal(mediate(answered), 'MEDIATED');
  const { container } = mediator;
  assert.equal(container.startTime, Date.parse('2026-10-05T09:00:00Z') * 1000);
  assert.equal(quantity(container.duration), '90', 'billsec, not duration');
  assert.equal(container.endTime - container.startTime, 90_000_000);
});

test('quotes inside a quoted column must be doubled, even in a column that nobody maps', () => {
  // clid above is `"Ann Lee" <01632960111>`. A parser that is lenient here would count the columns of other lines wrong.
  assert.equal(mediate(answered.replace('"""Ann Lee"" <', '""Ann Lee" <')), 'ERROR');
  assert.equal(mediator.fault.code, 'QUOTE_INVALID');
});

test('an unanswered call is ignored, by a rule that the reason names', () => {
  assert.equal(mediate(answered.replace('"ANSWERED"', '"NO ANSWER"').replace(',90,', ',0,')), 'IGNORED');
  assert.equal(mediator.fault.code, 'FILTERED');
  assert.match(mediator.fault.reason, /not-answered|Calls that nobody answered/);
});

test('a broken line says which field is wrong and where', () => {
  assert.equal(mediate(answered.replace('2026-10-05 10:00:00', '2026-02-30 10:00:00')), 'ERROR');
  const { phase, code, field, fieldPosition, reason } = mediator.fault;
  assert.deepEqual([phase, code, field], ['PARSE', 'FIELD_TYPE', 'start']);
  // Position in bytes from the start of the line: the opening quote's, or that of the value behind it.
  assert.equal(answered.slice(fieldPosition, fieldPosition + 10), '2026-10-05');
  assert.match(reason, /2026-02-30/);
});

test('a line of another layout is found out by its number of columns', () => {
  assert.equal(mediate(`${answered},"linkedid"`), 'ERROR');
  assert.equal(mediator.fault.code, 'COLUMN_COUNT');
});
