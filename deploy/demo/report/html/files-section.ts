import { formatBytes, formatCount } from '../decimal-format.ts';
import { troubleOf } from '../files-of-interest.ts';
import type { FileRow, FileStatus, RunReport } from '../report-model.ts';
import { card, section } from './elements.ts';
import { html } from './markup.ts';
import type { Content, Markup } from './markup.ts';

const LOOK: Record<FileStatus, string> = { ACCEPTED: 'ok', DUPLICATE: 'hm', REJECTED: 'no' };
const HEADS: readonly [title: string, isNumeric: boolean][] = [
  ['File', false],
  ['Platform', false],
  ['Verdict', false],
  ['Size', true],
  ['Lines', true],
  ['Details', true],
  ['Errors', true],
  ['Ignored', true],
  ['Suspended', true],
  ['Duplicates', true],
  ['Rated', true],
];

function number(count: number): Content {
  return count === 0 ? html`<span class="quiet">0</span>` : formatCount(count);
}

function row(file: FileRow): Markup {
  const { parse, mediation, rating } = file.phases;
  const search = [file.file, file.platform, file.serviceType, file.code ?? '', file.status]
    .join(' ')
    .toLowerCase();
  const cells = [
    parse.error + mediation.error + rating.error,
    mediation.ignored,
    rating.suspended,
    rating.duplicates,
    rating.processed,
  ];
  const hasTrouble = file.status !== 'ACCEPTED' || troubleOf(file) > 0;
  return html`<tr
    data-search="${search}"
    data-status="${file.status}"
    data-trouble="${hasTrouble ? '1' : '0'}"
  >
    <th scope="row"><code title="file id ${file.fileId}">${file.file}</code></th>
    <td>${file.platform} <small class="quiet">${file.serviceType}</small></td>
    <td><span class="status ${LOOK[file.status]}">${file.code ?? file.status}</span></td>
    <td class="n">${formatBytes(file.bytes)}</td>
    <td class="n">${number(file.lines)}</td>
    <td class="n">${number(file.details)}</td>
    ${cells.map((count) => html`<td class="n">${number(count)}</td>`)}
  </tr>`;
}

export function filesSection(report: RunReport): Markup {
  const { accepted, rejected, duplicate } = report.totals.files;
  const tools = html`<div class="tools">
    <input
      type="search"
      id="files-text"
      placeholder="Filter: name, platform, code…"
      aria-label="Filter files"
    />
    <select id="files-status" aria-label="Status">
      <option value="">Any status</option>
      <option value="ACCEPTED">Accepted</option>
      <option value="REJECTED">Rejected</option>
      <option value="DUPLICATE">Duplicate</option>
    </select>
    <label><input type="checkbox" id="files-trouble" /> only with records in trouble</label
    ><output id="files-shown" aria-live="polite">${formatCount(report.files.length)} files</output>
  </div>`;
  const table = html`<div class="files" tabindex="0" role="region" aria-label="All files">
    <table id="files-table">
      <thead>
        <tr>
          ${HEADS.map(([title, isNumeric]) => html`<th scope="col" class="${isNumeric ? 'n' : ''}">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${report.files.map(row)}
      </tbody>
    </table>
  </div>`;
  return section(
    'files',
    'Files',
    `${formatCount(accepted)} accepted, ${formatCount(rejected)} rejected, ${formatCount(duplicate)} recognised as sent before.`,
    card(12, 'All files', 'In the order in which they were taken in.', [tools, table]),
  );
}
