import { html } from './markup.ts';
import type { Markup } from './markup.ts';
import { at, shortNumber, ticks } from './scale.ts';

interface StackedColumn {
  /** Shown under the column when not empty. */
  tick: string;
  /** Names the column in its tooltip. */
  title: string;
  values: readonly number[];
}

export interface StackedColumnsInput {
  label: string;
  /** CSS classes that fill the series, bottom first, and their names. */
  series: readonly { className: string; name: string }[];
  columns: readonly StackedColumn[];
  width?: number;
  height?: number;
}

const LEFT = 44;
const BOTTOM = 24;
const TOP = 8;

/** Columns of stacked values with an axis; every part says its value when pointed at. */
export function stackedColumns({
  label,
  series,
  columns,
  width = 760,
  height = 250,
}: StackedColumnsInput): Markup {
  const most = columns.reduce(
    (high, column) =>
      Math.max(
        high,
        column.values.reduce((sum, value) => sum + value, 0),
      ),
    0,
  );
  const marks = ticks(most);
  const top = marks.at(-1)!;
  const y = (value: number) => TOP + (height - TOP - BOTTOM) * (1 - value / top);
  const step = (width - LEFT) / Math.max(1, columns.length);
  const bar = Math.min(34, step * 0.72);
  const part = (column: StackedColumn, c: number, s: number) => {
    const below = column.values.slice(0, s).reduce((sum, value) => sum + value, 0);
    const value = column.values[s] ?? 0;
    if (value === 0) return null;
    const isTop = s === series.length - 1;
    return html`<rect
      class="hit ${series[s]!.className}"
      x="${at(LEFT + c * step + (step - bar) / 2)}"
      y="${at(y(below + value))}"
      width="${at(bar)}"
      height="${at(Math.max(0.5, y(below) - y(below + value)))}"
      rx="${isTop ? 2 : 0}"
      ><title>${column.title}, ${series[s]!.name}: ${value.toLocaleString('en-GB')}</title></rect
    >`;
  };
  return html`<div class="scroll">
    <svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
      ${marks.map((mark) => html`<line class="grid-line" x1="${LEFT}" x2="${width}" y1="${at(y(mark))}" y2="${at(y(mark))}" /><text x="${LEFT - 8}" y="${at(y(mark) + 4)}" text-anchor="end">${shortNumber(mark)}</text>`)}
      ${columns.map((column, c) => [...series.keys()].map((s) => part(column, c, s)))}
      ${columns.map((column, c) => (column.tick === '' ? null : html`<text x="${at(LEFT + (c + 0.5) * step)}" y="${height - 6}" text-anchor="middle">${column.tick}</text>`))}
    </svg>
  </div>`;
}
