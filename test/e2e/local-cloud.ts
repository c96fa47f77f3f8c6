import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocal, type Local, type LocalOptions } from '../../bin/local/start.ts';
import { sharedAssembly } from '../support/shared-build.ts';
import { createWitness } from '../local/stripe/truth/witness.ts';

/** How long a start may take on a busy machine, in milliseconds. */
export const PATIENCE = 120_000;

/** What npm start runs. All that its Stripe says and is asked is held against the SDK's types, when it stops. */
export async function startWatched(options: Omit<LocalOptions, 'watch' | 'assembly'>): Promise<Local> {
  const witness = await createWitness('all');
  const local = await startLocal({
    ...options,
    assembly: await sharedAssembly(options.context),
    watch: witness.watching,
  });
  const stop = async () => {
    await local.stop();
    witness.swear();
  };
  return { ...local, stop };
}

/** That, in a folder of its own and quiet; `stop` takes the folder with it. */
export async function startForTest(
  options: Partial<Pick<LocalOptions, 'env' | 'log' | 'onEvent'>> = {},
): Promise<Local> {
  const folder = await mkdtemp(join(tmpdir(), 'local-cloud-'));
  const local = await startWatched({ port: 0, folder, env: {}, progress: () => {}, log: () => {}, ...options });
  const stop = async () => {
    await local.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...local, stop };
}
