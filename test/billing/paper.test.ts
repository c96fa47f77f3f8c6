import { describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';

const rules = await build({
  entryPoints: ['billing/*.ts'],
  outdir: 'nowhere',
  write: false,
  bundle: true,
  metafile: true,
  format: 'esm',
  packages: 'external',
});

describe('the rules could run on paper', () => {
  it('they import nothing at run time: no library, no I/O', () => {
    const imports = Object.values(rules.metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path));
    expect(Object.keys(rules.metafile.inputs).length).toBeGreaterThan(5);
    expect(imports).toEqual([]);
  });

  it('they read no clock, no environment and no chance', () => {
    for (const { text } of rules.outputFiles)
      expect(text).not.toMatch(/Date\.now|new Date\(\)|performance|process\.|Math\.random/);
  });
});
