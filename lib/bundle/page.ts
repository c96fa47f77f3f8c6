import { existsSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { listFiles } from './files.ts';
import { shippedIn } from './packages.ts';
import { asShipped, bundleScripts } from './scripts.ts';

export interface BuildPageProps {
  /** The folder with `index.html`, `main.ts` and the static files. */
  readonly source: string;
  readonly out: string;
}

/**
 * Bundles `main.ts` and what it imports later, minifies the style sheets, and copies what is not source. Rejects when
 * `index.html` or `main.ts` is missing, and when a package would ship that may not. @returns the packages in the scripts
 */
export const buildPage = async ({ source, out }: BuildPageProps): Promise<string[]> => {
  for (const name of ['index.html', 'main.ts']) {
    if (!existsSync(join(source, name))) throw new Error(`The page has no ${name}: looked in ${source}.`);
  }
  // What an earlier build left would be published with the rest.
  await rm(out, { recursive: true, force: true });
  const files = listFiles(source).filter((path) => !isSource(path));
  const [styles, others] = [files.filter(isStyle), files.filter((path) => !isStyle(path))];
  const [metafiles] = await Promise.all([
    bundleScripts({ source, out }),
    minify(source, out, styles),
    ...others.map((path) => cp(join(source, path), join(out, path))),
  ]);
  return metafiles.flatMap((metafile) => shippedIn('The page', metafile));
};

const isSource = (path: string): boolean =>
  path.includes('/.') || /\.ts$|^tsconfig.*\.json$|\.md$/.test(basename(path));
const isStyle = (path: string): boolean => path.endsWith('.css');

// A style sheet is not bundled: what it names by `url()` is a file of the site, and copied as such.
const minify = (source: string, out: string, styles: string[]) =>
  build({
    ...asShipped,
    absWorkingDir: source,
    outbase: source,
    outdir: out,
    entryPoints: styles.map((path) => `.${path}`),
  });
