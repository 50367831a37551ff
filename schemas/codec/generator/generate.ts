import { join } from 'node:path';
import { codecs } from '../codecs.ts';
import { emitRows } from './emit-rows.ts';
import { emitValues } from './emit-values.ts';
import { emitViews } from './emit-views.ts';
import { emitWriters } from './emit-writers.ts';
import { readContracts } from './schema.ts';

/** Folder of the contracts. */
export const avroFolder = join(import.meta.dirname, '../../avro');
/** Folder that holds what is generated. */
export const generatedFolder = join(import.meta.dirname, '../generated');

/** All generated files: name → text. */
export function generateAll(): Map<string, string> {
  const contracts = readContracts(avroFolder);
  return new Map([
    ['values.ts', emitValues(contracts, codecs)],
    ['writers.ts', emitWriters(contracts, codecs)],
    ['views.ts', emitViews(contracts, codecs)],
    ['rows.ts', emitRows(contracts, codecs)],
  ]);
}
