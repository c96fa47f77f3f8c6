import type { RevenueReport } from '../../clients/revenue/report.ts';
import { inUtc } from '../command-line/clock.ts';
import { MONTH_HEADS, monthCells, mrrLines, NOTES, planCells, planHeads, statusesIn } from './words.ts';

/** Narrower than this a bar says nothing. */
const LEAST_BAR = 8;

/** The report for a terminal so many characters wide. */
export function textOf(report: RevenueReport, width: number): string[] {
  const statuses = statusesIn(report.plans);
  const plans = [planHeads(statuses), ...report.plans.map((plan) => planCells(plan, statuses))];
  return [
    `Monthly recurring revenue, ${inUtc(report.at)}`,
    ...mrrLines(report).map((line) => `  ${line}`),
    '',
    ...(report.plans.length > 0 ? [...table(plans), ''] : []),
    ...withBars(table([MONTH_HEADS, ...report.months.map(monthCells)]), report.months, width),
    '',
    ...NOTES.flatMap((note) => wrapped(note, width)),
  ];
}

/** The first column to the left, all others to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number) => {
    const width = widths[column] ?? 0;
    return column === 0 ? text.padEnd(width) : text.padStart(width);
  };
  return rows.map((row) => row.map(cell).join('  '));
}

/** Behind each month a bar of what was held, as long as there is room. */
function withBars([head = '', ...rows]: string[], months: RevenueReport['months'], width: number): string[] {
  const room = width - head.length - 2;
  const most = Math.max(...months.map(({ atEnd }) => atEnd));
  if (room < LEAST_BAR || most === 0) return [head, ...rows];
  return [head, ...rows.map((row, index) => `${row}  ${bar((months[index]?.atEnd ?? 0) / most, room)}`.trimEnd())];
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** @param part of the room, from 0 to 1 */
function bar(part: number, room: number): string {
  const eighths = Math.round(part * room * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(lines.length === 0 ? `- ${word}` : `  ${word}`);
  }
  return lines;
}
