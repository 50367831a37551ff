import { textOf } from './attributes.ts';
import { Aggregation } from './aggregate.ts';
import type { Catalog } from './catalog.ts';
import type { OracleFile } from './collect-files.ts';
import { Duplicates } from './duplicates.ts';
import { Expressions } from './expressions.ts';
import { guide } from './guide.ts';
import { linesOf } from './lines.ts';
import { Zones } from './local-time.ts';
import { mediate } from './mediate.ts';
import type { Rounding } from './numbers.ts';
import { parseRecord, type ParsedRecord } from './parse-record.ts';
import { Rater, type RatedCharge } from './rate.ts';
import { readCatalog } from './read-catalog.ts';
import { readFile, type ReadFile } from './read-file.ts';
import { readSubscriptions, type Directory, type Subscription } from './read-subscriptions.ts';
import { RecordTable } from './record-table.ts';
import { recordKey } from './results.ts';
import type {
  BalanceResult,
  BillingLineResult,
  FileResult,
  RecordOutcome,
  RecordReference,
  Totals,
} from './results.ts';
import { Tally } from './totals.ts';

export interface OracleInput {
  /** Folder with the catalog's YAML files and, at any depth, the subscriptions as *.jsonl. */
  catalogDirectory: string;
  /** Data files in intake order (collectFiles). */
  files: readonly OracleFile[];
  /** Partitions of usage.mediated: the scope of duplicates. Without it every balance group is a scope of its own. */
  partitions?: number;
  /** Orders in which guided records were rated, a list per balance group or partition; what no list names comes after, in intake order. By default all are rated in intake order. */
  order?: Iterable<Iterable<RecordReference>>;
  /** Called after every file. */
  onProgress?: (progress: { files: number; records: number }) => void;
  /** Takes every record's outcome; then none is kept and `records` stays empty. */
  onRecord?: (fileId: string, recordNumber: number, outcome: RecordOutcome) => void;
}

export interface OracleResult {
  files: FileResult[];
  records: RecordTable;
  balances: BalanceResult[];
  /** Of one final run over everything. */
  lines: BillingLineResult[];
  totals: Totals;
  /** Rounding of the billing line per currency, for results of several runs. */
  billingRounding: Record<string, Rounding>;
}

/** A record that reached rating. */
interface Guided {
  reference: RecordReference;
  record: ParsedRecord;
  subscription: Subscription;
}

/** Computes what the product must have computed from the same files and catalog (docs/rules.md). Synchronous; throws on a broken catalog or unreadable file. */
export function runOracle(input: OracleInput): OracleResult {
  return new Oracle(
    input,
    readCatalog(input.catalogDirectory),
    readSubscriptions(input.catalogDirectory),
  ).run();
}

class Oracle {
  readonly #input: OracleInput;
  readonly #catalog: Catalog;
  readonly #directory: Directory;
  readonly #zones = new Zones();
  readonly #expressions: Expressions;
  readonly #rater: Rater;
  readonly #duplicates: Duplicates;
  readonly #aggregation: Aggregation;
  readonly #tally = new Tally();
  readonly #records = new RecordTable();
  /** Guided records by key, held back until their order is known; null when intake order rules. */
  readonly #waiting: Map<string, Guided> | null;

  constructor(input: OracleInput, catalog: Catalog, directory: Directory) {
    this.#input = input;
    this.#catalog = catalog;
    this.#directory = directory;
    this.#expressions = new Expressions(catalog.lookupTables);
    this.#rater = new Rater(catalog, directory, this.#expressions, this.#zones);
    this.#duplicates = new Duplicates(input.partitions ?? null, this.#catalog.duplicateWindowDays);
    this.#aggregation = new Aggregation(catalog);
    this.#waiting = input.order === undefined ? null : new Map();
  }

