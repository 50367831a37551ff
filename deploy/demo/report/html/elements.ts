import { html } from './markup.ts';
import type { Content, Markup } from './markup.ts';

export interface HtmlColumn {
  title: string;
  numeric?: boolean;
}

/** A plain data table; the first cell of a row is its header. */
export function dataTable(
  caption: string,
  columns: readonly HtmlColumn[],
  rows: readonly (readonly Content[])[],
  foot?: readonly Content[],
): Markup {
  const cell = (content: Content, i: number) =>
    i === 0
      ? html`<th scope="row">${content}</th>`
      : html`<td class="${columns[i]!.numeric === true ? 'n' : ''}">${content}</td>`;
  return html`<div class="scroll">
    <table aria-label="${caption}">
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col" class="${column.numeric === true ? 'n' : ''}">${column.title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map(cell)}
            </tr>`,
        )}
      </tbody>
      ${
        foot === undefined
          ? null
          : html`<tfoot>
              <tr>
                ${foot.map(cell)}
              </tr>
            </tfoot>`
      }
    </table>
  </div>`;
}

/** The same numbers as a chart's, for those who read rather than look. */
export function tableTwin(
  caption: string,
  columns: readonly HtmlColumn[],
  rows: readonly (readonly Content[])[],
): Markup {
  return html`<details class="twin">
    <summary>Show as table</summary>
    ${dataTable(caption, columns, rows)}
  </details>`;
}

export function card(width: 4 | 5 | 6 | 7 | 8 | 12, title: string, sub: Content, body: Content): Markup {
  return html`<div class="card c${width}">
    <h3>${title}</h3>
    <p class="sub">${sub}</p>
    ${body}
  </div>`;
}

export function section(id: string, title: string, lead: Content, body: Content): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    <p class="lead">${lead}</p>
    <div class="grid">${body}</div>
  </section>`;
}

export interface LegendEntry {
  label: string;
  /** CSS colour. */
  color: string;
}

export function legend(entries: readonly LegendEntry[]): Markup {
  return html`<div class="legend" aria-hidden="true">
    ${entries.map(({ label, color }) => html`<span><i style="--c:${color}"></i>${label}</span>`)}
  </div>`;
}

export interface Bar {
  name: string;
  note?: string;
  figure: string;
  figureNote?: string;
  /** Segments, each a share of the longest bar, 0 to 1. */
  segments: readonly { share: number; color: string; title: string }[];
}

/** Horizontal bars with their names and figures in words. */
export function barList(label: string, bars: readonly Bar[], columns: 1 | 2 = 1): Markup {
  const small = (text: string | undefined) => (text === undefined ? null : html`<small>${text}</small>`);
  return html`<ul class="bars ${columns === 2 ? 'two' : ''}" aria-label="${label}">
    ${bars.map(
      (bar) =>
        html`<li>
          <span class="name">${bar.name}${small(bar.note)}</span
          ><span class="track"
            >${bar.segments
              .filter((segment) => segment.share > 0)
              .map(
                ({ share, color, title }) =>
                  html`<span
                    style="width:${(share * 100).toFixed(3)}%;--c:${color}"
                    title="${title}"
                  ></span>`,
              )}</span
          ><span class="figure">${bar.figure}${small(bar.figureNote)}</span>
        </li>`,
    )}
  </ul>`;
}
