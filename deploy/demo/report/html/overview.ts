import {
  formatBytes,
  formatCount,
  formatDuration,
  formatExact,
  formatRate,
  formatRounded,
  formatShare,
} from '../decimal-format.ts';
import { countDifferences, isClean } from '../report-model.ts';
import type { RunReport } from '../report-model.ts';
import { html } from './markup.ts';
import type { Content, Markup } from './markup.ts';

const SEAL = {
  good: html`<svg class="seal" viewBox="0 0 92 92" aria-hidden="true">
    <circle cx="46" cy="46" r="43" fill="none" stroke="#fff" stroke-opacity=".35" stroke-width="3" />
    <circle cx="46" cy="46" r="34" fill="#fff" fill-opacity=".16" />
    <path
      d="M29 47.5 41 59.500 64 34"
      fill="none"
      stroke="#fff"
      stroke-width="7"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>`,
  bad: html`<svg class="seal" viewBox="0 0 92 92" aria-hidden="true">
    <circle cx="46" cy="46" r="43" fill="none" stroke="#fff" stroke-opacity=".35" stroke-width="3" />
    <circle cx="46" cy="46" r="34" fill="#fff" fill-opacity=".16" />
    <path d="M33 33 59 59M59 33 33 59" fill="none" stroke="#fff" stroke-width="7" stroke-linecap="round" />
  </svg>`,
};

function linesOf(report: RunReport): number {
  return report.billing.byStatus.reduce((sum, row) => sum + row.lines, 0);
}

/** The one thing that a reader must know first. */
export function banner(report: RunReport): Markup {
  const { totals, judge } = report;
  const differences = countDifferences(report);
  const clean = isClean(report);
  const text = clean
    ? 'Every record and every penny is accounted for, from the file to the billing line.'
    : 'Something does not add up. The judge and the reconciliation below say what.';
  const proof = [
    ...(judge === null
      ? []
      : [
          `Judge: ${formatCount(judge.checks.reduce((sum, check) => sum + check.compared, 0))} comparisons in ${formatDuration(judge.milliseconds)}`,
        ]),
    `${formatCount(report.duplicates.records)} records and ${formatCount(report.duplicates.files)} files sent twice`,
    ...report.run.faults.map((fault) => `survived: ${fault}`),
  ];
  return html`<div class="hero ${clean ? '' : 'bad'}" role="status">
    ${clean ? SEAL.good : SEAL.bad}
    <div>
      <strong
        >${clean ? 'Zero difference' : `${formatCount(differences)} difference${differences === 1 ? '' : 's'}`}</strong
      >
      <p>
        ${formatCount(totals.lines.details)} records in ${formatCount(report.files.length)} files became
        ${formatCount(totals.charges)} charges and ${formatCount(linesOf(report))} billing lines. ${text}
      </p>
      <div class="proof">${proof.map((item) => html`<span>${item}</span>`)}</div>
    </div>
  </div>`;
}

/** Characters beyond which a figure is set smaller. */
const LONG = 10;

function tile(label: string, value: Content, note: Content, isLong = false): Markup {
  return html`<li class="tile">
    <div class="label">${label}</div>
    <div class="value ${isLong ? 'long' : ''}">${value}</div>
    <div class="note">${note}</div>
  </li>`;
}

/** Rounded, with the exact amount on hover. */
function moneyTile(label: string, amount: string, note: string, currency: string): Markup {
  const shown = formatRounded(amount, 2);
  const value = html`<span title="${formatExact(amount, 2)} ${currency}">${shown}</span>`;
  return tile(`${label}, ${currency}`, value, note, shown.length > LONG);
}

export function tiles(report: RunReport): Markup {
  const { totals, run, billing } = report;
  const pipeline = report.stages.find((stage) => stage.id === 'pipeline') ?? report.stages[0];
  const complete = billing.byStatus.find((row) => row.status === 'COMPLETE');
  const { suspended, duplicates } = totals.phases.rating;
  const { details } = totals.lines;
  return html`<ul class="tiles" aria-label="Key figures">
    ${tile('Usage records', formatCount(details), `${formatCount(report.files.length)} files, ${formatBytes(totals.bytes)}`)}
    ${tile('Rated', formatCount(totals.rated), `${formatShare(totals.rated, details)} of all records`)}
    ${moneyTile('Net charges', totals.net, `${formatRounded(totals.gross, 2)} before allowances`, run.currency)}
    ${moneyTile('Billed', complete?.billed ?? '0', `${formatCount(complete?.lines ?? 0)} of ${formatCount(linesOf(report))} lines`, run.currency)}
    ${tile('Suspended', formatCount(suspended), `${formatShare(suspended, details)}, each with a reason`)}
    ${tile('Duplicates stopped', formatCount(duplicates), `and ${formatCount(report.duplicates.files)} whole files`)}
    ${pipeline === undefined ? null : tile('Speed', formatRate(pipeline.perSecond), `${pipeline.title}, ${formatDuration(pipeline.milliseconds)}`)}
  </ul>`;
}
