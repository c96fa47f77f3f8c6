import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { Handler } from '../../functions/shared/http.ts';
import { BROKEN, type Broken } from './broken.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ROUTES = ['checkout', 'checkout-session', 'config', 'members', 'portal', 'subscription', 'webhook'] as const;

export type Route = (typeof ROUTES)[number];
export type Functions = Readonly<Record<Route, Handler>> & { readonly reconcile: () => Promise<unknown> };

/**
 * Bundles the functions as they are shipped, but readable, and together, so that they share one copy of the SDKs.
 *
 * @param broken a rule that is to be broken in them
 * @returns the folder
 */
export async function bundleFunctions(broken?: Broken): Promise<string> {
  const outdir = await mkdtemp(join(tmpdir(), 'histories-'));
  await build({
    absWorkingDir: ROOT,
    entryPoints: [...ROUTES, 'reconcile'].map((name) => `functions/${name}.ts`),
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    splitting: true,
    outExtension: { '.js': '.mjs' },
    mainFields: ['module', 'main'],
    logLevel: 'silent',
    plugins: [atOnce, ...(broken === undefined ? [] : [breaking(broken)])],
  });
  return outdir;
}

/** To be called when their environment stands: they read it when they start. */
export async function importFunctions(folder: string): Promise<Functions> {
  const load = async (name: string) => (await import(pathToFileURL(join(folder, `${name}.mjs`)).href)).handler;
  const entries = [...ROUTES, 'reconcile'].map(async (name) => [name, await load(name)]);
  return Object.fromEntries(await Promise.all(entries));
}

/** What the webhook imports at need is there from the start: a file is read in time of another kind than the histories'. */
const atOnce: Plugin = {
  name: 'at-once',
  setup: (build) =>
    build.onLoad({ filter: /\/functions\/shared\/event-sync\.ts$/ }, async ({ path }) => {
      const text = (await readFile(path, 'utf8')).replace(`(await import('./sync.ts'))`, 'sync');
      return { contents: `import * as sync from './sync.ts';\n${text}`, loader: 'ts' };
    }),
};

/** Changes one place of one file. @throws Error when it is not there (any more) */
function breaking(name: Broken): Plugin {
  const { file, from, to } = BROKEN[name];
  const change = async ({ path }: { path: string }) => {
    const text = await readFile(path, 'utf8');
    if (!text.includes(from))
      throw new Error(`${file} does not say \`${from}\` any more; see test/histories/broken.ts.`);
    return { contents: text.replace(from, to), loader: 'ts' as const };
  };
  const filter = new RegExp(`/${file.replaceAll('.', '\\.')}$`);
  return { name: 'breaking', setup: (build) => build.onLoad({ filter }, change) };
}
