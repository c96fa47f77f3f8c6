import { fileURLToPath } from 'node:url';
import { buildSync, type Format } from 'esbuild';

/** A script as a browser runs it, made from its source when it is first asked for. @param entry beside this file */
export function createScript(entry: string, format: Format = 'esm'): () => string {
  let script: string | undefined;
  return () => {
    script ??= built(entry, format);
    return script;
  };
}

function built(entry: string, format: Format): string {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    format,
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
