import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { FunctionName } from '../routes.ts';
import { builtInModules } from './built-in.ts';
import { leftOut } from './left-out.ts';
import { shippedIn } from './packages.ts';

export interface BundleFunctionsProps {
  /** The repository's folder, which has `functions/`. */
  readonly root: string;
  readonly names: readonly FunctionName[];
  /** Gets one folder per function. */
  readonly out: string;
}

/**
 * Bundles each `functions/<name>.ts` into `<out>/<name>/index.mjs`, and chunks beside it for what is imported only when it is
 * needed. The same sources give the same bytes, and so the same asset hash. A build per function, although one for all takes a
 * fifth of the time: that one cuts what functions share into many files, which are read one after the other, and a change to one
 * function changes others. What was tried, and what it gave: docs/figures.md, "Cold start: what was tried".
 *
 * Rejects with esbuild's error, and when a package would ship that may not. @returns the packages in the bundles
 */
export const bundleFunctions = async ({ root, names, out }: BundleFunctionsProps): Promise<string[]> => {
  const packages = await Promise.all(names.map((name) => bundleFunction(root, name, join(out, name))));
  return packages.flat();
};

const bundleFunction = async (root: string, name: FunctionName, outdir: string): Promise<string[]> => {
  // What an earlier build left would become part of the asset.
  await rm(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { index: `functions/${name}.ts` },
    outdir,
    bundle: true,
    minify: true,
    platform: 'node',
    // Older than Lambda's Node, so that the very same bundle runs on the developer's.
    target: 'node20',
    format: 'esm',
    splitting: true,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunk-[hash]',
    // The AWS SDK's CommonJS build would ask for `require`, which an ES module has not. Its ES build is also smaller.
    mainFields: ['module', 'main'],
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    plugins: [builtInModules, leftOut],
  });
  return shippedIn(`functions/${name}.ts`, metafile);
};
