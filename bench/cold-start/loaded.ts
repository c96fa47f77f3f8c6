import { join, resolve } from 'node:path';
import { build } from 'esbuild';

export interface Loaded {
  /** The files that a process reads before the handler can be called. */
  readonly files: readonly string[];
  /** Their bytes. */
  readonly atStart: number;
  /** Bytes of all files: what else there is, is read when something needs it, or never. */
  readonly all: number;
  /** The modules of Node that are asked for at the start. */
  readonly builtIn: readonly string[];
}

/** What a bundle's `index.mjs` loads, by its own `import` lines. Nothing is run. @param folder a function's bundle */
export async function loadedAtStart(folder: string): Promise<Loaded> {
  const { metafile } = await build({
    absWorkingDir: resolve(folder),
    entryPoints: ['index.mjs'],
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    outdir: 'nowhere',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const seen = new Set<string>();
  const builtIn = new Set<string>();
  const follow = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { path: next, kind, external } of metafile.inputs[path]?.imports ?? []) {
      if (kind !== 'import-statement') continue;
      if (external === true) builtIn.add(next);
      else follow(next);
    }
  };
  follow('index.mjs');
  const bytes = (paths: Iterable<string>) =>
    [...paths].reduce((sum, path) => sum + (metafile.inputs[path]?.bytes ?? 0), 0);
  const files = [...seen].map((path) => join(folder, path));
  return { files, atStart: bytes(seen), all: bytes(Object.keys(metafile.inputs)), builtIn: [...builtIn].toSorted() };
}
