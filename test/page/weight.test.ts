import { describe, expect, it } from '@jest/globals';
import { gzipped, shippedFiles } from './site.ts';

const KB = 1024;
const languages = [
  ['English', ''],
  ['German', '/de'],
  ['Arabic', '/ar'],
] as const;

describe.each(languages)('the page in %s, compressed', (_language, folder) => {
  const sizes = async (): Promise<(...names: string[]) => number> => {
    const files = await shippedFiles();
    const weigh = (name: string): number => gzipped(files.get(name)?.bytes ?? new Uint8Array());
    return (...names) => weigh('/style.css') + names.reduce((sum, name) => sum + weigh(`${folder}/${name}`), 0);
  };

  it('is at most 16.5 KB on a first visit', async () => {
    const total = await sizes();
    expect(total('index.html', 'main.js')).toBeLessThan(16.5 * KB);
  });

  it('is at most 26 KB on the heaviest', async () => {
    const total = await sizes();
    expect(total('index.html', 'main.js', 'provider.js', 'subscriber.js')).toBeLessThan(26 * KB);
  });
});

describe('the scripts', () => {
  it('come at once: main.js waits for none, and the later ones for nothing but main.js, which is there', async () => {
    const files = await shippedFiles();
    const text = (path: string): string => Buffer.from(files.get(path)?.bytes ?? '').toString();
    for (const [, folder] of languages) {
      const scripts = [...files.keys()].filter(
        (path) => path.startsWith(`${folder}/`) && /^\/[\w-]+\.js$/.test(path.slice(folder.length)),
      );
      const imported = scripts.flatMap((path) =>
        [...text(path).matchAll(/(?:from|import)"([^"]+)"/g)].map(([, from]) => from),
      );
      expect(text(`${folder}/main.js`)).not.toMatch(/from"|import"/);
      expect(new Set(imported)).toEqual(new Set(['./main.js']));
    }
  });

  it('explain nothing to developers: of the sign-in library’s errors, types and codes are left', async () => {
    const provider = Buffer.from((await shippedFiles()).get('/provider.js')?.bytes ?? '').toString();
    expect(provider).toContain('OAUTH_INVALID_RESPONSE');
    expect(provider).not.toMatch(/must be an? |does not match|is not a conform [^$]/);
  });
});
