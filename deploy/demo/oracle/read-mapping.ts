import type { Frame, Mapping, MappingField } from './catalog.ts';
import {
  rawNumber,
  rawObject,
  rawObjects,
  rawOptionalNumber,
  rawOptionalText,
  rawText,
  rawTexts,
  type Raw,
} from './raw.ts';

/** One mapping with its defaults filled in. */
export function readMapping(raw: Raw, path: string, id: string): Mapping {
  const format = rawObject(raw['format'], path);
  return {
    id,
    format: {
      type: rawText(format['type'], path),
      delimiter: rawOptionalText(format['delimiter'], path) ?? ',',
      quote: rawOptionalText(format['quote'], path) ?? '"',
      columns: rawNumber(format['columns'], path, 0),
      recordLength: rawNumber(format['recordLength'], path, 0),
    },
    timeZone: rawText(raw['timeZone'], path),
    header: readFrame(raw['header'], path),
    trailer: readFrame(raw['trailer'], path),
    fields: rawObjects(raw['fields'], path).map((field) => readField(field, path)),
    startTime: readStartTime(rawObject(raw['startTime'], path), path),
    endTime: rawOptionalText(raw['endTime'], path) ?? 'start',
    uniqueKey: rawTexts(raw['uniqueKey'], path),
    fileDate: rawOptionalText(raw['fileDate'], path) ?? 'none',
    maxRecordBytes: rawNumber(raw['maxRecordBytes'], path, 65_536),
  };
}

function readFrame(value: unknown, path: string): Frame | null {
  if (value === undefined) return null;
  const raw = rawObject(value, path);
  const count = raw['count'] === undefined ? null : rawObject(raw['count'], path);
  return {
    startsWith: rawText(raw['startsWith'], path),
    required: raw['required'] !== false,
    count:
      count === null
        ? null
        : {
            column: rawOptionalNumber(count['column'], path),
            position: rawOptionalNumber(count['position'], path),
            length: rawOptionalNumber(count['length'], path),
          },
  };
}

function readField(raw: Raw, path: string): MappingField {
  return {
    name: rawText(raw['name'], path),
    column: rawOptionalNumber(raw['column'], path),
    position: rawOptionalNumber(raw['position'], path),
    length: rawOptionalNumber(raw['length'], path),
    path: rawOptionalText(raw['path'], path),
    type: rawText(raw['type'], path),
    pattern: rawOptionalText(raw['pattern'], path),
    country: rawOptionalText(raw['country'], path),
    required: raw['required'] === true,
    maxLength: rawNumber(raw['maxLength'], path, 200),
    to: rawOptionalText(raw['to'], path),
  };
}

function readStartTime(raw: Raw, path: string): Mapping['startTime'] {
  if (raw['field'] !== undefined) return { field: rawText(raw['field'], path) };
  return { date: rawText(raw['date'], path), time: rawText(raw['time'], path) };
}
