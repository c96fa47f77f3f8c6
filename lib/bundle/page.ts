import { existsSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { listFiles } from './files.ts';

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
  // What an earlier build left would be published with the rest.
  await rm(out, { recursive: true, force: true });
  const files = listFiles(source).filter((path) => !isSource(path));
  await Promise.all([...files.map((path) => cp(join(source, path), join(out, path))), bundleScript(source, out)]);
};

const isSource = (path: string): boolean => /\.ts$|^tsconfig.*\.json$|^\.|\.md$/.test(basename(path));

const bundleScript = (source: string, out: string) =>
  build({
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
