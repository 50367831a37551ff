import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createCalendar } from './calendar.ts';
import type { Calendar } from './calendar.ts';
import { deterministicGzip } from './deterministic-gzip.ts';
import { createFileComposer } from './feeds.ts';
import { copiesOf, firstIsCopied, hasWrongTrailer, standaloneExtras } from './file-imperfections.ts';
import type { FileKind } from './file-imperfections.ts';
import { FEEDS, planFiles, recordsPerFeed } from './file-plan.ts';
import type { Feed, PlannedFile } from './file-plan.ts';
import { createLineBuffer } from './line-buffer.ts';
import type { LineBuffer } from './line-buffer.ts';
import { emptyManifest } from './manifest.ts';
import type { DemoManifest } from './manifest.ts';
import { openOutputFolder } from './output-folder.ts';
import type { OutputFolder } from './output-folder.ts';
import { createRandom } from './random.ts';
import { createSubscribers } from './subscribers.ts';
import type { Subscriber } from './subscribers.ts';
import { renderSubscriptions } from './subscriptions-file.ts';

/** How far the generator has come. */
export interface GenerateProgress {
  /** Detail records written so far, of `total`. */
  records: number;
  total: number;
  files: number;
  bytes: number;
}

export interface GenerateInput {
  /** Usage files go to `<home>/northwind/mediation/…/input`, the manifest to `<home>/northwind/manifest.json`. */
  home: string;
  /** Gets accounts/subscriptions.jsonl and a copy of the catalog's YAML files. */
  catalogDirectory: string;
  /** Detail records in the ordinary files, at least 1,000. Copies of files come on top. */
  records: number;
  seed: string | number;
  /** Default 2,000; at least 100. */
  subscriptions?: number;
  /** yyyy-MM, default 2026-10: its last Sunday has 25 hours. */
  month?: string;
  /** Replace what an earlier run left. Default false: refused. */
  overwrite?: boolean;
  /** Called after every file. */
  onProgress?: (progress: GenerateProgress) => void;
}

const MINIMUM_RECORDS = 1000;
const CATALOG = fileURLToPath(new URL('../catalog/', import.meta.url));

interface Run {
  seed: string;
  calendar: Calendar;
  subscribers: readonly Subscriber[];
  output: OutputFolder;
  manifest: DemoManifest;
  digest: ReturnType<typeof createHash>;
  buffer: LineBuffer;
  onProgress: () => void;
}

async function writeUsageFile(run: Run, path: string, bytes: Buffer): Promise<void> {
  await run.output.writeUsage(path, bytes);
  run.digest.update(`${path}\0${bytes.length}\0`).update(bytes);
  run.manifest.files++;
  run.manifest.bytes += bytes.length;
}

async function writeSpecial(run: Run, kind: FileKind, path: string, bytes: Buffer): Promise<void> {
  run.manifest.specialFiles.push({ kind, path });
  await writeUsageFile(run, path, bytes);
}

/** Every fifth packed file has two gzip members, as gateways make them that append. */
function pack(file: PlannedFile, bytes: Buffer): Buffer {
  if (!file.gzip) return bytes;
  if (file.sequence % 5 !== 0) return deterministicGzip(bytes);
  const half = bytes.length >>> 1;
  return Buffer.concat([deterministicGzip(bytes.subarray(0, half)), deterministicGzip(bytes.subarray(half))]);
}

async function generateFeed(run: Run, feed: Feed, total: number): Promise<void> {
  const { calendar, subscribers, seed, buffer, output, manifest } = run;
  const composer = createFileComposer(feed.service, { calendar, subscribers, total });
  for (const file of planFiles({ feed, total, calendar, seed, firstStaysPlain: firstIsCopied })) {
    const random = createRandom(`${seed}/${feed.service}/${file.sequence}`);
    const wrongTrailer = hasWrongTrailer(file);
    buffer.start(file.lineEnd, file.byteOrderMark);
    composer.compose(file, random, buffer, wrongTrailer ? 1 : 0);
    const bytes = buffer.finish(file.lastLineEnds);
    const path = output.usagePath(feed.platform, feed.serviceType, file.name);
    if (wrongTrailer) manifest.specialFiles.push({ kind: 'trailerCountWrong', path });
    await writeUsageFile(run, path, pack(file, bytes));
    for (const extra of copiesOf(file, bytes, calendar)) {
      await writeSpecial(
        run,
        extra.kind,
        output.usagePath(extra.platform, extra.serviceType, extra.name),
        extra.bytes,
      );
    }
    manifest.records += file.records;
    run.onProgress();
  }
  manifest.imperfections[feed.service] = composer.counts;
}

/**
 * Writes a month of a fictitious carrier's usage: subscriptions, catalog and usage files, with the imperfections that real
 * feeds have. The bytes depend on seed, records, subscriptions and month only, not on the machine.
 * @throws DemoExistsError when the home holds files and `overwrite` is not given; RangeError for impossible parameters
 */
export async function generateDemo(input: GenerateInput): Promise<DemoManifest> {
  const { records, subscriptions = 2000, month = '2026-10' } = input;
  if (!Number.isSafeInteger(records) || records < MINIMUM_RECORDS) {
    throw new RangeError(`records must be a whole number from ${MINIMUM_RECORDS}, got ${records}`);
  }
  const seed = String(input.seed);
  const calendar = createCalendar(month);
  const subscribers = createSubscribers(seed, subscriptions, calendar);
  const parameters = { seed, records, subscriptions, month };
  const output = await openOutputFolder({ ...input, overwrite: input.overwrite ?? false }, parameters);
  const manifest = emptyManifest(parameters);
  const run: Run = {
    seed,
    calendar,
    subscribers,
    output,
    manifest,
    digest: createHash('sha256'),
    buffer: createLineBuffer(),
    onProgress: () =>
      input.onProgress?.({
        records: manifest.records,
        total: records,
        files: manifest.files,
        bytes: manifest.bytes,
      }),
  };
  const accounts = renderSubscriptions(subscribers, calendar);
  run.digest.update(accounts);
  await output.copyCatalog(CATALOG);
  await output.writeSubscriptions(accounts);
  const totals = recordsPerFeed(records);
  for (const [i, feed] of FEEDS.entries()) await generateFeed(run, feed, totals[i]!);
  for (const extra of standaloneExtras(calendar)) {
    await writeSpecial(
      run,
      extra.kind,
      output.usagePath(extra.platform, extra.serviceType, extra.name),
      extra.bytes,
    );
  }
  manifest.complete = true;
  manifest.digest = run.digest.digest('hex');
  await output.writeManifest(manifest);
  return manifest;
}
