import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anchorsOf, codeOf, filesIn, linksOf, pages, ROOT } from './pages.ts';

const ROOMS = ['billing', 'bin', 'clients', 'functions', 'lib', 'local', 'static-site', 'test'];
const all = pages();
const howTo = all.filter(({ path }) => path === 'docs/how-to.md');

/** What the reader of docs/how-to.md is about to write. */
const MADE_ON_THE_WAY = new Set(['functions/workshops.ts', 'workshops', 'price']);

/** Every word of the sources: names of things, keys, texts. */
const words = new Set(
  ROOMS.flatMap(filesIn)
    .filter((path) => /\.(ts|html|json)$/.test(path) && !path.startsWith('test/docs/'))
    .flatMap((path) => readFileSync(join(ROOT, path), 'utf8').match(/[A-Za-z_$][\w$]*/g) ?? []),
);

/** Each with its page, so that a failure says where to mend it. */
const missing = (found: readonly { page: string; name: string }[], there: (name: string) => boolean): string[] =>
  found.filter(({ name }) => !there(name)).map(({ page, name }) => `${page}: ${name}`);

describe('what is written', () => {
  it('leads to files and headings that there are', () => {
    const links = all.flatMap((page) => linksOf(page).map((link) => ({ page: page.path, ...link })));
    expect(links.length).toBeGreaterThan(100);
    const wrong = links.filter(
      ({ file, anchor }) =>
        !existsSync(join(ROOT, file)) || (anchor !== undefined && !anchorsOf(file).includes(anchor)),
    );
    expect(wrong.map(({ page, file, anchor }) => `${page}: ${file}${anchor ? `#${anchor}` : ''}`)).toEqual([]);
  });

  it('names files that there are', () => {
    const path = new RegExp(`^(${ROOMS.join('|')})/[\\w./-]+\\.(ts|json|html)$`);
    const named = all.flatMap((page) =>
      codeOf(page).flatMap((code) => (path.test(code) ? [{ page: page.path, name: code }] : [])),
    );
    expect(missing(named, (name) => MADE_ON_THE_WAY.has(name) || existsSync(join(ROOT, name)))).toEqual([]);
  });

  it('names scripts and operator’s commands that there are', () => {
    const { scripts }: { scripts: object } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const operator = readFileSync(join(ROOT, 'bin/operator.ts'), 'utf8');
    const named = (pattern: RegExp) =>
      all.flatMap(({ path, text }) => [...text.matchAll(pattern)].map(([, name = '']) => ({ page: path, name })));
    expect(missing(named(/npm run (?:-s )?([\w:]+)/g), (name) => name in scripts)).toEqual([]);
    const isCommand = (name: string) => name === 'help' || operator.includes(`/${name}/command.ts`);
    const commands = named(/operator -- ([a-z]+)/g);
    expect(commands.length).toBeGreaterThan(10);
    expect(missing(commands, (name) => MADE_ON_THE_WAY.has(name) || isCommand(name))).toEqual([]);
  });

  it('on how to do something speaks of things that the code has', () => {
    const named = howTo.flatMap((page) =>
      codeOf(page).flatMap((code) => (/^[A-Za-z_]{4,}$/.test(code) ? [{ page: page.path, name: code }] : [])),
    );
    expect(named.length).toBeGreaterThan(30);
    expect(missing(named, (name) => MADE_ON_THE_WAY.has(name) || words.has(name))).toEqual([]);
  });

  it('has a row in the README for every setting', () => {
    const sources = ['lib/settings.ts', ...filesIn('lib/settings')].map((path) =>
      readFileSync(join(ROOT, path), 'utf8'),
    );
    const keys = sources.flatMap((text) =>
      [...text.matchAll(/\bread\w*\(\s*node,\s*'(\w+)'/g)].map(([, key = '']) => key),
    );
    expect(keys.length).toBeGreaterThan(9);
    const readme = all.find(({ path }) => path === 'README.md')?.prose ?? '';
    expect(new Set(keys.filter((key) => !new RegExp(`^\\|.*\`${key}\`.*\\|`, 'm').test(readme)))).toEqual(new Set());
  });
});
