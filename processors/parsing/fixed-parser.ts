import type { Mapping } from '../../schemas/catalog/mapping.ts';
import type { FieldLocator } from './field-locator.ts';
import type { ParsedRecord } from './parsed-record.ts';

/** Locates the fields of fixed-width records. Throws an Error when a field has no place within the record. */
export function createFixedLocator(mapping: Mapping, recordLength: number): FieldLocator {
  const places = mapping.fields.map((field) => {
    if (field.position === undefined || field.length === undefined) {
      throw new Error(`Field ${field.name} of mapping ${mapping.id} needs position and length`);
    }
    const start = field.position - 1;
    const end = start + field.length;
    if (end > recordLength)
      throw new Error(`Field ${field.name} of mapping ${mapping.id} ends behind the record`);
    return { start, end };
  });
  return {
    locate(bytes: Buffer, start: number, end: number, record: ParsedRecord): boolean {
      if (end - start !== recordLength) {
        return record.fail(
          'RECORD_LENGTH',
          `The record has ${end - start} bytes, the mapping expects ${recordLength}`,
        );
      }
      for (let i = 0; i < places.length; i++) {
        const place = places[i]!;
        record.fields[i]!.locate(bytes, start + place.start, start + place.end, place.start);
      }
      return true;
    },
  };
}
