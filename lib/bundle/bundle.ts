import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { functionNames } from '../routes.ts';
import { bundleFunctions } from './functions.ts';
import { collectMembersFiles } from './members.ts';
import { buildPage } from './page.ts';

/** Where the built things are, for the stack to take. */
export interface Build {
  /** A folder per function. */
  readonly functions: string;
  /** The page. */
  readonly page: string;
  /** A folder with `members/` in it: the files that only members may have. */
  readonly members: string;
}

export interface BundleProps {
  /** The repository's folder. */
  readonly root: string;
  /** The folder with the page's sources. */
  readonly page: string;
  readonly out: string;
}

/** Where a build into `out` puts things. */
export const builtIn = (out: string): Build => ({
  functions: join(out, 'functions'),
  page: join(out, 'site'),
  members: join(out, 'members-files'),
});

/** Builds everything the stack ships into `out`, which takes about two seconds, and `packages.json` beside it: whose code is in it. */
export const bundle = async ({ root, page, out }: BundleProps): Promise<Build> => {
  const built = builtIn(out);
  const packages = await Promise.all([
    bundleFunctions({ root, names: functionNames, out: built.functions }),
    buildPage({ source: page, out: built.page }),
    collectMembersFiles({ source: join(root, 'members'), out: built.members }).then(() => []),
  ]);
  await writeFile(join(out, 'packages.json'), `${JSON.stringify([...new Set(packages.flat())].toSorted(), null, 2)}\n`);
  return built;
};
