import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { builtIn, bundle, type Build } from '../../lib/bundle/bundle.ts';

const root = join(import.meta.dirname, '../..');

/** What the stack ships, built by the first test file of a run that asks: the same sources give the same bytes. */
export async function sharedBuild(): Promise<Build> {
  const run = process.env['TEST_RUN_FOLDER'];
  if (run === undefined) throw new Error('TEST_RUN_FOLDER is not set: test/global-setup.js does that.');
  const out = join(run, 'build');
  const [ready, failed] = [join(run, 'ready'), join(run, 'failed')];
  if (await isFirst(join(run, 'asked'))) {
    const build = bundle({ root, page: join(root, 'static-site'), out });
    await build.then(
      () => writeFile(ready, ''),
      (error: unknown) => writeFile(failed, String(error)),
    );
    return build;
  }
  while (!existsSync(ready)) {
    if (existsSync(failed)) throw new Error('The build failed in another test file.');
    await setTimeout(20);
  }
  return builtIn(out);
}

/** A folder can be made once. */
const isFirst = (folder: string): Promise<boolean> =>
  mkdir(folder).then(
    () => true,
    () => false,
  );
