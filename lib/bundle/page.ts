import { cp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

export interface BuildPageProps {
  /** The folder with `index.html`, `main.ts` and the static files. */
  readonly source: string;
  readonly out: string;
}

/** Bundles `main.ts` into `main.js` and copies what is not source. Rejects when `index.html` or `main.ts` is missing. */
export const buildPage = async ({ source, out }: BuildPageProps): Promise<void> => {
  for (const name of ['index.html', 'main.ts']) {
    if (!existsSync(join(source, name))) throw new Error(`The page has no ${name}: looked in ${source}.`);
  }
  await rm(out, { recursive: true, force: true });
  await cp(source, out, { recursive: true, filter: (path) => !isSource(path) });
  await build({
    absWorkingDir: source,
    entryPoints: ['main.ts'],
    outfile: join(out, 'main.js'),
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    legalComments: 'none',
    logLevel: 'silent',
  });
};

const isSource = (path: string): boolean => /\.ts$|^tsconfig.*\.json$|^\.|\.md$/.test(basename(path));
