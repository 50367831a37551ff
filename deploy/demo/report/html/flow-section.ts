import { formatCount, formatDuration, formatRate, formatShare } from '../decimal-format.ts';
import type { CodeCount, RunReport } from '../report-model.ts';
import { barList, card, dataTable, legend, section, tableTwin } from './elements.ts';
import { flowDiagram } from './flow-diagram.ts';
import type { FlowStep } from './flow-diagram.ts';
import { lineChart } from './line-chart.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

type Exits = FlowStep['exits'];

function billingExits(report: RunReport): Exits {
  const { byStatus } = report.billing;
  const others = byStatus.filter((row) => row.status !== 'COMPLETE');
  const titles = { ERROR: 'refused', PENDING: 'not yet sent', IGNORED: 'ignored', INCOMPLETE: 'incomplete' };
  return others.map(({ status, records }) => ({
    title: status === 'COMPLETE' ? '' : titles[status],
    count: records,
    color: status === 'ERROR' ? 'var(--bad)' : 'var(--warn)',
  }));
}

/** From the lines of the files to the records that billing has accepted. */
function stepsOf(report: RunReport): FlowStep[] {
  const { lines, detailsNotLoaded, phases } = report.totals;
  const { parse, mediation, rating } = phases;
  const complete = report.billing.byStatus.find((row) => row.status === 'COMPLETE');
  const exit = (title: string, count: number, color: string) => ({ title, count, color: `var(--${color})` });
  return [
    {
      title: 'Lines',
      count: lines.total,
      exits: [exit('frame lines', lines.total - lines.details, 'muted')],
    },
    { title: 'Records', count: lines.details, exits: [exit('file refused', detailsNotLoaded, 'bad')] },
    { title: 'Loaded', count: parse.total, exits: [exit('malformed', parse.error, 'bad')] },
    {
      title: 'Parsed',
      count: mediation.total,
      exits: [exit('filtered', mediation.ignored, 'muted'), exit('rule failed', mediation.error, 'bad')],
    },
    {
      title: 'Mediated',
      count: rating.total,
      exits: [
        exit('suspended', rating.suspended, 'warn'),
        exit('duplicate', rating.duplicates, 'muted'),
        exit('error', rating.error, 'bad'),
      ],
    },
    { title: 'Rated', count: rating.processed, exits: billingExits(report) },
    { title: 'Billed', count: complete?.records ?? 0, exits: [] },
  ];
}

/** Bars of records by code, the most frequent first. */
function codeBars(label: string, counts: readonly CodeCount[], color: string): Markup {
  if (counts.length === 0) return html`<p class="quiet">None.</p>`;
  const total = counts.reduce((sum, count) => sum + count.records, 0);
  const sorted = [...counts].sort((a, b) => b.records - a.records);
  const most = sorted[0]!.records;
  return barList(
    label,
    sorted.map(({ code, title, records }) => ({
      name: title,
      note: code,
      figure: formatCount(records),
      figureNote: formatShare(records, total),
      segments: [
        { share: most === 0 ? 0 : records / most, color, title: `${title}: ${formatCount(records)}` },
      ],
    })),
  );
}

const LINE_COLORS = ['var(--sms)', 'var(--voice)', 'var(--data)', 'var(--muted)'];

function throughput(report: RunReport): Markup {
  const series = report.throughput.map(({ title, perSecond }, i) => ({
    name: title,
    color: LINE_COLORS[i % LINE_COLORS.length]!,
    values: perSecond,
  }));
  const slices = report.throughput.map((item) => (item.perSecond.length * item.sliceMilliseconds) / 1000);
  const seconds = Math.max(0, ...slices);
  if (seconds === 0) return html`<p class="quiet">Not measured.</p>`;
  const rows = report.throughput.flatMap(({ title, perSecond, sliceMilliseconds }) =>
    perSecond.map((rate, i) => [
      title,
      `${((i * sliceMilliseconds) / 1000).toFixed(2)} s`,
      formatCount(Math.round(rate)),
    ]),
  );
  return html`${legend(series.map(({ name, color }) => ({ label: name, color })))}${lineChart({ label: 'Records a second over the run', series, seconds })}${tableTwin('Records a second over the run', [{ title: 'Stage' }, { title: 'From' }, { title: 'Per second', numeric: true }], rows)}`;
}

function stageTable(report: RunReport): Markup {
  return dataTable(
    'Stages of the run',
    [
      { title: 'Stage' },
      { title: 'Time', numeric: true },
      { title: 'Items', numeric: true },
      { title: 'Rate', numeric: true },
    ],
    report.stages.map((stage) => [
      stage.title,
      formatDuration(stage.milliseconds),
      `${formatCount(stage.items)} ${stage.unit}`,
      formatRate(stage.perSecond),
    ]),
  );
}

export function flowSection(report: RunReport): Markup {
  const steps = stepsOf(report);
  const rows = steps.flatMap((step) => [
    [step.title, '', formatCount(step.count)],
    ...step.exits.map((exit) => [step.title, exit.title, formatCount(exit.count)]),
  ]);
  return section(
    'flow',
    'The way of the records',
    'Nothing disappears: what does not reach the end leaves at a named exit and stays countable.',
    [
      card(12, 'From line to bill', 'Records; the band is drawn to scale, exits at least as a thin line.', [
        flowDiagram('Records from files to billing, with the exits of each phase', steps),
        tableTwin(
          'Records by phase and exit',
          [{ title: 'Phase' }, { title: 'Exit' }, { title: 'Records', numeric: true }],
          rows,
        ),
      ]),
      card(7, 'Throughput over time', 'Records a second.', throughput(report)),
      card(5, 'Stages', `${formatDuration(report.run.milliseconds)} in all.`, stageTable(report)),
    ],
  );
}

export function outcomesSection(report: RunReport): Markup {
  return section(
    'suspense',
    'Records that were not charged',
    'Suspended records are genuine: correct the catalog or the account and process them again. Errors are faults of the source.',
    [
      card(
        6,
        'Suspended, by code',
        `${formatCount(report.totals.phases.rating.suspended)} records wait for a correction.`,
        codeBars('Suspended records by code', report.suspense, 'var(--warn)'),
      ),
      card(
        6,
        'Errors, by code',
        'Malformed records and failed rules.',
        codeBars('Errors by code', report.errors, 'var(--bad)'),
      ),
      card(
        6,
        'Ignored, by filter',
        'Excluded on purpose.',
        codeBars('Ignored records by filter', report.ignored, 'var(--muted)'),
      ),
      card(
        6,
        'Duplicates',
        'Recognised before they could be charged.',
        dataTable(
          'Duplicates',
          [{ title: 'What' }, { title: 'Count', numeric: true }],
          [
            ['Whole files sent again', formatCount(report.duplicates.files)],
            ['Records sent again', formatCount(report.duplicates.records)],
          ],
        ),
      ),
    ],
  );
}
