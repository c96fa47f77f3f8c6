import { afterAll, describe, expect, it } from '@jest/globals';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { coloursAsStyle, icon, readBrand } from '../../lib/bundle/brand.ts';
import { documentIn, DOCUMENTS } from '../../lib/bundle/documents.ts';
import { listFiles } from '../../lib/bundle/files.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const source = join(root, 'static-site');
const ours = await readBrand(source);

const folder = mkdtempSync(join(tmpdir(), 'brand-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The page's sources with another brand, as far as documents need them. */
async function rebranded(over: object) {
  for (const name of [...DOCUMENTS, 'words']) cpSync(join(source, name), join(folder, name), { recursive: true });
  const brand: object = JSON.parse(readFileSync(join(source, 'brand.json'), 'utf8'));
  await writeFile(join(folder, 'brand.json'), JSON.stringify({ ...brand, ...over }));
  return readBrand(folder);
}

describe('the brand', () => {
  const colours = {
    light: { ...ours.colours.light, ground: '#fafafa', accent: '#7a1f5c' },
    dark: { ...ours.colours.dark, ground: '#111111' },
  };
  const logo = ['<circle fill="var(--accent)" cx="16" cy="16" r="9"/>'];

  it('is changed in one file: documents, styles and icon follow', async () => {
    const brand = await rebranded({ name: 'Fish & Sons', colours, logo });
    for (const name of DOCUMENTS) {
      const document = await documentIn(folder, name, brand, 'de');
      expect(document).toMatch(/<title>[^<]*Fish &amp; Sons<\/title>/);
      expect(document).toContain(logo[0]);
      expect(document).not.toContain(ours.name);
    }
    const page = await documentIn(folder, 'index.html', brand, 'en');
    expect(page).toContain('media="(prefers-color-scheme: light)" content="#fafafa"');
    expect(page).toContain('media="(prefers-color-scheme: dark)" content="#111111"');
    expect(coloursAsStyle(brand)).toContain('--accent:#7a1f5c');
    expect(icon(brand)).toContain('rx="8" fill="#7a1f5c"');
    expect(icon(brand)).not.toContain('var(');
  });

  it('stands in no other file of what is shipped or deployed', () => {
    const values = [ours.name, ...Object.values(ours.colours).flatMap((scheme) => Object.values(scheme))];
    const telling = values.filter((value) => value !== '#ffffff');
    const rooms = ['static-site', 'lib', 'functions', 'clients', 'billing', 'bin'];
    const files = rooms.flatMap((room) => listFiles(join(root, room)).map((path) => room + path));
    const naming = files.filter((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return telling.some((value) => text.includes(value));
    });
    expect(naming).toEqual(['static-site/brand.json']);
  });

  it.each([
    ['a colour that is none', { colours: { ...colours, dark: { ground: 'black' } } }, /dark colours.*#a1b2c3.*black/],
    ['no name', { name: '' }, /name: expected a text/],
    ['no languages', { languages: [] }, /languages: expected a list/],
  ])('with %s fails the build, and says what is expected', async (_what, over, words) => {
    await expect(rebranded(over)).rejects.toThrow(words);
  });

  it('without a sentence in one of the languages fails the build', async () => {
    const brand = await rebranded({ description: { en: 'Fish.' } });
    await expect(documentIn(folder, 'index.html', brand, 'de')).rejects.toThrow(/no description in the language de/);
  });
});
