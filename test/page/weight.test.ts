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

  it('is at most 16 KB on a first visit', async () => {
    const total = await sizes();
    expect(total('index.html', 'main.js')).toBeLessThan(16 * KB);
  });

  it('is at most 24 KB on the heaviest', async () => {
    const total = await sizes();
    expect(total('index.html', 'main.js', 'provider.js', 'invoices.js')).toBeLessThan(24 * KB);
  });
});

describe('the scripts', () => {
  it('come at once: none waits for another before it can run', async () => {
    const files = await shippedFiles();
    const text = (path: string): string => Buffer.from(files.get(path)?.bytes ?? '').toString();
    for (const [, folder] of languages) expect(text(`${folder}/main.js`)).not.toMatch(/from"|import"/);
    for (const later of ['/invoices.js', '/pay.js']) expect(text(later)).not.toMatch(/from"|import"/);
  });
});
