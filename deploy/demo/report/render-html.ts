import { formatBytes, formatCount } from './decimal-format.ts';
import { chargesSection, usageSection } from './html/charges-section.ts';
import { filesSection } from './html/files-section.ts';
import { flowSection, outcomesSection } from './html/flow-section.ts';
import { html, trusted } from './html/markup.ts';
import type { Markup } from './html/markup.ts';
import { banner, tiles } from './html/overview.ts';
import { billingSection, proofSection } from './html/proof-section.ts';
import { SCRIPT } from './html/script.ts';
import { STYLES } from './html/styles.ts';
import type { RunReport } from './report-model.ts';

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
const MARK = html`<svg viewBox="0 0 26 26" aria-hidden="true">
  <rect width="26" height="26" rx="7" style="fill:var(--accent)" />
  <path
    d="M7 7v12M11 7v12M15 7v12M19 7v12M4.500 17.500 21.500 8.500"
    stroke="#fff"
    stroke-width="2"
    stroke-linecap="round"
    fill="none"
  />
</svg>`;
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function monthName(month: string): string {
  return `${MONTHS[Number(month.slice(5)) - 1] ?? month} ${month.slice(0, 4)}`;
}

function title(report: RunReport): Markup {
  const { run } = report;
  const facts = [
    `run ${run.id}`,
    run.profile,
    `seed ${run.seed}`,
    `${formatCount(run.subscriptions)} subscriptions`,
    run.startedAt.slice(0, 16).replace('T', ' ') + ' UTC',
  ];
  return html`<div class="title">
    <div>
      <h1>${run.clientName}, ${monthName(run.month)}</h1>
      <p>Usage from file to billing line</p>
    </div>
    <div class="facts">${facts.map((fact) => html`<span class="chip">${fact}</span>`)}</div>
  </div>`;
}

function footer(report: RunReport): Markup {
  const { machine, product } = report;
  const peak =
    machine.peakMemoryBytes === null
      ? null
      : html`<span>peak memory ${formatBytes(machine.peakMemoryBytes)}</span>`;
  return html`<footer>
    <span>${product.name} ${product.version}</span
    ><span>${machine.processor}, ${machine.cores} cores, ${formatBytes(machine.memoryBytes)}</span
    ><span>${machine.system}, Node ${machine.node}</span>${peak}<span
      >${report.run.clientName} is fictitious</span
    >
  </footer>`;
}

const LINKS = [
  ['flow', 'Flow'],
  ['usage', 'Usage'],
  ['charges', 'Charges'],
  ['suspense', 'Suspense'],
  ['billing', 'Billing'],
  ['proof', 'Reconciliation'],
  ['files', 'Files'],
] as const;

/** report.html: one file without any external resource; its own policy forbids them. Readable without script, in light and dark. */
export function renderHtml(report: RunReport): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <title>${report.run.clientName}, ${monthName(report.run.month)}: ${report.product.name}</title>
        <style>
          ${trusted(STYLES)}
        </style>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the report</a>
        <header class="top">
          <div class="wrap">
            <span class="brand">${MARK}${report.product.name}</span>
            <nav aria-label="Sections">
              ${LINKS.map(([id, label]) => html`<a href="#${id}">${label}</a>`)}
            </nav>
            <button class="button" id="theme" type="button">Light / dark</button>
          </div>
        </header>
        <main id="main" class="wrap">
          ${title(report)}${banner(report)}${tiles(report)}
          ${flowSection(report)}${usageSection(report)}${chargesSection(report)}${outcomesSection(report)}${billingSection(report)}${proofSection(report)}${filesSection(report)}
          ${footer(report)}
        </main>
        <script>
          ${trusted(SCRIPT)};
        </script>
      </body>
    </html> `.html;
}
