import { beforeAll, describe, expect, it } from '@jest/globals';
import { gzipped, shippedFiles } from './site.ts';

const KB = 1024;
const languages = [
  ['English', ''],
  ['German', '/de'],
  ['Arabic', '/ar'],
] as const;

let files: Awaited<ReturnType<typeof shippedFiles>>;
beforeAll(async () => {
  files = await shippedFiles();
});
const text = (path: string): string => Buffer.from(files.get(path)?.bytes ?? '').toString();

/** Decision 26 has what it was, and what it would take. */
describe.each(languages)('the page in %s, compressed', (_language, folder) => {
  const weigh = (path: string): number => {
    const file = files.get(path);
    if (!file) throw new Error(`There is no ${path}.`);
    return gzipped(file.bytes);
  };
  const total = (...scripts: string[]): number =>
    ['/style.css', ...['index.html', 'main.js', ...scripts].map((name) => `${folder}/${name}`)]
      .map(weigh)
      .reduce((sum, size) => sum + size);

  it('is at most 15 KB on a first visit', () => {
    expect(total()).toBeLessThanOrEqual(15 * KB);
  });

  it.each([
    ['who signs in', ['provider.js']],
    ['who has a subscription', ['subscriber.js']],
    ['who comes back from Checkout', ['success.js']],
    ['who pays what is due', ['pay.js']],
    ['who pays on the page itself', ['checkout-here.js']],
  ])('is at most 20 KB for those %s', (_who, scripts) => {
    expect(total(...scripts)).toBeLessThanOrEqual(20 * KB);
  });

  it('brings at most 6 KB back from sign-in, where all else is known: with an empty cache 25 KB', () => {
    expect(weigh(`${folder}/subscriber.js`)).toBeLessThanOrEqual(6 * KB);
    expect(total('provider.js', 'subscriber.js')).toBeLessThanOrEqual(25 * KB);
  });

  it('has scripts that come at once: main.js waits for none, and the later ones for nothing but main.js, which is there', () => {
    const scripts = [...files.keys()].filter((path) => path.replace(/[\w-]+\.js$/, '') === `${folder}/`);
    const imported = scripts.flatMap((path) =>
      [...text(path).matchAll(/(?:from|import)"([^"]+)"/g)].map(([, from]) => from),
    );
    expect(text(`${folder}/main.js`)).not.toMatch(/from"|import"/);
    expect(new Set(imported)).toEqual(new Set(['./main.js']));
  });
});

describe('the sign-in library', () => {
  it('explains nothing to developers: of its errors, types and codes are left', () => {
    expect(text('/provider.js')).toContain('OAUTH_INVALID_RESPONSE');
    expect(text('/provider.js')).not.toMatch(/must be an? |does not match|is not a conform [^$]/);
  });
});
