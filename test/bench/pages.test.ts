import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GROUPS } from '../../bench/figure.ts';
import { HIGHLIGHTS, PAGES, written } from '../../bench/pages.ts';
import { readResults } from '../../bench/results.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('the figures that are written down', () => {
  it.each(Object.entries(PAGES))(
    'in %s are those of bench/results.json: npm run bench -- --write',
    async (path, block) => {
      const page = await readFile(join(ROOT, path), 'utf8');
      expect(page).toBe(written(page, block(await readResults())));
    },
  );

  it('are of a whole run, and name the machine that they come from', async () => {
    const { groups, machine, date } = await readResults();
    expect(groups.map(({ name }) => name)).toEqual(GROUPS);
    expect(machine.cores).toBeGreaterThan(0);
    expect([machine.processor, machine.platform].filter((name) => name === '')).toEqual([]);
    expect(machine.node).toMatch(/^v\d+\./);
    expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('have in them all that the README shows', async () => {
    const { groups } = await readResults();
    const names = new Set(groups.flatMap(({ figures }) => figures.map(({ name }) => name)));
    expect(HIGHLIGHTS.filter((name) => !names.has(name))).toEqual([]);
  });

  it('need a place: a page without its marks is refused', () => {
    expect(() => written('# A page', 'x')).toThrow('bench: begin');
    expect(written('a <!-- bench: begin --> old <!-- bench: end --> b', 'new')).toBe(
      'a <!-- bench: begin -->\n\nnew\n\n<!-- bench: end --> b',
    );
  });
});