  run(): OracleResult {
    const accepted = new Set<string>();
    const files: FileResult[] = [];
    let records = 0;
    for (const one of this.#input.files) {
      const file = readFile(this.#catalog, one, accepted);
      files.push(file.result);
      this.#tally.file(file.result);
      if (file.result.status === 'ACCEPTED') {
        this.#readRecords(file);
        records += file.result.details;
      }
      this.#input.onProgress?.({ files: files.length, records });
    }
    this.#rateWaiting();
    const lines = this.#aggregation.lines();
    const currencies = [...this.#catalog.currencies.values()];
    return {
      ...{ files, records: this.#records, balances: this.#rater.balances.results(), lines },
      totals: this.#tally.results(lines),
      billingRounding: Object.fromEntries(currencies.map(({ id, billing }) => [id, billing])),
    };
  }

  #readRecords(file: ReadFile): void {
    for (const { number, bytes } of linesOf(file.bytes)) {
      if (bytes.length === 0 || number === file.headerLine || number === file.trailerLine) continue;
      this.#readRecord(file, { fileId: file.result.fileId, recordNumber: number }, bytes);
    }
  }

  /** Parse, mediate and guide; then rate or wait. */
  #readRecord(file: ReadFile, reference: RecordReference, bytes: Buffer): void {
    const { stream, fileDay } = file;
    if (stream === null) throw new Error('an accepted file has a stream');
    const zone = this.#zones.get(stream.mapping.timeZone);
    const parsed = parseRecord(stream, zone, bytes);
    if ('code' in parsed) {
      this.#emit(reference, { outcome: 'error', code: parsed.code });
      return;
    }
    const { record } = parsed;
    const mediation = mediate(stream, this.#expressions, record);
    if (mediation.kind !== 'passed') {
      this.#emit(reference, { outcome: mediation.kind, code: mediation.code });
      return;
    }
    const guiding = guide(this.#catalog, this.#directory, { stream, zone, fileDay }, record);
    if ('code' in guiding) {
      this.#emit(reference, { outcome: 'suspended', code: guiding.code });
      return;
    }
    const guided: Guided = { reference, record, subscription: guiding.subscription };
    if (this.#waiting === null) this.#rate(guided);
    else this.#waiting.set(recordKey(reference.fileId, reference.recordNumber), guided);
  }

  #rateWaiting(): void {
    if (this.#waiting === null) return;
    for (const list of this.#input.order ?? []) {
      for (const { fileId, recordNumber } of list) {
        const key = recordKey(fileId, recordNumber);
        const guided = this.#waiting.get(key);
        if (guided === undefined) continue;
        this.#waiting.delete(key);
        this.#rate(guided);
      }
    }
    for (const guided of this.#waiting.values()) this.#rate(guided);
  }

  #rate({ reference, record, subscription }: Guided): void {
    const { account, id, balanceGroup } = subscription;
    const owner = { account, subscription: id, balanceGroup };
    if (!this.#duplicates.covers(balanceGroup, record)) {
      this.#emit(reference, { outcome: 'suspended', code: 'DUPLICATE_WINDOW_PASSED', ...owner });
      return;
    }
    if (this.#duplicates.has(balanceGroup, record)) {
      this.#emit(reference, { outcome: 'duplicate', code: 'DUPLICATE_RECORD', ...owner });
      return;
    }
    const rating = this.#rater.rate(record, subscription);
    if ('code' in rating) {
      this.#emit(reference, { outcome: 'suspended', code: rating.code, ...owner });
      return;
    }
    this.#duplicates.add(balanceGroup, record);
    const usageType = this.#catalog.usageTypes.get(textOf(record.container, 'usageType'));
    if (usageType === undefined) throw new Error('a rated record has a usage type');
    this.#aggregation.add(subscription, usageType, rating.charges);
    const charges = rating.charges.map(({ charge }) => charge);
    this.#emit(reference, { outcome: 'rated', code: '', ...owner, charges }, rating.charges);
  }

  #emit(
    { fileId, recordNumber }: RecordReference,
    outcome: RecordOutcome,
    charges: readonly RatedCharge[] = [],
  ): void {
    this.#tally.record(outcome, charges);
    if (this.#input.onRecord === undefined) this.#records.add(fileId, recordNumber, outcome);
    else this.#input.onRecord(fileId, recordNumber, outcome);
  }
}
