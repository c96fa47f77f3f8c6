import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { functionNames } from '../routes.ts';
import { bundleFunctions } from './functions.ts';
import { buildPage } from './page.ts';

/** Where the built things are, for the stack to take. */
export interface Build {
  /** A folder per function. */
  readonly functions: string;
  /** The page. */
  readonly page: string;
}

export interface BundleProps {
  /** The repository's folder. */
  readonly root: string;
  /** The folder with the page's sources. */
  readonly page: string;
  readonly out: string;
}

/** Builds everything the stack ships into `out`, which takes about two seconds, and `packages.json` beside it: whose code is in it. */
export const bundle = async ({ root, page, out }: BundleProps): Promise<Build> => {
  const built = { functions: join(out, 'functions'), page: join(out, 'site') };
  const packages = await Promise.all([
    bundleFunctions({ root, names: functionNames, out: built.functions }),
    buildPage({ source: page, out: built.page }),
  ]);
  await writeFile(join(out, 'packages.json'), `${JSON.stringify([...new Set(packages.flat())].toSorted(), null, 2)}\n`);
  return built;
};
