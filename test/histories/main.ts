import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startCrew } from './crew.ts';
import { bundleFunctions } from './functions.ts';
import { readOptions, USAGE, type Options } from './options.ts';
import { createProgress } from './progress.ts';
import type { Difference } from './property.ts';
import { openWorld, serveTasks } from './worker.ts';

/*
 * `npm run histories`: docs/histories.md. Its last line says how many histories were lived and how many of them ended
 * different from Stripe; any that did make it exit with 1.
 */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
const say = (text: string): void => void process.stdout.write(`${text}\n`);

function show({ seed, path, words }: Difference): void {
  say(`\nDifferent: --seed ${seed}, made smaller: --seed ${seed} --path ${path}\n${words}`);
}

async function liveMany(options: Options, bundle: string): Promise<boolean> {
  const progress = createProgress(options.count, process.stderr);
  let done = 0;
  let different = 0;
  say(`${options.count} histories from seed ${options.from} on, in ${options.processes} processes`);
  const crew = startCrew(fileURLToPath(import.meta.url), bundle, options, (difference) => {
    done += 1;
    if (difference) {
      different += 1;
      progress.end();
      show(difference);
      if (options.untilDifferent) crew.stop();
    }
    progress.tell(done, different);
  });
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve); // by Ctrl-C: what was done so far counts, and is said
  });
  await Promise.race([crew.done, stopped]).catch((error: unknown) => say(String(error)));
  crew.stop();
  progress.end();
  say(`${done} histories, ${different} different`);
  return done === options.count && different === 0;
}

/** One history, told in full. With a path it is the smaller one that the path leads to. */
async function tellOne(seed: number, path: string | undefined, bundle: string): Promise<boolean> {
  const live = await openWorld(bundle);
  const difference = await live({ seed, path }, { shrink: 0, tell: say });
  if (difference) show(difference);
  say(`1 histories, ${difference ? 1 : 0} different`);
  return difference === undefined;
}

async function lead(options: Options): Promise<boolean> {
  const bundle = await bundleFunctions(options.broken);
  try {
    const { seed, path } = options;
    return await (seed === undefined ? liveMany(options, bundle) : tellOne(seed, path, bundle));
  } finally {
    await rm(bundle, { recursive: true, force: true });
  }
}

const words = process.argv.slice(2);
if (process.send && words[0] === '--bundle') await serveTasks(words[1] ?? '', (message) => process.send?.(message));
else {
  try {
    process.exitCode = (await lead(readOptions(words))) ? 0 : 1;
  } catch (error) {
    say(`${String(error)}\n\n${USAGE}`);
    process.exitCode = 2;
  }
}
