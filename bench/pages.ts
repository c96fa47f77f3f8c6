import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Figure, Group, GroupName } from './figure.ts';
import type { Results } from './results.ts';
import { HEAD, markdownTable, rowOf } from './table.ts';

const ROOT = join(import.meta.dirname, '..');
const [BEGIN, END] = ['<!-- bench: begin -->', '<!-- bench: end -->'];

/** What stands between the marks in each of the pages. */
export const PAGES: Readonly<Record<string, (results: Results) => string>> = {
  'README.md': (results) => `${markdownTable([SHORT, ...highlights(results)])}\n\n${origin(results)}`,
  'docs/figures.md': (results) => [origin(results), ...results.groups.map(section)].join('\n\n'),
};

/** The page with what stands between the marks made of the results. @throws Error when it has no marks */
export function written(page: string, block: string): string {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`A page has no "${BEGIN}" or no "${END}".`);
  return `${before}${BEGIN}\n\n${block}\n\n${END}${after}`;
}

export async function writePages(results: Results): Promise<void> {
  for (const [path, blockOf] of Object.entries(PAGES)) {
    const page = await readFile(join(ROOT, path), 'utf8');
    await writeFile(join(ROOT, path), written(page, blockOf(results)));
  }
}

const origin = ({ machine, date, seconds }: Results): string =>
  `${machine.processor}, ${machine.cores} cores, ${machine.memory} GiB, ${machine.platform}, Node ${machine.node}; ${date}, in ${seconds} seconds, with ${machine.load} processes at work before it began.`;

const TITLES: Readonly<Record<GroupName, string>> = {
  cold: 'Cold start',
  warm: 'Warm',
  load: 'Load',
  costs: 'What it costs',
  growth: 'Growth',
};

/** Columns that are empty in all of a group's rows are left out. */
function section({ name, about, figures }: Group): string {
  const cells = [HEAD, ...figures.map(rowOf)];
  const used = HEAD.map((_, column) => cells.slice(1).some((row) => row[column] !== ''));
  const table = markdownTable(cells.map((row) => row.filter((_, column) => used[column])));
  return `## ${TITLES[name]}\n\n${about}\n\n${table}`;
}

const SHORT = HEAD.slice(0, -1);

/** What matters most, by the rows' names; a row that is gone is missed by the test of this page. */
export const HIGHLIGHTS: readonly string[] = [
  'subscription: start',
  'webhook: start',
  'POST /webhook, a renewal: processor',
  'GET /api/subscription: processor',
  '16 connections: webhooks',
  'an entitlement: read units',
  'a renewal: write units',
  'a renewal: calls of Stripe',
  'GET /api/subscription',
  'POST /webhook, a renewal',
  'reconcile, a hundred subscriptions',
  'an entitlement: calls of the table',
  'reconcile: calls of Stripe',
];

function highlights({ groups }: Results): string[][] {
  return groups.flatMap(({ name, figures }) =>
    figures.filter((figure) => HIGHLIGHTS.includes(figure.name)).map((figure) => shortRow(name, figure)),
  );
}

function shortRow(group: GroupName, figure: Figure): string[] {
  const [name = '', ...cells] = rowOf(figure).slice(0, -1);
  return [`${TITLES[group]}: ${name}`, ...cells];
}
