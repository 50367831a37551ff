import { formatCount, formatDuration, formatExact } from '../decimal-format.ts';
import type { JudgeResult, BillingStatusRow, ReconciliationStage, RunReport } from '../report-model.ts';
import { card, dataTable, section } from './elements.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

const numeric = (title: string) => ({ title, numeric: true });

const STATUS_LOOK: Record<BillingStatusRow['status'], string> = {
  COMPLETE: 'ok',
  ERROR: 'no',
  PENDING: 'hm',
  IGNORED: 'hm',
  INCOMPLETE: 'hm',
};

export function billingSection(report: RunReport): Markup {
  const { billing, run } = report;
  const status = billing.byStatus.map((row) => [
    html`<span class="status ${STATUS_LOOK[row.status]}">${row.status}</span>`,
    formatCount(row.lines),
    formatCount(row.charges),
    formatExact(row.amount, 2),
    formatExact(row.billed, 2),
  ]);
  const errors = billing.errors.map((row) => [
    html`<code>${row.code}</code> ${row.text}`,
    formatCount(row.lines),
    formatExact(row.billed, 2),
  ]);
  return section(
    'billing',
    'Billing',
    `${formatCount(billing.calls)} calls to the billing system, ${formatCount(billing.retries)} repeated; none charged twice if the lines below agree.`,
    [
      card(
        7,
        'Lines by status',
        `Amounts in ${run.currency}.`,
        dataTable(
          'Billing lines by status',
          [
            { title: 'Status' },
            numeric('Lines'),
            numeric('Charges'),
            numeric('Exact amount'),
            numeric('Billed'),
          ],
          status,
        ),
      ),
      card(
        5,
        'Refused lines',
        'With the code of the billing system.',
        errors.length === 0
          ? html`<p class="quiet">None.</p>`
          : dataTable(
              'Refused lines by code',
              [{ title: 'Code' }, numeric('Lines'), numeric('Billed')],
              errors,
            ),
      ),
    ],
  );
}

const isZero = (text: string) => /^-?0+(\.0+)?$/.test(text);

function stageRows(stage: ReconciliationStage): Markup[] {
  return stage.measures.map(
    (measure, i) =>
      html`<tr>
        ${
          i > 0
            ? null
            : html`<th scope="rowgroup" class="stage" rowspan="${stage.measures.length}">
                ${stage.title}<small>${stage.left} = ${stage.right}</small>
              </th>`
        }
        <td>${measure.name}</td>
        <td class="n">${formatExact(measure.left)}</td>
        <td class="n">${formatExact(measure.right)}</td>
        <td class="n">
          <span class="${isZero(measure.difference) ? 'zero' : 'diff'}"
            >${isZero(measure.difference) ? '✓ ' : '✗ '}${formatExact(measure.difference)}</span
          >
        </td>
      </tr>`,
  );
}

function chain(report: RunReport): Markup {
  const { stages, rounding } = report.reconciliation;
  return html`<div class="scroll">
    <table class="chain" aria-label="Reconciliation from file to billing line">
      <thead>
        <tr>
          <th scope="col">Stage</th>
          <th scope="col">Measure</th>
          <th scope="col" class="n">Left</th>
          <th scope="col" class="n">Right</th>
          <th scope="col" class="n">Difference</th>
        </tr>
      </thead>
      <tbody>
        ${stages.map(stageRows)}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Rounding of billing lines</th>
          <td>amount, ${report.run.currency}</td>
          <td class="n">${formatExact(rounding.amount, 2)}</td>
          <td class="n">${formatExact(rounding.billed, 2)}</td>
          <td class="n">${formatExact(rounding.difference, 2)}</td>
        </tr>
      </tfoot>
    </table>
  </div>`;
}

function judgeTable({ checks }: JudgeResult): Markup {
  return dataTable(
    'Checks of the judge',
    [{ title: 'Check' }, numeric('Compared'), numeric('Differences')],
    checks.map((check) => [
      html`${check.name}${check.examples.map((example) => html`<br /><small class="diff">${example}</small>`)}`,
      formatCount(check.compared),
      html`<span class="${check.differences === 0 ? 'zero' : 'diff'}"
        >${check.differences === 0 ? '✓ 0' : `✗ ${formatCount(check.differences)}`}</span
      >`,
    ]),
  );
}

export function proofSection(report: RunReport): Markup {
  const { judge } = report;
  return section(
    'proof',
    'Reconciliation',
    'Both sides of every joint, counted independently. A difference anywhere would be red here and in the banner.',
    [
      card(
        7,
        'From file to billing line',
        'Left and right must be equal; only rounding may differ, and it is shown.',
        chain(report),
      ),
      judge === null
        ? card(5, 'The judge', 'Was not asked: run the demo with --judge.', html``)
        : card(
            5,
            'The judge',
            html`A second implementation of the rules that shares no code with the product:
              <strong>${judge.verdict.toLowerCase()}</strong> in ${formatDuration(judge.milliseconds)}.`,
            judgeTable(judge),
          ),
    ],
  );
}
