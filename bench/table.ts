import { ratioOf, reached, type Figure, type Group } from './figure.ts';

/** The columns of every table: what, how much, of the least possible, and whether that is good. */
export const HEAD: readonly string[] = ['', 'figure', 'floor', 'ratio', 'target', '', 'seen'];

/** A group's rows, each cell as it is read. */
export const cellsOf = ({ figures }: Group): (readonly string[])[] => [HEAD, ...figures.map(rowOf)];

/** A figure's cells, as many as there are columns. */
export function rowOf(figure: Figure): string[] {
  const { name, value, unit, floor, target, seen = '' } = figure;
  const ratio = ratioOf(figure);
  return [
    name,
    `${readable(value)} ${unit}`.trim(),
    floor === undefined ? '' : readable(floor),
    ratio === undefined ? '' : ratio.toFixed(2),
    target === undefined ? '' : `≤ ${target.atMost}${target.of === 'ratio' ? ' ×' : ''}`,
    { true: '✓', false: '✗', undefined: '' }[`${reached(figure)}`] ?? '',
    seen,
  ];
}

/** Three digits, as many as the machine's other work leaves alone: 1,234 or 12.3 or 0.0123. */
export function readable(value: number): string {
  if (value === 0) return '0';
  return value.toLocaleString('en-US', value >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 });
}

/** For a terminal. */
export function textTable(cells: readonly (readonly string[])[]): string {
  const widths = widthsOf(cells);
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : alignedIn(cell, column, widths)))
      .join('  ')
      .trimEnd();
  return cells.map(line).join('\n');
}

/** As Prettier leaves it. */
export function markdownTable(cells: readonly (readonly string[])[]): string {
  const widths = widthsOf(cells);
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...rows] = cells;
  return [
    line(head),
    line(head.map((_, column) => '-'.repeat(Math.max(3, widths[column] ?? 0)))),
    ...rows.map(line),
  ].join('\n');
}

const widthsOf = (cells: readonly (readonly string[])[]): number[] =>
  (cells[0] ?? []).map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));

function alignedIn(cell: string, column: number, widths: readonly number[]): string {
  const width = widths[column] ?? 0;
  return column < 5 ? cell.padStart(width) : cell.padEnd(width);
}
