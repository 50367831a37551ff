import { html } from './markup.ts';
import type { Markup } from './markup.ts';
import { at, shortNumber, ticks } from './scale.ts';

export interface LineChartInput {
  label: string;
  /** Values at equal distances, from the left edge on. */
  series: readonly { name: string; color: string; values: readonly number[] }[];
  /** Length of the whole axis in seconds. */
  seconds: number;
  width?: number;
  height?: number;
}

const LEFT = 44;
const BOTTOM = 24;
const TOP = 8;

/** Lines over time with soft areas below them. */
export function lineChart({ label, series, seconds, width = 760, height = 220 }: LineChartInput): Markup {
  const most = series.reduce((high, { values }) => Math.max(high, ...values), 0);
  const marks = ticks(most);
  const y = (value: number) => TOP + (height - TOP - BOTTOM) * (1 - value / marks.at(-1)!);
  const points = (values: readonly number[]) =>
    values
      .map((value, i) => `${at(LEFT + ((i + 0.5) / values.length) * (width - LEFT))},${at(y(value))}`)
      .join(' ');
  const firstX = (values: readonly number[]) => at(LEFT + (0.5 / values.length) * (width - LEFT));
  const lastX = (values: readonly number[]) =>
    at(LEFT + ((values.length - 0.5) / values.length) * (width - LEFT));
  return html`<div class="scroll">
    <svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
      ${marks.map((mark) => html`<line class="grid-line" x1="${LEFT}" x2="${width}" y1="${at(y(mark))}" y2="${at(y(mark))}" /><text x="${LEFT - 8}" y="${at(y(mark) + 4)}" text-anchor="end">${shortNumber(mark)}</text>`)}
      ${series
        .filter(({ values }) => values.length > 0)
        .map(
          ({ name, color, values }) =>
            html`<polygon
                points="${firstX(values)},${at(y(0))} ${points(values)} ${lastX(values)},${at(y(0))}"
                style="fill:${color}"
                opacity=".12"
              />
              <polyline
                points="${points(values)}"
                fill="none"
                style="stroke:${color}"
                stroke-width="2.5"
                stroke-linejoin="round"
                stroke-linecap="round"
                ><title>${name}</title></polyline
              >`,
        )}
      ${[0, 0.25, 0.5, 0.75, 1].map((share) => html`<text x="${at(LEFT + share * (width - LEFT))}" y="${height - 6}" text-anchor="${share === 0 ? 'start' : share === 1 ? 'end' : 'middle'}">${(seconds * share).toFixed(seconds < 10 ? 1 : 0)} s</text>`)}
    </svg>
  </div>`;
}
