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
 * Bundles each `functions/<name>.ts` into `<out>/<name>/index.mjs`, one file with all that the function needs: a second one
 * would be read only after the first. The same sources give the same bytes, and so the same asset hash.
 * What was tried, and what it gave: docs/decisions/0030-what-a-cold-start-loads.md.
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
    outExtension: { '.js': '.mjs' },
    // The AWS SDK's CommonJS build would ask for `require`, which an ES module has not. Its ES build is also smaller.
    mainFields: ['module', 'main'],
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    plugins: [builtInModules, leftOut],
  });
  return shippedIn(`functions/${name}.ts`, metafile);
};
