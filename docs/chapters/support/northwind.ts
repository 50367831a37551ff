/** Northwind Mobile as the chapters use it: the demo's catalog, three subscriptions of our own, and records as its network writes them. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { ServiceDirectoryBuilder } from '../../../processors/guiding/service-directory-builder.ts';
import type { ServiceDirectory } from '../../../processors/guiding/service-directory.ts';
import { fileId } from '../../../processors/intake/file-id.ts';
import { fileKey } from '../../../processors/intake/folder-path.ts';
import { compileCatalog } from '../../../processors/rating/compile-catalog.ts';
import type { CompiledCatalog } from '../../../processors/rating/compiled-catalog.ts';
import { formatFault } from '../../../schemas/catalog/catalog-fault.ts';
import type { Catalog } from '../../../schemas/catalog/catalog.ts';
import { parseCatalog } from '../../../schemas/catalog/load-catalog.ts';
import { parseSubscriptions } from '../../../schemas/catalog/load-subscriptions.ts';
import type { SourceFile } from '../../../schemas/catalog/yaml-source.ts';
import { writeMessage } from '../../../schemas/codec/batch-writer.ts';
import { rawBatchFormat } from '../../../schemas/codec/generated/writers.ts';

const DEMO_CATALOG = new URL('../../../deploy/demo/catalog/', import.meta.url);

/** A replacement in the text of the catalog; the text must be there. */
export type Edit = readonly [from: string, to: string];

/** Files of the demo's catalog, with replacements. */
export function catalogFiles(...edits: readonly Edit[]): SourceFile[] {
  const paths = readdirSync(DEMO_CATALOG).filter((name) => name.endsWith('.yaml'));
  const files = paths.map((path) => ({ path, text: readFileSync(new URL(path, DEMO_CATALOG), 'utf8') }));
  for (const [from, to] of edits) {
    const file = files.find(({ text }) => text.includes(from));
    if (file === undefined) throw new Error(`The demo catalog does not hold "${from}"`);
    file.text = file.text.replace(from, () => to);
  }
  return files;
}

const CARIBBEAN_ZONE = "prefixes: ['+1242', '+1246', '+1876'] }";
const CHANNEL_ROW = '      - { zone: [CHANNEL], price: { model: unit';

/** A zone for Japan, which the demo's catalog does not have, and a price for it in the business offer. */
export const PRICE_FOR_JAPAN: readonly Edit[] = [
  [CARIBBEAN_ZONE, `${CARIBBEAN_ZONE}\n      - { id: ASIA, name: Asia, prefixes: ['+81'] }`],
  [CHANNEL_ROW, `      - { zone: [ASIA], price: { model: unit, price: '0.40', per: 60 } }\n${CHANNEL_ROW}`],
];

const SERVICE_TYPES = ['VOICE', 'SMS', 'DATA'];

/** A line of a subscriptions file: one number for calls, messages and data. */
export function subscriptionLine(fields: Readonly<Record<string, string>>, number: string): string {
  const services = SERVICE_TYPES.map((serviceType) => ({ serviceType, id: number }));
  return JSON.stringify({ from: '2026-01-01T00:00:00Z', ...fields, services });
}

/** Two lines of one company that share their allowances, and a private customer. */
export const SUBSCRIPTIONS: readonly string[] = [
  subscriptionLine(
    { account: 'A-100', subscription: 'S-100', plan: 'BUSINESS', balanceGroup: 'G-100' },
    '+447911000001',
  ),
  subscriptionLine(
    { account: 'A-100', subscription: 'S-101', plan: 'BUSINESS', balanceGroup: 'G-100' },
    '+447911000002',
  ),
  subscriptionLine({ account: 'A-200', subscription: 'S-200', plan: 'PERSONAL' }, '+447911000003'),
];

/** A checked and compiled catalog with its subscriptions: all that the workers are told. */
export interface Northwind {
  readonly catalog: Catalog;
  readonly catalogVersion: string;
  readonly compiled: CompiledCatalog;
  readonly directory: ServiceDirectory;
}

/** What `tally run` does with its catalog folder (deploy/embedded/configuration.ts), in few lines. */
export function loadNorthwind(files = catalogFiles(), lines = SUBSCRIPTIONS): Northwind {
  const parsed = parseCatalog(files);
  if (!parsed.ok) throw new Error(parsed.faults.map(formatFault).join('\n'));
  const { catalog, version } = parsed;
  const compiled = compileCatalog(catalog);
  if (compiled.faults !== null) throw new Error(compiled.faults.join('\n'));
  const names = {
    plans: catalog.plans.map(({ id }) => id),
    serviceTypes: catalog.serviceTypes.map(({ id }) => id),
  };
  const read = parseSubscriptions(lines.join('\n'), 'subscriptions.jsonl', names);
  if (!read.ok) throw new Error(read.faults.map(formatFault).join('\n'));
  const builder = new ServiceDirectoryBuilder(names);
  for (const subscription of read.subscriptions) builder.add(subscription);
  return { catalog, catalogVersion: version, compiled: compiled.catalog, directory: builder.build() };
}

export interface Call {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Local to London, `dd/MM/yyyy`. */
  readonly date: string;
  /** Local to London, `HH:mm:ss`. */
  readonly time: string;
  readonly seconds: number | string;
}

/** A call as the voice switch writes it: UK Standard CDR, 42 columns. */
function callRecord({ id, from, to, date, time, seconds }: Call): string {
  const columns = Array<string>(42).fill('');
  columns.splice(0, 7, 'V', '', from, to, date, time, String(seconds));
  columns[28] = id;
  return columns.join(',');
}

/** A file of the switch: header, calls, trailer with their number. */
export function callFile(calls: readonly Call[]): string {
  return ['HDR,northwind', ...calls.map(callRecord), `TRL,${calls.length}`, ''].join('\n');
}

const VOICE = { platform: 'switch-1', serviceType: 'VOICE', recordType: 'POSTPAID' } as const;

/** A small file as the one message that the gateway would publish; its id comes from its place and its bytes. */
export function rawBatch(name: string, content: string): Buffer {
  const key = fileKey({ ...VOICE, folder: 'input', name });
  const etag = createHash('sha256').update(content).digest('hex');
  return writeMessage(rawBatchFormat, {
    ...{ ...VOICE, bucket: 'northwind', key },
    fileId: fileId({ bucket: 'northwind', key, etag, length: Buffer.byteLength(content) }),
    ...{ firstRecordNumber: 1, lastBatch: true, payload: Buffer.from(content) },
  });
}
