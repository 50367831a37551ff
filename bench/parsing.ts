/** Records per CPU-second through the mediators of the demo catalog: raw batch to encoded container, per format. */
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { FileFrame } from '../processors/intake/file-frame.ts';
import { newFileProgress } from '../processors/mediation/file-progress.ts';
import { createMediator } from '../processors/mediation/mediator.ts';
import { RawBatchReader } from '../processors/mediation/raw-batch-reader.ts';
import { catalog } from '../schemas/catalog/catalog.ts';
import type { Catalog } from '../schemas/catalog/catalog.ts';
import { writeContainer } from '../schemas/codec/generated/writers.ts';

const FOLDER = new URL('../deploy/demo/catalog/', import.meta.url);
const FILE_DAY = 20_000;
const BATCH_RECORDS = 1000;

function demoCatalog(): Catalog {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
  const parts = files.map((name) => parse(readFileSync(new URL(name, FOLDER), 'utf8')) as object);
  return catalog.parse(Object.assign({}, ...parts));
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

/** One valid record per platform, different for each number. 2024-10-04 is day 20,000. */
const RECORDS: Readonly<Record<string, (n: number) => string>> = {
  'switch-1': (n) => {
    const columns = Array<string>(42).fill('');
    const time = `${pad(n % 24, 2)}:${pad(n % 60, 2)}:${pad((n * 7) % 60, 2)}`;
    columns.splice(
      0,
      8,
      'V',
      '0',
      `0160000${pad(n % 10_000, 4)}`,
      `+4420${pad(n % 1e8, 8)}`,
      '03/10/2024',
      time,
      String(1 + (n % 900)),
      '0',
    );
    columns.splice(9, 4, `National call ${n % 50}`, 'NAT', 'D', `0.${pad(n % 10_000, 4)}`);
    columns[22] = 'NORTHWIND';
    columns[28] = `REC-2024-${pad(n, 10)}`;
    columns[30] = `+441600${pad(n % 1e6, 6)}`;
    return columns.join(',');
  },
  'smsc-1': (n) =>
    `MO${`0160000${pad(n % 10_000, 4)}`.padEnd(16)}${`+447800${pad(n % 1e6, 6)}`.padEnd(16)}20241003${pad(n % 24, 2)}${pad(n % 60, 2)}${pad(n % 60, 2)}${`MSG${pad(n, 12)}`.padEnd(20)}0001SMSC-1  `,
  'ggsn-1': (n) =>
    `{"session":{"id":"S${pad(n, 12)}","seq":${n % 9}},"subscriber":{"msisdn":"+44160000${pad(n % 10_000, 4)}","imsi":"23400${pad(n, 10)}"},"start":"2024-10-03T${pad(n % 24, 2)}:${pad(n % 60, 2)}:00.250Z","seconds":${n % 3600},"bytes":{"up":${n * 17},"down":${n * 211}},"apn":"internet.northwind","rat":"LTE"}`,
};

function measure(whole: Catalog, index: number, seconds: number): { records: number; perCpuSecond: number } {
  const stream = whole.streams[index]!;
  const mediator = createMediator(whole, stream);
  const reader = new RawBatchReader(new FileFrame(mediator.mapping));
  const make = RECORDS[stream.platform]!;
  const lines = Array.from({ length: BATCH_RECORDS }, (_, n) => `${make(n)}\r\n`);
  const payload = Buffer.from(lines.join(''));
  const out = Buffer.alloc(1 << 20);
  let position = 0;
  let mediated = 0;
  const sink = {
    detail(bytes: Buffer, start: number, end: number, recordNumber: number): void {
      if (mediator.mediate(bytes, start, end, recordNumber, FILE_DAY) !== 'MEDIATED')
        throw new Error(mediator.fault.reason);
      position = writeContainer(out, position, mediator.container);
      mediated++;
    },
  };
  const batch = {
    firstRecordNumber: 1,
    lastBatch: true,
    buffer: payload,
    payloadStart: 0,
    payloadEnd: payload.length,
  };
  const pass = (): void => {
    position = 0;
    reader.read(batch, newFileProgress(), sink);
  };
  for (let i = 0; i < 100; i++) pass();
  mediated = 0;
  const started = process.cpuUsage();
  let used = 0;
  while (used < seconds) {
    for (let i = 0; i < 20; i++) pass();
    const { user, system } = process.cpuUsage(started);
    used = (user + system) / 1e6;
  }
  return { records: mediated, perCpuSecond: Math.round(mediated / used) };
}

/** Measures each stream of the demo catalog for about two CPU-seconds; records per CPU-second by mapping. */
export async function run(): Promise<object> {
  const whole = demoCatalog();
  const results: Record<string, object> = {};
  for (const [index, stream] of whole.streams.entries()) {
    await Promise.resolve();
    results[stream.mapping] = measure(whole, index, 2);
  }
  return results;
}
