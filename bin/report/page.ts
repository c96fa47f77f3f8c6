import type { RevenueReport } from '../../clients/revenue/report.ts';
import { inUtc } from '../command-line/clock.ts';
import { churnChart, heldChart } from './charts.ts';
import { STYLE } from './style.ts';
import { MONTH_HEADS, monthCells, mrrLines, NOTES, planCells, planHeads, statusesIn } from './words.ts';

/** The report as one page that needs nothing else: no script, nothing that is fetched. */
export function pageOf(report: RevenueReport, site: string): string {
  const { months, plans } = report;
  const statuses = statusesIn(plans);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Subscriptions, ${inUtc(report.at).slice(0, 10)}</title>
<style>${STYLE}
</style>
</head>
<body>
<h1>Monthly recurring revenue</h1>
<div class="when">${escaped(site)}, ${inUtc(report.at)}</div>
<ul class="mrr">${mrrLines(report)
    .map((each) => `<li>${escaped(each)}</li>`)
    .join('')}</ul>
<h2>Plans</h2>
${table(
  planHeads(statuses),
  plans.map((plan) => planCells(plan, statuses)),
)}
<h2>Subscriptions held, at the end of the month</h2>
<div class="wide chart" tabindex="0">${heldChart(months)}</div>
<h2>Began and ended, in the month</h2>
<div class="key"><i class="began"></i>began<i class="ended"></i>ended</div>
<div class="wide chart" tabindex="0">${churnChart(months)}</div>
<h2>Months</h2>
${table(MONTH_HEADS, months.map(monthCells))}
<h2>What the figures mean</h2>
<ul class="notes">${NOTES.map((note) => `<li>${escaped(note)}</li>`).join('')}</ul>
</body>
</html>
`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return `<div class="wide" tabindex="0"><table>
<thead>${row(heads, 'th')}</thead>
<tbody>
${rows.map((cells) => row(cells, 'td')).join('\n')}
</tbody>
</table></div>`;
}

const row = (cells: readonly string[], tag: 'th' | 'td'): string =>
  `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;

/** Names of plans are the operator's own, and still text. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
