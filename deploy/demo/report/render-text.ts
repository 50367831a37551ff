import {
  addDecimals,
  drawable,
  formatBytes,
  formatCount,
  formatDuration,
  formatExact,
  formatRate,
  formatShare,
} from './decimal-format.ts';
import { filesOfInterest } from './files-of-interest.ts';
import { countDifferences, isClean } from './report-model.ts';
import type { CodeCount, JudgeResult, PhaseCounts, RunReport } from './report-model.ts';
import { renderTextTable } from './text-table.ts';
import type { CellStyle, TextColumn } from './text-table.ts';

export interface TextOptions {
  /** Characters in a line; at least 60 is assumed. */
  width: number;
  /** ANSI colours; leave them out when NO_COLOR is set or the output is no terminal (see wantsColor). */
  color: boolean;
  /** Every file instead of the fifteen of most interest. */
  allFiles: boolean;
}

const FILES_SHOWN = 15;
const ZONES_SHOWN = 12;
const NARROWEST = 60;

/** The convention of no-color.org, with FORCE_COLOR as its counterpart. */
export function wantsColor(
  environment: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if ((environment['NO_COLOR'] ?? '') !== '') return false;
  if ((environment['FORCE_COLOR'] ?? '') !== '') return true;
  return isTerminal && environment['TERM'] !== 'dumb';
}

type Painter = (text: string) => string;
type Paint = Readonly<Record<'bold' | 'dim' | 'good' | 'bad' | 'warn', Painter>>;

