import { basename } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';

export interface ScriptsProps {
  /** The folder with `main.ts`. */
  readonly source: string;
  readonly out: string;
}

/**
 * Bundles `main.ts`, and what it imports when it is needed (`import()`) as a file beside it, of its own name. Such a later
 * script takes what `kit.ts` exports from `main.js`, which has come by then: nobody waits for a third file that both
 * share, and nothing ships twice but words. @throws Error when something would @returns what went into the files
 */
export const bundleScripts = async ({ source, out }: ScriptsProps): Promise<Metafile[]> => {
  const options = { ...asShipped, absWorkingDir: source, outdir: out, bundle: true, metafile: true } as const;
  const later = new Set<string>();
  const main = await build({ ...options, entryPoints: ['main.ts'], plugins: [apart(later)] });
  const scripts = [...later].map((path) => build({ ...options, entryPoints: [path], plugins: [fromMain] }));
  const metafiles = [main, ...(await Promise.all(scripts))].map(({ metafile }) => metafile);
  refuseTwice(metafiles);
  return metafiles;
};

/** Leaves `import()` as it is, and remembers what it asks for. */
const apart = (later: Set<string>): Plugin => ({
  name: 'apart',
  setup: (build) => {
    build.onResolve({ filter: /^\.{1,2}\// }, async ({ path, kind, resolveDir, pluginData }) => {
      if (kind !== 'dynamic-import' || pluginData === resolved) return undefined;
      const found = await build.resolve(path, { kind, resolveDir, pluginData: resolved });
      later.add(found.path);
      return { path: `./${basename(path, '.ts')}.js`, external: true };
    });
  },
});
const resolved = 'resolved';

const fromMain: Plugin = {
  name: 'from-main',
  setup: (build) => {
    build.onResolve({ filter: /\/kit\.ts$/ }, () => ({ path: './main.js', external: true }));
  },
};

/** Two copies of a module are two states of it, and twice its weight. Words are neither: each script has those it says. */
function refuseTwice(metafiles: readonly Metafile[]): void {
  const modules = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? path : [])),
    ),
  );
  const twice = modules.find((path, at) => !path.startsWith('words/') && modules.indexOf(path) !== at);
  if (twice !== undefined)
    throw new Error(`${twice} would ship in two scripts: let the later one have it from kit.ts.`);
}

/** How scripts and styles are written for the browser. */
export const asShipped = {
  minify: true,
  platform: 'browser',
  target: 'es2022',
  format: 'esm',
  legalComments: 'none',
  logLevel: 'silent',
} as const;
