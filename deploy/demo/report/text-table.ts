/** A column of a terminal table. */
export interface TextColumn {
  title: string;
  align: 'left' | 'right';
  /** May be cut with an ellipsis when the terminal is narrow; the widest such column gives way first. */
  shrinks?: boolean;
  /** May be left out when the terminal is narrow; the rightmost one goes first, before anything shrinks. */
  optional?: boolean;
}

/** Styles a cell after it was padded; `column` is its place among all columns, shown or not. */
export type CellStyle = (text: string, row: number, column: number) => string;

export interface TextTable {
  columns: readonly TextColumn[];
  rows: readonly (readonly string[])[];
  /** Longest line, in characters. */
  width: number;
  style?: CellStyle;
  /** Styles the line of titles. */
  head?: (text: string) => string;
}

const GAP = '  ';
const SMALLEST = 8;

/** Characters as people count them, so that accented letters and symbols keep the columns straight. */
export function textWidth(text: string): number {
  return Array.from(text).length;
}

function fit(text: string, width: number, align: TextColumn['align']): string {
  const characters = Array.from(text);
  const shown = characters.length > width ? `${characters.slice(0, width - 1).join('')}…` : text;
  const padding = ' '.repeat(Math.max(0, width - textWidth(shown)));
  return align === 'right' ? padding + shown : shown + padding;
}

const plain = (text: string): string => text;
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

interface ShownColumn extends TextColumn {
  index: number;
  width: number;
}

function excessOf(shown: readonly ShownColumn[], width: number): number {
  return sum(shown.map((column) => column.width)) + GAP.length * (shown.length - 1) - width;
}

/** The columns that fit, with their widths. */
function layout({ columns, rows, width }: TextTable): ShownColumn[] {
  let shown: ShownColumn[] = columns.map((column, index) => ({
    ...column,
    index,
    width: rows.reduce((most, row) => Math.max(most, textWidth(row[index] ?? '')), textWidth(column.title)),
  }));
  while (excessOf(shown, width) > 0) {
    const dropped = shown.findLast((column) => column.optional === true);
    if (dropped === undefined) break;
    shown = shown.filter((column) => column !== dropped);
  }
  for (let excess = excessOf(shown, width); excess > 0; excess--) {
    const flexible = shown.filter((column) => column.shrinks === true && column.width > SMALLEST);
    const widest = flexible.reduce<ShownColumn | null>(
      (best, column) => (best === null || column.width > best.width ? column : best),
      null,
    );
    if (widest === null) break;
    widest.width--;
  }
  return shown;
}

/** Lines of the table: titles, a rule, the rows. No trailing blanks. */
export function renderTextTable(table: TextTable): string[] {
  const { style = plain, head = plain } = table;
  const shown = layout(table);
  const titles = shown.map((column) => fit(column.title, column.width, column.align)).join(GAP);
  const rule = shown.map((column) => '─'.repeat(column.width)).join(GAP);
  const body = table.rows.map((row, r) =>
    shown
      .map(({ index, width, align }) => style(fit(row[index] ?? '', width, align), r, index))
      .join(GAP)
      .trimEnd(),
  );
  return [head(titles.trimEnd()), head(rule), ...body];
}
