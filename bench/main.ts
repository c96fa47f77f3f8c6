import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../lib/bundle/bundle.ts';
import { GROUPS, reached, type Group } from './figure.ts';
import { thisMachine } from './machine.ts';
import { readOptions, USAGE, type Options } from './options.ts';
import { writePages } from './pages.ts';
import { saveResults, type Results } from './results.ts';
import { runGroup } from './run.ts';
import { cellsOf, textTable } from './table.ts';

/*
 * `npm run bench`: docs/figures.md. What it does is told on stderr; the table is all of stdout.
 */
const ROOT = join(import.meta.dirname, '..');
const tell = (text: string): void => void process.stderr.write(`${text}\n`);

async function run({ groups: names, check, write }: Options, folder: string): Promise<void> {
  const started = performance.now();
  const machine = thisMachine();
  const build = await bundle({ root: ROOT, page: join(ROOT, 'static-site'), out: folder });
  const groups: Group[] = [];
  for (const name of names) {
    tell(`${name}...`);
    const group = await runGroup(name, build);
    groups.push(group);
    process.stdout.write(`\n${name}\n${textTable(cellsOf(group))}\n`);
  }
  const seconds = Math.round((performance.now() - started) / 1000);
  const results: Results = { date: new Date().toISOString().slice(0, 10), machine, seconds, groups };
  if (names.length === GROUPS.length) await saveResults(results);
  if (write) await writePages(results);
  tell(`\n${seconds} s`);
  if (check && groups.flatMap(({ figures }) => figures).some((figure) => reached(figure) === false))
    process.exitCode = 1;
}

/** @throws what `work` throws, when the folder is gone again. By Ctrl-C it goes too: those who were started end by themselves. */
async function inTemporaryFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  process.once('SIGINT', () => void remove().then(() => process.exit(130)));
  try {
    await work(folder);
  } finally {
    await remove();
  }
}

try {
  const options = readOptions(process.argv.slice(2));
  await inTemporaryFolder((folder) => run(options, folder));
} catch (error) {
  tell(`${String(error)}\n\n${USAGE}`);
  process.exitCode = 2;
}