function createPaint(color: boolean): Paint {
  const wrap = (code: string) => (text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { bold: wrap('1'), dim: wrap('2'), good: wrap('32'), bad: wrap('31'), warn: wrap('33') };
}

interface Page {
  report: RunReport;
  options: TextOptions;
  paint: Paint;
  width: number;
}

const left = (title: string, shrinks = false): TextColumn => ({ title, align: 'left', shrinks });
const right = (title: string, optional = false): TextColumn => ({ title, align: 'right', optional });

function table(page: Page, columns: TextColumn[], rows: string[][], style?: CellStyle): string[] {
  const shown = { columns, rows, width: page.width, head: page.paint.dim };
  return renderTextTable(style === undefined ? shown : { ...shown, style });
}

function section(page: Page, title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : ['', page.paint.bold(title), ...lines];
}

/** Facts joined by dots, in as many lines as the width needs. */
function wrapped(facts: readonly string[], width: number): string[] {
  return facts.reduce<string[]>((lines, fact) => {
    const last = lines.at(-1);
    const joined = last === undefined ? fact : `${last} · ${fact}`;
    return last === undefined || joined.length > width ? [...lines, fact] : [...lines.slice(0, -1), joined];
  }, []);
}

function headline(page: Page): string[] {
  const { report, paint } = page;
  const { run, totals } = report;
  const differences = countDifferences(report);
  const verdict = isClean(report)
    ? paint.good(paint.bold('✔ ZERO DIFFERENCE'))
    : paint.bad(paint.bold(`✘ ${formatCount(differences)} DIFFERENCES`));
  const details = formatCount(totals.lines.details);
  return [
    `${verdict}  ${details} records, every one followed from file to billing line`,
    ...wrapped(
      [
        `${run.clientName}, ${run.month}`,
        `${report.product.name} ${report.product.version}`,
        run.profile,
        `seed ${run.seed}`,
        `${formatCount(run.subscriptions)} subscriptions`,
        formatDuration(run.milliseconds),
        `${report.machine.processor}, ${report.machine.cores} cores`,
        `Node ${report.machine.node}`,
      ],
      page.width,
    ).map(paint.dim),
    ...run.faults.map((fault) => paint.warn(`survived: ${fault}`)),
  ];
}

function stages(page: Page): string[] {
  const rows = page.report.stages.map((stage) => [
    stage.title,
    formatDuration(stage.milliseconds),
    `${formatCount(stage.items)} ${stage.unit}`,
    formatRate(stage.perSecond),
  ]);
  return section(
    page,
    'Stages',
    table(page, [left('stage', true), right('time'), right('items'), right('rate')], rows),
  );
}

const orDot = (count: number) => (count === 0 ? '·' : formatCount(count));

function files(page: Page): string[] {
  const { report, options, paint } = page;
  const { totals } = report;
  const ordered = options.allFiles ? report.files : filesOfInterest(report.files);
  const shown = options.allFiles ? ordered : ordered.slice(0, FILES_SHOWN);
  const rows = shown.map(({ file, status, code, details, phases }) => [
    file,
    code ?? status,
    formatCount(details),
    orDot(phases.parse.error + phases.mediation.error),
    orDot(phases.mediation.ignored),
    orDot(phases.rating.suspended),
    orDot(phases.rating.duplicates),
    formatCount(phases.rating.processed),
  ]);
  const style: CellStyle = (text, row, column) => {
    if (column !== 1) return text;
    const { status } = shown[row]!;
    return status === 'ACCEPTED'
      ? paint.dim(text)
      : status === 'DUPLICATE'
        ? paint.warn(text)
        : paint.bad(text);
  };
  const columns = [
    left('file', true),
    left('verdict', true),
    right('details', true),
    right('error', true),
    right('ignored', true),
    right('suspended'),
    right('duplicate'),
    right('rated'),
  ];
  const rest = report.files.length - shown.length;
  const more = rest > 0 ? [paint.dim(`and ${formatCount(rest)} more (--all-files shows them)`)] : [];
  const { accepted, rejected, duplicate } = totals.files;
  const title =
    `Files: ${formatCount(accepted)} accepted, ${formatCount(rejected)} rejected, ` +
    `${formatCount(duplicate)} duplicate; ${formatBytes(totals.bytes)}`;
  return section(page, title, [...table(page, columns, rows, style), ...more]);
}

function phases(page: Page): string[] {
  const row = (title: string, counts: PhaseCounts) => [
    title,
    ...[
      counts.total,
      counts.processed,
      counts.ignored,
      counts.suspended,
      counts.error,
      counts.duplicates,
    ].map(orDot),
  ];
  const { parse, mediation, rating } = page.report.totals.phases;
  const columns = [
    left('phase'),
    right('total'),
    right('processed'),
    right('ignored'),
    right('suspended'),
    right('error'),
    right('duplicate'),
  ];
  return section(
    page,
    'Records by phase',
    table(page, columns, [row('parse', parse), row('mediation', mediation), row('rating', rating)]),
  );
}

function codes(page: Page, title: string, counts: readonly CodeCount[]): string[] {
  const total = counts.reduce((sum, count) => sum + count.records, 0);
  const rows = counts.map(({ code, title: text, records }) => [
    code,
    formatCount(records),
    formatShare(records, total),
    text,
  ]);
  return section(
    page,
    `${title}: ${formatCount(total)}`,
    rows.length === 0
      ? []
      : table(page, [left('code'), right('records'), right('share'), left('meaning', true)], rows),
  );
}

function usageTypes(page: Page): string[] {
  const { charges, totals } = page.report;
  const rows = charges.byUsageType.map((row) => [
    row.usageType,
    formatCount(row.records),
    formatCount(row.charges),
    `${formatExact(row.quantity)} ${row.unit}`,
    formatExact(row.gross, 2),
    formatExact(row.net, 2),
    row.margin === null ? '·' : formatExact(row.margin, 2),
  ]);
  rows.push([
    'all',
    formatCount(totals.rated),
    formatCount(totals.charges),
    '',
    formatExact(totals.gross, 2),
    formatExact(totals.net, 2),
    '',
  ]);
  const columns = [
    left('usage type'),
    right('records'),
    right('charges'),
    right('quantity'),
    right('gross'),
    right('net'),
    right('margin', true),
  ];
  return section(page, `Charges in ${page.report.run.currency}`, table(page, columns, rows));
}

function zones(page: Page): string[] {
  const sorted = [...page.report.charges.byZone].sort((a, b) => drawable(b.net) - drawable(a.net));
  const rows = sorted
    .slice(0, ZONES_SHOWN)
    .map((row) => [
      row.zone,
      row.timeClass,
      formatCount(row.charges),
      `${formatExact(row.quantity)} ${row.unit}`,
      formatExact(row.net, 2),
    ]);
  const rest = sorted.length - rows.length;
  const lines = table(
    page,
    [left('zone', true), left('time class'), right('charges'), right('quantity'), right('net')],
    rows,
  );
  if (rest > 0) lines.push(page.paint.dim(`and ${rest} more`));
  return section(page, 'Charges by zone and time class', rows.length === 0 ? [] : lines);
}

const BLOCKS = '▁▂▃▄▅▆▇█';

/** One character for each day, as high as the day's records; each service type by its own measure. */
function days(page: Page): string[] {
  const { byDay } = page.report.charges;
  const services = [...new Set(byDay.map((row) => row.serviceType))];
  const lines = services.map((service) => {
    const rows = byDay.filter((row) => row.serviceType === service);
    const most = rows.reduce((highest, row) => Math.max(highest, row.records), 1);
    const bars = rows.map((row) => BLOCKS[Math.min(7, Math.floor((row.records / most) * 8))]!).join('');
    const net = addDecimals(rows.map((row) => row.net));
    return `${service.padEnd(8)}${bars}  ${page.paint.dim(`net ${formatExact(net, 2)}`)}`;
  });
  return section(page, 'Rated records by day', lines);
}

function allowances(page: Page): string[] {
  const rows = page.report.allowances.map((row) => [
    row.name,
    formatCount(row.buckets),
    formatCount(row.exhausted),
    `${formatExact(row.granted)} ${row.unit}`,
    formatExact(row.consumed),
    formatExact(row.overage),
    formatExact(row.overageNet, 2),
  ]);
  const columns = [
    left('allowance', true),
    right('buckets', true),
    right('used up'),
    right('granted', true),
    right('consumed'),
    right('beyond it'),
    right('net beyond it'),
  ];
  return section(page, 'Allowances', rows.length === 0 ? [] : table(page, columns, rows));
}

function billing(page: Page): string[] {
  const { billing: sent } = page.report;
  const rows = sent.byStatus.map((row) => [
    row.status,
    formatCount(row.lines),
    formatCount(row.charges),
    formatExact(row.amount, 2),
    formatExact(row.billed, 2),
  ]);
  const errors = sent.errors.map((row) => [
    String(row.code),
    formatCount(row.lines),
    formatExact(row.billed, 2),
    row.text,
  ]);
  return section(
    page,
    `Billing lines: ${formatCount(sent.calls)} calls, ${formatCount(sent.retries)} repeated`,
    [
      ...table(
        page,
        [left('status'), right('lines'), right('charges'), right('amount'), right('billed')],
        rows,
      ),
      ...(errors.length === 0
        ? []
        : [
            '',
            ...table(page, [left('refused'), right('lines'), right('billed'), left('meaning', true)], errors),
          ]),
    ],
  );
}

function reconciliation(page: Page): string[] {
  const { stages: joints, rounding } = page.report.reconciliation;
  const rows = joints.flatMap((stage) =>
    stage.measures.map((measure, i) => [
      i === 0 ? stage.title : '',
      measure.name,
      formatExact(measure.left),
      formatExact(measure.right),
      formatExact(measure.difference),
    ]),
  );
  const isZero = (text: string) => /^\s*-?0$/.test(text);
  const style: CellStyle = (text, _row, column) =>
    column !== 4 ? text : isZero(text) ? page.paint.good(text) : page.paint.bad(text);
  const columns = [
    left('stage', true),
    left('measure', true),
    right('left'),
    right('right'),
    right('difference'),
  ];
  const shown = `Rounding: ${formatExact(rounding.amount, 2)} exact, ${formatExact(rounding.billed, 2)} billed, ${formatExact(rounding.difference, 2)} shown`;
  return section(page, 'Reconciliation', [...table(page, columns, rows, style), page.paint.dim(shown)]);
}

function judge(page: Page, result: JudgeResult): string[] {
  const { checks, milliseconds, verdict } = result;
  const rows = checks.map((check) => [
    check.differences === 0 ? '✔' : '✘',
    check.name,
    formatCount(check.compared),
    formatCount(check.differences),
  ]);
  const style: CellStyle = (text, row, column) =>
    column !== 0 ? text : checks[row]!.differences === 0 ? page.paint.good(text) : page.paint.bad(text);
  const examples = checks.flatMap((check) =>
    check.examples.map((example) => page.paint.bad(`  ${check.name}: ${example}`)),
  );
  return section(page, `Judge: ${verdict} in ${formatDuration(milliseconds)} (own code, same rules)`, [
    ...table(page, [left(''), left('check', true), right('compared'), right('differences')], rows, style),
    ...examples,
  ]);
}

/** The report for a terminal; ends with a line end. */
export function renderText(report: RunReport, options: TextOptions): string {
  const page: Page = {
    report,
    options,
    paint: createPaint(options.color),
    width: Math.max(NARROWEST, options.width),
  };
  const duplicates = report.duplicates;
  const lines = [
    ...headline(page),
    ...stages(page),
    ...files(page),
    ...phases(page),
    ...codes(page, 'Errors', report.errors),
    ...codes(page, 'Ignored by filters', report.ignored),
    ...codes(page, 'Suspended', report.suspense),
    ...section(
      page,
      `Duplicates: ${formatCount(duplicates.files)} files, ${formatCount(duplicates.records)} records`,
      [isClean(report) ? 'none of them charged twice' : 'see the judge for what was charged'],
    ),
    ...usageTypes(page),
    ...zones(page),
    ...days(page),
    ...allowances(page),
    ...billing(page),
    ...reconciliation(page),
    ...(report.judge === null ? [] : judge(page, report.judge)),
  ];
  return `${lines.join('\n')}\n`;
}
