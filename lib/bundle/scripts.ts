import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { minify } from '@swc/core';
import { build, type Metafile, type Plugin } from 'esbuild';
import { withoutMessages } from './without-messages.ts';

export interface ScriptsProps {
  /** The folder with `main.ts`. */
  readonly source: string;
  readonly out: string;
  /** Whose words (`words/<language>`) the scripts say. */
  readonly language: string;
}

/**
 * Bundles `main.ts`, and what it imports when it is needed (`import()`) as a file beside it, of its own name. Such a later
 * script takes what `kit.ts` exports from `main.js`, which has come by then: nobody waits for a third file that both
 * share, and nothing ships twice but words. @throws Error when something would @returns what went into the files
 */
export const bundleScripts = async ({ source, out, language }: ScriptsProps): Promise<Metafile[]> => {
  const later = new Set<string>();
  const bundled = (entry: string, ...plugins: Plugin[]): Promise<Metafile> =>
    bundleScript({ source, out, entry, plugins: [...plugins, wordsIn(source, language), withoutMessages] });
  const main = await bundled(join(source, 'main.ts'), apart(later));
  const metafiles = [main, ...(await Promise.all([...later].map((entry) => bundled(entry, fromMain))))];
  refuseTwice(metafiles);
  return metafiles;
};

interface ScriptProps {
  readonly source: string;
  readonly out: string;
  readonly entry: string;
  readonly plugins: Plugin[];
}

/** esbuild puts the modules together; swc writes them a fifteenth smaller than esbuild would (decision 26). */
async function bundleScript({ source, out, entry, plugins }: ScriptProps): Promise<Metafile> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: source,
    entryPoints: [entry],
    plugins,
    bundle: true,
    metafile: true,
    write: false,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    logLevel: 'silent',
  });
  const { code } = await minify(outputFiles.map(({ text }) => text).join(''), AS_SHIPPED);
  await mkdir(out, { recursive: true });
  await writeFile(join(out, `${basename(entry, '.ts')}.js`), code);
  return metafile;
}

const AS_SHIPPED = { module: true, compress: { passes: 3 }, mangle: true, format: { comments: false } } as const;

/** Leaves `import()` as it is, and remembers what it asks for. */
const apart = (later: Set<string>): Plugin => ({
  name: 'apart',
  setup: (build) => {
    build.onResolve({ filter: /^\.{1,2}\// }, ({ path, kind, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      later.add(join(resolveDir, path));
      return { path: `./${basename(path, '.ts')}.js`, external: true };
    });
  },
});

const fromMain: Plugin = {
  name: 'from-main',
  setup: (build) => {
    build.onResolve({ filter: /\/kit\.ts$/ }, () => ({ path: './main.js', external: true }));
  },
};

/** `#words/plans` are the language's; for tools and tests they are the English ones (package.json). */
const wordsIn = (source: string, language: string): Plugin => ({
  name: 'words',
  setup: (build) => {
    build.onResolve({ filter: /^#words\// }, ({ path }) => ({
      path: join(source, 'words', language, `${path.slice('#words/'.length)}.ts`),
    }));
  },
});

/** Each script has the words that it says. No visit sees both of the views that put a subscription into words. */
const MAY_SHIP_TWICE = /^words\/|^status\.ts$/;

/** Two copies of a module are twice its weight, and two states of it if it has one. */
function refuseTwice(metafiles: readonly Metafile[]): void {
  const modules = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? path : [])),
    ),
  );
  const twice = modules.find((path, at) => !MAY_SHIP_TWICE.test(path) && modules.indexOf(path) !== at);
  if (twice !== undefined)
    throw new Error(`${twice} would ship in two scripts: let the later one have it from kit.ts.`);
}
