/** A plain decimal, exact, e.g. "-12.345": amounts in the run's currency, quantities in the unit beside them. */
export type DecimalText = string;

/** What became of a whole file (docs/rules.md, section 2). */
export type FileStatus = 'ACCEPTED' | 'REJECTED' | 'DUPLICATE';

/** Counts of one phase. `total` is the sum of the others; the next phase's total is this one's `processed`. */
export interface PhaseCounts {
  total: number;
  processed: number;
  ignored: number;
  suspended: number;
  error: number;
  duplicates: number;
}

export type PhaseName = 'parse' | 'mediation' | 'rating';

export interface FileRow {
  fileId: string;
  /** Name as it lay in the input folder. */
  file: string;
  platform: string;
  serviceType: string;
  status: FileStatus;
  /** Why the file was not accepted; null when it was. */
  code: string | null;
  bytes: number;
  lines: number;
  details: number;
  phases: Record<PhaseName, PhaseCounts>;
}

/** One step of the run with what it moved; rates are items a second. */
export interface StageTiming {
  id: string;
  title: string;
  milliseconds: number;
  items: number;
  /** What an item is, in the plural: "records", "lines". */
  unit: string;
  perSecond: number;
}

/** Items that each stage finished in a slice of the run. */
export interface ThroughputSeries {
  stage: string;
  title: string;
  /** Width of a slice. */
  sliceMilliseconds: number;
  /** Items a second, slice by slice from the start of the run. */
  perSecond: number[];
}

export interface CodeCount {
  code: string;
  /** What happened, in a few words. */
  title: string;
  records: number;
}

export interface UsageTypeCharges {
  serviceType: string;
  usageType: string;
  records: number;
  charges: number;
  quantity: DecimalText;
  unit: string;
  /** Before allowances. */
  gross: DecimalText;
  /** After allowances: what is charged. */
  net: DecimalText;
  /** What the carriers charge us; null when their files do not say. */
  wholesale: DecimalText | null;
  /** net - wholesale; null like `wholesale`. */
  margin: DecimalText | null;
}

export interface ZoneCharges {
  zone: string;
  timeClass: string;
  charges: number;
  quantity: DecimalText;
  unit: string;
  net: DecimalText;
}

export interface DayCharges {
  /** yyyy-MM-dd, local to the client */
  day: string;
  serviceType: string;
  records: number;
  net: DecimalText;
}

export interface HourCharges {
  /** 0 to 23, local to the client */
  hour: number;
  serviceType: string;
  records: number;
  net: DecimalText;
}

export interface AccountCharges {
  account: string;
  plan: string;
  subscriptions: number;
  records: number;
  net: DecimalText;
}

/** One allowance over all its buckets that were looked at. */
export interface AllowanceUse {
  allowance: string;
  name: string;
  unit: string;
  granted: DecimalText;
  consumed: DecimalText;
  buckets: number;
  /** Buckets of which nothing is left. */
  exhausted: number;
  /** Quantity of the same price rows that no allowance covered. */
  overage: DecimalText;
  /** Net amount of that quantity. */
  overageNet: DecimalText;
}

export interface BillingStatusRow {
  status: 'PENDING' | 'COMPLETE' | 'ERROR' | 'IGNORED' | 'INCOMPLETE';
  lines: number;
  /** Usage records in these lines. */
  records: number;
  charges: number;
  amount: DecimalText;
  billed: DecimalText;
}

export interface BillingErrorRow {
  code: number;
  text: string;
  lines: number;
  billed: DecimalText;
}

/** One quantity compared on both sides of a stage. `difference` = right - left; "0" in a good run. */
export interface ReconciliationMeasure {
  /** "records", "charges", "quantity, seconds", "amount, GBP" */
  name: string;
  kind: 'count' | 'quantity' | 'money';
  left: DecimalText;
  right: DecimalText;
  difference: DecimalText;
}

/** One joint of the chain from file to billing line. */
export interface ReconciliationStage {
  id: string;
  title: string;
  /** What the left and the right numbers are: "lines in files", "headers + trailers + empty + details". */
  left: string;
  right: string;
  measures: ReconciliationMeasure[];
}

export interface JudgeCheck {
  name: string;
  /** Things compared one by one. */
  compared: number;
  differences: number;
  /** The first few differences, for people. */
  examples: string[];
}

export interface JudgeResult {
  verdict: 'PASSED' | 'FAILED';
  milliseconds: number;
  checks: JudgeCheck[];
}

/**
 * Everything that a demo run found out: the document of `npm run demo -- --json`, and what the renderers show. Amounts and
 * quantities are decimal text; counts are whole numbers; the format number changes when a reader would have to.
 */
export interface RunReport {
  format: 1;
  product: { name: string; version: string };
  run: {
    id: string;
    client: string;
    clientName: string;
    /** yyyy-MM */
    month: string;
    seed: string;
    records: number;
    subscriptions: number;
    currency: string;
    timeZone: string;
    profile: string;
    /** ISO 8601, UTC */
    startedAt: string;
    milliseconds: number;
    /** Interruptions that were provoked on purpose: kills and lost answers. */
    faults: string[];
  };
  machine: {
    node: string;
    system: string;
    processor: string;
    cores: number;
    memoryBytes: number;
    peakMemoryBytes: number | null;
  };
  stages: StageTiming[];
  throughput: ThroughputSeries[];
  files: FileRow[];
  totals: {
    files: { accepted: number; rejected: number; duplicate: number };
    bytes: number;
    /** Of all files, accepted or not; `other` are header, trailer and empty lines: total = details + other. */
    lines: { total: number; details: number; other: number };
    /** Those of the details that lie in files that were not accepted: details - detailsNotLoaded = phases.parse.total. */
    detailsNotLoaded: number;
    phases: Record<PhaseName, PhaseCounts>;
    rated: number;
    charges: number;
    gross: DecimalText;
    net: DecimalText;
  };
  duplicates: { files: number; records: number };
  suspense: CodeCount[];
  /** Records with outcome ERROR, of parsing and mediation. */
  errors: CodeCount[];
  /** Records that filters excluded, by rule. */
  ignored: CodeCount[];
  charges: {
    byUsageType: UsageTypeCharges[];
    byZone: ZoneCharges[];
    byDay: DayCharges[];
    byHour: HourCharges[];
    topAccounts: AccountCharges[];
  };
  allowances: AllowanceUse[];
  billing: {
    calls: number;
    retries: number;
    byStatus: BillingStatusRow[];
    errors: BillingErrorRow[];
  };
  reconciliation: {
    stages: ReconciliationStage[];
    /** Exact sum of charges, sum of rounded lines, and what rounding made of it. */
    rounding: { amount: DecimalText; billed: DecimalText; difference: DecimalText };
  };
  /** Null when the judge was not asked (--judge). */
  judge: JudgeResult | null;
}

/** Differences in all: what the judge found and measures that do not agree. Zero is the product's promise. */
export function countDifferences(report: RunReport): number {
  const judged = report.judge?.checks.reduce((sum, check) => sum + check.differences, 0) ?? 0;
  const measures = report.reconciliation.stages.flatMap((stage) => stage.measures);
  return judged + measures.filter((measure) => !/^-?0+(\.0+)?$/.test(measure.difference)).length;
}

/** True when every measure agrees and the judge, where asked, passed. */
export function isClean(report: RunReport): boolean {
  return report.judge?.verdict !== 'FAILED' && countDifferences(report) === 0;
}
