import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/**
 * Has something made by the first test file of a run that asks for it; the others wait until it is there.
 *
 * @param make puts it into the folder that it is given
 * @returns that folder
 */
export async function onceARun(name: string, make: (folder: string) => Promise<unknown>): Promise<string> {
  const run = process.env['TEST_RUN_FOLDER'];
  if (run === undefined) throw new Error('TEST_RUN_FOLDER is not set: test/global-setup.js does that.');
  const folder = join(run, name);
  const [asked, ready, failed] = [`${folder}.asked`, `${folder}.ready`, `${folder}.failed`];
  if (await isFirst(asked)) {
    await make(folder).catch(async (error: unknown) => {
      await writeFile(failed, String(error));
      throw error;
    });
    await writeFile(ready, '');
  }
  while (!existsSync(ready)) {
    if (existsSync(failed)) throw new Error(`${name} could not be made in another test file.`);
    await setTimeout(20);
  }
  return folder;
}

/** A folder can be made once. */
const isFirst = (folder: string): Promise<boolean> =>
  mkdir(folder).then(
    () => true,
    () => false,
  );
