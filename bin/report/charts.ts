import type { RevenueReport } from '../../clients/revenue/report.ts';
import { percent } from './words.ts';

type Months = RevenueReport['months'];

/** In the units of the drawing, which is as wide as the page lets it be. */
const WIDTH = 720;
const HEIGHT = 180;
const FOOT = 24;
const HEAD = 18;

interface Column {
  readonly x: number;
  readonly width: number;
}

/** What was held at the end of each month. */
export function heldChart(months: Months): string {
  const most = Math.max(1, ...months.map(({ atEnd }) => atEnd));
  const ground = HEIGHT - FOOT;
  const columns = months.map(({ month, atEnd }, index) => {
    const column = columnAt(index, months.length);
    const height = ((ground - HEAD) * atEnd) / most;
    return `<g><title>${month}: ${atEnd} held</title>
${rect(column, ground - height, height, 'held')}${label(column, ground - height - 5, String(atEnd))}</g>`;
  });
  return svg('Subscriptions held at the end of each month', [...columns, line(ground), ...feet(months)]);
}

/** What began, upwards, and what ended, downwards, in each month. */
export function churnChart(months: Months): string {
  const up = Math.max(1, ...months.map(({ began }) => began));
  const down = Math.max(1, ...months.map(({ ended }) => ended));
  const each = (HEIGHT - FOOT - 2 * HEAD) / (up + down);
  const ground = HEAD + each * up;
  const columns = months.map(({ month, began, ended, rate }, index) => {
    const column = columnAt(index, months.length);
    return `<g><title>${month}: ${began} began, ${ended} ended, churn ${percent(rate)}</title>
${rect(column, ground - each * began, each * began, 'began')}${began > 0 ? label(column, ground - each * began - 5, String(began)) : ''}
${rect(column, ground, each * ended, 'ended')}${ended > 0 ? label(column, ground + each * ended + 13, String(ended)) : ''}</g>`;
  });
  return svg('Subscriptions that began and ended in each month', [...columns, line(ground), ...feet(months)]);
}

function columnAt(index: number, count: number): Column {
  const step = WIDTH / count;
  const width = Math.min(36, step * 0.7);
  return { x: step * index + (step - width) / 2, width };
}

const rect = ({ x, width }: Column, y: number, height: number, kind: string): string =>
  `<rect class="${kind}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"/>`;

const label = ({ x, width }: Column, y: number, text: string): string =>
  `<text x="${round(x + width / 2)}" y="${round(y)}">${text}</text>`;

const line = (y: number): string => `<line x1="0" x2="${WIDTH}" y1="${round(y)}" y2="${round(y)}"/>`;

/** The months' names; of many, those that fit. */
function feet(months: Months): string[] {
  const every = Math.ceil(months.length / 12);
  return months.flatMap(({ month }, index) =>
    (months.length - 1 - index) % every === 0 ? [label(columnAt(index, months.length), HEIGHT - 6, month)] : [],
  );
}

const svg = (name: string, parts: readonly string[]): string =>
  `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${name}">\n${parts.join('\n')}\n</svg>`;

const round = (value: number): number => Math.round(value * 10) / 10;
