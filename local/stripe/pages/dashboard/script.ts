import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** The dashboard's script, as a browser runs it. Made from its source when it is first asked for. */
export function createScript(): () => string {
  let script: string | undefined;
  return () => {
    script ??= built();
    return script;
  };
}

function built(): string {
  const entry = fileURLToPath(new URL('browser/main.ts', import.meta.url));
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
